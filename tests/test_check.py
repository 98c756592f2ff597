"""Each breach of a file's promises is named with its layer, its work and its rule."""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from factories import CITY, document, example, place, placed, plan, work
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import LayersFileError
from geo.model import LedgerRow, Precision, Stage, Theme
from layers.build import Plan
from layers.check import Violation, check_geopackage
from layers.geopackage import write_geopackage

Damage = Callable[[str], tuple[Violation, ...]]

# What is done to a clean file, and the line that names it.
BREACHES = {
    "ALTER TABLE metro_lines DROP COLUMN sentence": (
        "metro_lines: schema: lacks the column sentence"
    ),
    "ALTER TABLE clauses ADD COLUMN extra TEXT": ("clauses: schema: does not know: extra"),
    "ALTER TABLE quantities DROP COLUMN value; ALTER TABLE quantities ADD COLUMN value TEXT": (
        "quantities: schema: has value as TEXT instead of REAL"
    ),
    "ALTER TABLE quantities DROP COLUMN unit; ALTER TABLE quantities ADD COLUMN unit TEXT": (
        "quantities: schema: in another order"
    ),
    "UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY' WHERE ROWID = 1": (
        "metro_lines: schema: holds GEOMETRY instead of MULTILINESTRING"
    ),
    "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('notes', 'features')": (
        "notes: schema: is no layer of the schema"
    ),
    "UPDATE gpkg_geometry_columns SET srs_id = -1 WHERE table_name = 'metro_lines'": (
        "metro_lines: crs: no known reference system (-1)"
    ),
    "DELETE FROM layer_styles WHERE f_table_name = 'metro_lines'": (
        "metro_lines: style: no default style"
    ),
    "DROP TABLE layer_styles": ("metro_lines: style: no default style"),
    "UPDATE metro_lines SET name = NULL": ("metro_lines jia-2020-002: required: has no name"),
    "UPDATE metro_lines SET passage = 'two'": (
        "metro_lines jia-2020-002: type: passage holds 'two', no int"
    ),
    "UPDATE metro_lines SET stage = 'dreaming'": (
        "metro_lines jia-2020-002: domain: stage holds an unknown code: dreaming"
    ),
    "UPDATE works SET precision = 'exact' WHERE clause = 3": (
        "works jia-2020-003: domain: precision holds an unknown code: exact"
    ),
    "UPDATE clauses SET outcome = 'lost' WHERE number = 9": (
        "clauses jia-2020 9: domain: outcome holds an unknown code: lost"
    ),
    "UPDATE works SET work_id = 'jia-2020-002' WHERE clause = 3": (
        "works jia-2020-002: duplicate: is there 2 times"
    ),
    "UPDATE expressway_lines SET work_id = 'jia-2020-002'": (
        "metro_lines jia-2020-002: duplicate: metro_lines, expressway_lines"
    ),
    "DELETE FROM metro_lines": (
        "works jia-2020-002: layer: is located by its precision and has a row in no layer"
    ),
    "UPDATE works SET precision = 'unlocated', uncertainty_m = NULL WHERE clause = 2": (
        "works jia-2020-002: layer: is not located and yet"
    ),
    "UPDATE works SET layer = 'park_areas' WHERE clause = 2": (
        "works jia-2020-002: layer: names the layer park_areas and is in metro_lines"
    ),
    "DELETE FROM works WHERE work_id = 'jia-2020-002'": (
        "metro_lines jia-2020-002: layer: is in neither of the tables works, sites"
    ),
    "UPDATE quantities SET work_id = 'nobody'": (
        "quantities nobody: layer: is no work of the table works"
    ),
    "UPDATE metro_lines SET theme = 'park'": (
        "metro_lines jia-2020-002: theme: has the theme park"
    ),
    "UPDATE works SET sentence = sentence || '!' WHERE clause = 2": (
        "works jia-2020-002: sentence: differs from the document's characters 12 to 26"
    ),
    """UPDATE metro_lines SET "start" = 0""": (
        "metro_lines jia-2020-002: sentence: differs from the document's characters 0 to 26"
    ),
    "UPDATE metro_lines SET document_id = 'other'": (
        "metro_lines jia-2020-002: document: names a document that is not in the file: other"
    ),
    "UPDATE build SET value = '8' WHERE key = 'works'": ("build works: count: says 8, there are 7"),
    "DELETE FROM clauses WHERE number = 9": (
        "clauses jia-2020: ledger: no clause holds the words from character 97"
    ),
    """UPDATE clauses SET "start" = 95 WHERE number = 9""": (
        "clauses jia-2020 9: ledger: overlaps the clause before it"
    ),
    "UPDATE clauses SET text = '甲' WHERE number = 9": (
        "clauses jia-2020 9: ledger: differs from the document's characters"
    ),
    "UPDATE clauses SET works = NULL WHERE number = 2": (
        "works jia-2020-002: ledger: is not named by its clause 2"
    ),
    "UPDATE clauses SET works = works || ' ghost' WHERE number = 2": (
        "clauses jia-2020 2: ledger: names a work that does not exist: ghost"
    ),
    "UPDATE clauses SET reason = NULL WHERE number = 8": (
        "clauses jia-2020 8: ledger: has the outcome unlocated and no reason"
    ),
    "UPDATE places SET licence = ' ' WHERE place_id = 'place-jia-2020-002'": (
        "places place-jia-2020-002: licence: has no licence"
    ),
    "UPDATE works SET licence = NULL WHERE clause = 2": (
        "works jia-2020-002: licence: has a place without licence"
    ),
    "UPDATE works SET place_id = 'nowhere' WHERE clause = 2": (
        "works jia-2020-002: place: nowhere is not in places"
    ),
    "UPDATE works SET uncertainty_m = NULL WHERE clause = 2": (
        "works jia-2020-002: precision: is surveyed without an uncertainty"
    ),
    "UPDATE works SET uncertainty_m = 5 WHERE clause = 8": (
        "works jia-2020-008: precision: is not located and yet has an uncertainty"
    ),
    "UPDATE metro_lines SET geom = NULL": ("metro_lines jia-2020-002: geometry: is empty"),
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "works.gpkg"
    write_geopackage(path, [example()])
    return path


@pytest.fixture
def after(clean: Path, tmp_path: Path) -> Damage:
    """Give a function that damages a copy by SQL and checks it."""
    return lambda script: damaged(clean, tmp_path / "works.gpkg", script)


def damaged(clean: Path, path: Path, script: str) -> tuple[Violation, ...]:
    """Damage a copy by SQL and check it."""
    path.write_bytes(clean.read_bytes())
    with contextlib.closing(sqlite3.connect(path)) as database:
        _drop_triggers(database)
        database.executescript(script)
        database.commit()
    return check_geopackage(path)


def test_a_file_as_it_was_built_is_clean(clean: Path) -> None:
    assert check_geopackage(clean) == ()


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4549", "EPSG:3857"])
def test_a_file_in_another_reference_system_is_clean(tmp_path: Path, crs: str) -> None:
    write_geopackage(tmp_path / "works.gpkg", [example()], crs=crs)
    assert check_geopackage(tmp_path / "works.gpkg") == ()


def test_checking_changes_no_byte(clean: Path) -> None:
    before = clean.read_bytes()
    check_geopackage(clean)
    assert clean.read_bytes() == before
    assert [path.name for path in clean.parent.iterdir()] == [clean.name]


def test_a_violation_reads_as_one_line() -> None:
    violation = Violation("metro_lines", "a-1", "domain", "stage holds an unknown code: x")
    assert str(violation) == "metro_lines a-1: domain: stage holds an unknown code: x"


@pytest.mark.parametrize("script", BREACHES)
def test_each_breach_is_named(after: Damage, script: str) -> None:
    lines = [str(violation) for violation in after(script)]
    where, rule, words = BREACHES[script].split(": ", 2)
    expected = f"{where}: {rule}: "
    assert [line for line in lines if line.startswith(expected) and words in line], lines


@pytest.mark.parametrize(
    ("precision", "limit"),
    [(Precision.SURVEYED, 50), (Precision.STREET, 300), (Precision.APPROXIMATE, 2000)],
)
def test_an_uncertainty_beyond_what_its_precision_promises_is_named(
    tmp_path: Path, precision: Precision, limit: int
) -> None:
    assert _check(tmp_path, _city_and(Point(120, 31.5), precision, limit)) == ()
    (violation,) = _check(tmp_path, _city_and(Point(120, 31.5), precision, limit + 1))
    assert (violation.rule, violation.row) == ("precision", "jia-2020-002")
    assert f"at most {limit} m" in violation.problem


def test_a_work_beyond_the_city_is_named(tmp_path: Path) -> None:
    (violation,) = _check(tmp_path, _city_and(Point(121, 31.5), Precision.SURVEYED, 50))
    assert (violation.layer, violation.row) == ("park_points", "jia-2020-002")
    assert (violation.rule, violation.problem) == ("city", "lies outside the city")


def test_a_work_within_its_uncertainty_of_the_city_is_clean(tmp_path: Path) -> None:
    assert _check(tmp_path, _city_and(Point(120.51, 31.5), Precision.APPROXIMATE, 1500)) == ()


def test_a_line_that_leads_out_of_the_city_is_clean(tmp_path: Path) -> None:
    line = shapely.from_wkt("LINESTRING (120 31.5, 122 31.5)")
    assert _check(tmp_path, _city_and(line, Precision.SCHEMATIC, 3000)) == ()


def test_a_work_outside_by_its_precision_may_not_lie_inside(tmp_path: Path) -> None:
    assert _check(tmp_path, _city_and(Point(103, 10), Precision.OUTSIDE, 3000)) == ()
    (violation,) = _check(tmp_path, _city_and(Point(120, 31.5), Precision.OUTSIDE, 3000))
    assert violation.problem == "is outside by its precision and lies inside"


def test_a_file_in_which_no_work_lies_on_the_whole_city_knows_no_outside(tmp_path: Path) -> None:
    doc = document()
    far = placed(work(doc, 2, "甲", Theme.PARK, Stage.PLAN), Point(80, 40))
    assert _check(tmp_path, plan(doc, (far,))) == ()


def test_an_invalid_geometry_is_named(clean: Path, tmp_path: Path) -> None:
    bow_tie = shapely.from_wkt("MULTIPOLYGON (((120 31, 121 32, 121 31, 120 32, 120 31)))")
    path = tmp_path / "works.gpkg"
    path.write_bytes(clean.read_bytes())
    with contextlib.closing(sqlite3.connect(path)) as database:
        _drop_triggers(database)
        header = b"GP\0\1" + (4326).to_bytes(4, "little")
        database.execute("UPDATE tourism_areas SET geom = ?", (header + bow_tie.wkb,))
        database.commit()
    (violation,) = check_geopackage(path)
    assert (violation.layer, violation.rule) == ("tourism_areas", "geometry")
    assert violation.problem == "is invalid"


def test_white_space_between_clauses_belongs_to_none(tmp_path: Path) -> None:
    doc = document("\ufeff甲市2020年重點工作\r\n\u3000\t\n推進甲。\n\n")
    one = plan(doc, ())
    ledger = tuple(row for row in one.reading.ledger if row.clause.text.strip("\u3000\t"))
    assert _check(tmp_path, Plan(replace(one.reading, ledger=ledger), ())) == ()


def test_a_ledger_that_lost_a_clause_is_named(tmp_path: Path) -> None:
    one = plan(document(), ())
    lost = Plan(replace(one.reading, ledger=one.reading.ledger[1:]), ())
    violations = _check(tmp_path, lost)
    assert [violation.rule for violation in violations] == ["ledger"]


def test_a_clause_without_work_and_reason_is_named(tmp_path: Path) -> None:
    one = plan(document(), ())
    ledger = tuple(LedgerRow(row.clause, "", row.works) for row in one.reading.ledger)
    violations = _check(tmp_path, Plan(replace(one.reading, ledger=ledger), ()))
    assert {violation.problem for violation in violations} == {
        "has the outcome no_work and no reason"
    }


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "works.gpkg").write_bytes(b"words")
    with pytest.raises(LayersFileError):
        check_geopackage(tmp_path / "works.gpkg")


def _drop_triggers(database: sqlite3.Connection) -> None:
    """Take away the triggers that call functions which only map libraries bring."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in database.execute(query).fetchall():
        database.execute(f'DROP TRIGGER "{name}"')


def _city_and(geometry: BaseGeometry, precision: Precision, uncertainty_m: float) -> Plan:
    """Make a plan of a counted work on the whole city and of another."""
    doc = document()
    counted = placed(work(doc, 3, "48座", Theme.SEWAGE, Stage.COMPLETE), CITY)
    city = place("city", CITY, Precision.CITY, 40000)
    whole = replace(counted, place=city, precision=Precision.CITY, uncertainty_m=40000)
    one = placed(work(doc, 2, "甲", Theme.PARK, Stage.PLAN), geometry, precision, uncertainty_m)
    return plan(doc, (one, whole))


def _check(folder: Path, one: Plan) -> tuple[Violation, ...]:
    write_geopackage(folder / "works.gpkg", [one])
    return check_geopackage(folder / "works.gpkg")
