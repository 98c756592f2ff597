"""Hostile words are text in Chromium, on every page, wherever a document can put them."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from browsing import serving, wait_for_map, watched
from drawn_map import drawn, hover, press
from hostility import PAYLOADS, hostile_plan, hostile_sites
from playwright.sync_api import Browser, Page, expect

from layers.geopackage import write_geopackage

WORKS = [one.work.work_id for one in hostile_plan().placed]
SITES = [one.work.work_id for one in hostile_sites().sites]
FOREIGN = "document.querySelectorAll('img, b:not([class]):not(:has(*)) > i, svg[onload]').length"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "works.gpkg"
    write_geopackage(path, [hostile_sites()])
    with serving(path) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    dialogs: list[str] = []
    with watched(chromium) as page:
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        yield page
    assert dialogs == []


def assert_only_text(page: Page) -> None:
    """No element of the payloads stands in the page, while their text does."""
    assert page.evaluate(FOREIGN) == 0
    scripts = page.locator("script:not([src]):not([type])")
    assert scripts.count() == 0
    assert "7*7" in page.content()
    assert ">49<" not in page.content()


PAGES = (
    *("/", "/?q=alert", "/?view=text", "/?view=ledger", "/table", "/statistics"),
    *("/documents/hostile-2020", "/documents/hostile-2020/ledger?script=hans"),
    "/brief?document_id=hostile-2020",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_payloads_as_text(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    if path.startswith("/?") or path == "/":
        wait_for_map(page)
    assert_only_text(page)


@pytest.mark.parametrize("number", range(len(WORKS)))
def test_a_chosen_work_shows_payloads_as_text(page: Page, address: str, number: int) -> None:
    page.goto(f"{address}/?work={quote(WORKS[number])}")
    wait_for_map(page)
    assert PAYLOADS[number].split("\u2028")[0] in page.locator("#detail h1").inner_text()
    page.locator("#detail summary").click()
    assert_only_text(page)
    page.goto(f"{address}/works/{quote(WORKS[number], safe='')}")
    assert_only_text(page)


def test_tooltips_badges_and_labels_show_payloads_as_text(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    wait_for_map(page)
    there = drawn(page)
    assert there["marks"] or there["lines"]
    for work_id in there["marks"] + there["lines"]:
        page.goto(f"{address}/")  # what was pressed before has moved the map
        wait_for_map(page)
        hover(page, work_id)
        press(page, work_id)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".leaflet-tooltip.chosen-label")).to_have_count(1)
        assert_only_text(page)
    page.locator(".badge").first.dispatch_event("click")
    assert_only_text(page)


@pytest.mark.parametrize("number", [0, len(PAYLOADS) - 1, len(PAYLOADS) + 1])
def test_a_chosen_site_shows_payloads_as_text(page: Page, address: str, number: int) -> None:
    page.goto(f"{address}/?work={quote(SITES[number])}")
    wait_for_map(page)
    payload = PAYLOADS[number % len(PAYLOADS)].split("\u2028")[0]
    assert payload in page.locator("#detail h1").inner_text()
    page.locator("#detail summary").click()
    assert_only_text(page)
    page.goto(f"{address}/works/{quote(SITES[number], safe='')}")
    assert_only_text(page)


def test_a_list_of_sites_at_one_place_shows_payloads_as_text(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    wait_for_map(page)
    page.locator(".site-count-place button").dispatch_event("click")
    items = page.locator(".site-list li a").all_inner_texts()
    assert [item.split("\u2028")[0] for item in items] == [
        f"{payload}廠".split("\u2028")[0] for payload in PAYLOADS
    ]
    assert_only_text(page)
    page.locator(".site-list li a").nth(1).click()
    page.wait_for_load_state("networkidle")
    assert PAYLOADS[1] in page.locator("#detail h1").inner_text()


def test_a_hostile_query_is_text_in_the_search_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(PAYLOADS[2])}&theme={quote(PAYLOADS[0])}")
    wait_for_map(page)
    assert page.locator("input[name=q]").input_value() == PAYLOADS[2]
    assert page.evaluate(FOREIGN) == 0
