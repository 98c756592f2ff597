"""Outside base maps in Chromium: asked only once they are chosen, and drawn where they belong."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from browsing import context, serving, wait_for_map
from playwright.sync_api import Browser, Page, expect
from tile_server import Tiles, serving_tiles

from geo.crs import Datum, convert

CHOICE = "#bases input[value=tiles]"
PLACES = """(images) => images.map((one) => {
    const box = one.getBoundingClientRect();
    return [one.src, box.left, box.top, box.right, box.bottom];
})"""

KEEP_MAP = """
let leaflet;
Object.defineProperty(window, "L", {
    get: () => leaflet,
    set(value) {
        leaflet = value;
        value.Map.addInitHook(function keep() { window.keptMap = this; });
    },
});
"""
ON_SCREEN = """(points) => points.map(([lng, lat]) => {
    const { x, y } = keptMap.latLngToContainerPoint([lat, lng]);
    const box = keptMap.getContainer().getBoundingClientRect();
    return [x + box.left, y + box.top];
})"""


@pytest.fixture(scope="module")
def tiles() -> Iterator[Tiles]:
    with serving_tiles() as tiles:
        yield tiles


def settings(tiles: Tiles, crs: str) -> dict[str, str]:
    return {
        "PLANNED_WORKS_BASE_MAP_URL": tiles.url,
        "PLANNED_WORKS_BASE_MAP_ATTRIBUTION": "<b>Owner</b> of tiles",
        "PLANNED_WORKS_BASE_MAP_CRS": crs,
    }


@pytest.fixture(scope="module")
def address(tiles: Tiles, example: Path) -> Iterator[str]:
    with serving(example, settings(tiles, "gcj02")) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str, tiles: Tiles) -> Iterator[Page]:
    profile = context(chromium)
    page = profile.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    tiles.asked.clear()
    page.add_init_script(KEEP_MAP)
    page.goto(f"{address}/")
    wait_for_map(page)
    yield page
    profile.close()
    assert complaints == []


def test_no_tile_is_asked_for_until_the_map_is_chosen(page: Page, tiles: Tiles) -> None:
    page.mouse.wheel(0, -300)
    page.wait_for_load_state("networkidle")
    assert tiles.asked == []
    expect(page.locator(".base-credit")).to_be_hidden()
    page.check(CHOICE)
    expect(page.locator("img.leaflet-tile").first).to_be_visible()
    assert tiles.asked


def test_a_chosen_map_names_its_owner_as_text_and_stands_in_the_address(page: Page) -> None:
    page.check(CHOICE)
    expect(page.locator(".base-credit")).to_have_text("<b>Owner</b> of tiles")
    expect(page).to_have_url(re.compile(r"\?base=tiles$"))
    page.reload()
    wait_for_map(page)
    expect(page.locator(CHOICE)).to_be_checked()
    expect(page.locator(".base-name")).to_have_count(0)
    page.check("#bases input[value='']")
    expect(page.locator("img.leaflet-tile")).to_have_count(0)
    assert "base=" not in page.url


def test_a_tile_server_learns_which_site_asks_but_not_which_page(
    page: Page, tiles: Tiles, address: str
) -> None:
    page.check(CHOICE)
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    assert {referer for _path, referer in tiles.asked} == {f"{address}/"}


def test_a_chosen_map_stays_while_works_are_filtered_and_chosen(page: Page) -> None:
    page.check(CHOICE)
    page.fill("input[name=q]", "地铁")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    page.click("#list [data-work]")
    expect(page.locator("#detail")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["base"] == ["tiles"]


def test_shifted_tiles_lie_where_their_corners_truly_are(page: Page) -> None:
    page.check(CHOICE)
    page.evaluate("document.querySelector('.leaflet-control-zoom-in').click()")
    page.wait_for_timeout(300)
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    found = page.locator("img.leaflet-tile").evaluate_all(PLACES)
    corners = [
        _corners(*map(int, re.findall(r"/(\d+)/(\d+)/(\d+)\.png", one[0])[0])) for one in found
    ]
    scale, (x0, y0) = _fitted(page)
    for (_src, left, top, right, bottom), (west, north, east, south) in zip(
        found, corners, strict=True
    ):
        expected = np.array([west, north, east, south]) * scale + [x0, y0, x0, y0]
        assert np.abs(np.array([left, top, right, bottom]) - expected).max() < 1.5


def _corners(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """Give the true corners of a tile whose address counts in GCJ-02, in Web Mercator (0 to 1)."""
    shifted = np.array([_degrees(x / 2**z, y / 2**z), _degrees((x + 1) / 2**z, (y + 1) / 2**z)])
    (west, north), (east, south) = map(_mercator, convert(shifted, Datum.GCJ02, Datum.WGS84))
    return west, north, east, south


def _degrees(x: float, y: float) -> tuple[float, float]:
    return x * 360 - 180, float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def _mercator(point: np.ndarray) -> tuple[float, float]:
    lng, lat = point
    return (lng + 180) / 360, float((1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2)


def _fitted(page: Page) -> tuple[float, tuple[float, float]]:
    """Give scale and origin of the screen from where the map itself puts two known points."""
    one, other = (119.6, 31.9), (120.4, 31.1)
    (x1, y1), (x2, _) = page.evaluate(ON_SCREEN, [one, other])
    (mx1, my1), (mx2, _) = _mercator(np.array(one)), _mercator(np.array(other))
    scale = (x2 - x1) / (mx2 - mx1)
    return scale, (x1 - mx1 * scale, y1 - my1 * scale)
