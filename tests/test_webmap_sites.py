"""What pages say of counted works and of the sites that are known of them."""

import html
import re
from dataclasses import replace
from pathlib import Path

import factories
import pytest
import site_factories
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_sites

from geo.model import Confidence, Precision, Quantity
from geo.registers import Slots
from layers.build import Plan
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.found_by import found_by
from webmap.slot_words import slot_number, slot_words
from webmap.translation import LANGUAGES

PLANTS = "jia-2020-005"
QINGXI, BAISHI, LOST, GROUP = (f"{PLANTS}-s{number}" for number in (1, 2, 5, 6))


def client_of(folder: Path, plan: Plan) -> FlaskClient:
    write_geopackage(folder / "works.gpkg", [plan])
    return create_app({"WORKS_FILE": folder / "works.gpkg"}).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(tmp_path_factory.mktemp("sites"), site_factories.with_sites())


def text(client: FlaskClient, path: str) -> str:
    """Give the words of a page without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", client.get(path).text)).split())


def test_the_list_and_the_table_show_how_much_is_known(client: FlaskClient) -> None:
    for path in ("/list", "/table", "/"):
        assert ">4/48</small>" in client.get(path).text


def test_where_nothing_is_known_they_show_nought(tmp_path: Path) -> None:
    bare = client_of(tmp_path, factories.example())
    assert ">0/48</small>" in bare.get("/list").text
    assert "0 of 48 named" in text(bare, f"/works/{PLANTS}?lang=en")


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("zh-Hans", "48 个名额中 4 个有名称;西市另有 21 个只有合计;另有 1 处候选"),
        ("zh-Hant", "48 個名額中 4 個有名稱;西市另有 21 個只有合計;另有 1 處候選"),
        ("en", "4 of 48 named; 21 more known by number in 西市; 1 candidate"),
    ],
)
def test_a_counted_work_says_what_is_known_of_it(client: FlaskClient, tag: str, words: str) -> None:
    assert words in text(client, f"/works/{PLANTS}?lang={tag}")
    assert words in text(client, f"/works/{PLANTS}/panel?lang={tag}")


def test_a_counted_work_lists_its_sites_each_leading_to_its_place(client: FlaskClient) -> None:
    page = client.get(f"/works/{PLANTS}/panel?lang=en").text
    assert re.findall(r'href="/\?work=([^"]+)" data-work="\1"', page)[:5] == [
        QINGXI,
        f"{PLANTS}-s3",
        LOST,
        BAISHI,
        f"{PLANTS}-s4",
    ]
    words = text(client, f"/works/{PLANTS}/panel?lang=en")
    assert (
        "清溪污水處理廠 15 萬噸/日 東區 · confirmed by a source · street level · 在用 甲報" in words
    )
    assert "白石污水處理廠 東區 白石鎮 · very likely · somewhere in this area" in words
    assert "遠方污水處理廠 confirmed by a source · not located" in words
    assert "Known by number only 各鎮污水處理廠 21 西市" in words
    assert "Candidates, not counted 北塘污水處理廠 東區 · only a candidate · approximate" in words


def test_a_site_names_its_counted_work_its_evidence_and_its_place(client: FlaskClient) -> None:
    page = client.get(f"/works/{BAISHI}?lang=en")
    assert page.status_code == 200
    assert "<title>白石污水處理廠 ·" in page.text
    words = text(client, f"/works/{BAISHI}?lang=en")
    assert "Counted in 48座污水處理廠提標改造 4/48" in words
    assert "Confidence very likely Source 甲報 Licence CC0-1.0 Register plants" in words
    assert "somewhere in this area (東區), exact position not found (±3 km)" in words
    assert "完成48座污水處理廠提標改造" in words.replace(" ", "")
    assert f'href="/?work={PLANTS}" data-work="{PLANTS}"' in page.text
    assert f'data-part-of="{PLANTS}"' in page.text


def test_a_site_without_a_place_says_so_on_its_page(client: FlaskClient) -> None:
    assert "not located: no place of this name" in text(client, f"/works/{LOST}?lang=en")
    assert client.get(f"/works/{LOST}/panel").status_code == 200


def test_a_group_is_no_site_and_has_no_page(client: FlaskClient) -> None:
    assert client.get(f"/works/{GROUP}").status_code == 404
    assert GROUP not in client.get(f"/works/{PLANTS}").text


def test_the_map_may_open_at_a_site(client: FlaskClient) -> None:
    page = client.get(f"/?work={QINGXI}").text
    assert f'data-work="{QINGXI}" data-part-of="{PLANTS}"' in page
    assert "<title>清溪污水處理廠 ·" in page


def test_sites_are_drawn_beside_the_works_and_count_for_none(client: FlaskClient) -> None:
    columns = client.get("/works.json").json["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    sites = [one for one in rows if one["part_of"]]
    assert {one["work_id"] for one in sites} == {f"{PLANTS}-s{n}" for n in range(1, 5)}
    assert {one["part_of"] for one in sites} == {PLANTS}
    low = client.get("/works.json").json["codes"]["confidence"].index("low")
    assert [one["verified"] for one in sites if one["confidence"] == low] == [0]
    assert [one["known"] for one in rows if one["work_id"] == PLANTS] == [[4.0, 48.0]]
    assert client.get("/health").json["works"] == 7
    assert "7 / 7" in text(client, "/table")


def test_the_credits_name_the_sources_of_sites(tmp_path: Path) -> None:
    plan = site_factories.with_sites()
    sites = tuple(replace(one, source="乙测绘", licence="CC-BY-4.0") for one in plan.sites)
    page = text(client_of(tmp_path, replace(plan, sites=sites)), "/")
    assert "乙测绘 CC-BY-4.0" in page


def test_a_register_is_escaped_on_every_page(tmp_path: Path) -> None:
    plan = hostile_sites()
    client = client_of(tmp_path, plan)
    counted = next(one.work.work_id for one in plan.placed if one.precision is Precision.CITY)
    ids = [counted, *(one.work.work_id for one in plan.sites if one.site and not one.site.is_group)]
    for work_id in ids:
        for query in ({"work": work_id}, {}):
            path = "/" if query else f"/works/{work_id.replace('/', '%2F')}"
            page = client.get(path, query_string=query).text
            assert [one for one in PAYLOADS if "<" in one and one in page] == []
            assert "onerror=alert(8)>" not in page
            assert html.escape(PAYLOADS[0], quote=False).split("(")[0] in page


@pytest.mark.parametrize(
    "reason",
    [
        "district polygon: 东山区 named in the register",
        "district polygon: 东山区 named in the register; its coordinates lie outside the city",
        "its coordinates lie outside 西州市",
        "coordinates of the register: 名单",
        "a group, known by number only",
        "no place of this name in the gazetteer of 甲; the register names no district",
        "only a similar name in the gazetteer of 甲",
        "several places of this name in the gazetteer of 甲",
        "no place called 双塔 in the gazetteer of 甲",
        "no district called 双塔 in the gazetteer of 甲",
        "several places called 双塔 in the gazetteer of 甲",
    ],
)
def test_where_a_site_lies_is_said_in_chinese(client: FlaskClient, reason: str) -> None:
    with client.application.test_request_context("/"):
        assert re.fullmatch("[一-龥,;: ]{4,}", found_by(reason))


def slots(**known: object) -> Slots:
    values = {
        "work_id": PLANTS,
        "promised": 48.0,
        "unit": "座",
        "named": 0,
        "filled": 0.0,
        "in_groups": 0.0,
    }
    return Slots(**{**values, "candidates": 0, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "number", "words"),
    [
        (slots(), "0/48", "0 of 48 named"),
        (
            slots(named=1, filled=6.0, in_groups=5.0, promised=5.0),
            "1/5",
            "1 of 5 named; 5 more known by number; more than was promised",
        ),
        (
            slots(unit="万平方米", promised=190.0, filled=149.81, in_groups=134.81, named=29),
            "149.8/190",
            "149.8 of 190 万平方米 known; 29 sites named; 134.8 万平方米 of it by number only",
        ),
        (
            slots(unit="公里", promised=30.0, filled=2.0, named=1, candidates=2),
            "2/30",
            "2 of 30 公里 known; 1 site named; 2 candidates",
        ),
        (slots(promised=8000.0), "0/8,000", "0 of 8,000 named"),
    ],
)
def test_numbers_are_said_as_they_are(
    client: FlaskClient, known: Slots, number: str, words: str
) -> None:
    with client.application.test_request_context("/?lang=en"):
        client.application.preprocess_request()
        assert slot_number(known) == number
        assert slot_words(known, ()) == words


def test_sites_of_a_work_without_a_number_are_listed_all_the_same(tmp_path: Path) -> None:
    plan = site_factories.with_sites()
    no_number = tuple(
        replace(one, work=replace(one.work, quantities=())) if one.work.work_id == PLANTS else one
        for one in plan.placed
    )
    reading = factories.reading(plan.reading.document, tuple(one.work for one in no_number))
    client = client_of(tmp_path, Plan(reading, no_number, plan.sites))
    words = text(client, f"/works/{PLANTS}?lang=en")
    assert "What is known of it 清溪污水處理廠" in words
    assert "/48" not in client.get("/list").text


def test_a_promise_of_area_shows_area(tmp_path: Path) -> None:
    plan = site_factories.with_sites()
    area = (Quantity(190, "萬平方米", "", "190萬平方米"),)
    works = tuple(
        replace(one, work=replace(one.work, quantities=area)) if one.work.work_id == PLANTS else one
        for one in plan.placed
    )
    reading = factories.reading(plan.reading.document, tuple(one.work for one in works))
    first = site_factories.site(
        works[3].work,
        1,
        "清溪苑",
        None,
        quantity=15.5,
        unit="公顷",
        confidence=Confidence.MEDIUM,
    )
    client = client_of(tmp_path, Plan(reading, works, (first,)))
    for tag in LANGUAGES:
        assert ">15.5/190</small>" in client.get(f"/list?lang={tag}").text
