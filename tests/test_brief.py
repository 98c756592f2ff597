"""A brief accounts for every work of its selection, once, and says what lies beyond it."""

import csv
import html
import re
from datetime import date
from pathlib import Path

import briefing
import pytest
from briefing import HERE, PARK, PLANTS, PUMPS, RING, ROAD, TOWN, WETLAND
from flask import Flask
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_sites

from layers.geopackage import write_geopackage
from layers.selection import Selection, selection_from
from webmap import create_app, views_brief
from webmap.brief.content import Brief, brief_of
from webmap.brief.notes import runs
from webmap.brief.sheet import sheet_of
from webmap.store import Snapshot

POLYGON = "POLYGON((120.2 31.49,120.32 31.49,120.32 31.53,120.2 31.53,120.2 31.49))"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("brief") / "works.gpkg"
    write_geopackage(path, [briefing.plan()])
    return create_app({"WORKS_FILE": path})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="module")
def snapshot(app: Flask) -> Snapshot:
    return app.extensions["works"].current()


def ids(works: tuple[object, ...]) -> set[str]:
    return {work.work_id for work in works}


def of(snapshot: Snapshot, address: str) -> Brief:
    return brief_of(snapshot, selection_from(address))


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(re.sub("<[^>]+>", " ", answer.text))


def test_every_work_of_the_selection_has_one_number(snapshot: Snapshot) -> None:
    for address in (f"district={HERE}", "city=无锡", "theme=sewage", f"polygon={POLYGON}"):
        brief = of(snapshot, address)
        assert sorted(brief.numbers.values()) == list(range(1, len(brief.found) + 1))
        assert set(brief.numbers) == ids(brief.found)


def test_a_district_has_its_own_works_and_tells_those_of_the_city_apart(
    snapshot: Snapshot,
) -> None:
    brief = of(snapshot, f"district={HERE}")
    assert ids(brief.found) == {ROAD, PARK, PUMPS, WETLAND}
    assert ids(brief.counted_here) == {PUMPS}
    assert ids(brief.around) == {PLANTS}
    assert ids(brief.placeless) == {TOWN}
    assert PLANTS not in brief.numbers


def test_of_the_sites_of_a_counted_work_those_of_the_district_are_named(
    snapshot: Snapshot,
) -> None:
    sites = of(snapshot, f"district={HERE}").sites[PLANTS]
    assert [site.name for site in sites] == ["蘆村污水處理廠"]


def test_a_whole_city_has_nothing_beyond_it(snapshot: Snapshot) -> None:
    brief = of(snapshot, "city=无锡")
    assert (brief.around, brief.placeless) == ((), ())
    assert ids(brief.counted_city) == {PLANTS}
    assert ids(brief.unlocated) == {TOWN}


def test_what_passes_no_other_filter_is_not_around_either(snapshot: Snapshot) -> None:
    assert of(snapshot, f"district={HERE}&theme=park").around == ()


def test_an_area_without_a_surface_in_common_with_a_box_finds_nothing(snapshot: Snapshot) -> None:
    brief = of(snapshot, f"polygon={POLYGON}&bbox=100,20,101,21")
    assert brief.found == ()
    assert ids(brief.placeless) == {TOWN}


@pytest.mark.parametrize(
    "address",
    [f"district={HERE}", f"polygon={POLYGON}", "bbox=120.1,31.3,120.4,31.6", "theme=road"],
)
def test_page_pdf_list_and_downloads_hold_the_same_works(
    client: FlaskClient, snapshot: Snapshot, address: str
) -> None:
    expected = ids(of(snapshot, address).found)
    listed = re.findall(
        r'class="work[^"]*"[^>]*data-work="([^"]+)"', client.get(f"/list?{address}").text
    )
    with client.get(f"/download/works.csv?{address}") as answer:
        rows = list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))
    numbered = re.findall(r'class="brief-number">(\d+)<', client.get(f"/brief?{address}").text)
    assert set(listed) == expected
    assert {row["work_id"] for row in rows if not row["part_of"]} == expected
    assert len(numbered) == len(expected)


