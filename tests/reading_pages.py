"""The map with a plan beside it, as browser tests look at it."""

from playwright.sync_api import Locator, Page


def words(page: Page, work: str) -> Locator:
    """Give the words of a work in the text."""
    return page.locator(f".plan-text .marked[data-work='{work}']")


def glows(page: Page) -> Locator:
    """Give what is drawn round a hovered work."""
    return page.locator("#chart .leaflet-casings-pane path")
