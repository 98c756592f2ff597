"""A planner adds a plan in Chromium: upload, progress, corrections on the map, publication."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browsing import DESKTOP, PHONE, context, serving, wait_for_map
from playwright.sync_api import Browser, BrowserContext, Page, expect
from signed_in import TOKEN, WHO
from uploading import BRIDGE, PLAN, ROAD, TOWN, write_served

from geo.home import HOME_VARIABLE
from layers.geopackage import read_geopackage
from layers.making import edit_log, rebuild


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("PLANNED_WORKS_EDIT_TOKEN", TOKEN)
    return write_served(tmp_path)


@pytest.fixture
def address(served: Path) -> Iterator[str]:
    assert os.environ[HOME_VARIABLE]
    with serving(served) as address:
        yield address


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "wuxi2022.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens the page of a new reader; all are closed before the server is."""
    profiles: list[BrowserContext] = []

    def page(size: tuple[int, int] = DESKTOP, *, script: bool = True) -> Page:
        plain = {} if script else {"java_script_enabled": False, "locale": "zh-CN"}
        profiles.append(chromium.new_context(**plain) if plain else context(chromium, size))
        page = profiles[-1].new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/?lang=en")
        return page

    yield page
    for profile in profiles:
        profile.close()


def sign_in(page: Page) -> None:
    page.locator(".plan-menu summary").click()
    page.get_by_role("link", name="Add a plan").click()
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your name").fill(WHO)
    page.get_by_label("Token").fill(TOKEN)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"Signed in as {WHO}")).to_be_visible()


def upload(page: Page, plan: Path) -> None:
    page.set_input_files("input[type=file]", plan)
    page.get_by_role("button", name="Read the plan").click()


def open_work(page: Page, name: str) -> None:
    page.locator(".draft-works").get_by_role("link", name=name).click()
    page.wait_for_selector("#place-map[data-ready]")


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep the correction").click()
    page.wait_for_selector(".draft-works")


def holding(kind: str) -> re.Pattern[str]:
    return re.compile(kind)


def correct_stage_and_choose_a_candidate(page: Page) -> None:
    open_work(page, ROAD)
    page.get_by_label("Stage").select_option("complete")
    page.get_by_label("Why").fill("看过批文")
    page.locator("[data-candidate]").first.check()
    expect(page.locator("#place-map path[stroke='#0b5a96']")).to_have_count(1)
    keep(page)
    expect(page.locator(".draft-works tr", has_text=ROAD)).to_contain_text("to be completed")


def draw(page: Page, name: str, tool: str, corners: int) -> None:
    """Draw beside the name of a district, so that it lies in the city."""
    open_work(page, name)
    page.get_by_role("button", name=tool, exact=True).click()
    district = page.locator(".place-name span", has_text="惠山区")
    district.scroll_into_view_if_needed()
    box = district.bounding_box()
    for corner in [*range(corners), corners - 1][: corners + (tool == "Line")]:
        page.mouse.click(box["x"] + box["width"] / 2 + 15 * corner, box["y"] - 6)
        page.wait_for_timeout(100)
    expect(page.locator("[name=drawn]")).to_have_value(holding(f"Multi{tool}"))
    expect(page.get_by_label("Drawn by hand")).to_be_checked()
    keep(page)


def test_a_plan_is_uploaded_corrected_and_published(
    opened: Callable[..., Page], served: Path, plan: Path
) -> None:
    page, reader = opened(), opened()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    sign_in(page)
    upload(page, plan)
    page.wait_for_selector(".draft-works")
    correct_stage_and_choose_a_candidate(page)
    draw(page, TOWN, "Point", 1)
    draw(page, BRIDGE, "Line", 2)

    wait_for_map(reader)
    assert reader.locator("#list", has_text=BRIDGE).count() == 0
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="On the map").click()
    wait_for_map(page)
    assert {BRIDGE, ROAD, TOWN} <= set(page.locator("#list .work-name").all_text_contents())
    reader.reload()
    assert reader.locator(".plan-card").count() == 2
    assert errors == []

    log = {edit.correction.name: edit for edit in edit_log().edits()}
    assert set(log) == {BRIDGE, ROAD, TOWN}
    assert (log[ROAD].author.who, log[ROAD].author.why) == (WHO, "看过批文")
    rebuild(served)
    rows = read_geopackage(served).works.set_index("name")
    assert rows.loc[ROAD, "stage"] == "complete"
    assert rows.loc[TOWN, "layer"] == "new_town_points"
    assert rows.loc[BRIDGE, "layer"] == "bridge_crossing_lines"


def test_works_and_ledger_appear_with_progress(opened: Callable[..., Page], plan: Path) -> None:
    """The plan is so long that its progress can be seen, on a fast machine too."""
    plan.write_text(PLAN + "推进人民路改造。进一步优化营商环境。\n" * 4000, encoding="utf-8")
    page = opened()
    told: list[str] = []
    page.on("response", lambda one: told.append(one.url) if one.url.endswith("/progress") else None)
    sign_in(page)
    upload(page, plan)
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator(".found-works li").first).to_be_visible(timeout=60_000)
    expect(page.locator(".progress-box")).to_contain_text(re.compile(r"[1-9]\d* clauses read"))
    assert told
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("No drafts")).to_be_visible()


def test_the_ledger_of_a_draft_is_shown(opened: Callable[..., Page], plan: Path) -> None:
    page = opened()
    sign_in(page)
    upload(page, plan)
    page.wait_for_selector(".draft-works")
    page.get_by_text("Show the ledger").click()
    row = page.locator(".draft-ledger tr", has_text="进一步优化营商环境")
    expect(row).to_contain_text("no work")
    row = page.locator(".draft-ledger tr", has_text="开工建设梅梁湖大桥")
    expect(row.get_by_role("link", name=BRIDGE)).to_be_visible()


def test_a_plan_is_corrected_on_a_phone(opened: Callable[..., Page], plan: Path) -> None:
    page = opened(PHONE)
    sign_in(page)
    upload(page, plan)
    page.wait_for_selector(".draft-works")
    draw(page, TOWN, "Point", 1)
    for path in (page.url, "/adding/"):
        page.goto(urljoin(page.url, path))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_all_of_it_works_without_script(
    opened: Callable[..., Page], served: Path, plan: Path
) -> None:
    page = opened(script=False)
    sign_in(page)
    upload(page, plan)
    page.wait_for_selector(".draft-works")
    page.locator(".draft-works").get_by_role("link", name=BRIDGE).click()
    page.get_by_label("Drawn by hand").check()
    page.get_by_label("Drawing: longitude").fill("120.3, 31.55")
    keep(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="On the map").click()
    assert read_geopackage(served).works.set_index("name").loc[BRIDGE, "precision"] == "approximate"


def test_a_candidate_is_chosen_by_a_click_on_the_map(
    opened: Callable[..., Page], plan: Path
) -> None:
    page = opened()
    sign_in(page)
    upload(page, plan)
    page.wait_for_selector(".draft-works")
    open_work(page, TOWN)
    page.get_by_label("Look for a place by another name").fill("惠山古镇站")
    page.get_by_role("button", name="Look").click()
    page.wait_for_selector("#place-map[data-ready]")
    box = page.locator("#place-map path[stroke='#5d584f']").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator("[data-candidate]:checked").count() == 1
