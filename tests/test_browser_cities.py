"""The map of cities without files of their own: their districts, names and counts."""

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from browsing import context, serving, wait_for_map
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from webmap.cli import main

PLAN = "新建社区公园50个。改造老旧小区120个。"
NAMES = """[...document.querySelectorAll('.base-name')]
    .filter((one) => getComputedStyle(one).visibility === 'visible')
    .map((one) => {
        const box = one.getBoundingClientRect();
        return [one.textContent, box.left, box.top, box.right, box.bottom];
    })"""

Name = tuple[str, float, float, float, float]


@pytest.fixture
def page_of(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    profile = context(chromium)

    def opened(city: str) -> Page:
        page = profile.new_page()
        page.goto(f"{addresses[city]}/")
        wait_for_map(page)
        page.wait_for_selector(".base-name")
        return page

    addresses: dict[str, str] = {}
    with serving(built(tmp_path, "重庆")) as many, serving(built(tmp_path, "昆山")) as alone:
        addresses.update({"重庆": many, "昆山": alone})
        yield opened
    profile.close()


def built(folder: Path, city: str) -> Path:
    plan, works = folder / f"{city}.txt", folder / f"{city}.gpkg"
    plan.write_text(PLAN, encoding="utf-8")
    done = CliRunner().invoke(main, ["build", str(plan), "--city", city, "-o", str(works)])
    assert done.exit_code == 0, done.output
    return works


def overlapping(names: list[Name]) -> list[tuple[str, str]]:
    return [
        (one[0], other[0])
        for one, other in combinations(names, 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


def test_no_name_covers_another_and_a_nearer_zoom_shows_more(
    page_of: Callable[[str], Page],
) -> None:
    page = page_of("重庆")
    far = page.evaluate(NAMES)
    assert 10 < len(far) < 38
    assert overlapping(far) == []
    crowd = next(name for name in far if name[0] == "渝中区")
    for _ in range(3):
        page.mouse.dblclick(crowd[1], crowd[4] + 12)
        page.wait_for_timeout(400)
    near = page.evaluate(NAMES)
    assert {name[0] for name in near} - {name[0] for name in far}
    assert overlapping(near) == []


def test_a_city_without_districts_is_drawn_and_its_counts_lie_in_it(
    page_of: Callable[[str], Page],
) -> None:
    page = page_of("昆山")
    assert [name[0] for name in page.evaluate(NAMES)] == ["昆山市"]
    badge = page.locator(".badge")
    assert badge.count() == 1
    assert "2" in badge.inner_text()