def test_the_page_quotes_each_sentence_and_marks_its_words(client: FlaskClient) -> None:
    page = client.get(f"/brief?district={HERE}").text
    assert re.search('<mark class="words[^"]*">濱湖', page)
    assert "江陰北外環快速路" not in page
    assert "加快湖濱公園建設。" in text_of(client, f"/brief?district={HERE}").replace(" ", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ("规划工程简报:滨湖区", "按区县计数", "在某区域之内", "另有 1 项")),
        ("zh-Hant", ("規劃工程簡報:滨湖区", "按區縣計數", "在某區域之內", "另有 1 項")),
        (
            "en",
            ("Planned works: 滨湖区", "Counted for a district", "the mark is no site", "1 more"),
        ),
    ],
)
def test_a_brief_speaks_the_language_of_its_page(
    client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    text = text_of(client, f"/brief?district={HERE}&lang={language}")
    assert [word for word in words if word not in text] == []
    assert "%(" not in text


def test_the_day_is_written_as_the_language_does(app: Flask, snapshot: Snapshot) -> None:
    brief = of(snapshot, f"district={HERE}")
    for language, day in (("zh-Hans", "2026年3月5日"), ("en", "March 5, 2026")):
        with app.test_request_context(f"/brief?lang={language}"):
            app.preprocess_request()
            sheet = sheet_of(brief, snapshot, (), date(2026, 3, 5))
            assert sheet.made == day
            assert sheet.link.startswith("http://localhost/?district=")
            assert snapshot.version in sheet.citation


def test_without_a_selection_districts_plans_and_drawing_are_offered(client: FlaskClient) -> None:
    page = client.get("/brief").text
    assert (
        'href="/brief?district=%E6%BB%A8%E6%B9%96%E5%8C%BA">滨湖区 <span class="count">4<' in page
    )
    assert 'href="/brief?document_id=xi-2020"' in page
    assert 'href="/#draw"' in page


@pytest.mark.parametrize(
    "address",
    [
        "theme=nope",
        "polygon=POINT(1 2)",
        "bbox=1,2",
        "nonsense=1",
        "polygon=POLYGON((0 0,1e308 0,1e308 1e308,0 0))",
    ],
)
def test_a_filter_that_cannot_be_understood_makes_no_brief(
    client: FlaskClient, address: str
) -> None:
    for path in ("/brief", "/brief.pdf"):
        assert client.get(f"{path}?{address}").status_code == 400


@pytest.mark.parametrize(
    "polygon",
    [
        "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))",
        "POLYGON((-60 -60,-50 -60,-50 -50,-60 -60))",
        "POLYGON((120 31,120.0000001 31,120 31.0000001,120 31))",
    ],
)
def test_an_area_from_nowhere_still_has_a_map(client: FlaskClient, polygon: str) -> None:
    answer = client.get("/brief", query_string={"polygon": polygon})
    assert answer.status_code == 200
    assert "nan" not in answer.text


def test_an_empty_selection_says_so(client: FlaskClient) -> None:
    page = client.get("/brief?theme=metro&lang=en").text
    assert "No work passes these filters." in page
    assert "/download/works.csv" not in page


def test_too_many_works_are_refused_with_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_brief, "MOST_WORKS", 2)
    for path in ("/brief", "/brief.pdf"):
        answer = client.get(f"{path}?city=无锡&lang=en")
        assert answer.status_code == 400
        assert "7 works are too many for one brief" in answer.text


def test_nothing_of_a_document_becomes_markup(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [hostile_sites()])
    client = create_app({"WORKS_FILE": path}).test_client()
    for address in ("/brief", "/brief?document_id=hostile-2020", "/statistics"):
        page = client.get(address).text
        for payload in PAYLOADS:
            assert payload not in page or "<" not in payload, (address, payload)
    hostile = client.get("/brief", query_string={"district": PAYLOADS[0], "q": PAYLOADS[4]}).text
    assert "<script>alert" not in hostile


def test_numbers_that_follow_each_other_are_a_run() -> None:
    assert list(runs([3, 7, 8, 9])) == ["3", "7–9"]
    assert list(runs([1, 2])) == ["1–2"]
    assert list(runs([])) == []


def test_a_brief_of_no_filter_is_that_of_all_works(snapshot: Snapshot) -> None:
    assert len(brief_of(snapshot, Selection()).found) == 7
    assert RING in brief_of(snapshot, Selection()).numbers
