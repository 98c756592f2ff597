"""A served file that is rebuilt by several at once loses nothing of what each adds."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.document import read_document
from geo.errors import OutputError, SchemaError
from geo.home import HOME_VARIABLE
from geo.model import Document
from layers.geopackage import read_geopackage, write_geopackage
from layers.making import rebuild
from webmap.commands.build import read_plans


@pytest.fixture
def works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    path = tmp_path / "works.gpkg"
    write_geopackage(path, read_plans((a_file(tmp_path, "昆山", 2020),), city=None, year=None))
    return path


def a_file(folder: Path, city: str, year: int) -> Path:
    path = folder / f"{city}{year}.txt"
    path.write_text(f"{city}市{year}年重点工作\n新建公园5个。\n", encoding="utf-8")
    return path


def a_document(folder: Path, city: str, year: int) -> Document:
    return read_document(a_file(folder, city, year))


def test_what_two_add_at_once_is_both_there(works: Path, tmp_path: Path) -> None:
    added = [a_document(tmp_path, "昆山", year) for year in (2021, 2022)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda one: rebuild(works, [one]), added))
    assert set(read_geopackage(works).documents["year"]) == {2020, 2021, 2022}


def test_a_rebuild_tells_how_many_documents_are_done(works: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rebuild(works, [a_document(tmp_path, "昆山", 2021)], lambda *one: told.append(one))
    assert told == [(0, 2), (1, 2)]


def test_a_plan_that_is_there_already_leaves_the_file_as_it_was(
    works: Path, tmp_path: Path
) -> None:
    before = works.read_bytes()
    with pytest.raises(SchemaError, match="comes twice"):
        rebuild(works, [a_document(tmp_path, "昆山", 2020)])
    assert works.read_bytes() == before


def test_a_home_that_cannot_be_made_is_one_sentence(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(works / "home"))
    with pytest.raises(OutputError, match="PLANNED_WORKS_HOME"):
        rebuild(works)
