"""Briefs, statistics and drawn areas in Chromium, as a planner uses them."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import briefing
import pytest
from briefing import HERE, PARK, RING, ROAD, WETLAND
from browsing import serving, wait_for_map
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from shapely import wkt
from shapely.geometry import Point

from layers.geopackage import write_geopackage

TRIANGLE = "POLYGON((120.2 31.49,120.32 31.49,120.26 31.56,120.2 31.49))"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("briefs") / "works.gpkg"
    write_geopackage(path, [briefing.plan()])
    with serving(path) as address:
        yield address


WATCHED = """
    let library;
    Object.defineProperty(window, "L", {
      get: () => library,
      set: (given) => {
        library = given;
        given.Map?.addInitHook(function () { window.theMap = this; });
      },
    });
"""


def drawing(page: Page) -> None:
    """Open the map again so that its places on the screen can be told, and begin to draw."""
    page.add_init_script(WATCHED)
    page.reload()
    wait_for_map(page)
    page.click("[data-area=draw]")


def spot(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Give where a place lies on the screen."""
    return tuple(
        page.evaluate(
            """([lng, lat]) => {
                const box = theMap.getContainer().getBoundingClientRect();
                const { x, y } = theMap.latLngToContainerPoint([lat, lng]);
                return [box.left + x, box.top + y];
            }""",
            [longitude, latitude],
        )
    )


def press(page: Page, *places: tuple[float, float]) -> None:
    for place in places:
        x, y = spot(page, *place)
        if page.viewport_size["width"] < 768:
            page.touchscreen.tap(x, y)
        else:
            page.mouse.click(x, y)


