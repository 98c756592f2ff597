"""More works than a map shows one by one: numbers that lead nearer, and a map that stays quick."""

import re
from collections.abc import Iterator

import geopandas as gpd
import pytest
from browsing import opened, wait_for_map, watched
from drawn_map import drawn, pixels
from generated_works import row, shapes
from playwright.sync_api import Browser, Page, expect

from layers.schema import COLUMNS
from webmap.map_data import map_data

POINTS, LINES = 8_000, 2_500

NEAREST = """async () => {
    const { worksOnMap } = await import("works");
    const { latlngOf } = await import("works");
    const { _map: map, drawn } = worksOnMap();
    const middle = map.getSize().divideBy(2);
    const spots = drawn.clusters.map(({ shownX, shownY, shapes }) => {
        const spot = map.latLngToContainerPoint(latlngOf(shownX, shownY));
        return { spot, count: shapes.length, far: spot.distanceTo(middle) };
    });
    const { spot, count } = spots.reduce((one, other) => (other.far < one.far ? other : one));
    const box = map.getContainer().getBoundingClientRect();
    return [box.x + spot.x, box.y + spot.y, count];
}"""
"""Where the number nearest to the middle of the map is, and how many works it stands for."""

DRAWS = """async ([dx, dy]) => {
    const { worksOnMap } = await import("works");
    const layer = worksOnMap();
    const settled = () => new Promise((done) => setTimeout(done, 200));
    let draws = 0;
    layer.on("drawn", () => { draws += 1; });
    layer._map.panBy([dx, dy], { animate: false });
    await settled();
    return draws;
}"""
DRAWING_MS = """async () => {
    const { worksOnMap } = await import("works");
    const times = [1, 2, 3, 4, 5].map(() => {
        const start = performance.now();
        worksOnMap()._draw();
        return performance.now() - start;
    });
    return Math.min(...times);
}"""


def crowd_data() -> bytes:
    """Give the data of very many invented works, as a server would."""
    names = [column.name for column in COLUMNS]
    layers = {}
    for family, count, first in (("points", POINTS, 0), ("lines", LINES, POINTS)):
        rows = [row(first + number, "road") for number in range(count)]
        places = shapes(family, count, seed=first)
        layers[f"road_{family}"] = gpd.GeoDataFrame(
            dict(zip(names, zip(*rows, strict=True), strict=True)), geometry=places, crs="EPSG:4326"
        )
    return map_data(layers, {})


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the map of a plan whose server says that it has very many works."""
    data = crowd_data()
    with watched(chromium) as page:
        page.route(
            "**/works.json*",
            lambda route: route.fulfill(body=data, content_type="application/json"),
        )
        yield opened(page, f"{address}/")


@pytest.fixture
def crowd(page: Page) -> Page:
    """Give the page of all works, as it opens."""
    page.goto(page.url.partition("?")[0])
    wait_for_map(page)
    return page


def shown(page: Page) -> int:
    there = drawn(page)
    return sum(there["clusters"]) + len(there["marks"]) + len(there["lines"])


def test_every_work_is_drawn_or_counted_in_a_number_once(crowd: Page) -> None:
    assert shown(crowd) == POINTS + LINES
    there = drawn(crowd)
    assert 20 < len(there["clusters"]) < 1_000
    assert len(there["marks"]) < 500


def test_a_number_leads_nearer_and_in_the_end_to_the_works(crowd: Page) -> None:
    x, y, before = crowd.evaluate(NEAREST)
    crowd.mouse.click(x, y)
    expect(crowd).to_have_url(re.compile("at="))
    assert crowd.evaluate(NEAREST)[2] < before
    assert shown(crowd) == POINTS + LINES
    crowd.goto(crowd.url.partition("?")[0] + "?at=16/31/119.5")
    wait_for_map(crowd)
    assert drawn(crowd)["clusters"] == []


def test_few_enough_works_are_drawn_one_by_one(crowd: Page) -> None:
    crowd.evaluate(
        """async () => {
            const { worksOnMap } = await import("works");
            worksOnMap().arrange([...worksOnMap().shapes.values()].slice(-3000), []);
        }"""
    )
    assert len(drawn(crowd)["lines"]) == LINES
    assert len(drawn(crowd)["marks"]) + sum(drawn(crowd)["clusters"]) == 500
    assert sum(pixels(crowd).values()) > 10_000


def test_the_map_is_not_drawn_again_while_it_moves_inside_what_is_drawn(crowd: Page) -> None:
    assert crowd.evaluate(DRAWS, [120, 80]) == 0
    assert crowd.evaluate(DRAWS, [900, 0]) == 1


def test_drawing_ten_thousand_works_takes_less_than_a_blink(crowd: Page) -> None:
    assert crowd.evaluate(DRAWING_MS) < 150


def test_no_work_of_ten_thousand_is_an_element_of_the_map(crowd: Page) -> None:
    assert crowd.locator(".folium-map *").count() < 200
