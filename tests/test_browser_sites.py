"""Sites of counted works on the map in Chromium: drawn with their work, opened, led back from."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import site_factories
from browsing import only, opened, serving, watched
from drawn_map import drawn, press
from playwright.sync_api import Browser, Page, expect
from shapely.geometry import Point

from geo.model import Precision
from layers.geopackage import write_geopackage

PLANTS = "jia-2020-005"
QINGXI = f"{PLANTS}-s1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("sites") / "works.gpkg"
    write_geopackage(path, [site_factories.with_sites()])
    with serving(path) as address:
        yield address


@pytest.fixture
def page(any_page: Page) -> Page:
    return any_page


def choose(page: Page, address: str, work_id: str) -> None:
    page.goto(f"{address}/?work={work_id}")
    page.wait_for_selector("html[data-ready]")


def marks(page: Page) -> int:
    return len(drawn(page)["marks"])


def test_sites_are_drawn_while_their_counted_work_passes_the_filter(page: Page) -> None:
    assert marks(page) == 5
    assert page.locator(".site-count-place button").all_inner_texts() == ["2"]
    only(page, "theme", "sewage")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    assert marks(page) == 2
    assert page.locator(".site-count-place button").count() == 1
    only(page, "theme", "metro")
    expect(page.locator("#list")).to_contain_text("地鐵1號線")
    expect(page.locator(".site-count-place button")).to_have_count(0)
    assert marks(page) == 0


def test_several_sites_at_one_place_are_one_symbol_with_a_list(page: Page) -> None:
    page.locator(".site-count-place button").dispatch_event("click")
    expect(page.locator(".site-list li a")).to_have_text(["白石污水處理廠", "南塘污水處理廠"])
    expect(page.locator(".site-list li .tip-meta").first).to_have_text(" 48座污水處理廠提標改造")
    page.locator(".site-list li a").nth(1).click()
    expect(page.locator("#detail h1")).to_have_text("南塘污水處理廠")
    expect(page.locator(".site-list")).to_have_count(0)
    expect(page.locator(".site-count.chosen")).to_have_count(1)
    expect(page.locator(".chosen-label")).to_have_text("南塘污水處理廠")
    assert page.url.endswith(f"?work={PLANTS}-s3")


def test_a_site_leads_to_its_counted_work_and_that_one_to_its_sites(
    page: Page, address: str
) -> None:
    choose(page, address, QINGXI)
    expect(page.locator("#detail h1")).to_have_text("清溪污水處理廠")
    expect(page.locator("#list [aria-current]")).to_have_attribute("data-work", PLANTS)
    page.click(f"#detail dl [data-work='{PLANTS}']")
    expect(page.locator("#detail h1")).to_have_text("48座污水處理廠提標改造")
    expect(page.locator("#detail .slots")).to_contain_text("48 个名额中 4 个有名称")
    page.click(f"#detail .sites [data-work='{PLANTS}-s4']")
    expect(page.locator("#detail h1")).to_have_text("北塘污水處理廠")
    page.go_back()
    expect(page.locator("#detail h1")).to_have_text("48座污水處理廠提標改造")


def test_a_site_on_the_map_opens_its_own_panel(page: Page, address: str) -> None:
    choose(page, address, QINGXI)
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    if page.viewport_size["width"] > 767:
        page.locator("#legend > summary").click()
    press(page, QINGXI)
    expect(page.locator("#detail h1")).to_have_text("清溪污水處理廠")
    expect(page.locator("#detail article")).to_have_attribute("data-part-of", PLANTS)


def test_a_site_without_a_place_opens_all_the_same(page: Page, address: str) -> None:
    choose(page, address, f"{PLANTS}-s5")
    expect(page.locator("#detail h1")).to_have_text("遠方污水處理廠")
    expect(page.locator(".chosen-label")).to_have_count(0)
    expect(page.locator("#list [aria-current]")).to_have_attribute("data-work", PLANTS)


def test_a_symbol_of_sites_that_lie_close_together_leads_nearer(
    chromium: Browser, tmp_path: Path
) -> None:
    plan = site_factories.with_sites()
    counted = next(one.work for one in plan.placed if one.precision is Precision.CITY)
    spots = (Point(119.7, 31.8), Point(119.703, 31.8))
    sites = tuple(
        site_factories.site(counted, number, f"{number}號廠", (spot, Precision.STREET, 200))
        for number, spot in enumerate(spots)
    )
    write_geopackage(tmp_path / "works.gpkg", [replace(plan, sites=sites)])
    with serving(tmp_path / "works.gpkg") as address, watched(chromium) as page:
        opened(page, f"{address}/")
        before = marks(page)
        expect(page.locator(".site-count-place button")).to_have_text("2")
        page.locator(".site-count-place button").click()
        expect(page.locator(".site-count-place button")).to_have_count(0)
        assert marks(page) == before + 2
        assert page.locator(".site-list").count() == 0
