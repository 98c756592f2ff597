"""What may honestly be drawn of a place: lines, sites, discs, and never beyond their district."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import CITY, EAST, LINE, geocoder, held, place, placed, work
from pyproj import Geod
from shapely.geometry import GeometryCollection, LineString, Point, Polygon, box

from geo.gazetteer.areas import buffer_m, polygons_of, reach_m
from geo.model import Precision, Theme


def test_a_surveyed_line_keeps_its_geometry() -> None:
    found = placed(work("地鐵1號線一期", Theme.METRO))
    assert found.geometry is not None
    assert found.geometry.equals_exact(LINE, 0)
    assert (found.precision, found.uncertainty_m) == (Precision.SURVEYED, 50)
    assert found.located_by == "gazetteer name: 地铁1号线一期"


def test_a_schematic_line_stays_whole_beyond_the_city() -> None:
    found = placed(work("甲乙高速二期工程", Theme.EXPRESSWAY))
    assert found.precision is Precision.SCHEMATIC
    assert found.geometry is not None
    assert found.geometry.bounds[2] == 121


def test_a_phase_of_a_line_known_as_a_whole_is_only_schematic() -> None:
    found = placed(work("地铁2号线一期", Theme.METRO))
    assert found.precision is Precision.SCHEMATIC
    assert found.located_by == "part of gazetteer line: 地铁2号线"


@pytest.mark.parametrize("name", ["地铁1号线二期", "地铁2号线支线", "青川路延伸工程", "青川路沿线"])
def test_another_phase_or_an_extension_is_near_never_the_line_itself(name: str) -> None:
    found = placed(work(name, Theme.METRO if "地铁" in name else Theme.ROAD))
    assert found.precision is Precision.AREA
    assert found.located_by.startswith("near gazetteer place: ")
    assert isinstance(found.geometry, Polygon)
    assert found.geometry.covers(LINE)


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("青川路北延工程", Point(120.3, 31.4)),
        ("青川路南延", Point(120.1, 31.2)),
        ("地铁2号线东延伸线", Point(120.5, 31.4)),
        ("青川路西南延长线建设", Point(120.1, 31.2)),
    ],
)
def test_an_extension_lies_round_the_end_of_the_line_in_its_direction(
    name: str, end: Point
) -> None:
    found = placed(work(name, Theme.METRO if "地铁" in name else Theme.ROAD))
    assert found.precision is Precision.AREA
    assert found.located_by.startswith("beyond the end of gazetteer line: ")
    assert isinstance(found.geometry, Polygon)
    assert found.geometry.covers(end)
    assert found.uncertainty_m == 3000


def test_a_site_stays_a_point_with_its_uncertainty() -> None:
    tower = place("古塔", "heritage_site", Point(120.2, 31.3), Precision.STREET, 100)
    found = placed(work("古塔修缮", Theme.CULTURE_HERITAGE), geocoder(tower))
    assert found.geometry == Point(120.2, 31.3)
    assert (found.precision, found.uncertainty_m) == (Precision.STREET, 100)


def test_an_area_known_by_its_centre_is_a_disc_in_its_district() -> None:
    found = placed(work("北塘新城", Theme.NEW_TOWN))
    assert found.precision is Precision.AREA
    assert isinstance(found.geometry, Polygon)
    assert found.geometry.covers(Point(120.3, 31.9))
    assert EAST.buffer(1e-9).covers(found.geometry)
    assert found.uncertainty_m == 3000


def test_a_town_is_never_a_bare_point() -> None:
    found = placed(work("白石镇", Theme.VILLAGE))
    assert found.precision is Precision.AREA
    assert isinstance(found.geometry, Polygon)


def test_a_disc_as_wide_as_a_district_is_the_district() -> None:
    assert placed(work("红梅厂", Theme.INDUSTRY)).geometry == EAST


def test_of_a_lake_only_the_part_in_the_city_is_drawn() -> None:
    found = placed(work("南湖治理", Theme.WATER))
    assert found.precision is Precision.APPROXIMATE
    assert found.geometry is not None
    assert found.geometry.equals(box(120.5, 31.5, 120.6, 31.8))


def test_what_lies_beyond_the_city_never_lands_inside() -> None:
    for one in (
        work("丙国工业园", Theme.INDUSTRY),
        work("丙国工业园一期建设", Theme.INDUSTRY),
        work("丙国工业园", Theme.INDUSTRY, district="西州"),
    ):
        found = placed(one)
        if found.place is not None and found.place.name == "丙国工业园":
            assert found.precision is Precision.OUTSIDE
            assert found.district == ""
            assert found.geometry is not None
            assert not found.geometry.intersects(CITY)


def test_what_is_not_verified_stays_so() -> None:
    doubtful = replace(place("灰山", "hill", Point(120.2, 31.2)), verified=False)
    found = placed(work("灰山保护", Theme.GREENING), geocoder(doubtful))
    assert found.precision is Precision.APPROXIMATE
    assert not found.verified


inside_east = st.builds(Point, st.floats(120.0, 120.6), st.floats(31.0, 32.0))


@given(inside_east, st.floats(50, 20_000), st.sampled_from(["", "东山区"]))
def test_an_area_lies_in_its_district_and_holds_its_point(
    point: Point, uncertainty_m: float, within: str
) -> None:
    there = held(place("灰山", "hill", point, Precision.AREA, uncertainty_m), within)
    found = placed(work("灰山", Theme.GREENING), geocoder(there))
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert found.geometry.is_valid
    assert (EAST if within else CITY).buffer(1e-9).covers(found.geometry)
    assert found.geometry.distance(point) < 1e-9


@given(
    st.builds(Point, st.floats(-179, 179), st.floats(-60, 60)),
    st.floats(50, 8000),
)
def test_a_disc_has_the_stated_radius(centre: Point, radius_m: float) -> None:
    disc = buffer_m(centre, radius_m)
    assert isinstance(disc, Polygon)
    geod = Geod(ellps="WGS84")
    for x, y in disc.exterior.coords:
        distance = geod.inv(centre.x, centre.y, x, y)[2]
        assert distance == pytest.approx(radius_m, rel=0.01)
    assert reach_m(disc) == pytest.approx(radius_m, rel=0.01)
    area = abs(geod.geometry_area_perimeter(disc)[0])
    assert area == pytest.approx(math.pi * radius_m**2, rel=0.01)


def test_of_a_clip_only_the_polygons_stay() -> None:
    mixed = GeometryCollection([Point(9, 9), LineString([(7, 7), (8, 8)]), EAST])
    assert polygons_of(mixed) == EAST
    assert polygons_of(Point(9, 9)).is_empty
