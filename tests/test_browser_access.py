"""Every page with a keyboard alone and through a screen reader's eyes, as axe-core judges it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe import summary, violations
from browsing import DESKTOP, PHONE, context, serving, wait_for_map
from hostile_requests import example_of
from playwright.sync_api import Browser, Page, expect

from webmap import create_app

METRO = "jia-2020-002"
TOKEN = "a-token-of-tests"  # noqa: S105
STATES = (f"/?work={METRO}", "/?work=jia-2020-005", "/?q=zzzz", "/?theme=metro", "/?view=text")
LOOKS = [("zh-Hans", DESKTOP, "light"), ("zh-Hant", PHONE, "dark"), ("en", DESKTOP, "dark")]


def pages(works: Path) -> list[str]:
    """Give the address of every page that the application has, by what it answers."""
    app = create_app({"WORKS_FILE": works, "EDIT_TOKEN": TOKEN})
    client = app.test_client(use_cookies=False)
    found = []
    for rule in app.url_map.iter_rules():
        path = example_of(rule.rule)
        if "GET" not in rule.methods or "<" in path:
            continue
        with client.get(path) as answer:
            if answer.mimetype == "text/html" and answer.text.startswith("<!doctype html>"):
                found.append(path)
    return [*found, *STATES, "/nowhere"]


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    with serving(example, {"PLANNED_WORKS_EDIT_TOKEN": TOKEN}) as address:
        yield address


@pytest.mark.parametrize("look", LOOKS, ids=[f"{one[0]}-{one[2]}" for one in LOOKS])
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, address: str, example: Path, look: tuple[str, tuple[int, int], str]
) -> None:
    language, size, colours = look
    profile = context(chromium, size, first_visit=True)
    page = profile.new_page()
    page.emulate_media(color_scheme=colours)
    found = []
    for path in pages(example):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        if page.locator("#chart").count():
            wait_for_map(page)
        found += [f"{path}: {line}" for line in summary(violations(page))]
    profile.close()
    assert found == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.evaluate("document.querySelector('.close').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.close').removeAttribute('title')")
    page.evaluate("document.querySelector('#detail').hidden = false")
    page.evaluate("document.querySelector('.close').textContent = ''")
    assert "button-name" in [one["id"] for one in violations(page)]


def test_the_first_stop_of_a_keyboard_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#side') !== null")


def test_a_keyboard_reaches_everything_in_the_order_of_the_page_and_shows_where_it_is(
    page: Page,
) -> None:
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        where, outline = page.evaluate("""() => {
            const one = document.activeElement;
            const area = one.closest('.bar, #side, #chart, #detail');
            return [area ? area.id || 'bar' : '', getComputedStyle(one).outlineStyle];
        }""")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")[:200]
        if where and where not in seen:
            seen.append(where)
    assert seen[:2] == ["bar", "side"]


def test_a_work_is_read_and_left_by_keys_alone(page: Page) -> None:
    item = page.locator(f"#list [data-work='{METRO}']")
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail h1")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#detail') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    expect(page.locator(f"#list [data-work='{METRO}']")).to_be_focused()


def test_the_number_of_works_is_said_when_it_changes(page: Page) -> None:
    said = page.locator("#said")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_have_text("")
    page.fill("input[name=q]", "地铁")
    expect(said).to_contain_text("1")
    page.fill("input[name=q]", "zzzz")
    expect(said).to_contain_text("0")


def test_words_of_the_plan_are_marked_as_chinese_on_an_english_page(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?lang=en&work={METRO}")
    wait_for_map(page)
    for words in ("#list .work-name", "#detail h1", "#detail .sentence"):
        assert page.locator(words).first.get_attribute("lang").startswith("zh")


def test_a_page_has_its_landmarks_and_one_order_of_headings(page: Page, address: str) -> None:
    for path in ("/", "/table", f"/works/{METRO}", "/documents/jia-2020", "/help"):
        page.goto(address + path)
        for landmark in ("header", "main", "nav"):
            assert page.locator(landmark).count() > 0, (path, landmark)
        levels = page.locator("h1, h2, h3").evaluate_all(
            "all => all.map((one) => Number(one.tagName[1]))"
        )
        assert levels[0] == 1, path
        assert all(later - one <= 1 for one, later in pairwise(levels)), path
