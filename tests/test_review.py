"""`planned-works review`: what a person should look at first, with what there is to choose from."""

import contextlib
import csv
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import candidate, document, example, placed, plan, unlocated, work
from shapely.geometry import Point

from geo.model import Precision, Stage, Theme
from layers.build import NOT_VERIFIED, Plan
from layers.check import check_geopackage
from layers.geopackage import read_geopackage, write_geopackage
from layers.review import COLUMNS, doubts
from webmap.cli import main


def written(folder: Path, of: Plan) -> Path:
    path = folder / "works.gpkg"
    write_geopackage(path, [of])
    return path


def review(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["review", *map(str, arguments)])


@pytest.fixture
def tied(tmp_path: Path) -> Path:
    """A file whose unlocated work has two candidates."""
    of = example()
    weighed = (candidate("北塘新城甲", 0.6, "name"), candidate("北塘新城乙", 0.4, "another kind"))
    works = tuple(
        replace(one, candidates=weighed) if one.precision is Precision.UNLOCATED else one
        for one in of.placed
    )
    return written(tmp_path, Plan(of.reading, works))


def test_works_come_weakest_place_first_and_counted_ones_last(tied: Path) -> None:
    order = [doubt.work.precision for doubt in doubts(read_geopackage(tied))]
    assert order == [
        "unlocated",
        "area",
        "outside",
        "schematic",
        "approximate",
        "surveyed",
        "city",
    ]


def test_a_place_that_no_source_confirms_comes_before_one_that_is_confirmed(tmp_path: Path) -> None:
    doc = document()
    sure = placed(work(doc, 2, "甲山", Theme.GREENING, Stage.ONGOING), Point(120, 31.5))
    doubtful = placed(work(doc, 3, "乙山", Theme.GREENING, Stage.ONGOING), Point(120.1, 31.5))
    of = plan(doc, (sure, replace(doubtful, verified=False)))
    names = [doubt.work.name for doubt in doubts(read_geopackage(written(tmp_path, of)))]
    assert names == ["乙山", "甲山"]


def test_of_two_equally_precise_works_the_less_certain_comes_first(tmp_path: Path) -> None:
    doc = document()
    near = placed(
        work(doc, 2, "甲区", Theme.OTHER, Stage.START), Point(120, 31.5), Precision.AREA, 100
    )
    far = placed(
        work(doc, 3, "乙区", Theme.OTHER, Stage.START), Point(120, 31.5), Precision.AREA, 900
    )
    names = [
        doubt.work.name
        for doubt in doubts(read_geopackage(written(tmp_path, plan(doc, (near, far)))))
    ]
    assert names == ["乙区", "甲区"]


def test_the_list_shows_each_candidate_with_its_score_and_reasons(tied: Path) -> None:
    lines = review(tied).output.splitlines()
    assert lines[0].split() == ["precision", "metres", "work", "why"]
    assert lines[1].split()[:3] == ["unlocated", "-", "北塘新城"]
    assert lines[2].split()[:2] == ["0.60", "北塘新城甲"]
    assert lines[2].endswith("park, 东区, street: name")
    assert lines[3].split()[:2] == ["0.40", "北塘新城乙"]


def test_the_csv_has_a_row_for_each_candidate_and_opens_in_excel(
    tied: Path, tmp_path: Path
) -> None:
    out = tmp_path / "review.csv"
    result = review(tied, "--csv", out)
    assert result.output == f"{out}: 7 works\n"
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["candidate"] for row in rows[:3]] == ["北塘新城甲", "北塘新城乙", ""]
    assert [row["rank"] for row in rows] == ["1", "1", "2", "3", "4", "5", "6", "7"]
    assert rows[0]["candidate_licence"] == "CC0-1.0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path, start: str) -> None:
    doc = document()
    name = f"{start}HYPERLINK(1)"
    one = replace(unlocated(work(doc, 2, "甲厂", Theme.INDUSTRY, Stage.START)), located_by=name)
    one = replace(one, candidates=(candidate(name, 0.5, name),))
    out = tmp_path / "review.csv"
    review(written(tmp_path, plan(doc, (one,))), "--csv", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["candidate"] == row["candidate_reasons"] == row["located_by"] == f"'{name}"


def test_no_name_steers_the_terminal(tmp_path: Path) -> None:
    doc = document()
    one = unlocated(work(doc, 2, "甲厂", Theme.INDUSTRY, Stage.START), "\x1b[2J\x1b]0;x\x07 none")
    assert "\x1b" not in review(written(tmp_path, plan(doc, (one,)))).output


@pytest.mark.parametrize("name", ["missing.gpkg", "folder"])
def test_a_file_that_cannot_be_reviewed_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    result = review(tmp_path / name)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1


def test_a_folder_that_is_not_there_is_named(tied: Path, tmp_path: Path) -> None:
    result = review(tied, "--csv", tmp_path / "none" / "review.csv")
    assert result.exit_code == 1
    assert "create it first" in result.output


def test_candidates_are_kept_in_the_file_and_pass_the_check(tied: Path) -> None:
    rows = read_geopackage(tied).candidates
    assert list(rows["name"]) == ["北塘新城甲", "北塘新城乙"]
    assert list(rows["position"]) == [1, 2]
    assert list(rows["reasons"]) == ["name", "another kind"]
    assert check_geopackage(tied) == ()


def test_a_candidate_of_a_work_that_is_not_there_is_named(tied: Path) -> None:
    with contextlib.closing(sqlite3.connect(tied)) as database, database:
        database.execute("UPDATE candidates SET work_id = 'gone'")
    (violation,) = check_geopackage(tied)
    assert str(violation) == "candidates gone: layer: is no work of the table works"


def test_a_layer_says_which_positions_no_source_confirms(tmp_path: Path) -> None:
    doc = document()
    one = placed(work(doc, 2, "甲山", Theme.GREENING, Stage.ONGOING), Point(120, 31.5))
    two = placed(work(doc, 3, "乙山", Theme.GREENING, Stage.ONGOING), Point(120, 31.5))
    of = plan(doc, (one, replace(two, verified=False)))
    frame = read_geopackage(written(tmp_path, of)).layers["greening_points"]
    assert [NOT_VERIFIED in source for source in frame["source"]] == [False, True]
