"""More works than a map shows one by one: numbers that lead nearer, and a map that stays quick."""

from collections.abc import Callable, Iterator

import pytest
from browsing import browser, context, serving, wait_for_map
from drawn_map import drawn, pixels
from many_works import UNPLACED_IN, write_many
from playwright.sync_api import Page

WORKS = 10_500
PLACED = WORKS - WORKS // UNPLACED_IN

PRESS = """async (at) => {
    const { worksOnMap } = await import("works/layer");
    const layer = worksOnMap();
    const cluster = layer.drawn.clusters[at];
    const { latlngOf } = await import("works/shapes");
    const { x, y } = layer._map.latLngToContainerPoint(latlngOf(cluster.shownX, cluster.shownY));
    const box = layer._map.getContainer().getBoundingClientRect();
    return [box.x + x, box.y + y];
}"""
DRAWS = """async ([dx, dy]) => {
    const { worksOnMap } = await import("works/layer");
    const layer = worksOnMap();
    const settled = () => new Promise((done) => setTimeout(done, 200));
    let draws = 0;
    layer.on("drawn", () => { draws += 1; });
    layer._map.panBy([dx, dy], { animate: false });
    await settled();
    return draws;
}"""
DRAWING_MS = """async () => {
    const { worksOnMap } = await import("works/layer");
    const times = [1, 2, 3, 4, 5].map(() => {
        const start = performance.now();
        worksOnMap()._draw();
        return performance.now() - start;
    });
    return Math.min(...times);
}"""


@pytest.fixture(scope="module")
def page(
    tmp_path_factory: pytest.TempPathFactory, need_program: Callable[[str, str], str]
) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("crowd") / "works.gpkg"
    write_many(path, WORKS)
    executable = need_program("chromium", "apt-get install chromium")
    with serving(path) as address, browser(executable) as chromium:
        page = context(chromium).new_page()
        page.goto(f"{address}/")
        wait_for_map(page)
        yield page


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
    assert shown(crowd) == PLACED
    there = drawn(crowd)
    assert 20 < len(there["clusters"]) < 1_000
    assert len(there["marks"]) < 500


def test_a_number_leads_nearer_and_in_the_end_to_the_works(crowd: Page) -> None:
    before = max(drawn(crowd)["clusters"])
    crowd.locator("#legend > summary").click()
    crowd.mouse.click(*crowd.evaluate(PRESS, drawn(crowd)["clusters"].index(before)))
    crowd.wait_for_function("new URLSearchParams(location.search).has('at')")
    assert max(drawn(crowd)["clusters"]) < before
    assert shown(crowd) == PLACED
    crowd.goto(crowd.url.partition("?")[0] + "?at=16/31/119")
    wait_for_map(crowd)
    assert drawn(crowd)["clusters"] == []


def test_a_filter_that_leaves_few_enough_shows_each(crowd: Page) -> None:
    crowd.click("#sign-stage-plan")
    crowd.wait_for_function("document.getElementById('list').dataset.found < 5000")
    crowd.wait_for_timeout(300)
    there = drawn(crowd)
    assert len(there["lines"]) > 300
    assert sum(pixels(crowd).values()) > 1_000


def test_the_map_is_not_drawn_again_while_it_moves_inside_what_is_drawn(crowd: Page) -> None:
    assert crowd.evaluate(DRAWS, [120, 80]) == 0
    assert crowd.evaluate(DRAWS, [900, 0]) == 1


def test_drawing_ten_thousand_works_takes_less_than_a_blink(crowd: Page) -> None:
    assert crowd.evaluate(DRAWING_MS) < 150


def test_no_work_of_ten_thousand_is_an_element_of_the_map(crowd: Page) -> None:
    assert crowd.locator(".folium-map *").count() < 200
