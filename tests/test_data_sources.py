"""Every file under data/ and every place says where it comes from and under which licence."""

import re
from pathlib import Path

import pytest

from geo.gazetteer import load_gazetteer
from geo.paths import data_path

DATA = data_path()
README = (DATA / "README.md").read_text(encoding="utf-8")
# What a build writes there is no source.
FILES = sorted(
    path.relative_to(DATA)
    for path in DATA.rglob("*")
    if path.is_file() and path.name != "README.md" and path.relative_to(DATA).parts[0] != "build"
)
OPEN_LICENCES = {"CC-BY-4.0", "MIT", "Apache-2.0", "LGPL-3.0", "ODbL-1.0", "own compilation"}


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_data_file_is_named_with_source_and_licence(file: Path) -> None:
    rows = [line for line in README.splitlines() if line.startswith(f"| `{file.as_posix()}` |")]
    assert len(rows) == 1, f"data/README.md needs one table row for {file}"
    source_and_licence = [cell.strip() for cell in rows[0].strip("|").split("|")[1:]]
    assert len(source_and_licence) == 2
    assert all(source_and_licence)


def test_the_readme_names_no_file_that_is_not_there() -> None:
    named = re.findall(r"^\| `([^`]+)` \|", README, flags=re.MULTILINE)
    assert [name for name in named if not (DATA / name).is_file()] == []


def test_every_place_names_its_source_and_an_open_licence() -> None:
    for place in load_gazetteer("无锡").places:
        assert place.source, place.name
        assert place.licence in OPEN_LICENCES, place.name


@pytest.mark.parametrize("file", sorted((DATA / "gazetteer").glob("*_odbl.csv")), ids=str)
def test_odbl_places_are_apart_from_all_others(file: Path) -> None:
    apart = file.read_text(encoding="utf-8").splitlines()[1:]
    others = file.with_name(file.name.replace("_odbl", "")).read_text(encoding="utf-8")
    assert apart
    assert all("ODbL-1.0" in line for line in apart)
    assert "ODbL" not in others
    assert "OpenStreetMap" not in others
