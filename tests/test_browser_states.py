"""First visits, waiting, failing and pages without scripts: each says what is the matter."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, context, serving, wait_for_map
from playwright.sync_api import Browser, Page, expect

METRO = "jia-2020-002"


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    with serving(example) as address:
        yield address


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def newcomer(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    profile = context(chromium, request.param, first_visit=True)
    yield profile.new_page()
    profile.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    profile = context(chromium)
    yield profile.new_page()
    profile.close()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def plain(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    width, height = request.param
    profile = chromium.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    yield profile.new_page()
    profile.close()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    wait_for_map(page)
    return page


def test_a_first_visit_is_told_in_one_sentence_and_only_once(newcomer: Page, address: str) -> None:
    opened(newcomer, f"{address}/")
    expect(newcomer.locator("#welcome")).to_contain_text("点选一项")
    newcomer.click("#welcome button")
    expect(newcomer.locator("#welcome")).to_be_hidden()
    opened(newcomer, f"{address}/?lang=en")
    expect(newcomer.locator("#welcome")).to_be_hidden()


def test_a_link_to_a_work_shows_the_work_alone(newcomer: Page, address: str) -> None:
    opened(newcomer, f"{address}/?work={METRO}")
    expect(newcomer.locator("#welcome")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh-Hans", "怎样读这张图"), ("zh-Hant", "怎樣讀這張圖"), ("en", "How to read this map")],
)
def test_the_help_is_a_link_away_in_each_language(
    newcomer: Page, address: str, language: str, heading: str
) -> None:
    opened(newcomer, f"{address}/?lang={language}")
    newcomer.click("#welcome a")
    expect(newcomer.locator("h1")).to_have_text(heading)


def test_a_map_without_its_data_says_so_and_loads_again(page: Page, address: str) -> None:
    failing = [True]

    def answer(route: object) -> None:
        if failing:
            route.abort()
        else:
            route.continue_()

    page.route("**/works.json*", answer)
    opened(page, f"{address}/")
    expect(page.locator("#notice")).to_contain_text("未能载入")
    expect(page.locator("#list [data-work]")).to_have_count(7)
    failing.clear()
    page.click("#retry")
    wait_for_map(page)
    expect(page.locator("#notice")).to_be_hidden()


@pytest.mark.parametrize("part", ["**/list?*", "**/panel*"])
def test_a_part_that_cannot_be_asked_for_is_said(page: Page, address: str, part: str) -> None:
    opened(page, f"{address}/")
    page.route(part, lambda route: route.abort())
    if "panel" in part:
        page.click("#list [data-work]")
    else:
        page.fill("input[name=q]", "地铁")
    expect(page.locator("#notice")).to_be_visible()


def test_a_wait_shows_that_something_is_on_its_way(page: Page, address: str) -> None:
    page.route("**/works.json*", lambda _route: None)
    page.goto(f"{address}/", wait_until="domcontentloaded")
    waiting = "getComputedStyle(document.querySelector('.chart'), '::after').content"
    assert page.evaluate(waiting) == '""'
    page.unroute("**/works.json*")
    opened(page, f"{address}/")
    assert page.evaluate(waiting) == "none"


def test_without_scripts_the_page_says_what_works_and_it_does(plain: Page, address: str) -> None:
    plain.goto(f"{address}/")
    expect(plain.locator(".no-script")).to_contain_text("JavaScript")
    expect(plain.locator("#chart .folium-map")).to_be_hidden()
    plain.locator(f"#list [data-work='{METRO}']").click()
    expect(plain.locator("#detail h1")).to_have_text("地鐵1號線一期")
    plain.goto(f"{address}/")
    plain.click("[data-facet=theme] summary")
    plain.check("[data-facet=theme] input[value=metro]")
    plain.click("#facets button")
    expect(plain.locator("#list [data-work]")).to_have_count(1)
    for path, words in {"/table": "地鐵1號線一期", "/documents/jia-2020": "地鐵1號線一期"}.items():
        plain.goto(address + path)
        expect(plain.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("path", ["/nowhere", "/works/none", "/download/works.csv?theme=none"])
def test_an_error_is_a_page_of_the_site(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    expect(page.locator("h1")).to_have_text(re.compile(r"40[04]"))
    expect(page.locator(".sheet.error")).to_be_visible()
    page.click(".error a")
    wait_for_map(page)


def test_motion_is_off_where_the_reader_wants_none(page: Page, address: str) -> None:
    opened(page, f"{address}/")
    moving = """[...document.querySelectorAll('*')].filter((one) =>
        !['0s', ''].includes(getComputedStyle(one).transitionDuration.split(',')[0])).length"""
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


def test_a_page_keeps_clear_of_a_notch(chromium: Browser, address: str) -> None:
    profile = context(chromium, PHONE)
    page = profile.new_page()
    wire = profile.new_cdp_session(page)
    wire.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"top": 44, "bottom": 34}})
    opened(page, f"{address}/")
    assert page.locator(".brand").bounding_box()["y"] >= 44
    assert page.locator(".meter-bar").bounding_box()["y"] < 844 - 34
    chart = page.locator("#chart").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert chart["y"] == pytest.approx(bar["y"] + bar["height"], abs=1)
    profile.close()
