"""What is typed is looked for at once, but while an answer is on its way not key by key."""

from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import context, listed, opened
from playwright.sync_api import Browser, Page, Route, expect

SLOW_MS = 400
BRIDGE = "jia-2020-006"
BOX = "#filter input[type=search]"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The words of each request for a list, of which each takes a while."""
    words: list[str] = []

    def answer(route: Route) -> None:
        words.append(parse_qs(urlsplit(route.request.url).query).get("q", [""])[0])
        page.wait_for_timeout(SLOW_MS)
        route.continue_()

    page.route("**/list?*", answer)
    return words


def test_keys_typed_while_an_answer_is_on_its_way_are_asked_together(
    page: Page, asked: list[str]
) -> None:
    page.focus(BOX)
    for key in "南湖大桥":
        page.keyboard.insert_text(key)
    expect(page.locator("#list")).to_have_attribute("data-query", "南湖大桥")
    assert asked == ["南", "南湖大桥"]
    assert listed(page) == [BRIDGE]


def test_letters_that_are_still_being_made_into_a_character_ask_nothing(
    page: Page, asked: list[str]
) -> None:
    page.focus(BOX)
    keyboard = page.context.new_cdp_session(page)
    for typed in ("n", "na", "nan"):
        caret = {"selectionStart": len(typed), "selectionEnd": len(typed)}
        keyboard.send("Input.imeSetComposition", {"text": typed, **caret})
    page.wait_for_timeout(100)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "南湖"})
    expect(page.locator("#list")).to_have_attribute("data-query", "南湖")
    assert asked == ["南湖"]


def test_a_failed_answer_does_not_stop_the_search(chromium: Browser, address: str) -> None:
    profile = context(chromium)
    page = opened(profile.new_page(), f"{address}/")
    page.route("**/list?*", lambda route: route.abort())
    page.fill(BOX, "地铁")
    expect(page.locator("#notice")).to_be_visible()
    page.unroute("**/list?*")
    page.fill(BOX, "南湖")
    expect(page.locator("#list")).to_have_attribute("data-query", "南湖")
    profile.close()
