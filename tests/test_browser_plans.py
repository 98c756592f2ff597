"""Several plans in Chromium: the list of plans, the menu, the map that follows, two compared."""

from collections.abc import Iterator

import pytest
from browsing import DESKTOP, PHONE, context, serving, wait_for_map
from playwright.sync_api import Browser, Page, expect
from several_plans import write_three


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(write_three(tmp_path_factory.mktemp("three") / "works.gpkg")) as address:
        yield address


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    profile = context(chromium, request.param)
    page = profile.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/?lang=en")
    yield page
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    profile.close()


def test_a_plan_is_chosen_from_the_list_and_another_by_the_menu(page: Page) -> None:
    page.locator(".plan-card", has_text="无锡 2021").get_by_role("link", name="无锡 2021").click()
    wait_for_map(page)
    assert page.url.endswith("/?document_id=wuxi-2021")
    names = page.locator("#list .work-name").all_text_contents()
    assert set(names) == {"地铁1号线一期", "南湖大橋", "新北門橋", "社區公園"}
    expect(page.locator(".base-name", has_text="惠山区")).to_have_count(1)
    page.locator(".plan-menu summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="苏州 2021").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?document_id=suzhou-2021")
    wait_for_map(page)
    expect(page.locator(".base-name", has_text="姑苏区")).to_have_count(1)
    expect(page.locator(".base-name", has_text="惠山区")).to_have_count(0)
    assert set(page.locator("#list .work-name").all_text_contents()) == {"太湖大道", "博物館"}
    assert "苏州 2021" in page.locator(".plan-menu summary").inner_text()


def test_the_chosen_plan_stays_through_search_and_reload(page: Page) -> None:
    page.goto(page.url.replace("?lang=en", "?document_id=wuxi-2021"))
    wait_for_map(page)
    page.fill("input[name=q]", "大橋")
    expect(page.locator("#list .work-name")).to_have_count(1)
    assert "document_id=wuxi-2021" in page.url
    page.reload()
    wait_for_map(page)
    expect(page.locator("#list .work-name")).to_have_text(["南湖大橋"])


def test_all_plans_stand_on_one_map_and_stay_there(page: Page) -> None:
    page.locator(".front-links").get_by_role("link", name="All plans on one map").click()
    wait_for_map(page)
    assert page.locator("#list .work-name").count() == 13
    page.goto(f"{page.url}&theme=metro")
    wait_for_map(page)
    page.locator("#list .clear").evaluate("link => link.click()")
    expect(page.locator("#list .work-name")).to_have_count(13)
    page.reload()
    wait_for_map(page)
    assert page.locator("#list .work-name").count() == 13


def test_two_plans_are_compared(page: Page) -> None:
    page.locator(".front-links").get_by_role("link", name="Compare two plans").click()
    page.get_by_label("First plan").select_option("jia-2020")
    page.get_by_label("Second plan").select_option("wuxi-2021")
    page.get_by_role("button", name="Compare").click()
    row = page.locator(".pairs tr", has_text="南湖大橋")
    assert row.locator(".stage-name").all_text_contents() == ["starting", "under construction"]
    expect(page.get_by_text("5 are not named again.")).to_be_visible()
    page.get_by_role("link", name="无锡 2021: metro 1").click()
    wait_for_map(page)
    assert page.locator("#list .work-name").all_text_contents() == ["地铁1号线一期"]
