"""The saved map in Chromium, opened from a file: the same page, without a server or a request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, context, serving, tick, wait_for_map
from drawn_map import drawn
from exporting import PLANTS, TOWN, plan_with_sites, written
from hostility import PAYLOADS, hostile_plan
from playwright.sync_api import Browser, Page, expect

from layers.geopackage import write_geopackage

METRO = "jia-2020-002"


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


@pytest.fixture(scope="module")
def saved(works: Path) -> Path:
    return written(works, works.parent, "html")


@pytest.fixture(scope="module")
def address(works: Path) -> Iterator[str]:
    with serving(works) as address:
        yield address


@pytest.fixture
def happened() -> Iterator[list[str]]:
    """Collect what must not happen: requests, errors, refusals of the policy, dialogs."""
    events: list[str] = []
    yield events
    assert events == []


def opened(
    chromium: Browser,
    happened: list[str],
    file: Path,
    state: str = "",
    size: tuple[int, int] = DESKTOP,
) -> Page:
    page = context(chromium, size).new_page()
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("console", lambda message: happened.append(message.text))
    page.on("request", lambda one: happened.append(one.url) if is_outside(one.url) else None)
    page.goto(file.as_uri() + state)
    wait_for_map(page)
    return page


def is_outside(url: str) -> bool:
    return not url.startswith(("data:", "file:")) or url.count("file:") > 1


def works_listed(page: Page) -> list[str]:
    return page.locator("#list [data-work]").evaluate_all("all => all.map(one => one.dataset.work)")


def test_a_saved_map_asks_for_one_file_only(
    chromium: Browser, happened: list[str], saved: Path
) -> None:
    files: list[str] = []
    page = context(chromium).new_page()
    page.on("request", lambda one: None if one.url.startswith("data:") else files.append(one.url))
    page.on("console", lambda message: happened.append(message.text))
    page.goto(saved.as_uri())
    wait_for_map(page)
    page.locator("#list [data-work]").first.click()
    page.locator("#detail h1").wait_for()
    assert files == [saved.as_uri()]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_saved_page_lists_and_draws_what_the_servers_page_does(
    chromium: Browser, happened: list[str], address: str, saved: Path, size: tuple[int, int]
) -> None:
    page = opened(chromium, happened, saved, size=size)
    there = context(chromium, size).new_page()
    there.goto(address + "/")
    wait_for_map(there)
    assert works_listed(page) == works_listed(there)
    assert drawn(page) == drawn(there)
    assert len(drawn(page)["lines"] + drawn(page)["marks"]) > 4
    assert page.locator(".meter").inner_text() == there.locator(".meter").inner_text()
    assert page.locator(".base-name").count() == there.locator(".base-name").count()


@pytest.mark.parametrize(
    "query",
    ["q=地铁", "q=地鐵", "q=建设 高速", "theme=sewage", "stage=start", "q=zz"],
)
def test_a_filter_of_the_saved_page_lists_what_the_server_lists(
    chromium: Browser, happened: list[str], address: str, saved: Path, query: str
) -> None:
    page = opened(chromium, happened, saved, f"#{query}")
    there = context(chromium).new_page()
    there.goto(f"{address}/?{query}")
    wait_for_map(there)
    assert works_listed(page) == works_listed(there)
    for part in (".found-count", "#list h2"):
        assert texts(page, part) == texts(there, part)
    assert page.locator(".empty").is_visible() == there.locator(".empty").is_visible()
    fields = [one.locator("input[name=q]").input_value() for one in (page, there)]
    assert fields[0] == fields[1]


def texts(page: Page, part: str) -> list[str]:
    return page.locator(part).all_inner_texts()


def test_filters_and_details_work_and_the_state_is_a_link(
    chromium: Browser, happened: list[str], saved: Path
) -> None:
    page = opened(chromium, happened, saved)
    tick(page, "theme", "metro")
    expect(page.locator("#list [data-work]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator(f"#list [data-work='{METRO}']").click()
    assert page.locator("#detail h1").inner_text() == "地鐵1號線一期"
    assert "確保地鐵1號線一期建成通車。" in page.locator("#detail .sentence").inner_text()
    assert page.url.endswith(f"#theme=metro&work={METRO}")
    state = page.url.partition("#")[2]
    again = opened(chromium, happened, saved, f"#{state}")
    assert again.locator("#detail h1").inner_text() == "地鐵1號線一期"
    expect(again.locator(".facet input[value=metro]")).to_be_checked()
    again.locator(".clear").click()
    expect(again.locator("#list [data-work]")).to_have_count(7)


def test_a_jump_inside_the_page_keeps_its_filters(
    chromium: Browser, happened: list[str], saved: Path
) -> None:
    page = opened(chromium, happened, saved, "#theme=metro")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith("#main")
    assert works_listed(page) == [METRO]


def test_no_link_leads_out_of_the_file(chromium: Browser, happened: list[str], saved: Path) -> None:
    page = opened(chromium, happened, saved, f"#work={PLANTS}")
    for link in page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        assert link == "" or link.startswith("#"), link  # "" loads the page again
    assert page.locator("#detail a[href*='/']").count() == 0


def test_counted_works_and_those_without_a_place_are_there(
    chromium: Browser, happened: list[str], saved: Path
) -> None:
    page = opened(chromium, happened, saved, f"#work={TOWN}")
    assert page.locator(".badge").count() == 1
    assert "no such name in the gazetteer" in page.locator("#unlocated").inner_text()
    assert page.locator("#detail h1").inner_text() == "北塘新城"


def test_the_page_says_whose_data_it_shows_and_how_it_was_made(
    chromium: Browser, happened: list[str], works: Path, tmp_path: Path
) -> None:
    file = written(works, tmp_path, "html", "theme=metro", language="en")
    page = opened(chromium, happened, file)
    page.locator(".credits summary").click()
    told = page.locator(".credits").inner_text()
    for words in ("field survey", "CC0-1.0", "theme=metro", "planned-works export works.gpkg"):
        assert words in told
    assert page.locator("html").get_attribute("lang") == "en"
    assert works_listed(page) == [METRO]


def test_the_policy_of_the_page_runs_its_own_scripts_only(saved: Path) -> None:
    text = saved.read_text(encoding="utf-8")
    head = text[: text.index("</head>")]
    assert head.index("Content-Security-Policy") < head.index("<link")
    assert "default-src 'none'" in head
    assert "unsafe" not in head
    assert "connect-src" not in head


def test_hostile_words_are_text_in_a_saved_page(
    chromium: Browser, happened: list[str], tmp_path: Path
) -> None:
    write_geopackage(tmp_path / "works.gpkg", [hostile_plan()])
    file = written(tmp_path / "works.gpkg", tmp_path, "html")
    page = opened(chromium, happened, file)
    items = page.locator("#list [data-work]")
    assert items.count() == len(PAYLOADS)
    for number in range(items.count()):
        items.nth(number).click()
        page.locator("#detail h1").wait_for()
    page.locator("input[name=q]").fill(PAYLOADS[0])
    expect(page.locator("#list [data-work]")).to_have_count(1)
    foreign = "document.querySelectorAll('img, svg[onload], iframe, object').length"
    assert page.evaluate(foreign) == 0
    assert "49" not in page.locator("#list").inner_text()
