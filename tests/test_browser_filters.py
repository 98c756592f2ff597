"""Filters, search, list and what is handed on, in Chromium: all of them always agree."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import factories
import pytest
from browsing import PHONE, context, listed, serving, tick, wait_for_map
from playwright.sync_api import Browser, Page, expect

from layers.geopackage import write_geopackage

METRO, MOTORWAY, HILL, PLANTS = (f"jia-2020-{number:03}" for number in (2, 3, 4, 5))
BRIDGE, ABROAD, TOWN = (f"jia-2020-{number:03}" for number in (6, 7, 8))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("filters") / "works.gpkg"
    plan = factories.example()
    placed = (replace(one, located_by=f"gazetteer name: {one.work.name}") for one in plan.placed)
    write_geopackage(path, [replace(plan, placed=tuple(placed))])
    with serving(path) as address:
        yield address


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def search(page: Page, words: str) -> None:
    page.fill("#filter input[type=search]", words)
    page.wait_for_timeout(200)
    page.wait_for_load_state("networkidle")


def found(page: Page, number: int) -> None:
    expect(page.locator("#list")).to_have_attribute("data-found", str(number))


def test_several_values_of_a_filter_can_be_ticked_and_list_counts_and_downloads_follow(
    any_page: Page,
) -> None:
    if any_page.viewport_size["width"] < 768:
        any_page.click(".grip")
    tick(any_page, "theme", "metro")
    found(any_page, 1)
    tick(any_page, "theme", "sewage")
    found(any_page, 2)
    assert listed(any_page) == [METRO, PLANTS]
    assert asked(any_page)["theme"] == ["metro", "sewage"]
    link = any_page.locator("#list .downloads a[href*='works.csv']").get_attribute("href")
    assert parse_qs(urlsplit(link).query)["theme"] == ["metro", "sewage"]
    stages = any_page.locator(".side .facet[data-facet=stage] label").all_text_contents()
    assert [re.sub(r"\s+", " ", words).strip() for words in stages] == [
        "年内建成 1",
        "通车投用 1",
    ]


def test_a_menu_stays_open_and_keeps_the_focus_while_its_values_are_ticked(page: Page) -> None:
    tick(page, "theme", "metro")
    found(page, 1)
    menu = page.locator(".side .facet[data-facet=theme]")
    expect(menu).to_have_attribute("open", "")
    expect(menu.locator("input[value=metro]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_a_chip_takes_its_filter_away(page: Page) -> None:
    tick(page, "theme", "metro")
    tick(page, "theme", "sewage")
    found(page, 2)
    page.keyboard.press("Escape")
    page.click(".chip:has-text('地铁')")
    found(page, 1)
    assert listed(page) == [PLANTS]
    page.click(".list .clear")
    found(page, 7)
    assert asked(page) == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("南湖大桥", [BRIDGE]),
        ("南湖大橋", [BRIDGE]),
        ("nhdq", [BRIDGE]),
        ("nanhu", [BRIDGE]),
        ("南湖大轿", [BRIDGE]),
        ("提标改造", [PLANTS]),
        ("地铁一号线", [METRO]),
    ],
)
def test_a_work_is_found_however_it_is_typed(page: Page, words: str, expected: list[str]) -> None:
    search(page, words)
    found(page, len(expected))
    assert listed(page) == expected
    is_similar = words == "南湖大轿"
    assert page.locator(".similar").count() == is_similar
    link = page.locator("#list .downloads a[href*='works.csv']").get_attribute("href")
    rows = page.request.get(f"{page.url.partition('/?')[0]}{link}").text()
    assert len(rows.splitlines()) == 2
    assert expected[0] in rows


def test_back_and_forward_go_through_filters_and_works(page: Page) -> None:
    tick(page, "theme", "metro")
    found(page, 1)
    page.keyboard.press("Escape")
    page.click(f"#list [data-work={METRO}]")
    expect(page.locator("#detail h1")).to_have_text("地鐵1號線一期")
    page.go_back()
    expect(page.locator("#detail")).to_be_hidden()
    page.go_back()
    found(page, 7)
    expect(page.locator(".side .facet[data-facet=theme] input[value=metro]")).not_to_be_checked()
    page.go_forward()
    found(page, 1)


def test_the_list_is_sorted_as_asked_and_the_order_is_in_the_address(page: Page) -> None:
    page.select_option("select[name=sort]", "precision")
    expect(page.locator("#list .group h2").first).to_contain_text("实测图形")
    assert asked(page)["sort"] == ["precision"]
    page.reload()
    wait_for_map(page)
    assert page.locator("select[name=sort]").input_value() == "precision"
    page.select_option("select[name=sort]", "name")
    expect(page.locator("#list .group").first.locator("h2")).to_have_count(0)


def test_the_list_follows_the_map_and_so_do_downloads(page: Page) -> None:
    page.check("#follow")
    expect(page).to_have_url(re.compile("bbox="))
    box = page.locator("#chart").bounding_box()
    for _ in range(3):
        page.mouse.move(box["x"] + box["width"] * 0.42, box["y"] + box["height"] * 0.62)
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#list")).not_to_have_attribute("data-found", "7")
    narrowed = listed(page)
    link = page.locator("#list .downloads a[href*='works.csv']").get_attribute("href")
    rows = page.request.get(f"{page.url.partition('/?')[0]}{link}").text()
    assert all(one in rows for one in narrowed)
    assert TOWN not in rows
    place = asked(page)["at"][0]
    page.reload()
    wait_for_map(page)
    assert listed(page) == narrowed
    assert asked(page)["at"][0] == place
    page.uncheck("#follow")
    found(page, 7)


def test_a_place_in_the_address_is_where_the_map_stands(page: Page, address: str) -> None:
    page.goto(f"{address}/?at=13/31.35/119.9")
    wait_for_map(page)
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("km")
    page.goto(f"{address}/?at=99/91/<script>")
    wait_for_map(page)
    found(page, 7)


def test_the_panel_says_in_which_words_stage_and_place_were_decided(page: Page) -> None:
    page.click(f"#list [data-work={METRO}]")
    panel = page.locator("#detail")
    expect(panel.locator("mark.verb").first).to_have_text("建成")
    expect(panel.locator("mark.place").first).to_have_text("地鐵1號線一期")
    expect(panel.locator(".marks")).to_contain_text("定位置的词")
    assert panel.get_by_text("±30 米").count() == 1


def test_neighbours_are_listed_with_their_distance_and_lead_on(page: Page) -> None:
    page.click(f"#list [data-work={BRIDGE}]")
    expect(page.locator("#detail h1")).to_have_text("南湖大橋")
    assert page.locator("#detail .neighbours").count() == 0
    page.goto(f"{page.url}&near=10")
    wait_for_map(page)
    neighbour = page.locator("#detail .neighbours li").first
    expect(neighbour).to_contain_text("地鐵1號線一期")
    expect(neighbour).to_contain_text("公里")
    page.click("#detail [data-near='1']")
    expect(page.locator("#detail .neighbours li")).to_have_count(0)
    page.click("#detail [data-near='10']")
    page.click("#detail .neighbours li a")
    expect(page.locator("#detail h1")).to_have_text("地鐵1號線一期")


def test_a_view_is_shared_by_link_citation_and_frame(page: Page, address: str) -> None:
    tick(page, "theme", "metro")
    found(page, 1)
    page.keyboard.press("Escape")
    page.click("a.share-open")
    link = page.locator("#share-link").input_value()
    assert link == f"{address}/?theme=metro"
    assert "1 项工程" in page.locator("#share-citation").input_value()
    frame = page.locator("#share-embedding").input_value()
    assert f'src="{address}/embed?theme=metro&amp;lang=zh-Hans"' in frame
    page.click(".copy >> nth=0")
    expect(page.locator(".copy >> nth=0")).to_have_text("已复制")
    page.goto(link)
    wait_for_map(page)
    assert listed(page) == [METRO]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_map_works_within_another_page(
    chromium: Browser, address: str, other_site: str, tmp_path: Path
) -> None:
    profile = context(chromium)
    page = profile.new_page()
    (tmp_path / "index.html").write_text(
        f'<iframe src="{address}/embed?theme=metro&lang=en" width=800 height=500></iframe>'
    )
    page.goto(other_site)
    embedded = page.frame_locator("iframe")
    expect(embedded.locator("html")).to_have_attribute("data-ready", "true", timeout=15_000)
    expect(embedded.locator(".side")).to_be_hidden()
    expect(embedded.locator("a.full")).to_have_attribute("href", re.compile(r"/\?theme=metro"))
    expect(embedded.locator("a.full")).to_have_text("Open the whole map ↗")
    profile.close()


def test_without_a_script_filters_are_sent_and_the_list_is_right(
    chromium: Browser, address: str
) -> None:
    profile = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = profile.new_page()
    page.goto(f"{address}/")
    page.locator(".side .facet[data-facet=theme] summary").click()
    page.locator(".side .facet[data-facet=theme] input[value=metro]").check()
    page.click("#facets button")
    assert listed(page) == [METRO]
    profile.close()


def test_a_phones_low_sheet_says_how_many_works_pass_and_shows_all_again(
    chromium: Browser, address: str
) -> None:
    profile = context(chromium, PHONE)
    page = profile.new_page()
    page.goto(f"{address}/?theme=metro")
    wait_for_map(page)
    line = page.locator("#side .filtered")
    expect(line).to_contain_text("1 / 7")
    expect(line.locator("a")).to_be_in_viewport()
    line.locator("a").click()
    expect(page.locator("#list")).to_have_attribute("data-found", "7")
    expect(line).to_have_count(0)
    profile.close()
