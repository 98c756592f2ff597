"""The log of corrections outlives builds: all of it comes back, and nothing is overwritten."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, MultiPolygon, box

from geo.errors import EditsError
from layers.edits.exporting import geojson, json_lines, read_json_lines
from layers.edits.log import LOG, EditLog
from layers.edits.stored import read_value, written_value
from layers.edits.values import Author, Change, Correction, Status, Value

AUTHOR = Author("李工", "traced", "2026-11-27T08:00:00+00:00", "CC0-1.0")
MOVED = Correction(
    "w1",
    "jia",
    "甲桥",
    "建设甲桥。",
    (
        Change("geometry", None, MultiPoint([(120, 31)]), None),
        Change("stage", "plan", "start", "plan"),
        Change("verified", False, True, False),
        Change("uncertainty_m", None, 2000.0, None),
    ),
    Status.ACCEPTED,
)
TORN = replace(
    MOVED,
    work_id="w2",
    changes=(
        Change("stage", "plan", "start", "complete", Status.CONFLICT),
        Change("name", "甲", "乙", "甲"),
    ),
    status=Status.CONFLICT,
)


def test_a_log_that_is_not_there_is_empty(log: EditLog) -> None:
    assert log.edits() == ()
    assert not log.path.exists()


def test_corrections_come_back_numbered_and_as_they_were(log: EditLog) -> None:
    added = log.add([MOVED, TORN], AUTHOR, "works.gpkg")
    assert [edit.number for edit in added] == [1, 2]
    assert log.edits() == added
    assert [edit.correction for edit in added] == [MOVED, TORN]
    assert log.edit(2) == added[1]


def test_a_correction_that_is_not_there_is_one_sentence(log: EditLog) -> None:
    with pytest.raises(EditsError, match="There is no correction 7"):
        log.edit(7)


def test_a_decision_changes_the_state_and_keeps_the_history(log: EditLog) -> None:
    (edit,) = log.add([TORN], AUTHOR, "works.gpkg")
    later = replace(AUTHOR, who="王工", why="seen on site", at="2026-11-28T08:00:00+00:00")
    log.decide([(edit.number, Status.BUILT, "")], later)
    log.decide([(edit.number, Status.REVERTED, "")], AUTHOR)
    assert log.edit(1).status is Status.REVERTED
    assert log.history(1) == (
        ("built", "", "王工", "seen on site", "2026-11-28T08:00:00+00:00"),
        ("reverted", "", "李工", "traced", AUTHOR.at),
    )
    assert log.edit(1).correction == TORN


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (Status.ACCEPTED, ["stage", "name"]),
        (Status.CONFLICT, ["name"]),
        (Status.BUILT, ["name"]),
        (Status.REVERTED, []),
        (Status.CANDIDATE, []),
    ],
)
def test_builds_take_over_what_is_in_no_open_conflict(
    log: EditLog, status: Status, fields: list[str]
) -> None:
    (edit,) = log.add([TORN], AUTHOR, "works.gpkg")
    assert [change.field for change in replace(edit, status=status).applied] == fields


def test_staleness_is_noted_when_it_changes_and_only_then(log: EditLog) -> None:
    (edit,) = log.add([MOVED], AUTHOR, "works.gpkg")
    log.note_stale(log.edits(), {edit.number: ""})
    assert log.history(1) == ()
    for _ in range(2):
        log.note_stale(log.edits(), {edit.number: "its sentence has changed"})
    assert log.edit(1).stale == "its sentence has changed"
    assert len(log.history(1)) == 1
    log.note_stale(log.edits(), {edit.number: ""})
    assert log.edit(1).stale == ""
    assert log.edit(1).status is Status.ACCEPTED


def test_nothing_of_a_file_is_kept_where_a_part_cannot_be(log: EditLog) -> None:
    broken = replace(MOVED, changes=(replace(MOVED.changes[0], field=None),))  # type: ignore[arg-type]
    with pytest.raises(EditsError):
        log.add([MOVED, broken], AUTHOR, "works.gpkg")
    assert log.edits() == ()


def test_a_damaged_log_is_one_sentence(log: EditLog) -> None:
    log.add([MOVED], AUTHOR, "works.gpkg")
    with closing(sqlite3.connect(log.path)) as database, database:
        database.execute("UPDATE changes SET after = '{nonsense'")
    with pytest.raises(EditsError, match="the log of corrections is damaged"):
        log.edits()
    log.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    with pytest.raises(EditsError, match="the log of corrections"):
        log.edits()


def test_another_programs_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "edits.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE photos (id)")
    before = path.read_bytes()
    with pytest.raises(EditsError, match="another program's file"):
        EditLog(path).add([MOVED], AUTHOR, "works.gpkg")
    assert path.read_bytes() == before


def test_a_log_of_a_newer_program_is_left_alone(log: EditLog) -> None:
    log.add([MOVED], AUTHOR, "works.gpkg")
    with closing(sqlite3.connect(log.path)) as database:
        database.execute(f"PRAGMA user_version = {len(LOG.migrations) + 1}")
    with pytest.raises(EditsError, match="a newer version"):
        log.edits()


_SHAPES = st.sampled_from(
    [
        MultiPoint([(120.123456789012345, 31)]),
        LineString([(0, 0), (1e-12, 1)]),
        MultiPolygon([box(0, 0, 1, 1)]),
    ]
)
_VALUES = st.none() | st.booleans() | st.text() | st.floats(allow_nan=False) | _SHAPES


@given(_VALUES)
def test_any_value_comes_back_exactly(value: Value) -> None:
    assert read_value(written_value(value)) == value


def test_an_exported_log_comes_back_line_by_line(log: EditLog) -> None:
    edits = log.add([MOVED, TORN], AUTHOR, "works.gpkg")
    assert tuple(read_json_lines(json_lines(edits))) == edits


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        '{"status": "accepted"}',
        "null",
        '"' + "a" * 1000 + '"',
    ],
)
def test_a_line_that_is_no_correction_is_named(line: str) -> None:
    with pytest.raises(EditsError, match="Line 1 is no correction"):
        list(read_json_lines([line]))


def test_a_line_with_a_foreign_field_or_value_is_refused(log: EditLog) -> None:
    (text,) = json_lines(log.add([MOVED], AUTHOR, "works.gpkg"))
    for change in (
        {"field": "work_id", "before": None, "after": "x", "now": None, "status": "accepted"},
        {"field": "geometry", "before": None, "after": "x", "now": None, "status": "accepted"},
        {"field": "name", "before": [1], "after": "x", "now": None, "status": "accepted"},
    ):
        line = json.dumps({**json.loads(text), "changes": [change]})
        with pytest.raises(EditsError, match="Line 1"):
            list(read_json_lines([line]))


def test_geojson_shows_each_side_that_has_a_place(log: EditLog) -> None:
    moved = replace(MOVED.changes[0], before=MultiPoint([(121, 31)]), now=MultiPoint([(122, 31)]))
    edits = log.add([replace(MOVED, changes=(moved,)), TORN], AUTHOR, "works.gpkg")
    features = json.loads(geojson(edits))["features"]
    assert [one["properties"]["side"] for one in features] == ["before", "after", "now"]
    assert features[1]["geometry"]["coordinates"] == [[120, 31]]
