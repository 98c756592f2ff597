"""What an edited file holds that cannot be right is named, and nothing else is lost."""

import re
from pathlib import Path

import pytest
from editing import BRIDGE, HILL, changes, draw, execute, move, problem_of, take_back
from shapely.geometry import MultiPoint, MultiPolygon

from layers.edits.log import EditLog
from layers.edits.values import Status


def test_a_feature_without_an_id_becomes_a_candidate(works: Path, log: EditLog) -> None:
    draw(works, "bridge_crossing_points", MultiPoint([(120, 31.5)]), name="北湖大桥", stage="start")
    (edit,) = take_back(works, log).edits
    assert (edit.status, edit.correction.work_id, edit.correction.name) == (
        Status.CANDIDATE,
        "",
        "北湖大桥",
    )
    assert set(changes(edit)) == {"geometry", "name", "stage"}


def test_an_id_that_comes_twice_is_named_and_nothing_of_it_is_taken(
    works: Path, log: EditLog
) -> None:
    draw(works, "bridge_crossing_points", MultiPoint([(120, 31.5)]), work_id=BRIDGE)
    taken = take_back(works, log)
    assert taken.edits == ()
    assert f"南湖大橋 ({BRIDGE}) is there 2 times" in problem_of(taken)


def test_an_invalid_shape_is_named_with_its_place_and_not_taken(works: Path, log: EditLog) -> None:
    bow = MultiPolygon([(((120, 31), (121, 32), (121, 31), (120, 32)), [])])
    move(works, "tourism_areas", HILL, bow)
    taken = take_back(works, log)
    assert taken.edits == ()
    assert re.search(
        r"東山景區 was not moved: its shape is invalid \(Self-intersection\[120.5",
        problem_of(taken),
    )


def test_a_changed_id_is_named_and_the_work_is_not_lost(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE bridge_crossing_points SET work_id = 'my-bridge'")
    taken = take_back(works, log)
    assert taken.edits == ()
    assert f"the id {BRIDGE} of 南湖大橋 was changed to my-bridge" in problem_of(taken)


def test_an_id_that_was_taken_away_is_named_and_the_work_is_not_lost(
    works: Path, log: EditLog
) -> None:
    execute(works, "UPDATE bridge_crossing_points SET work_id = NULL")
    taken = take_back(works, log)
    assert taken.edits == ()
    assert f"the id {BRIDGE} of 南湖大橋 was taken away" in problem_of(taken)


def test_an_id_that_no_work_has_is_named(works: Path, log: EditLog) -> None:
    draw(works, "bridge_crossing_points", MultiPoint([(120, 31.5)]), work_id="nobody", name="x")
    assert "no work has the id nobody" in problem_of(take_back(works, log))


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE metro_lines SET stage = 'dreaming'", "'dreaming'"),
        ("UPDATE metro_lines SET name = NULL", "''"),
        ("UPDATE metro_lines SET uncertainty_m = 9e999", "'inf'"),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_put_back(
    works: Path, log: EditLog, statement: str, value: str
) -> None:
    execute(works, statement)
    taken = take_back(works, log)
    assert taken.edits == ()
    assert f"was not taken: {value} does not fit this column" in problem_of(taken)


def test_read_only_columns_stay_as_they_were(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE metro_lines SET sentence = 'other words', passage = 7, stage = 'start'")
    taken = take_back(works, log)
    assert problem_of(taken).startswith(
        "passage, sentence of 地鐵1號線一期 say where it comes from"
    )
    (edit,) = taken.edits
    assert set(changes(edit)) == {"stage"}
