"""The map with a plan beside it, as browser tests look at it."""

from collections.abc import Iterator

from browsing import context, wait_for_map
from playwright.sync_api import Browser, Locator, Page


def watched(chromium: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """Give a page that fails the test on an error or a message of the console."""
    profile = context(chromium, size)
    page = profile.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(15_000)
    yield page
    profile.close()
    assert complaints == []


def opened(page: Page, address: str) -> Page:
    """Open a state of the map."""
    page.goto(address)
    wait_for_map(page)
    return page


def words(page: Page, work: str) -> Locator:
    """Give the words of a work in the text."""
    return page.locator(f".plan-text .marked[data-work='{work}']")


def glows(page: Page) -> Locator:
    """Give what is drawn round a hovered work."""
    return page.locator("#chart .leaflet-casings-pane path")
