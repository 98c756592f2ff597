"""The first page is small, and a page that the browser has kept still runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import context, serving, wait_for_map
from playwright.sync_api import Browser, Page, expect

MOST_BYTES = 600_000


@pytest.fixture(scope="module")
def address(built_wuxi: Path) -> Iterator[str]:
    with serving(built_wuxi) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    profile = context(chromium)
    page = profile.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    profile.close()
    assert complaints == []


def opened(page: Page, address: str) -> list[int]:
    """Open the map, and give the bytes that each answer took on the wire."""
    sizes: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{address}/")
    wait_for_map(page)
    page.wait_for_load_state("networkidle")
    wire.detach()
    return sizes


def test_the_first_page_takes_less_than_600_kb(page: Page, address: str) -> None:
    sizes = opened(page, address)
    assert len(sizes) > 10
    assert sum(sizes) < MOST_BYTES


def test_a_second_visit_takes_next_to_nothing_and_its_scripts_run(page: Page, address: str) -> None:
    opened(page, address)
    again = opened(page, address)
    assert sum(again) < 10_000
    page.click("#list [data-work]")
    expect(page.locator("#detail h1")).to_be_visible()
