"""Parts of lines: between two places, within an area, and lines known only by their cities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import EAST, WEST, geocoder, held, place, placed, work
from shapely.geometry import LineString, MultiLineString, Point

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.cutting import between, end_towards, within
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.geocode import GazetteerGeocoder
from geo.model import Precision, Theme

STRAIGHT = LineString([(120.1, 31.5), (120.5, 31.5)])
ROADS = (
    place("云川路", "road", STRAIGHT, Precision.SURVEYED, 20),
    place("一横路", "road", LineString([(120.2, 31.4), (120.2, 31.6)]), Precision.SURVEYED, 20),
    place("二横路", "road", LineString([(120.3, 31.4), (120.3, 31.6)]), Precision.SURVEYED, 20),
    place("远路", "road", LineString([(119.3, 31.4), (119.3, 31.6)]), Precision.SURVEYED, 20),
)
ACROSS = LineString([(119.5, 31.5), (120.4, 31.5)])


@pytest.mark.parametrize(
    "name",
    [
        "云川路(一横路至二横路)改造",
        "云川路（一横路—二横路段）",
        "云川路(一橫路~二橫路)拓寬工程",
        "云川路一横路至二横路段改造工程",
        "云川路(二横路-一横路)",
    ],
)
def test_a_road_is_cut_between_its_crossings(name: str) -> None:
    found = placed(work(name, Theme.ROAD), geocoder(*ROADS))
    assert found.located_by.startswith("part of gazetteer line between: 云川路, ")
    assert found.geometry is not None
    assert found.geometry.bounds == pytest.approx((120.2, 31.5, 120.3, 31.5))
    assert (found.precision, found.uncertainty_m) == (Precision.STREET, 300)


@pytest.mark.parametrize("name", ["云川路(一横路至未知路)改造", "云川路(一横路至远路)改造"])
def test_a_part_whose_ends_are_not_known_is_the_whole_road_as_an_indication(name: str) -> None:
    found = placed(work(name, Theme.ROAD), geocoder(*ROADS))
    assert found.located_by == "part of gazetteer line: 云川路"
    assert found.precision is Precision.SCHEMATIC
    assert found.geometry == STRAIGHT


def test_a_line_is_cut_by_the_district_whose_part_is_meant() -> None:
    motorway = place("云石高速公路", "expressway", ACROSS, Precision.SURVEYED, 20)
    found = placed(work("云石高速西州段改扩建", Theme.EXPRESSWAY), geocoder(motorway))
    assert found.located_by == "part of gazetteer line within: 云石高速公路, 西州市"
    assert found.geometry is not None
    assert WEST.buffer(1e-9).covers(found.geometry)
    assert found.precision is Precision.APPROXIMATE


def test_a_part_of_a_schematic_line_is_no_better_known_than_the_line() -> None:
    motorway = place("云石高速公路", "expressway", ACROSS, Precision.SCHEMATIC, 1500)
    found = placed(work("云石高速东山区段", Theme.EXPRESSWAY), geocoder(motorway))
    assert (found.precision, found.uncertainty_m) == (Precision.SCHEMATIC, 1500)
    assert found.geometry is not None
    assert EAST.buffer(1e-9).covers(found.geometry)


def test_a_road_drawn_by_its_carriageways_is_cut_abreast() -> None:
    both = MultiLineString([STRAIGHT, [(120.1, 31.5005), (120.5, 31.5005)]])
    cut = between(both, Point(120.2, 31.5), Point(120.3, 31.5))
    assert cut is not None
    assert cut.bounds == pytest.approx((120.2, 31.5, 120.3, 31.5005))
    assert cut.length == pytest.approx(0.2)


def test_two_places_at_one_point_of_a_line_cut_nothing() -> None:
    assert between(STRAIGHT, Point(120.2, 31.5), Point(120.2, 31.6)) is None
    assert within(STRAIGHT, Point(120.2, 31.5)) is None


at = st.floats(120.1, 120.5)


@given(at, at)
def test_a_part_lies_on_its_line_between_the_places(first: float, second: float) -> None:
    cut = between(STRAIGHT, Point(first, 31.6), Point(second, 31.4))
    if cut is not None:
        low, _, high, _ = cut.bounds
        assert (low, high) == pytest.approx((min(first, second), max(first, second)))
        assert STRAIGHT.buffer(1e-9).covers(cut)


@given(st.sampled_from("东西南北"), st.lists(st.tuples(at, st.floats(31, 32)), min_size=2))
def test_the_end_of_a_line_in_a_direction_is_its_extreme(
    direction: str, points: list[tuple[float, float]]
) -> None:
    end = end_towards(LineString(points), direction)
    west, south, east, north = LineString(points).bounds
    extreme = {"东": (end.x, east), "西": (end.x, west), "北": (end.y, north), "南": (end.y, south)}
    assert extreme[direction][0] == pytest.approx(extreme[direction][1])


# Real letters, for a letter that stands for no city proves nothing; no gazetteer of these lines.
@pytest.fixture(scope="module")
def bounded() -> Gazetteer:
    """The boundaries of a city alone, without the lines that its list knows."""
    city = load_gazetteer("苏州")
    return Gazetteer("苏州", city.places, load_kinds(), load_words())


def test_a_line_named_by_letters_leads_through_the_cities(bounded: Gazetteer) -> None:
    found = placed(work("通苏嘉甬铁路", Theme.RAILWAY), GazetteerGeocoder(bounded))
    assert found.located_by == "through the cities of its name: 南通市、苏州市、嘉兴市、宁波市"
    assert isinstance(found.geometry, LineString)
    assert len(found.geometry.coords) == 4
    assert found.precision is Precision.SCHEMATIC
    assert found.uncertainty_m is not None
    assert found.uncertainty_m >= 10_000
    assert not found.verified
    assert bounded.city is not None
    assert found.geometry.intersects(bounded.city.geometry)


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("京津城际铁路", Theme.RAILWAY),  # does not come near the city
        ("某某铁路", Theme.RAILWAY),  # letters of no city
        ("通苏嘉甬大厦", Theme.OTHER),  # no line
        ("苏苏铁路", Theme.RAILWAY),  # one city twice
        ("沪乌苏铁路", Theme.RAILWAY),  # cities that no short line joins
    ],
)
def test_letters_that_make_no_line_here_find_nothing(
    bounded: Gazetteer, name: str, theme: Theme
) -> None:
    found = placed(work(name, theme), GazetteerGeocoder(bounded))
    assert "through the cities" not in found.located_by


def test_a_line_that_the_gazetteer_knows_is_not_drawn_through_cities(bounded: Gazetteer) -> None:
    line = held(place("苏嘉铁路", "railway", LineString([(120.6, 31.2), (120.7, 31.1)])), "")
    known = Gazetteer("苏州", (*bounded.places, line), load_kinds(), load_words())
    found = placed(work("苏嘉铁路", Theme.RAILWAY), GazetteerGeocoder(known))
    assert found.located_by == "gazetteer name: 苏嘉铁路"
