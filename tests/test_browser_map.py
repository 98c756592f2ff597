"""The map page in Chromium, as a planner uses it; no request leaves the server."""

import re
from pathlib import Path

import factories
from browsing import context, serving, tick, wait_for_map
from drawn_map import expect_drawn, hover, press
from playwright.sync_api import Browser, Page, expect

from layers.geopackage import write_geopackage

METRO, MOTORWAY, HILL, PLANTS = (f"jia-2020-{number:03}" for number in (2, 3, 4, 5))
BRIDGE, TOWN = "jia-2020-006", "jia-2020-008"


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def chosen_name(page: Page) -> str:
    return page.locator("#detail h1").inner_text()


def test_a_work_in_the_list_opens_its_details(any_page: Page) -> None:
    if any_page.viewport_size["width"] < 768:
        any_page.click(".grip")
    any_page.click(f"#list [data-work='{METRO}']")
    expect(any_page.locator("#detail h1")).to_have_text("地鐵1號線一期")
    expect(any_page.locator("#detail .sentence mark.words")).to_have_text("地鐵1號線一期")
    assert any_page.url.endswith(f"?work={METRO}")
    assert any_page.locator(".chosen-label").inner_text() == "地鐵1號線一期"


def test_a_work_on_the_map_opens_its_details(page: Page) -> None:
    hover(page, BRIDGE)
    expect(page.locator(".leaflet-tooltip")).to_contain_text("南湖大橋")
    press(page, BRIDGE)
    expect(page.locator("#detail h1")).to_have_text("南湖大橋")
    expect(page.locator("#list [aria-current]")).to_have_count(1)


def test_a_counted_work_is_outlined_only_while_it_is_chosen(page: Page) -> None:
    outlines = page.locator(".leaflet-areas-pane path")
    before = outlines.count()
    page.hover(".badge")
    expect(outlines).to_have_count(before + 1)
    page.mouse.move(700, 70)
    expect(outlines).to_have_count(before)
    page.click(".badge")
    expect(page.locator("#detail h1")).to_have_text("48座污水處理廠提標改造")
    expect(outlines).to_have_count(before + 1)
    expect(page.locator(".badge.chosen b")).to_have_text("48座")
    page.mouse.move(700, 70)
    page.keyboard.press("Escape")
    expect(outlines).to_have_count(before)


def test_escape_closes_the_panel_and_gives_the_focus_back(page: Page) -> None:
    item = page.locator(f"#list [data-work='{METRO}']")
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail h1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    expect(item).to_be_focused()
    assert "work=" not in page.url


def test_every_state_is_a_link_and_back_works(page: Page) -> None:
    tick(page, "theme", "metro")
    page.keyboard.press("Escape")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    page.click(f"#list [data-work='{METRO}']")
    expect(page.locator("#detail")).to_be_visible()
    state = page.url
    page.go_back()
    expect(page.locator("#detail")).to_be_hidden()
    page.goto(state)
    wait_for_map(page)
    assert chosen_name(page) == "地鐵1號線一期"
    expect(page.locator(".facet input[value=metro]")).to_be_checked()
    expect(page.locator("#list [data-work]")).to_have_count(1)


def test_the_map_shows_what_the_list_shows(page: Page) -> None:
    tick(page, "theme", "metro")
    page.keyboard.press("Escape")
    expect_drawn(page, "lines", 1)
    expect_drawn(page, "marks", 0)
    expect(page.locator(".badge")).to_have_count(0)
    page.click("#list .clear")
    expect_drawn(page, "lines", 2)
    expect(page.locator(".facet input[value=metro]")).not_to_be_checked()


def test_words_are_searched_as_they_are_typed(page: Page) -> None:
    page.fill("input[name=q]", "地铁")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=%E5%9C%B0"))


def test_a_filter_keeps_the_chosen_work(page: Page) -> None:
    page.click(f"#list [data-work='{METRO}']")
    expect(page.locator("#detail")).to_be_visible()
    tick(page, "theme", "sewage")
    page.keyboard.press("Escape")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    assert chosen_name(page) == "地鐵1號線一期"


def test_the_meter_leads_to_what_is_not_located(any_page: Page) -> None:
    any_page.click(".meter a[href*='unlocated']")
    expect(any_page.locator("#list [data-work]")).to_have_count(1)
    expect(any_page.locator(f"#list [data-work='{TOWN}']")).to_be_in_viewport()


def test_text_and_map_lead_to_one_another(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/jia-2020")
    page.click("text=甲乙高速公路")
    wait_for_map(page)
    assert chosen_name(page) == "甲乙高速公路"
    page.click("#detail .from a")
    page.wait_for_url(f"**/documents/jia-2020#work-{MOTORWAY}")
    expect(page.locator(f"[id='work-{MOTORWAY}'] + .marked")).to_be_in_viewport()


def test_the_language_changes_and_the_state_stays(page: Page) -> None:
    page.click(f"#list [data-work='{METRO}']")
    expect(page.locator("#detail")).to_be_visible()
    page.reload()
    wait_for_map(page)
    page.click(".languages a[lang=en]")
    wait_for_map(page)
    assert chosen_name(page) == "地鐵1號線一期"
    expect(page.locator("#detail .stage-name")).to_have_text("to open")


def test_the_sheet_of_a_phone_has_three_heights(phone: Page) -> None:
    heights = []
    for _ in range(3):
        heights.append(phone.locator("#side").bounding_box()["height"])
        phone.click(".grip")
    assert heights[0] < heights[1] < heights[2] < 844
    assert phone.locator("#side").bounding_box()["height"] == heights[0]


def test_a_page_of_a_phone_is_not_wider_than_the_phone(phone: Page, address: str) -> None:
    for path in ("/", "/table", "/documents/jia-2020", f"/works/{METRO}"):
        phone.goto(address + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
    phone.goto(f"{address}/")
    wait_for_map(phone)


def test_a_keyboard_reaches_list_and_panel_and_shows_where_it_is(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.locator(f"#list [data-work='{METRO}']").focus()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_page_loads_again_when_the_file_was_replaced_meanwhile(
    chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "works.gpkg"
    plan = factories.example()
    write_geopackage(path, [plan])
    with serving(path) as address:
        profile = context(chromium)
        page = profile.new_page()
        replaced = []

        def replace_first(route: object) -> None:
            if not replaced:
                write_geopackage(path, [factories.plan(plan.reading.document, plan.placed[:2])])
                replaced.append(path)
            route.continue_()

        page.route("**/works.json*", replace_first)
        page.goto(f"{address}/")
        wait_for_map(page)
        expect(page.locator("#list [data-work]")).to_have_count(2)
        profile.close()


def test_a_layer_that_fails_to_load_is_said(chromium: Browser, address: str) -> None:
    profile = context(chromium)
    page = profile.new_page()
    page.route("**/works.json*", lambda route: route.abort())
    page.goto(f"{address}/")
    wait_for_map(page)
    expect(page.locator("#notice")).to_be_visible()
    profile.close()
