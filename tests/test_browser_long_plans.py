"""Several plans, and one of a megabyte, beside the map in Chromium."""

from collections.abc import Iterator
from dataclasses import replace

import factories
import pytest
from browsing import opened, serving, watched
from playwright.sync_api import Browser, Page, expect
from reading_pages import words
from shapely.geometry import Point

from geo.model import Stage, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage

METRO, LAST = "jia-2020-002", "long-2020-last"


def long_plan() -> Plan:
    """Give a plan of more than a megabyte, with a work in its first line and one in its last."""
    filler = "進一步優化營商環境，提升服務水平，完善體制機制。" * 20 + "\n"
    count = 1_100_000 // len(filler)
    text = "建成第一大橋。\n" + filler * count + "建成最後大橋。\n"
    document = factories.document(text, "long-2020", "乙市")
    first = factories.work(document, 1, "第一大橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE)
    last = factories.work(document, count + 2, "最後大橋", Theme.BRIDGE_CROSSING, Stage.START)
    works = (first, replace(last, work_id=LAST))
    return factories.plan(document, tuple(factories.placed(one, Point(120, 31.5)) for one in works))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the example and a long plan together."""
    path = tmp_path_factory.mktemp("both") / "works.gpkg"
    write_geopackage(path, [factories.example(), long_plan()])
    with serving(path) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with watched(chromium) as page:
        yield page


def test_the_text_follows_the_chosen_work_from_plan_to_plan(page: Page, both: str) -> None:
    opened(page, f"{both}/?view=text&work={METRO}")
    expect(page.locator(".plan-reading")).to_have_attribute("data-document", "jia-2020")
    page.keyboard.press("Escape")
    page.click(f"#list [data-work='{LAST}']")
    expect(page.locator(".plan-reading")).to_have_attribute("data-document", "long-2020")
    expect(words(page, LAST)).to_be_in_viewport()
    expect(words(page, LAST)).to_have_attribute("aria-current", "true")


def test_a_plan_is_chosen_by_its_name(page: Page, both: str) -> None:
    opened(page, f"{both}/?view=text")
    page.click(".plans a >> nth=1")
    expect(page.locator(".plan-reading")).to_have_attribute("data-document", "long-2020")
    assert "document_id=long-2020" in page.url


def test_a_long_text_comes_part_by_part_as_it_is_read(page: Page, both: str) -> None:
    opened(page, f"{both}/?view=text&document_id=long-2020")
    parts = page.locator(".part").count()
    assert parts > 20
    assert page.locator(".part.unloaded").count() > parts - 4
    page.evaluate("document.querySelector('[data-part=\"9\"]').scrollIntoView()")
    expect(page.locator("[data-part='9'] p").first).to_be_visible()
    assert page.locator(".part.unloaded").count() > 5


def test_a_long_text_scrolls_smoothly(page: Page, both: str) -> None:
    opened(page, f"{both}/?view=text&document_id=long-2020&work={LAST}")
    expect(words(page, LAST)).to_be_in_viewport()
    slowest = page.evaluate(_SCROLLING)
    assert slowest < 100


_SCROLLING = """async () => {
  const body = document.getElementById("beside-body");
  const waits = [];
  let last = performance.now();
  for (let frame = 0; frame < 60; frame += 1) {
    body.scrollTop -= 400;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    waits.push(now - last);
    last = now;
  }
  return waits.sort((one, other) => one - other)[54];
}"""


def test_a_deep_link_into_a_long_text_arrives(page: Page, both: str) -> None:
    page.goto(f"{both}/documents/long-2020#work-{LAST}")
    expect(words(page, LAST)).to_be_in_viewport()
    page.goto(f"{both}/documents/long-2020#clause-2000")
    expect(page.locator("#clause-2000")).to_be_in_viewport()
