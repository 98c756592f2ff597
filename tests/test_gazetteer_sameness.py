"""Of several accounts of one place, the best known is drawn."""

from dataclasses import replace

import pytest
from invented_city import geocoder, place, placed, work
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.model import Place, Precision, Theme

TRUE_LINE = LineString([(120.1, 31.2), (120.2, 31.32), (120.3, 31.405), (120.5, 31.4)])


def surveyed(
    name: str,
    kind: str,
    geometry: BaseGeometry = TRUE_LINE,
    precision: Precision = Precision.SURVEYED,
) -> Place:
    return replace(
        place(name, kind, geometry, precision, 20),
        place_id=f"imported-{name}-{geometry.wkt}",
        source="another survey",
    )


@pytest.mark.parametrize("alias", ["", "青川路"])
def test_a_surveyed_line_stands_for_the_schematic_one_of_its_name(alias: str) -> None:
    road = surveyed("青川大街" if alias else "青川路", "road")
    road = replace(road, aliases=(alias,) if alias else ())
    found = placed(work("青川路改造", Theme.ROAD), geocoder(road))
    assert found.geometry == TRUE_LINE
    assert found.precision is Precision.SURVEYED
    assert found.uncertainty_m == 20
    assert found.source == "another survey"


def test_a_better_known_place_of_another_kind_does_not_stand_for_it() -> None:
    bridge = surveyed("青川路", "bridge")
    found = placed(work("青川路改造", Theme.ROAD), geocoder(bridge))
    assert found.precision is Precision.SCHEMATIC


def test_a_better_known_place_elsewhere_does_not_stand_for_it() -> None:
    far = surveyed("青川路", "road", LineString([(119.2, 31.8), (119.3, 31.9)]))
    found = placed(work("青川路改造", Theme.ROAD), geocoder(far))
    assert found.located_by == "several places of the name: 青川路"
    assert found.precision is Precision.AREA


def test_two_better_known_places_are_no_coin_to_toss() -> None:
    east = surveyed("青川路", "road", LineString([(120.3, 31.4), (120.5, 31.4)]))
    west = surveyed("青川路", "road", LineString([(120.1, 31.2), (120.2, 31.3)]))
    found = placed(work("青川路改造", Theme.ROAD), geocoder(east, west))
    assert found.located_by == "several places of the name: 青川路"


def test_of_two_equally_exact_accounts_of_one_line_the_built_in_one_stays() -> None:
    again = surveyed("地铁2号线", "metro_line")
    found = placed(work("地铁2号线", Theme.METRO), geocoder(again))
    assert found.precision is Precision.SURVEYED
    assert found.source == "survey"


def test_two_inexact_accounts_apart_are_two_places() -> None:
    far = replace(place("白石镇", "town", Point(119.6, 31.4)), place_id="b", source="other")
    found = placed(work("白石镇", Theme.VILLAGE), geocoder(far))
    assert found.located_by == "several places of the name: 白石镇"


def test_two_inexact_accounts_as_near_as_they_are_uncertain_are_one_place() -> None:
    near = replace(place("白石镇", "town", Point(119.405, 31.4)), place_id="b", source="other")
    found = placed(work("白石镇", Theme.VILLAGE), geocoder(near))
    assert found.located_by == "gazetteer name: 白石镇"
