"""Works near a work: as far as they say, whatever the latitude, and only where places are known."""

from math import cos, radians
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point

from geo.model import Precision
from webmap.neighbours import Neighbours, distance_km

GEOD = Geod(ellps="WGS84")


def card(name: str, precision: Precision = Precision.STREET, layer: str = "park_points") -> object:
    return SimpleNamespace(work_id=name, precision=precision, layer=layer, start=0)


@given(
    st.floats(18, 53),
    st.floats(75, 134),
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.05),
)
def test_a_distance_is_that_on_the_ground(
    south: float, west: float, north: float, east: float
) -> None:
    works = [card("one"), card("other")]
    shapes = {"one": Point(west, south), "other": Point(west + east, south + north)}
    _, _, metres = GEOD.inv(west, south, west + east, south + north)
    found = Neighbours(works, shapes).of(works[0], 10)
    if metres < 9_900:
        assert found[0].distance_m == pytest.approx(metres, rel=0.01, abs=1)
    if metres > 10_100:
        assert found == ()


def test_neighbours_are_sorted_and_measured_to_the_nearest_part_of_a_line() -> None:
    works = [card("me"), card("far"), card("line"), card("beyond")]
    step = 0.01 / cos(radians(31))
    shapes = {
        "me": Point(120, 31),
        "far": Point(120 + step, 31),
        "line": LineString([(119, 31.001), (121, 31.001)]),
        "beyond": Point(121, 31),
    }
    found = Neighbours(works, shapes).of(works[0], 2)
    assert [one.work.work_id for one in found] == ["line", "far"]
    assert [round(one.distance_m) for one in found] == [111, 1112]


@pytest.mark.parametrize(
    "precision", [Precision.AREA, Precision.CITY, Precision.OUTSIDE, Precision.UNLOCATED]
)
def test_a_work_without_a_place_of_its_own_neither_has_neighbours_nor_is_one(
    precision: Precision,
) -> None:
    vague = card("vague", precision, "" if precision is Precision.UNLOCATED else "park_areas")
    works = [card("me"), vague]
    near = Neighbours(works, {"me": Point(120, 31), "vague": Point(120, 31)})
    assert near.of(works[0], 10) == ()
    assert near.of(vague, 10) == ()


@pytest.mark.parametrize(("asked", "km"), [(None, 2), ("5", 5), ("3", 2), ("x", 2), ("-1", 2)])
def test_only_distances_that_are_offered_are_taken(asked: str | None, km: int) -> None:
    assert distance_km(asked) == km
