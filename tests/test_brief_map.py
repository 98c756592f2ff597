"""The drawn map of a brief shows what its list numbers, by the rules of the web map."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import briefing
import pytest
import shapely
from briefing import HERE, PARK, RING, ROAD, WETLAND
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from layers.drawing import DOTS, DRAWINGS
from layers.geopackage import write_geopackage
from layers.selection import selection_from
from layers.titles import STAGE_COLOURS
from webmap import create_app
from webmap.basemap import ROLES, base_map_of
from webmap.brief.base import base_shapes
from webmap.brief.content import brief_of
from webmap.brief.frame import frame_round
from webmap.brief.mapping import brief_picture
from webmap.brief.marks import RADIUS, Mark, spread
from webmap.brief.notes import remarks
from webmap.brief.picture import HEIGHT, WIDTH, Drawn, Picture, picture_of
from webmap.brief.strokes import ORDER, path_of

SVG = "{http://www.w3.org/2000/svg}"
DEGREES = st.floats(-170, 170), st.floats(-80, 80), st.floats(0, 5), st.floats(0, 5)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("brief-map") / "works.gpkg"
    write_geopackage(path, [briefing.plan()])
    return create_app({"WORKS_FILE": path})


def picture(app: Flask, address: str) -> tuple[Picture, dict[str, int]]:
    snapshot = app.extensions["works"].current()
    brief = brief_of(snapshot, selection_from(address))
    return brief_picture(brief, snapshot), brief.numbers


def svg_of(app: Flask, address: str) -> ElementTree.Element:
    page = app.test_client(use_cookies=False).get(f"/brief?{address}").text
    found = re.search(r'<svg xmlns="http://www.w3.org/2000/svg".*?</svg>', page, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])  # noqa: S314  our own page


@given(*DEGREES)
def test_a_sheet_shows_all_that_it_is_put_round(
    west: float, south: float, wide: float, tall: float
) -> None:
    frame = frame_round((west, south, west + wide, south + tall), WIDTH, HEIGHT)
    corners = shapely.get_coordinates(frame.moved(box(west, south, west + wide, south + tall)))
    assert ((corners >= -1e-6) & (corners <= [WIDTH + 1e-6, HEIGHT + 1e-6])).all()


def test_a_sheet_is_true_to_length_in_both_directions() -> None:
    frame = frame_round((120.0, 31.0, 120.5, 31.5), WIDTH, HEIGHT)
    east, north = (
        frame.moved(LineString([(120, 31.25), (120.1, 31.25)])),
        frame.moved(LineString([(120, 31.25), (120, 31.25 + 0.1 * 0.8549)])),
    )
    assert east.length == pytest.approx(north.length, rel=0.001)
    assert east.length * frame.metres_per_pixel == pytest.approx(9_516, rel=0.01)


@given(st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), max_size=60))
def test_no_mark_covers_another_or_the_edge(places: Sequence[tuple[float, float]]) -> None:
    wanted = [Mark(at, "disc", "#000000", False, x, y) for at, (x, y) in enumerate(places)]
    placed = spread(wanted, WIDTH, HEIGHT)
    for at, one in enumerate(placed):
        assert RADIUS < one.x < WIDTH - RADIUS
        assert RADIUS < one.y < HEIGHT - RADIUS
        for other in placed[at + 1 :]:
            assert Point(one.x, one.y).distance(Point(other.x, other.y)) > 2 * RADIUS


def test_a_mark_alone_stands_on_its_place() -> None:
    (only,) = spread([Mark(1, "disc", "#000000", False, 100, 100)], WIDTH, HEIGHT)
    assert (only.x, only.y, only.is_moved) == (100, 100, False)


def test_marks_at_one_place_stand_side_by_side_and_the_rest_are_owned_up_to() -> None:
    wanted = [Mark(at, "disc", "#000000", False, 300, 200) for at in range(400)]
    placed = spread(wanted, WIDTH, HEIGHT)
    assert 20 < len(placed) < 100
    assert all(abs(one.x - 300) < 60 for one in placed)


def test_the_numbers_of_map_and_list_are_the_same(app: Flask) -> None:
    drawn, numbers = picture(app, f"district={HERE}")
    assert {mark.number for mark in drawn.marks} == {numbers[one] for one in (ROAD, PARK, WETLAND)}
    shown = {mark.number: mark for mark in drawn.marks}
    assert shown[numbers[ROAD]].kind == "tag"
    assert shown[numbers[PARK]].kind == DRAWINGS["approximate"].mark
    assert shown[numbers[WETLAND]].kind == "hollow"
    assert [shown[numbers[one]].dotted for one in (PARK, WETLAND)] == [False, True]
    assert shown[numbers[PARK]].colour == STAGE_COLOURS["under_construction"]


def test_what_the_sheet_does_not_show_is_owned_up_to(app: Flask) -> None:
    snapshot = app.extensions["works"].current()
    works = {7: snapshot.work(ROAD), 9: snapshot.work(RING)}
    drawn = Drawn(works, (), snapshot.shapes, None)
    here = frame_round((120.1, 31.4, 120.4, 31.6), WIDTH, HEIGHT)
    assert picture_of(drawn, (), here).beyond == (9,)
    assert picture_of(drawn, (), frame_round((100, 20, 101, 21), WIDTH, HEIGHT)).beyond == (7, 9)


def test_a_brief_says_which_works_its_map_does_not_show(app: Flask) -> None:
    snapshot = app.extensions["works"].current()
    brief = brief_of(snapshot, selection_from(f"district={HERE}"))
    with app.test_request_context("/brief?lang=en"):
        app.preprocess_request()
        assert "Not shown on this map: 1–2." in remarks(brief, (1, 2, 4))


def test_lines_and_areas_are_drawn_as_on_the_web_map(app: Flask) -> None:
    drawn, _ = picture(app, f"district={HERE}")
    looks = {(one.colour, one.width, one.dash) for one in drawn.strokes}
    assert (STAGE_COLOURS["complete"], DRAWINGS["surveyed"].width, "") in looks
    assert (STAGE_COLOURS["ongoing"], 1.2, " ".join(f"{dot:g}" for dot in DOTS)) in looks
    assert any(one.fill == "url(#hatch-ongoing)" for one in drawn.strokes)


def test_a_district_is_seen_whole_and_named_beside_its_neighbours(app: Flask) -> None:
    drawn, _ = picture(app, f"district={HERE}")
    assert HERE in {name.area.name for name in drawn.names}
    assert len(drawn.base) > 3
    assert drawn.bar.metres in {5_000, 10_000}


def test_the_asked_area_is_outlined(app: Flask) -> None:
    assert picture(app, "bbox=120.1,31.3,120.4,31.6")[0].outline.startswith("M")
    assert picture(app, f"district={HERE}")[0].outline == ""


def test_the_map_is_drawn_by_attributes_alone(app: Flask) -> None:
    svg = svg_of(app, f"district={HERE}")
    assert [one for one in svg.iter() if "style" in one.attrib or one.tag == f"{SVG}style"] == []
    numbers = [one.text for one in svg.iter(f"{SVG}text") if (one.text or "").isdigit()]
    assert len(numbers) == 3
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "规划工程简报:滨湖区"


def test_names_are_in_the_script_of_the_page_and_the_bar_in_its_units(app: Flask) -> None:
    texts = [one.text for one in svg_of(app, f"district={HERE}&lang=en").iter(f"{SVG}text")]
    assert any(re.fullmatch(r"\d+ km", text or "") for text in texts)
    assert any("OpenStreetMap" in (text or "") for text in texts)


def test_a_shape_of_several_parts_is_one_path() -> None:
    both = shapely.union_all([box(0, 0, 1, 1), box(2, 0, 3, 1)])
    assert path_of(both).count("M") == 2
    assert path_of(both).count("Z") == 2
    assert path_of(Point(1, 1)) == ""


def test_every_role_of_the_base_map_is_drawn_or_left_out_on_purpose() -> None:
    assert set(ROLES.values()) - {"town"} == set(ORDER)
    shapes = base_shapes(base_map_of("无锡").geojson)
    assert {shape.role for shape in shapes} == {"district", "water", "stream", "metro"}
