"""Dark mode in Chromium: as the system says or the reader chooses, and never on paper."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import opened, serving, watched
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from webmap.colours import DARK_STAGE_COLOURS, contrast

METRO = "jia-2020-002"
BACKGROUND = "getComputedStyle(document.body.querySelector('.bar')).backgroundColor"
LIGHT_PAPER, DARK_PAPER = "rgb(255, 255, 255)", "rgb(31, 30, 27)"
GROUND_OF_MAP = """() => {
    const drawn = document.querySelector('.leaflet-base-pane canvas');
    const { width, height } = drawn;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d').drawImage(drawn, 0, 0);
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    const seen = new Map();
    for (let at = 0; at < pixels.length; at += 400) {
        if (pixels[at + 3] < 255) continue;
        const key = [pixels[at], pixels[at + 1], pixels[at + 2]].join(',');
        seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return [...seen].sort((a, b) => b[1] - a[1])[0][0].split(',').map(Number);
}"""


@pytest.fixture(scope="module")
def address(built_wuxi: Path) -> Iterator[str]:
    with serving(built_wuxi) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with watched(chromium) as page:
        yield page


def open_in(page: Page, address: str, system: str = "light") -> Page:
    page.emulate_media(color_scheme=system)
    opened(page, f"{address}/")
    page.wait_for_selector(".base-name")
    return page


def as_hex(channels: list[int]) -> str:
    return "#" + "".join(f"{one:02x}" for one in channels)


@pytest.mark.parametrize(("system", "paper"), [("light", LIGHT_PAPER), ("dark", DARK_PAPER)])
def test_a_page_is_as_dark_as_the_system(page: Page, address: str, system: str, paper: str) -> None:
    open_in(page, address, system)
    assert page.evaluate(BACKGROUND) == paper


def test_the_map_itself_is_dark_and_its_works_stand_out(page: Page, address: str) -> None:
    open_in(page, address, "dark")
    ground = as_hex(page.evaluate(GROUND_OF_MAP))
    assert contrast(ground, "#000000") < 2
    colours = page.evaluate("async () => (await import('works')).settings.stageColours")
    assert set(colours.values()) == set(DARK_STAGE_COLOURS.values())


def test_three_choices_follow_one_another_and_are_kept(page: Page, address: str) -> None:
    open_in(page, address, "light")
    button = page.locator("#colours")
    expect(button).to_have_attribute("aria-label", re.compile("跟随系统"))
    button.click()
    expect(button).to_have_attribute("aria-label", re.compile("浅色"))
    button.click()
    expect(button).to_have_attribute("aria-label", re.compile("深色"))
    assert page.evaluate(BACKGROUND) == DARK_PAPER
    page.goto(f"{address}/table")
    assert page.evaluate(BACKGROUND) == DARK_PAPER
    page.locator("#colours").click()
    assert page.evaluate(BACKGROUND) == LIGHT_PAPER
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == DARK_PAPER


def test_a_change_repaints_the_map_at_once(page: Page, address: str) -> None:
    open_in(page, address, "light")
    before = as_hex(page.evaluate(GROUND_OF_MAP))
    page.click("#colours")
    page.click("#colours")
    page.wait_for_timeout(200)
    after = as_hex(page.evaluate(GROUND_OF_MAP))
    assert contrast(before, "#000000") > 15
    assert after != before
    assert contrast(after, "#000000") < 2


def test_a_kept_choice_holds_before_anything_is_drawn(page: Page, address: str) -> None:
    open_in(page, address, "light")
    page.evaluate("localStorage.setItem('colours', 'dark')")
    page.add_init_script("""
        new MutationObserver(() => {
            if (document.body && window.first === undefined) {
                window.first = document.documentElement.dataset.colours;
            }
        }).observe(document, { childList: true, subtree: true });
    """)
    page.goto(f"{address}/table")
    assert page.evaluate("window.first") == "dark"


def test_without_scripts_the_system_decides_and_nothing_is_offered(
    chromium: Browser, address: str
) -> None:
    profile = chromium.new_context(java_script_enabled=False, color_scheme="dark")
    page = profile.new_page()
    page.goto(f"{address}/table")
    expect(page.locator("#colours")).to_be_hidden()
    expect(page.locator(".bar")).to_have_css("background-color", DARK_PAPER)
    profile.close()


def test_paper_is_light_and_shows_map_legend_and_list_but_no_controls(
    page: Page, address: str
) -> None:
    open_in(page, address, "dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    ground = as_hex(page.evaluate(GROUND_OF_MAP))
    assert contrast(ground, "#000000") > 15
    page.emulate_media(media="print", color_scheme="dark")
    for shown in (".leaflet-base-pane canvas", "#legend", "#list .work", ".meter"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".search", ".bar nav", ".filters", "#colours", ".leaflet-control-zoom"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_timeout(200)
    assert contrast(as_hex(page.evaluate(GROUND_OF_MAP)), "#000000") < 2


def test_a_chosen_work_is_printed_with_its_words(page: Page, address: str, tmp_path: Path) -> None:
    open_in(page, address, "light")
    page.click("#list [data-work]")
    expect(page.locator("#detail h1")).to_be_visible()
    name = page.locator("#detail h1").inner_text()
    words = printed(page, tmp_path)
    assert name in words
    assert "原文" in words


def test_the_table_is_printed_whole_on_a4(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/table")
    last = page.locator("tbody th").last.inner_text()
    assert last in printed(page, tmp_path)
    if pdfinfo := shutil.which("pdfinfo"):
        told = subprocess.run([pdfinfo, tmp_path / "page.pdf"], capture_output=True, check=True)
        assert b"A4" in told.stdout


def printed(page: Page, folder: Path) -> str:
    """Print a page, and give its words without the breaks between lines."""
    path = folder / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    words = "".join("".join(one.extract_text().split()) for one in PdfReader(path).pages)
    return unicodedata.normalize("NFKC", words)
