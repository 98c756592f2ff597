"""The ledger shows every clause and what became of it; its meter adds up to all of them."""

import html
import re
from dataclasses import replace

import factories
import pytest
from flask.testing import FlaskClient
from shapely.geometry import Point

from geo.document import read_document
from geo.model import Locatable, Precision, Stage, Theme
from geo.paths import data_path
from geo.reading import read_works
from geo.reading.values import Reason
from layers.build import Plan
from layers.geopackage import write_geopackage
from layers.ledger import FATES, REASONS, Fate, fate_of_clause, fate_of_work, reason_of
from webmap import create_app, ledger
from webmap.cards import document_cards, work_cards
from webmap.clause_cards import clause_cards
from webmap.ledger import Ledger, ledger_of, ledger_query

PATH = "/documents/jia-2020/ledger"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("ledger") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


def ledger_for(plan: Plan, **query: str) -> Ledger:
    tables = factories.tables_of(plan)
    (document,) = document_cards(tables["documents"])
    works = work_cards(tables["works"], tables["quantities"], tables["places"])
    clauses = clause_cards(tables["clauses"])[document.document_id]
    page = int(query.pop("page", "1"))
    return ledger_of(document, works, clauses, ledger_query(query, page))


def numbers(found: Ledger) -> list[int]:
    return [entry.clause.number for entry in found.entries]


def rows(markup: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="row-(\d+)"', markup)]


def test_the_meter_counts_every_clause_and_every_work_once() -> None:
    found = ledger_for(factories.example())
    assert found.clauses == len(factories.SENTENCES) + 1
    assert found.works == 7
    assert {share.fate: (share.clauses, share.works) for share in found.meter} == {
        Fate.LOCATED: (4, 4),
        Fate.AREA: (1, 1),
        Fate.CITY: (0, 0),
        Fate.COUNTED: (1, 1),
        Fate.UNLOCATED: (1, 1),
        Fate.NO_WORK: (2, 0),
    }


def test_the_reasons_count_every_clause_without_a_work() -> None:
    found = ledger_for(factories.example())
    (no_work,) = (share for share in found.meter if share.fate is Fate.NO_WORK)
    assert sum(count for _, count in found.reasons) == no_work.clauses


def test_a_clause_with_several_works_counts_with_the_least_known() -> None:
    document = factories.document("建成南湖大橋和北塘新城。\n")
    bridge = factories.work(document, 1, "南湖大橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE)
    town = replace(bridge, work_id="town", name="北塘新城", places=("北塘新城",))
    both = factories.plan(
        document, (factories.placed(bridge, Point(120, 31.5)), factories.unlocated(town))
    )
    found = ledger_for(both)
    assert [entry.fate for entry in found.entries] == [Fate.UNLOCATED]
    assert [work.name for work in found.entries[0].works] == ["南湖大橋", "北塘新城"]
    assert sum(share.works for share in found.meter) == 2
    assert sum(share.clauses for share in found.meter) == 1


@pytest.mark.parametrize(
    ("precision", "locatable", "fate"),
    [
        (Precision.SURVEYED, Locatable.EXACT_NAMED, Fate.LOCATED),
        (Precision.SCHEMATIC, Locatable.EXACT_NAMED, Fate.LOCATED),
        (Precision.AREA, Locatable.EXACT_NAMED, Fate.AREA),
        (Precision.CITY, Locatable.AREA_NAMED, Fate.CITY),
        (Precision.CITY, Locatable.CITYWIDE_QUANTITY, Fate.COUNTED),
        (Precision.UNLOCATED, Locatable.CITYWIDE_QUANTITY, Fate.UNLOCATED),
    ],
)
def test_a_works_fate_is_how_much_is_known_of_its_place(
    precision: Precision, locatable: Locatable, fate: Fate
) -> None:
    assert fate_of_work(precision, locatable) is fate
    assert fate_of_clause([Fate.LOCATED, fate]) is fate


def test_every_fate_and_reason_has_words_in_three_languages() -> None:
    assert set(FATES) == set(Fate)
    assert set(REASONS) == set(Reason)
    for title in (*FATES.values(), *REASONS.values()):
        assert title.hans
        assert title.hant
        assert re.fullmatch("[a-z', ]+", title.en)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ("policy", Reason.POLICY),
        ("works; 北塘新城: no place of this name", Reason.WORKS),
        ("北塘新城: no place of this name", None),
        ("", None),
        (None, None),
        ("policy'--", None),
    ],
)
def test_the_reason_is_told_from_what_follows_it(stored: str | None, reason: Reason | None) -> None:
    assert reason_of(stored) is reason


