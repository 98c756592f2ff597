"""The canvas of the map in Chromium: signs of stage and precision, names, clusters, hovering."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from urllib.parse import urlencode

import factories
import pytest
from browsing import context, serving, wait_for_map
from drawn_map import drawn, expect_drawn, hover, names_along_lines, pixels, press, spot
from playwright.sync_api import Browser, Page, expect
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.model import Precision, Stage, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage
from layers.titles import STAGE_COLOURS

METRO, MOTORWAY, HILL, PLANTS, BRIDGE = (f"jia-2020-{number:03}" for number in (2, 3, 4, 5, 6))


Sign = tuple[BaseGeometry, Precision, float]

LINE = LineString([(119.6, 31.2), (120.4, 31.8)])
SPOT = Point(120, 31.5)
AREA = Polygon([(119.95, 31.45), (120.05, 31.45), (120.05, 31.55), (119.95, 31.55)])
HERE = (SPOT, Precision.STREET, 100)

SIGNS: dict[str, tuple[Sign, ...]] = {
    "surveyed-line": ((LINE, Precision.SURVEYED, 30),),
    "schematic-line": ((LINE, Precision.SCHEMATIC, 3000),),
    "surveyed-point": ((SPOT, Precision.SURVEYED, 30),),
    "approximate-point": ((SPOT, Precision.APPROXIMATE, 900),),
    "outside-point": ((SPOT, Precision.OUTSIDE, 900),),
    "surveyed-area": ((AREA, Precision.SURVEYED, 30),),
    "somewhere-in-area": ((AREA, Precision.AREA, 5000),),
    "somewhere-in-wide-area": ((AREA, Precision.AREA, 9000),),
    "street-point": (HERE,),
    "unverified": (HERE,),
    "three-here": (HERE,) * 3,
    "many-here": (HERE,) * 14,
    "many-near": tuple(
        (Point(120 + at * 0.00005, 31.5), Precision.STREET, 100) for at in range(14)
    ),
    "parallel": tuple(
        (LineString([(119.99, 31.5 + at / 5000), (120.01, 31.5 + at / 5000)]), Precision.STREET, 90)
        for at in range(5)
    ),
}
"""Works of one stage and theme, by what they are an example of."""


def signs() -> Plan:
    doc = factories.document()
    bridge = factories.work(doc, 6, "", Theme.BRIDGE_CROSSING, Stage.START)
    placed = [
        replace(
            factories.placed(replace(bridge, work_id=f"{name}-{at}", name=f"{at}號橋"), *shape),
            verified=name != "unverified",
        )
        for name, shapes in SIGNS.items()
        for at, shape in enumerate(shapes)
    ]
    return factories.plan(doc, tuple(placed))


@pytest.fixture(scope="module")
def signs_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("signs") / "works.gpkg"
    write_geopackage(path, [signs()])
    with serving(path) as address:
        yield address


@pytest.fixture
def page_of(chromium: Browser, signs_address: str) -> Iterator[Callable[..., Page]]:
    profile = context(chromium)

    def opened(name: str, at: str = "") -> Page:
        page = profile.new_page()
        ids = [("work_id", f"{name}-{number}") for number in range(len(SIGNS[name]))]
        page.goto(f"{signs_address}/?{urlencode([*ids, *([('at', at)] if at else [])])}")
        wait_for_map(page)
        return page

    yield opened
    profile.close()


def test_the_map_draws_every_located_work_and_badges_what_is_counted(any_page: Page) -> None:
    assert drawn(any_page)["lines"] == [METRO, MOTORWAY]
    assert set(drawn(any_page)["marks"]) == {HILL, BRIDGE, "jia-2020-007"}
    assert drawn(any_page)["areas"] == [HILL]
    assert any_page.locator(".badge").all_inner_texts() == ["0/\n48座"]


def test_no_work_has_an_element_of_its_own(page: Page) -> None:
    assert page.locator(".leaflet-pane path").count() == 0
    assert page.locator("canvas.works-canvas").count() == 1


def test_stage_is_the_colour_of_what_is_drawn(page: Page) -> None:
    seen = pixels(page)
    there = {stage for stage, colour in STAGE_COLOURS.items() if seen.get(colour, 0) > 30}
    assert {Stage.OPEN_TO_SERVICE, Stage.UNDER_CONSTRUCTION, Stage.START, Stage.ONGOING} == there


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("surveyed-line", "schematic-line"),
        ("surveyed-point", "approximate-point"),
        ("approximate-point", "outside-point"),
        ("surveyed-area", "somewhere-in-area"),
        ("street-point", "unverified"),
    ],
)
def test_what_is_known_less_well_is_drawn_otherwise(
    page_of: Callable[..., Page], one: str, other: str
) -> None:
    colour = STAGE_COLOURS[Stage.START]
    seen = [pixels(page_of(name)) for name in (one, other)]
    assert min(each[colour] for each in seen) > 10
    sizes = [(each[colour], sum(each.values())) for each in seen]
    assert any(abs(a - b) > 0.1 * max(a, b) for a, b in zip(*sizes, strict=True)), sizes


def test_an_area_is_hatched_at_its_edge_alone_and_a_wide_one_not_at_all(
    page_of: Callable[..., Page],
) -> None:
    whole, hatched, mark = (
        sum(pixels(page_of(name)).values())
        for name in ("surveyed-area", "somewhere-in-area", "somewhere-in-wide-area")
    )
    assert mark < hatched / 2 < whole / 3


def test_hovering_names_a_work_and_leaving_it_does_no_more(page: Page) -> None:
    hover(page, BRIDGE)
    expect(page.locator(".tip")).to_contain_text("南湖大橋")
    assert page.locator(".leaflet-casings-pane path").count() == 1
    page.mouse.move(700, 70)
    expect(page.locator(".tip")).to_have_count(0)
    assert page.locator(".leaflet-casings-pane path").count() == 0


def test_hovering_the_list_names_the_work_on_the_map(page: Page) -> None:
    page.hover(f"#list [data-work='{BRIDGE}']")
    expect(page.locator(".leaflet-tooltip .tip b")).to_have_text("南湖大橋")


def test_a_press_beside_all_works_closes_the_panel(page: Page) -> None:
    page.locator("#legend > summary").click()
    press(page, BRIDGE)
    expect(page.locator("#detail")).to_be_visible()
    page.mouse.click(700, 70)
    expect(page.locator("#detail")).to_be_hidden()


def test_a_line_is_hovered_along_its_whole_length_and_not_beside_it(page: Page) -> None:
    found = page.evaluate(
        """async (id) => {
            const { worksOnMap } = await import("works");
            const layer = worksOnMap();
            const nameAt = (lat, lng) => layer.hit(L.latLng(lat, lng), 0)?.shape.work.work_id;
            return [nameAt(31.5, 120.1), nameAt(31.5, 120.19), nameAt(31.48, 120.1)];
        }"""
    )
    assert found == [METRO, METRO, None]


def test_works_at_one_place_lie_side_by_side(page_of: Callable[..., Page]) -> None:
    page = page_of("three-here")
    spots = {spot(page, f"three-here-{number}") for number in range(3)}
    assert len(spots) == 3
    assert max(x for x, _ in spots) - min(x for x, _ in spots) < 40


def test_too_many_works_at_one_place_are_one_number_that_lists_them(
    page_of: Callable[..., Page],
) -> None:
    page = page_of("many-here")
    assert drawn(page)["clusters"] == [14]
    assert drawn(page)["marks"] == []
    press(page, "many-here-0")
    expect(page.locator(".site-list li a")).to_have_count(14)
    name = page.locator(".site-list li a").nth(3).inner_text()
    page.locator(".site-list li a").nth(3).click()
    expect(page.locator("#detail h1")).to_have_text(name)


def test_a_number_of_works_that_only_lie_close_leads_nearer(page_of: Callable[..., Page]) -> None:
    page = page_of("many-near")
    assert drawn(page)["clusters"] == [14]
    press(page, "many-near-6")
    expect_drawn(page, "clusters", 0)
    assert page.locator(".site-list").count() == 0


def test_lines_are_named_along_them_and_no_name_covers_another(
    page_of: Callable[..., Page],
) -> None:
    boxes = [one["box"] for one in names_along_lines(page_of("parallel", "15/31.5/120"))]
    assert 2 <= len(boxes) <= 5
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    assert names_along_lines(page_of("parallel", "10/31.5/120")) == []


def overlap(one: list[float], other: list[float]) -> bool:
    return all(one[at] < other[at + 2] and other[at] < one[at + 2] for at in (0, 1))


def test_the_legend_filters_map_and_list_by_press_and_by_key(page: Page) -> None:
    sign = page.locator("#sign-stage-start")
    sign.click()
    expect(page.locator("#list [data-work]")).to_have_count(1)
    expect(sign).to_have_attribute("aria-pressed", "true")
    assert drawn(page) == {"areas": [], "lines": [], "marks": [BRIDGE], "clusters": []}
    sign.focus()
    page.keyboard.press("Space")
    expect(sign).to_have_attribute("aria-pressed", "false")
    expect(sign).to_be_focused()
    expect_drawn(page, "lines", 2)
