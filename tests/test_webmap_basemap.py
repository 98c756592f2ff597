"""The base map is drawn from local places alone, and says whose they are."""

import json
from dataclasses import replace
from pathlib import Path

import factories
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, box

from geo.gazetteer import load_gazetteer
from geo.gazetteer.library import SourceNote, rewriting
from geo.home import HOME_VARIABLE
from geo.model import Place, Precision
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.basemap import base_map, base_map_of
from webmap.labels import label_point

DISTRICT = replace(
    factories.place("d1", box(120, 31, 121, 32)),
    kind="district",
    source="boundaries",
    licence="MIT",
)
LAKE = replace(factories.place("l1", box(120.2, 31.2, 120.4, 31.4)), kind="lake")
LINE = replace(factories.place("m1", LineString([(120, 31), (121, 32)])), kind="metro_line")
STATION = replace(factories.place("s1", Point(120, 31)), kind="metro_station")


def drawn(*places: Place) -> list[dict[str, dict[str, object]]]:
    return json.loads(base_map(places).geojson)["features"]


def test_districts_water_and_metro_lines_are_drawn_and_nothing_else() -> None:
    features = drawn(DISTRICT, LAKE, LINE, STATION)
    assert [one["properties"]["role"] for one in features] == ["district", "water", "metro"]


def test_an_area_carries_the_place_of_its_name_and_a_line_does_not() -> None:
    district, line = drawn(DISTRICT, LINE)
    assert district["properties"]["label"] == [120.5, 31.5]
    assert line["properties"]["label"] is None


def test_a_line_carries_places_along_it_where_its_name_may_stand() -> None:
    (line,) = drawn(LINE)
    along = line["properties"]["along"]
    assert len(along) > 20
    assert all(LINE.geometry.distance(Point(at)) < 1e-4 for at in along)


def test_a_town_is_its_name_alone() -> None:
    area, point = drawn(replace(DISTRICT, kind="town"), replace(STATION, kind="town"))
    for town, at in ((area, [120.5, 31.5]), (point, [120, 31])):
        assert town["geometry"]["type"] == "Point"
        assert town["properties"]["label"] == at


def test_main_lines_that_were_imported_are_drawn_where_they_are_known_well(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = load_gazetteer("无锡").city.geometry.representative_point()
    line = LineString([(city.x, city.y), (city.x + 0.05, city.y)])
    surveyed = replace(factories.place("甲乙铁路", line), kind="railway")
    drafted = replace(surveyed, place_id="r2", name="丙丁铁路", precision=Precision.SCHEMATIC)
    monkeypatch.setenv(HOME_VARIABLE, str(library_path.parent))
    with rewriting(library_path, SourceNote("lines", "survey", "CC0-1.0", "", "")) as writer:
        for place in (surveyed, drafted):
            writer.add(place)
    features = json.loads(base_map_of("无锡").geojson)["features"]
    names = [
        one["properties"]["name"] for one in features if one["properties"]["role"] == "railway"
    ]
    assert names == ["甲乙铁路"]


def test_the_map_opens_on_the_districts() -> None:
    assert base_map([DISTRICT, LAKE]).bounds == (120, 31, 121, 32)
    assert base_map([LAKE]).bounds is None


def test_whose_data_it_is_is_kept() -> None:
    assert base_map([DISTRICT, DISTRICT]).credits == (("boundaries", "MIT"),)


def test_a_city_without_local_data_has_an_empty_base_map() -> None:
    assert json.loads(base_map_of("没有这个城市").geojson)["features"] == []


def test_the_built_in_city_has_a_base_map() -> None:
    present = {
        one["properties"]["role"] for one in json.loads(base_map_of("无锡").geojson)["features"]
    }
    assert present == {"district", "water", "stream", "metro", "town"}


@given(
    st.floats(70, 130),
    st.floats(10, 50),
    st.floats(0.01, 3, allow_subnormal=False),
    st.floats(0.01, 3, allow_subnormal=False),
)
def test_a_label_point_lies_inside_its_area(x: float, y: float, w: float, h: float) -> None:
    area = box(x, y, x + w, y + h)
    hollow = area.difference(shapely.box(x + w / 4, y + h / 4, x + w, y + h))
    both = MultiPolygon([hollow, box(x + w, y + h, x + w * 1.1, y + h * 1.1)])
    for shape in (area, hollow, both):
        assert shape.buffer(1e-4).contains(Point(label_point(shape)))


@pytest.mark.parametrize(
    ("source", "named"),
    [("OpenStreetMap station 东门", "© OpenStreetMap 贡献者"), ("field survey", None)],
)
def test_the_map_names_who_asks_to_be_named(tmp_path: Path, source: str, named: str | None) -> None:
    plan = factories.example()
    first, *others = plan.placed
    works = (replace(first, source=source, licence="ODbL-1.0"), *others)
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [replace(plan, placed=works)])
    page = create_app({"WORKS_FILE": path}).test_client().get("/").text
    assert ("OpenStreetMap 贡献者" in page) == bool(named)
    assert source in page
    assert "ODbL-1.0" in page
