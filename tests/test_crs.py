"""Coordinate systems of Chinese maps: the shifts, their inverses, and CGCS2000.

The shift is checked twice: against pairs of points that others have published, and against a second
implementation below, which takes one point at a time, writes the published series term by term and
leaves the ellipsoid to PROJ (the program computes it from the semi-axis and the eccentricity).
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.crs import Datum, convert, crs_of, datum_of, from_wgs84, gauss_krueger, moved, to_wgs84
from geo.errors import CrsError

WGS84, GCJ02, BD09 = Datum
EARTH = Geod(ellps="WGS84")
KRASSOWSKY = Geod(ellps="krass")

# Published by the test suites of open implementations (GCJ-02: longitude, latitude of both).
GCJ02_PAIRS = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]
# The answer of Baidu's own service to the example of its documentation (GPS to BD-09).
BAIDU_PAIR = ((114.21892734521, 29.575429778924), (114.2307519546763, 29.57908428837437))

in_china = st.tuples(st.floats(73.5, 135.1), st.floats(3.8, 53.6))
outside = st.one_of(
    st.tuples(st.floats(-180, 72), st.floats(-90, 90)),
    st.tuples(st.floats(138, 180), st.floats(-90, 90)),
    st.tuples(st.floats(-180, 180), st.floats(-90, 0.8)),
    st.tuples(st.floats(-180, 180), st.floats(56, 90)),
)
anywhere = st.tuples(st.floats(), st.floats())


def one(point: tuple[float, float], source: Datum, target: Datum) -> tuple[float, float]:
    ((x, y),) = convert(np.array([point]), source, target)
    return float(x), float(y)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return EARTH.inv(*a, *b)[2]


def second_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Shift one point by the published series; PROJ turns the metres into degrees."""
    x, y, turn = longitude - 105, latitude - 35, math.pi
    both = 20 * math.sin(6 * x * turn) + 20 * math.sin(2 * x * turn)
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * abs(x) ** 0.5 + both * 2 / 3
    north += (20 * math.sin(y * turn) + 40 * math.sin(y / 3 * turn)) * 2 / 3
    north += (160 * math.sin(y / 12 * turn) + 320 * math.sin(y * turn / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * abs(x) ** 0.5 + both * 2 / 3
    east += (20 * math.sin(x * turn) + 40 * math.sin(x / 3 * turn)) * 2 / 3
    east += (150 * math.sin(x / 12 * turn) + 300 * math.sin(x / 30 * turn)) * 2 / 3
    east_degrees = KRASSOWSKY.fwd(longitude, latitude, 90, 1)[0] - longitude
    north_degrees = KRASSOWSKY.fwd(longitude, latitude, 0, 1)[1] - latitude
    return longitude + east * east_degrees, latitude + north * north_degrees


def second_bd09(longitude: float, latitude: float) -> tuple[float, float]:
    """Shift one point of GCJ-02 by the published formula, as a complex number."""
    point = complex(longitude, latitude)
    wave = 3000 / 180 * math.pi
    size = abs(point) + 2e-5 * math.sin(latitude * wave)
    turn = math.atan2(latitude, longitude) + 3e-6 * math.cos(longitude * wave)
    moved = size * complex(math.cos(turn), math.sin(turn)) + complex(0.0065, 0.006)
    return moved.real, moved.imag


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02_PAIRS)
def test_published_points_are_shifted_to_gcj02_and_back(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert metres(one(wgs84, WGS84, GCJ02), gcj02) < 0.001
    assert metres(one(gcj02, GCJ02, WGS84), wgs84) < 0.001


def test_the_point_that_baidu_publishes_is_shifted_to_bd09_and_back() -> None:
    wgs84, bd09 = BAIDU_PAIR
    assert metres(one(wgs84, WGS84, BD09), bd09) < 1
    assert metres(one(bd09, BD09, WGS84), wgs84) < 1


@given(in_china)
def test_a_second_implementation_shifts_every_point_alike(point: tuple[float, float]) -> None:
    gcj02 = second_gcj02(*point)
    assert metres(one(point, WGS84, GCJ02), gcj02) < 0.01
    assert metres(one(point, WGS84, BD09), second_bd09(*gcj02)) < 0.01


@given(in_china, st.sampled_from([GCJ02, BD09]))
def test_there_and_back_is_where_it_was(point: tuple[float, float], datum: Datum) -> None:
    shifted = one(point, WGS84, datum)
    assert metres(point, shifted) > 10
    assert metres(one(shifted, datum, WGS84), point) < 0.001


@given(in_china)
def test_gcj02_becomes_bd09_without_a_way_through_wgs84(point: tuple[float, float]) -> None:
    gcj02 = one(point, WGS84, GCJ02)
    assert one(gcj02, GCJ02, BD09) == one(point, WGS84, BD09)
    assert metres(one(one(gcj02, GCJ02, BD09), BD09, GCJ02), gcj02) < 0.001


@given(outside, st.sampled_from(Datum), st.sampled_from(Datum))
def test_outside_china_every_datum_is_the_same(
    point: tuple[float, float], source: Datum, target: Datum
) -> None:
    assert one(point, source, target) == point


@pytest.mark.parametrize(
    "point", [(72.0, 40.0), (138.0, 35.0), (100.0, 0.8), (100.0, 56.0), (69.2, 41.3), (139.7, 35.7)]
)
def test_the_bounds_of_the_shift_are_those_of_the_published_formula(
    point: tuple[float, float],
) -> None:
    inside = (min(max(point[0], 72.01), 137.8), min(max(point[1], 0.83), 55.8))
    for datum in (GCJ02, BD09):
        assert one(point, WGS84, datum) == one(point, datum, WGS84) == point
        assert one(inside, WGS84, datum) != inside


@given(st.lists(anywhere, max_size=20), st.sampled_from(Datum), st.sampled_from(Datum))
def test_any_numbers_are_taken_and_the_input_stays(
    points: list[tuple[float, float]], source: Datum, target: Datum
) -> None:
    given_points = np.array(points, dtype=float).reshape(-1, 2)
    before = given_points.copy()
    result = convert(given_points, source, target)
    assert result.shape == before.shape
    assert np.array_equal(given_points, before, equal_nan=True)
    assert np.array_equal(np.isfinite(result), np.isfinite(before))


@pytest.mark.parametrize(
    "shape",
    [
        Point(120.3, 31.5),
        Point(120.3, 31.5, 12),
        LineString([(120, 31), (121, 32)]),
        box(120, 31, 121, 32).difference(box(120.4, 31.4, 120.6, 31.6)),
    ],
)
@pytest.mark.parametrize("crs", ["gcj02", "BD-09", "EPSG:4490", "EPSG:4549", "EPSG:4528"])
def test_geometries_of_all_kinds_go_there_and_back(shape: BaseGeometry, crs: str) -> None:
    there = from_wgs84(shape, crs)
    back = to_wgs84(there, crs)
    assert back.geom_type == there.geom_type == shape.geom_type
    assert back.has_z == shape.has_z
    assert back.equals_exact(shape, 1e-8)


@pytest.mark.parametrize("name", ["gcj02", "GCJ-02", "Gcj_02"])
def test_a_datum_is_known_in_any_spelling(name: str) -> None:
    assert datum_of(name) is GCJ02
    assert datum_of("EPSG:4490") is None


@pytest.mark.parametrize("name", ["EPSG:4326", "WGS-84", "wgs84"])
def test_what_is_in_wgs84_already_stays_as_it_is(name: str) -> None:
    point = Point(120.3, 31.5)
    assert datum_of(name) is WGS84
    assert to_wgs84(point, name) is from_wgs84(point, name) is point


def test_cgcs2000_in_degrees_is_wgs84_within_a_metre() -> None:
    point = Point(120.3, 31.5)
    assert from_wgs84(point, "EPSG:4490").distance(point) < 1e-5


def test_cgcs2000_in_metres_has_eastings_round_its_meridian() -> None:
    on_meridian = from_wgs84(Point(120, 31.5), "EPSG:4549")
    assert on_meridian.x == pytest.approx(500_000, abs=0.01)
    assert on_meridian.y == pytest.approx(3_486_400, abs=200)
    numbered = from_wgs84(Point(120, 31.5), "EPSG:4528")
    assert numbered.x == pytest.approx(40_500_000, abs=0.01)


@given(st.floats(74, 136), st.sampled_from([3, 6]))
def test_a_longitude_lies_in_the_zone_of_its_nearest_meridian(longitude: float, width: int) -> None:
    zone = CRS.from_user_input(gauss_krueger(longitude, width))  # type: ignore[arg-type]
    assert zone.coordinate_operation is not None
    meridian = zone.coordinate_operation.params[1].value
    assert zone.name.startswith("CGCS2000 / " + ("3-degree " if width == 3 else "Gauss"))
    assert abs(longitude - meridian) <= width / 2


def test_the_zone_of_the_built_in_city() -> None:
    assert gauss_krueger(120.3) == "EPSG:4549"


@pytest.mark.parametrize("crs", ["", "EPSG:1", "gcj03", "x" * 5000])
def test_an_unknown_system_gets_a_sentence(crs: str) -> None:
    with pytest.raises(CrsError, match=r"is no known coordinate system: give one such as") as info:
        to_wgs84(Point(120, 31), crs)
    assert len(str(info.value)) < 200


def test_a_point_without_coordinates_in_the_system_gets_a_sentence() -> None:
    with pytest.raises(CrsError, match=r"no coordinates: say in which system"):
        to_wgs84(Point(1e30, 1e30), "EPSG:4549")


def test_an_array_moves_as_its_geometries_do_and_keeps_what_is_missing() -> None:
    shapes = np.array([Point(120, 31.5), None, LineString([(120, 31), (121, 32)])], dtype=object)
    for crs in ("gcj02", "EPSG:4549", "EPSG:3857"):
        there = moved(shapes, "EPSG:4326", crs)
        assert there[1] is None
        assert there[0].equals(from_wgs84(shapes[0], crs))
        back = moved(there, crs, "EPSG:4326")
        assert back[2].hausdorff_distance(shapes[2]) < 1e-7
    assert moved(shapes, "EPSG:4326", "wgs84") is shapes


def test_an_array_goes_from_a_shifted_system_to_a_projected_one() -> None:
    shifted = from_wgs84(Point(120, 31.5), "gcj02")
    (there,) = moved(np.array([shifted], dtype=object), "gcj02", "EPSG:4549")
    assert there.distance(from_wgs84(Point(120, 31.5), "EPSG:4549")) < 0.001


def test_no_geometries_move_to_none() -> None:
    assert len(moved(np.array([], dtype=object), "EPSG:4326", "EPSG:4549")) == 0


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("version", ["WKT2_2019", "WKT1_GDAL", "WKT1_ESRI"])
def test_a_shifted_datum_is_known_again_by_what_files_call_it(datum: Datum, version: str) -> None:
    crs = crs_of(datum)
    assert crs.to_epsg() is None
    assert datum_of(crs.to_wkt(version)) is datum


@pytest.mark.parametrize("name", ["EPSG:4978", "EPSG:5773"])
def test_a_system_without_plane_coordinates_is_refused(name: str) -> None:
    with pytest.raises(CrsError, match="has no plane coordinates"):
        crs_of(name)


@pytest.mark.parametrize("name", ["nope", "+init=/etc/passwd:x", "", "EPSG:0"])
def test_a_name_of_no_system_is_refused(name: str) -> None:
    with pytest.raises(CrsError, match="is no known coordinate system"):
        crs_of(name)
