"""One geometry of one family, whatever shape a place has."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import (
    GeometryCollection,
    LinearRing,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
    box,
)
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError
from layers.shapes import one_family

_NUMBERS = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)
_PAIRS = st.tuples(_NUMBERS, _NUMBERS)
_SIMPLE = st.one_of(
    _PAIRS.map(Point),
    st.lists(_PAIRS, min_size=2, max_size=6).map(LineString),
    st.lists(_PAIRS, min_size=3, max_size=6).map(Polygon),
)


@settings(deadline=None)
@given(st.lists(_SIMPLE, min_size=1, max_size=5).map(GeometryCollection))
def test_any_collection_becomes_one_valid_flat_multi_geometry(mixed: GeometryCollection) -> None:
    family, reduced = one_family(mixed)
    assert reduced.geom_type == family.geometry_type
    assert not reduced.is_empty
    assert reduced.is_valid
    assert not reduced.has_z


@settings(deadline=None)
@given(st.lists(_SIMPLE, min_size=1, max_size=5).map(GeometryCollection))
def test_reducing_twice_changes_nothing(mixed: GeometryCollection) -> None:
    family, reduced = one_family(mixed)
    assert one_family(reduced)[0] == family
    assert one_family(reduced)[1].equals(reduced)


def test_areas_win_over_lines_and_lines_over_points() -> None:
    area, line, point = box(0, 0, 1, 1), LineString([(0, 0), (2, 2)]), Point(5, 5)
    assert one_family(GeometryCollection([point, line, area]))[1].equals(area)
    assert one_family(GeometryCollection([point, line]))[1].equals(line)
    assert one_family(GeometryCollection([GeometryCollection([point])]))[1].equals(point)


def test_a_polygon_that_crosses_itself_is_made_valid() -> None:
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    family, reduced = one_family(bow_tie)
    assert family.suffix == "areas"
    assert isinstance(reduced, MultiPolygon)
    assert reduced.is_valid
    assert reduced.area == pytest.approx(0.5)


def test_areas_that_overlap_are_merged() -> None:
    reduced = one_family(GeometryCollection([box(0, 0, 2, 2), box(1, 1, 3, 3)]))[1]
    assert reduced.area == pytest.approx(7)


def test_a_ring_is_a_line() -> None:
    assert one_family(LinearRing([(0, 0), (1, 0), (1, 1)]))[0].suffix == "lines"


def test_heights_are_dropped() -> None:
    assert not one_family(Point(1, 2, 3))[1].has_z


@pytest.mark.parametrize(
    "nothing",
    [
        Point(),
        Polygon(),
        GeometryCollection([Polygon()]),
        Point(float("nan"), 1),
        shapely.from_wkt("LINESTRING (0 0, inf 1)"),
    ],
)
def test_what_cannot_be_drawn_is_refused(nothing: BaseGeometry) -> None:
    with pytest.raises(SchemaError, match="real coordinates"):
        one_family(nothing)
