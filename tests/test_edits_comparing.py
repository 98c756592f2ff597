"""Three sides of a work: what was built, what a person left, what is built now."""

from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, box

from layers.edits.comparing import corrections, same
from layers.edits.values import GEOMETRY, Correction, State, Status

VALUES = {"name": "甲", "stage": "plan", "precision": "street", "uncertainty_m": 300.0}
BUILT = State(MultiPoint([(120, 31)]), VALUES, "jia", "建设甲。")


def only(theirs: State | None, now: State | None) -> Correction | None:
    """Compare one work; None stands for one that is not there."""
    edited = {} if theirs is None else {"w": theirs}
    found = list(corrections({"w": BUILT}, edited, {} if now is None else {"w": now}))
    return found[0] if found else None


def with_values(state: State, **values: str | float | None) -> State:
    return replace(state, values={**state.values, **values})


def moved(x: float) -> State:
    return replace(BUILT, geometry=MultiPoint([(x, 31)]))


def test_what_nobody_touched_is_no_correction() -> None:
    assert only(BUILT, BUILT) is None
    assert only(BUILT, moved(121)) is None
    assert only(None, BUILT) is None


def test_what_a_person_changed_is_accepted_where_the_build_has_not_changed_it() -> None:
    found = only(moved(121), BUILT)
    assert found
    assert found.status is Status.ACCEPTED
    (change,) = found.changes
    assert (change.field, change.status) == (GEOMETRY, Status.ACCEPTED)
    assert (change.before, change.after) == (BUILT.geometry, moved(121).geometry)


def test_what_both_changed_otherwise_is_a_conflict_with_all_three_sides() -> None:
    found = only(moved(121), moved(122))
    assert found
    assert found.status is Status.CONFLICT
    (change,) = found.changes
    sides = [change.before, change.after, change.now]
    assert sides == [state.geometry for state in (BUILT, moved(121), moved(122))]


def test_what_both_changed_alike_is_no_correction() -> None:
    assert only(moved(121), moved(121)) is None


def test_values_of_one_work_are_judged_each_for_itself() -> None:
    theirs = with_values(BUILT, name="乙", stage="start")
    found = only(theirs, with_values(BUILT, stage="complete"))
    assert found
    assert {change.field: str(change.status) for change in found.changes} == {
        "name": "accepted",
        "stage": "conflict",
    }


def test_a_place_and_its_precision_are_in_conflict_together() -> None:
    theirs = with_values(moved(121), precision="surveyed", uncertainty_m=20.0, name="乙")
    found = only(theirs, moved(122))
    assert found
    assert {change.field for change in found.changes if change.status is Status.CONFLICT} == {
        GEOMETRY,
        "precision",
        "uncertainty_m",
    }


def test_a_place_that_was_taken_away_is_a_change_to_nothing() -> None:
    found = only(replace(BUILT, geometry=None), BUILT)
    assert found
    assert found.changes[0].after is None


def test_a_work_that_is_not_built_any_more_keeps_its_correction() -> None:
    found = only(moved(121), None)
    assert found
    assert found.status is Status.ACCEPTED


def test_the_words_of_a_correction_are_those_of_the_present_build() -> None:
    found = only(moved(121), replace(BUILT, sentence="加快建设甲。"))
    assert found
    assert found.sentence == "加快建设甲。"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (None, "", True),
        ("", None, True),
        ("a", "a ", False),
        (0.1 + 0.2, 0.3, True),
        (1, 1.0, True),
        (True, 1, True),
        (None, 0.0, False),
        (Point(120, 31), Point(120 + 1e-10, 31), True),
        (Point(120, 31), Point(120 + 1e-6, 31), False),
        (Point(120, 31), None, False),
        (LineString([(0, 0), (1, 1)]), LineString([(1, 1), (0, 0)]), True),
        (MultiPoint([(0, 0), (1, 1)]), MultiPoint([(1, 1), (0, 0)]), True),
        (MultiPolygon([box(0, 0, 1, 1)]), MultiPolygon([box(0, 0, 1, 1).reverse()]), True),
        (box(0, 0, 1, 1), box(0, 0, 1, 2), False),
    ],
)
def test_two_values_that_say_the_same_are_the_same(
    one: object, other: object, expected: object
) -> None:
    assert same(one, other) is expected
    assert same(other, one) is expected


_STATES = st.builds(
    lambda x, name, stage: State(
        None if x is None else MultiPoint([(x, 31)]), {**VALUES, "name": name, "stage": stage}
    ),
    st.none() | st.integers(120, 123),
    st.sampled_from(["甲", "乙", ""]),
    st.sampled_from(["plan", "start"]),
)


@given(_STATES, _STATES, _STATES)
def test_only_what_a_person_changed_and_is_not_so_yet_is_a_change(
    base: State, theirs: State, now: State
) -> None:
    found = list(corrections({"w": base}, {"w": theirs}, {"w": now}))
    changed = {change.field for one in found for change in one.changes}
    expected = {
        name
        for name in (GEOMETRY, "name", "stage")
        if not same(base.of(name), theirs.of(name)) and not same(theirs.of(name), now.of(name))
    }
    assert changed == expected


@given(_STATES, _STATES)
def test_without_a_newer_build_nothing_is_in_conflict(base: State, theirs: State) -> None:
    found = corrections({"w": base}, {"w": theirs}, {"w": base})
    assert all(one.status is Status.ACCEPTED for one in found)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=20))
def test_a_shape_is_the_same_however_its_parts_are_ordered(
    points: list[tuple[float, float]],
) -> None:
    one, other = MultiPoint(points), MultiPoint(points[::-1])
    assert same(one, other)
    assert same(one, shapely.from_wkb(shapely.to_wkb(one)))
