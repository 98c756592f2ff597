"""Several plans in one file: the front page, the menu, the map of one city, and two compared."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from factories import example, placed
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_plan
from several_plans import first, second, write_three
from shapely.geometry import Point

from geo.model import Precision, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.cards import DocumentCard, WorkCard
from webmap.comparing import Comparison, compare
from webmap.store import WorksStore

FIRST, SECOND, OTHER = "jia-2020", "wuxi-2021", "suzhou-2021"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_three(tmp_path_factory.mktemp("three") / "works.gpkg")


@pytest.fixture(scope="module")
def client(three: Path) -> FlaskClient:
    return create_app({"WORKS_FILE": three}).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def alone(example: Path) -> FlaskClient:
    return create_app({"WORKS_FILE": example}).test_client(use_cookies=False)


def bounds_in(page: str) -> list[list[float]]:
    found = re.search(r'id="settings">(.*?)</script>', page)
    return list(json.loads(found[1])["bounds"])


def card_of(page: str, document_id: str) -> str:
    cards = page.split('<li class="plan-card">')[1:]
    return next(card for card in cards if f"document_id={document_id}" in card)


def test_the_bare_address_lists_the_plans_where_there_are_several(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    assert page.count('class="plan-card"') == 3
    card = card_of(page, FIRST)
    for words in ("无锡 2020", "<b>7</b> works", "5 on the map", "1 counted", "1 not located"):
        assert words in card, words
    assert "9 clauses read, 7 of them name works" in card
    assert "1 places unverified" in card_of(page, OTHER)
    assert "unverified" not in card


def test_a_card_shows_the_share_of_each_stage(client: FlaskClient) -> None:
    card = card_of(client.get("/?lang=en").text, SECOND)
    assert (
        'aria-label="Stage: starting 1, under construction 1, to be completed 1, to open 1"' in card
    )


def test_a_single_plan_has_its_map_at_the_bare_address(alone: FlaskClient) -> None:
    page = alone.get("/").text
    assert "plan-card" not in page
    assert "plan-menu" not in page
    assert 'id="list"' in page


@pytest.mark.parametrize("address", ["/?view=map", "/?document_id=jia-2020", "/?theme=metro"])
def test_any_parameter_leads_to_the_map(client: FlaskClient, address: str) -> None:
    assert 'id="list"' in client.get(address).text


def test_a_chosen_plan_shows_its_own_works_and_counts(client: FlaskClient) -> None:
    page = client.get("/?document_id=wuxi-2021&lang=en").text
    assert "新北門橋" in page
    assert "太湖大道" not in page
    assert "<b>3</b> of 4 works on the map" in page


def test_bounds_and_base_map_are_those_of_the_chosen_city(client: FlaskClient) -> None:
    wuxi, suzhou, both = (
        bounds_in(client.get(address).text)
        for address in ("/?document_id=jia-2020", "/?document_id=suzhou-2021", "/?view=map")
    )
    assert wuxi[1][1] < 121 < suzhou[1][1]
    assert both[0] == [min(wuxi[0][0], suzhou[0][0]), min(wuxi[0][1], suzhou[0][1])]
    page = client.get("/?document_id=suzhou-2021").text
    plain = unescape(page.replace("\\u0026", "&"))
    (address,) = set(re.findall(r'"(/base\.geojson\?[^"]*)"', plain))  # loaded early and then used
    names = {
        one["properties"]["name_hans"]
        for one in client.get(address).get_json(force=True)["features"]
    }
    assert "姑苏区" in names
    assert "惠山区" not in names


def test_the_base_map_of_all_cities_stays_and_unknown_ones_add_nothing(client: FlaskClient) -> None:
    whole = client.get("/base.geojson").data
    assert client.get("/base.geojson?city=../../etc").data == whole
    named = client.get("/base.geojson?city=无锡&city=苏州").get_json(force=True)
    assert len(named["features"]) == len(json.loads(whole)["features"])


def test_a_city_without_a_map_is_shown_where_its_works_lie(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [example(), second()])
    client = create_app({"WORKS_FILE": path}).test_client(use_cookies=False)
    bounds = bounds_in(client.get("/?document_id=jia-2020").text)
    assert bounds[0] == [31.0, 119.5]
    assert bounds[1] == [32.0, 120.5]


def test_the_menu_leads_to_each_plan_on_the_same_kind_of_page(client: FlaskClient) -> None:
    for address, links in (
        ("/?document_id=jia-2020", ("/?document_id=wuxi-2021", "/?view=map", "/compare")),
        ("/table?document_id=jia-2020", ("/table?document_id=wuxi-2021",)),
        ("/documents/jia-2020", ("/documents/wuxi-2021",)),
    ):
        page = client.get(address).text
        menu = page[page.index('class="plan-menu"') : page.index("</details>")]
        assert "无锡 2020" in menu[: menu.index("</summary>")]
        for link in links:
            assert f'href="{link}"' in menu, link
        assert menu.count('aria-current="true"') == 1


def test_a_reader_cannot_add_a_plan_by_the_menu(client: FlaskClient) -> None:
    assert "/adding/" not in client.get("/").text


def compared(plans: tuple[Plan, Plan], tmp_path: Path) -> Comparison:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, plans)
    present = WorksStore(path).current()
    one, other = present.documents
    works = {plan.document_id: present.works_of(plan.document_id) for plan in (one, other)}
    return compare(one, other, works)


def names(cards: tuple[WorkCard, ...]) -> list[str]:
    return [card.name for card in cards]


def test_works_of_one_city_are_followed_by_name_whatever_their_script(tmp_path: Path) -> None:
    result = compared((second(), first()), tmp_path)
    assert (result.then.year, result.now.year) == (2020, 2021)
    pairs = [(pair.then.name, pair.now.name, pair.by) for pair in result.pairs]
    assert pairs == [("地鐵1號線一期", "地铁1号线一期", "name"), ("南湖大橋", "南湖大橋", "name")]
    assert (result.pairs[1].then.stage, result.pairs[1].now.stage) == (
        "start",
        "under_construction",
    )
    assert names(result.new) == ["新北門橋", "社區公園"]
    assert len(result.unnamed) == 5


def test_words_about_works_do_not_part_works_of_one_theme(tmp_path: Path) -> None:
    earlier, later = first(), second()
    named = tuple(
        replace(one, work=replace(one.work, name="甲乙高速公路改造工程", theme=Theme.EXPRESSWAY))
        if one.work.name == "新北門橋"
        else one
        for one in later.placed
    )
    reading = replace(later.reading, works=tuple(one.work for one in named))
    result = compared((earlier, replace(later, reading=reading, placed=named)), tmp_path)
    like = [(pair.then.name, pair.now.name) for pair in result.pairs if pair.by == "like"]
    assert like == [("甲乙高速公路", "甲乙高速公路改造工程")]


def test_works_of_one_theme_at_one_place_are_the_same(tmp_path: Path) -> None:
    earlier, later = first(), second()
    bridge = next(one for one in earlier.placed if one.work.name == "南湖大橋")
    renamed = tuple(
        replace(one, work=replace(one.work, name="新大橋", name_hans="新大桥"), place=bridge.place)
        if one.work.name == "新北門橋"
        else one
        for one in later.placed
        if one.work.name != "南湖大橋"
    )
    reading = replace(later.reading, works=tuple(one.work for one in renamed), ledger=())
    result = compared((earlier, replace(later, reading=reading, placed=renamed)), tmp_path)
    assert [(pair.then.name, pair.now.name, pair.by) for pair in result.pairs] == [
        ("地鐵1號線一期", "地铁1号线一期", "name"),
        ("南湖大橋", "新大橋", "place"),
    ]


def test_an_area_is_no_place_by_which_works_are_the_same(tmp_path: Path) -> None:
    earlier, later = first(), second()
    hill = next(one for one in earlier.placed if one.precision is Precision.AREA)
    moved = tuple(
        replace(
            one,
            work=replace(one.work, theme=hill.work.theme),
            place=hill.place,
            geometry=hill.geometry,
            precision=Precision.AREA,
        )
        if one.work.name == "新北門橋"
        else one
        for one in later.placed
    )
    reading = replace(later.reading, works=tuple(one.work for one in moved))
    result = compared((earlier, replace(later, reading=reading, placed=moved)), tmp_path)
    assert "新北門橋" in names(result.new)


def test_a_name_that_comes_twice_is_paired_one_to_one(tmp_path: Path) -> None:
    earlier, later = first(), second()
    doubled = (
        *later.placed,
        placed(replace(later.placed[1].work, work_id="wuxi-2021-009"), Point(120, 31.4)),
    )
    reading = replace(later.reading, works=tuple(one.work for one in doubled))
    result = compared((earlier, replace(later, reading=reading, placed=doubled)), tmp_path)
    assert [pair.now.name for pair in result.pairs].count("南湖大橋") == 1
    assert names(result.new).count("南湖大橋") == 1


def test_two_plans_stand_side_by_side_with_honest_words(client: FlaskClient) -> None:
    page = client.get("/compare?document_id=wuxi-2021&document_id=jia-2020&lang=en").text
    assert "2 works stand in both plans, 2 only in the later one; 5 are not named again." in page
    assert "it may be complete, go on unmentioned" in page
    assert "dropped" not in page
    assert 'href="/?document_id=jia-2020&amp;theme=metro"' in page


def test_plans_of_two_cities_are_counted_and_not_matched(client: FlaskClient) -> None:
    page = client.get("/compare?document_id=suzhou-2021&document_id=jia-2020&lang=en").text
    assert "their works are counted, not matched" in page
    assert "Not named again" not in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?document_id=jia-2020",
        "?document_id=jia-2020&document_id=jia-2020",
        "?document_id=x&document_id=y",
    ],
)
def test_a_comparison_of_less_than_two_plans_offers_a_choice(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/compare{query}")
    assert answer.status_code == 200
    assert answer.text.count("<select") == 2
    assert "<table" not in answer.text


def test_a_server_of_one_plan_says_that_there_is_nothing_to_compare(alone: FlaskClient) -> None:
    assert "nothing to compare it with" in alone.get("/compare?lang=en").text


def test_hostile_plans_stay_words_on_all_these_pages(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    hostile = hostile_plan()
    city = hostile.reading.document.city
    later = second()
    document = replace(later.reading.document, city=city)
    write_geopackage(
        path, [hostile, replace(later, reading=replace(later.reading, document=document))]
    )
    client = create_app({"WORKS_FILE": path}).test_client(use_cookies=False)
    for address in ("/", "/?view=map", "/compare?document_id=hostile-2020&document_id=wuxi-2021"):
        page = client.get(address).text
        for payload in (PAYLOADS[0], PAYLOADS[1], "<svg onload", "</script><script>alert"):
            assert payload not in page, (address, payload)


def test_a_card_of_a_document_needs_no_year() -> None:
    plan = DocumentCard("a", "t", "甲", None, "", "", "")
    result = compare(plan, replace(plan, document_id="b"), {"a": [], "b": []})
    assert result.pairs == ()
    assert result.most == 1
