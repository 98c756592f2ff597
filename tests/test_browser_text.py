"""The plan's text and ledger beside the map in Chromium: each lights and leads to the other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, opened, wait_for_map, watched
from drawn_map import hover
from playwright.sync_api import Browser, Page, expect
from reading_pages import glows, words

METRO, MOTORWAY, PLANTS = "jia-2020-002", "jia-2020-003", "jia-2020-005"
BRIDGE, TOWN = "jia-2020-006", "jia-2020-008"
LAST = "long-2020-last"
TABLET = (1024, 768)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def any_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    with watched(chromium, request.param) as page:
        yield page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with watched(chromium) as page:
        yield page


@pytest.fixture
def tablet(chromium: Browser) -> Iterator[Page]:
    with watched(chromium, TABLET) as page:
        yield page


def test_the_text_is_asked_for_only_when_it_is_opened(any_page: Page, address: str) -> None:
    asked: list[str] = []
    any_page.on("request", lambda one: asked.append(one.url))
    opened(any_page, f"{address}/")
    expect(any_page.locator("#beside")).to_be_hidden()
    assert not any("/text" in url for url in asked if "/static/" not in url)
    any_page.click(".beside-open a >> nth=0")
    expect(words(any_page, METRO)).to_have_text("地鐵1號線一期")
    expect(any_page.locator("#chart")).to_be_visible()
    assert any_page.url.endswith("?view=text")
    any_page.go_back()
    expect(any_page.locator("#beside")).to_be_hidden()


def test_hovering_words_lights_the_work_on_the_map(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text")
    expect(glows(page)).to_have_count(0)
    words(page, METRO).hover()
    expect(glows(page)).to_have_count(1)
    page.hover(".plan-title")
    expect(glows(page)).to_have_count(0)


def test_the_keyboard_lights_a_work_by_its_words(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text")
    words(page, METRO).focus()
    expect(glows(page)).to_have_count(1)
    expect(words(page, METRO)).to_have_class(re.compile(r"\blit\b"))
    page.keyboard.press("Tab")
    expect(words(page, MOTORWAY)).to_be_focused()
    expect(words(page, MOTORWAY)).to_have_class(re.compile(r"\blit\b"))
    page.keyboard.press("Enter")
    expect(page.locator("#detail h1")).to_have_text("甲乙高速公路")
    page.keyboard.press("Escape")
    expect(words(page, MOTORWAY)).to_be_focused()


def test_hovering_a_work_on_the_map_lights_its_words_and_scrolls_nothing(
    page: Page, address: str
) -> None:
    opened(page, f"{address}/?view=text")
    top = page.evaluate("document.getElementById('beside-body').scrollTop")
    hover(page, METRO)
    expect(page.locator(".plan-text .lit")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(page.locator(".plan-text .lit")).to_have_count(0)
    assert page.evaluate("document.getElementById('beside-body').scrollTop") == top


def test_hovering_a_work_of_the_list_lights_its_words(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text")
    page.hover(f"#list [data-work='{BRIDGE}']")
    expect(words(page, BRIDGE)).to_have_class(re.compile(r"\blit\b"))


def test_words_choose_the_work_as_list_and_map_do(any_page: Page, address: str) -> None:
    opened(any_page, f"{address}/?view=text")
    words(any_page, METRO).click()
    expect(any_page.locator("#detail h1")).to_have_text("地鐵1號線一期")
    expect(words(any_page, METRO)).to_have_attribute("aria-current", "true")
    assert any_page.url.endswith(f"?view=text&work={METRO}")
    any_page.keyboard.press("Escape")
    expect(any_page.locator("#detail")).to_be_hidden()
    expect(any_page.locator(".plan-text [aria-current]")).to_have_count(0)
    expect(any_page.locator("#beside")).to_be_visible()


def test_an_unlocated_work_is_lit_and_chosen_by_its_words_too(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text")
    words(page, TOWN).hover()
    expect(words(page, TOWN)).to_have_class(re.compile(r"\blit\b"))
    words(page, TOWN).click()
    expect(page.locator("#detail h1")).to_have_text("北塘新城")


def test_filters_dim_the_words_of_works_that_do_not_pass(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text&theme=metro")
    expect(words(page, METRO)).not_to_have_class(re.compile("dimmed"))
    expect(words(page, MOTORWAY)).to_have_class(re.compile("dimmed"))
    page.click("#list .clear")
    expect(words(page, MOTORWAY)).not_to_have_class(re.compile("dimmed"))
    assert "view=text" in page.url


def test_the_details_hide_neither_text_nor_map(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text&work={METRO}")
    panel, text, chart = (
        page.locator(f"#{name}").bounding_box() for name in ("detail", "beside", "chart")
    )
    assert panel["x"] + panel["width"] <= text["x"] + 1
    assert text["x"] + text["width"] <= chart["x"] + 1
    assert chart["width"] > 500


def test_on_a_tablet_the_text_takes_the_place_of_the_list(tablet: Page, address: str) -> None:
    opened(tablet, f"{address}/?view=text")
    expect(tablet.locator("#side")).to_be_hidden()
    assert tablet.locator("#chart").bounding_box()["width"] > 500
    words(tablet, METRO).click()
    expect(tablet.locator("#detail h1")).to_be_visible()
    panel, chart = (tablet.locator(f"#{name}").bounding_box() for name in ("detail", "chart"))
    line = glows(tablet).bounding_box()
    assert chart["y"] + chart["height"] <= panel["y"] + 1
    assert chart["y"] < line["y"] < line["y"] + line["height"] < panel["y"]
    tablet.click(".beside-close")
    expect(tablet.locator("#side")).to_be_visible()


def test_the_map_knows_its_room_when_the_text_has_opened(page: Page, address: str) -> None:
    opened(page, f"{address}/")
    page.click(".beside-open a >> nth=0")
    words(page, METRO).click()
    expect(page.locator(".chosen-label")).to_be_visible()
    chart, line = (page.locator("#chart").bounding_box(), glows(page).bounding_box())
    assert line["width"] > 200
    assert chart["x"] < line["x"]
    assert line["x"] + line["width"] < chart["x"] + chart["width"]


def test_the_sections_of_the_text_lead_into_it(any_page: Page, address: str) -> None:
    opened(any_page, f"{address}/?view=text")
    any_page.evaluate("window.location.hash = 'section-1'")
    expect(any_page.locator("#section-1")).to_be_in_viewport()
    expect(any_page.locator("#beside")).to_be_visible()


def test_the_ledger_filters_beside_the_map_and_every_state_is_an_address(
    any_page: Page, address: str
) -> None:
    opened(any_page, f"{address}/?view=ledger")
    expect(any_page.locator(".entry")).to_have_count(9)
    any_page.click(".fate-unlocated >> nth=0")
    expect(any_page.locator(".entry")).to_have_count(1)
    expect(any_page.locator(".fate-unlocated >> nth=0")).to_be_focused()
    state = any_page.url
    assert state.endswith("?view=ledger&fate=unlocated")
    any_page.go_back()
    expect(any_page.locator(".entry")).to_have_count(9)
    opened(any_page, state)
    expect(any_page.locator(".entry")).to_have_count(1)


def test_a_work_of_the_ledger_is_chosen_on_the_map(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=ledger")
    page.hover(f".entry-works [data-work='{METRO}']")
    expect(glows(page)).to_have_count(1)
    page.click(f".entry-works [data-work='{METRO}']")
    expect(page.locator("#detail h1")).to_have_text("地鐵1號線一期")
    expect(page.locator(".entry .marked[aria-current]")).to_have_text("地鐵1號線一期")


def test_a_clause_of_the_ledger_leads_to_its_words(any_page: Page, address: str) -> None:
    opened(any_page, f"{address}/?view=ledger")
    any_page.click("#row-9 .to-text")
    expect(any_page.locator("#clause-9")).to_have_class(re.compile("target"))
    expect(any_page.locator("#clause-9")).to_be_in_viewport()
    assert "view=text" in any_page.url


def test_words_and_sentence_are_converted_together(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text&work={METRO}")
    page.click(".plan-reading .scripts a >> nth=1")
    expect(words(page, METRO)).to_have_text("地铁1号线一期")
    expect(page.locator("#detail .sentence mark.words")).to_have_text("地铁1号线一期")
    expect(page.locator("#detail .scripts [aria-current]")).to_have_text("简")
    page.click("#detail .scripts a >> nth=0")
    expect(words(page, METRO)).to_have_text("地鐵1號線一期")
    assert "script" not in page.url


def test_a_search_keeps_the_view(page: Page, address: str) -> None:
    opened(page, f"{address}/?view=text")
    page.fill("input[name=q]", "地铁")
    expect(words(page, MOTORWAY)).to_have_class(re.compile("dimmed"))
    assert "view=text" in page.url


def test_on_a_page_of_its_own_hovered_words_light_all_words_of_their_work(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/documents/jia-2020")
    words(page, METRO).hover()
    expect(words(page, METRO)).to_have_class(re.compile(r"\blit\b"))
    words(page, METRO).click()
    wait_for_map(page)
    expect(page.locator("#detail h1")).to_have_text("地鐵1號線一期")


def test_a_saved_map_has_no_text_and_misses_none(page: Page, address: str, tmp_path: Path) -> None:
    answer = page.request.get(f"{address}/download/works.html")
    saved = tmp_path / "map.html"
    saved.write_bytes(answer.body())
    opened(page, saved.as_uri())
    expect(page.locator(".beside-open")).to_have_count(0)
    page.click(f"#list [data-work='{METRO}']")
    expect(page.locator("#detail .sentence mark.words")).to_have_text("地鐵1號線一期")
    expect(page.locator("#detail .scripts")).to_have_count(0)