def test_the_page_shows_every_clause_in_words(client: FlaskClient) -> None:
    page = client.get(f"{PATH}?lang=en").text
    assert rows(page) == list(range(1, 10))
    shown = html.unescape(re.sub("<[^>]*>", "", page))
    for sentence in factories.SENTENCES:
        assert sentence in shown
    assert "policy, nothing is built" in shown
    assert "no such name in the gazetteer" in shown


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "政策或工作要求"), ("zh-Hant", "沒有工程"), ("en", "no work")],
)
def test_reasons_are_words_not_codes(client: FlaskClient, language: str, words: str) -> None:
    page = client.get(f"{PATH}?lang={language}").text
    assert words in page
    assert "no_work</" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fate=located", [2, 3, 6, 7]),
        ("fate=unlocated", [8]),
        ("fate=no_work", [1, 9]),
        ("reason=policy", [1, 9]),
        ("fate=located&reason=policy", []),
        ("q=地铁", [2]),
        ("q=地鐵 通車", [2]),
        ("section=一、重點工作&fate=area", [4]),
        ("section=nope", []),
        ("fate=nope&reason=nope&page=-3", list(range(1, 10))),
        ("page=99999999999999999999", list(range(1, 10))),
    ],
)
def test_the_ledger_shows_what_its_address_asks_for(
    client: FlaskClient, query: str, expected: list[int]
) -> None:
    assert rows(client.get(f"{PATH}?{query}").text) == expected
    assert rows(client.get(f"/documents/jia-2020/clauses?{query}").text) == expected


def test_a_bar_of_the_meter_is_a_link_that_filters_and_takes_the_filter_back(
    client: FlaskClient,
) -> None:
    page = client.get(f"{PATH}?script=hans").text
    assert 'href="?script=hans&amp;fate=area"' in page
    chosen = client.get(f"{PATH}?fate=area").text
    assert re.search(r'fate-area" href="\?"[^>]* aria-current="true"', chosen)


def test_a_clause_leads_to_its_place_in_the_text_and_its_work_to_the_map(
    client: FlaskClient,
) -> None:
    page = client.get(PATH).text
    assert 'href="/documents/jia-2020#clause-2"' in page
    assert 'href="/?work=jia-2020-002"' in page
    beside = client.get("/?view=ledger").text
    assert 'href="?view=text#clause-2"' in beside


def test_a_long_ledger_comes_page_by_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 4)
    pages = [client.get(f"{PATH}?page={number}").text for number in (1, 2, 3, 4)]
    assert [rows(page) for page in pages] == [[1, 2, 3, 4], [5, 6, 7, 8], [9], [9]]
    assert 'href="?page=2" data-state="page" rel="next"' in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' not in pages[2]


def test_a_filter_begins_at_its_first_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 4)
    assert 'href="?fate=area"' in client.get(f"{PATH}?page=2").text


def test_a_clause_that_names_unknown_works_counts_as_having_none() -> None:
    plan = factories.example()
    tables = factories.tables_of(plan)
    (document,) = document_cards(tables["documents"])
    clauses = clause_cards(tables["clauses"])[document.document_id]
    found = ledger_of(document, (), clauses, ledger_query({}))
    assert {share.fate for share in found.meter if share.clauses} == {Fate.NO_WORK}


def test_the_meter_of_a_whole_plan_adds_up_to_its_clauses_and_works() -> None:
    reading = read_works(read_document(data_path("documents", "wuxi2020.txt")))
    plan = Plan(reading, tuple(map(factories.unlocated, reading.works)))
    found = ledger_for(plan)
    assert found.clauses == len(reading.ledger) > 400
    assert found.works == len(reading.works) > 50
    pages = [numbers(ledger_for(plan, page=str(page))) for page in range(1, found.pages + 1)]
    assert [one for page in pages for one in page] == [row.clause.number for row in reading.ledger]