def asked(page: Page, name: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def listed(page: Page) -> set[str]:
    items = page.locator("#list [data-work]").all()
    return {str(item.get_attribute("data-work")) for item in items}


CORNERS = ((120.19, 31.47), (120.33, 31.47), (120.26, 31.56))


def test_a_drawn_area_filters_map_list_and_downloads(any_page: Page) -> None:
    drawing(any_page)
    expect(any_page.locator(".area-hint")).to_be_visible()
    press(any_page, *CORNERS)
    any_page.click("[data-area=finish]")
    any_page.wait_for_url("**polygon=**")
    area = wkt.loads(asked(any_page, "polygon"))
    assert area.contains(Point(120.25, 31.52))
    assert not area.contains(Point(120.25, 31.46))
    expect(any_page.locator("#list [data-work]")).not_to_have_count(7)
    assert {ROAD, PARK} <= listed(any_page)
    assert not {RING, WETLAND} & listed(any_page)
    for link in any_page.locator("#list .downloads a").all():
        assert "polygon=POLYGON" in str(link.get_attribute("href"))
    expect(any_page.locator(".leaflet-areas-pane path[stroke='#0b5a96']")).to_have_count(1)
    any_page.click("[data-area=remove]")
    expect(any_page.locator("#list [data-work]")).to_have_count(7)
    assert "polygon" not in any_page.url
    expect(any_page.locator(".leaflet-areas-pane path[stroke='#0b5a96']")).to_have_count(0)


def test_a_double_press_ends_an_area_and_opens_no_work(page: Page) -> None:
    drawing(page)
    press(page, *CORNERS[:2])
    press(page, (120.25, 31.52))  # where a work is
    page.wait_for_load_state("networkidle")
    assert "work=" not in page.url
    page.mouse.dblclick(*spot(page, *CORNERS[2]))
    page.wait_for_url("**polygon=**")
    assert len(wkt.loads(asked(page, "polygon")).exterior.coords) == 5
    expect(page.locator("#detail")).to_be_hidden()


def test_enter_ends_backspace_takes_back_and_escape_gives_up(page: Page) -> None:
    drawing(page)
    page.locator("[data-area=draw]").evaluate("(button) => button.blur()")
    press(page, *CORNERS, (120.4, 31.6))
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_url("**polygon=**")
    assert len(wkt.loads(asked(page, "polygon")).exterior.coords) == 4
    before = page.url
    page.click("[data-area=draw]")
    press(page, CORNERS[0])
    page.keyboard.press("Escape")
    expect(page.locator("[data-area=draw]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".area-hint")).to_be_hidden()
    assert page.url == before


def test_an_area_that_crosses_itself_or_is_none_is_said(page: Page) -> None:
    drawing(page)
    press(page, *CORNERS[:2])
    page.click("[data-area=finish]")
    expect(page.locator(".area-hint.failed")).to_have_text("范围至少要有三个顶点。")
    press(page, (120.2, 31.56), (120.3, 31.57))
    page.keyboard.press("Escape")
    page.click("[data-area=draw]")
    press(page, (120.2, 31.4), (120.3, 31.5), (120.3, 31.4), (120.2, 31.5))
    page.click("[data-area=finish]")
    expect(page.locator(".area-hint.failed")).to_have_text("范围的边界不能自相交叉。")
    assert "polygon" not in page.url


def test_a_keyboard_asks_for_what_the_map_shows(page: Page, address: str) -> None:
    page.goto(f"{address}/?theme=road")
    wait_for_map(page)
    page.locator("#follow").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**bbox=**")
    west, south, east, north = map(float, asked(page, "bbox").split(","))
    assert west < 120.22
    assert east > 120.3
    assert south < 31.5 < north
    assert asked(page, "theme") == "road"


def test_an_area_of_a_link_is_shown_looked_at_and_can_be_removed(page: Page, address: str) -> None:
    page.goto(f"{address}/?polygon={TRIANGLE}")
    wait_for_map(page)
    outline = page.locator(".leaflet-areas-pane path[stroke='#0b5a96']")
    box = outline.bounding_box()
    assert box["width"] > 400 or box["height"] > 400
    page.click("[data-area=remove]")
    expect(outline).to_have_count(0)


def test_a_drawn_area_leads_to_its_brief_and_the_brief_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?polygon={TRIANGLE}")
    wait_for_map(page)
    here = listed(page)
    page.click("#list .downloads a[href^='/brief']")
    expect(page.locator("h1")).to_have_text("规划工程简报:所画范围")
    expect(page.locator(".brief-map .asked")).to_have_count(1)
    numbered = page.locator(".brief-section:not(.apart) .brief-number").all_inner_texts()
    assert len(numbered) == len(here)
    page.click(".brief-actions a:has-text('在地图上查看')")
    wait_for_map(page)
    assert listed(page) == here


def test_the_chooser_leads_to_a_district_and_to_drawing(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.click("nav.places a[href='/brief']")
    page.click(f"text={HERE}")
    expect(page.locator("h1")).to_have_text(f"规划工程简报:{HERE}")
    page.go_back()
    page.click("text=在地图上画范围")
    wait_for_map(page)
    expect(page.locator("[data-area=draw]")).to_have_attribute("aria-pressed", "true")


def test_a_brief_prints_on_a4_without_what_is_for_the_screen(page: Page, address: str) -> None:
    page.goto(f"{address}/brief?district={HERE}")
    made = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {(round(one.mediabox.width), round(one.mediabox.height)) for one in made.pages}
    assert sizes == {(595, 842)}
    text = "".join(one.extract_text() for one in made.pages)
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    assert "规划工程简报:滨湖区" in words
    assert "加快湖濱公園建設。" in words
    assert "另选简报" not in words


def test_the_pdf_of_a_brief_is_a_press_away(page: Page, address: str) -> None:
    page.goto(f"{address}/brief?district={HERE}")
    href = page.locator(".brief-actions .primary").get_attribute("href")
    answer = page.request.get(f"{address}{href}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")


def test_a_bar_leads_to_the_map_of_just_its_works(page: Page, address: str) -> None:
    page.goto(f"{address}/statistics")
    page.click(".chart-theme tr:has-text('公园') .bar-link")
    wait_for_map(page)
    assert listed(page) == {PARK}


def test_a_reader_of_the_screen_gets_every_chart_as_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}/statistics")
    table = page.get_by_role("table", name="阶段", exact=True)
    expect(table.get_by_role("rowheader")).not_to_have_count(0)
    expect(table.get_by_role("row", name=re.compile("年内建成.*3"))).to_have_count(1)


def test_no_page_is_wider_than_its_screen(any_page: Page, address: str) -> None:
    width = any_page.viewport_size["width"]
    for path in ("/brief", f"/brief?district={HERE}", "/statistics?lang=en", "/statistics"):
        any_page.goto(address + path)
        assert any_page.evaluate("document.documentElement.scrollWidth") <= width, path
