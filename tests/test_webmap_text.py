"""A plan's text as pages show it: nothing is lost, every mark stands at its own characters."""

import html
import re
import time
from dataclasses import replace
from pathlib import Path

import factories
import pytest
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_plan
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Precision, Stage, Theme
from geo.script import is_traditional, to_simplified, to_traditional
from layers.build import Plan
from layers.geopackage import write_geopackage
from webmap import create_app, text_parts
from webmap.cards import DocumentCard, WorkCard, document_cards, work_cards
from webmap.clause_cards import ClauseCard, clause_cards
from webmap.marked_text import Marker
from webmap.scripts import Script, writing_of
from webmap.text_parts import PlanText, plan_text

METRO, TOWN = "jia-2020-002", "jia-2020-008"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


def client_of(folder: Path, *plans: Plan) -> FlaskClient:
    path = folder / "works.gpkg"
    write_geopackage(path, list(plans))
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(tmp_path_factory.mktemp("text"), factories.example())


def cards(plan: Plan) -> tuple[DocumentCard, tuple[WorkCard, ...], tuple[ClauseCard, ...]]:
    tables = factories.tables_of(plan)
    (document,) = document_cards(tables["documents"])
    works = work_cards(tables["works"], tables["quantities"], tables["places"])
    return document, works, clause_cards(tables["clauses"]).get(document.document_id, ())


def words_of(text: PlanText) -> str:
    lines = (line for part in text.parts for line in part.lines or ())
    return "".join(stretch.text for line in lines for stretch in line.stretches)


def texts(markup: str) -> str:
    """Give what a reader sees of markup, without the white space that templates put between."""
    return html.unescape(re.sub("<[^>]*>", "", markup))


def test_the_text_beside_the_map_is_the_whole_plan(client: FlaskClient) -> None:
    shown = texts(client.get("/documents/jia-2020/text").text)
    for sentence in factories.SENTENCES:
        assert sentence in shown


def test_the_text_is_in_the_page_of_the_map_only_where_it_is_asked_for(client: FlaskClient) -> None:
    assert 'class="plan-text"' not in client.get("/").text
    assert 'class="plan-text"' not in client.get("/?view=nonsense").text
    asked = client.get("/?view=text").text
    assert f'data-works="{METRO}"' in asked


def test_each_clause_has_a_place_of_its_own_in_the_text(client: FlaskClient) -> None:
    text = client.get("/documents/jia-2020/text").text
    for number in range(1, 10):
        assert text.count(f'id="clause-{number}"') == 1


def test_a_clause_without_a_work_says_why(client: FlaskClient) -> None:
    text = client.get("/documents/jia-2020/text?lang=en").text
    assert re.search(r'id="clause-9" title="policy, nothing is built">進一步優化營商環境', text)


def test_the_sections_lead_into_the_text_with_their_numbers_of_works() -> None:
    document, works, clauses = cards(factories.example())
    changed = [replace(one, section="二、其他") if one.number > 6 else one for one in clauses]
    text = plan_text(document, works, changed)
    assert [(one.name, one.works) for one in text.sections] == [
        ("一、重點工作", 5),
        ("二、其他", 2),
    ]
    (part,) = text.parts
    headed = [line.start for line in part.lines or () if part.headings(line)]
    assert headed == [section.start for section in text.sections]


def test_a_section_has_its_place_in_the_page(client: FlaskClient) -> None:
    text = client.get("/documents/jia-2020/text").text
    assert text.count('id="section-1"') == 1


def test_the_page_of_a_plan_names_who_issued_it(client: FlaskClient) -> None:
    page = texts(client.get("/documents/jia-2020").text)
    assert "甲市人民政府" in page


def test_the_plan_of_the_chosen_work_stands_beside_the_map(tmp_path: Path) -> None:
    other = factories.document(factories.TEXT, "yi-2021", "乙市")
    park = factories.work(other, 2, "地鐵1號線一期", Theme.METRO, Stage.START)
    both = client_of(
        tmp_path, factories.example(), factories.plan(other, (factories.unlocated(park),))
    )
    shown = 'data-view="text" data-document="{}"'.format
    assert shown("jia-2020") in both.get("/?view=text").text
    assert shown("yi-2021") in both.get("/?view=text&work=yi-2021-002").text
    assert shown("yi-2021") in both.get("/?view=text&document_id=yi-2021").text
    assert both.get("/documents/yi-2021/text").text.count('class="plans"') == 1


@pytest.mark.parametrize(
    "address",
    [
        "/documents/nope/text",
        "/documents/nope/clauses",
        "/documents/nope/ledger",
        "/documents/%00/text",
    ],
)
def test_an_unknown_plan_has_no_text(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("part", ["", "0", "-1", "²", "x", "9" * 400, "2", "1' OR 1=1"])
def test_an_odd_part_is_the_first_one(client: FlaskClient, part: str) -> None:
    answer = client.get("/documents/jia-2020/text", query_string={"part": part})
    assert answer.status_code == 200
    assert answer.text.count('class="part"') == 1


# A long plan comes part by part.


def long_plan() -> Plan:
    lines = [f"建成第{number}號大橋。" for number in range(1, 400)]
    document = factories.document("\n".join(lines))
    works = [
        factories.unlocated(
            factories.work(
                document, number, f"第{number}號大橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE
            )
        )
        for number in (1, 200, 399)
    ]
    return factories.plan(document, tuple(works))


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_parts, "LONGEST_WHOLE", 2_000)
    monkeypatch.setattr(text_parts, "PART", 1_000)


@pytest.mark.usefixtures("short_parts")
def test_the_parts_of_a_long_text_make_the_text() -> None:
    document, works, clauses = cards(long_plan())
    count = len(plan_text(document, works, clauses).parts)
    assert count > 3
    parts = [plan_text(document, works, clauses, part=number) for number in range(1, count + 1)]
    assert "".join(map(words_of, parts)) == document.text
    assert all(words_of(part).endswith("\n") for part in parts[:-1])


@pytest.mark.usefixtures("short_parts")
def test_a_part_that_is_not_shown_tells_what_is_in_it() -> None:
    document, works, clauses = cards(long_plan())
    parts = plan_text(document, works, clauses).parts
    assert [one for part in parts for one in part.works] == [work.work_id for work in works]
    assert [one for part in parts for one in part.clauses] == list(range(1, 400))
    assert [part.number for part in parts if part.lines is not None] == [1]


@pytest.mark.usefixtures("short_parts")
def test_one_line_that_is_longer_than_a_part_is_cut() -> None:
    document = replace(cards(factories.example())[0], text="建" * 5_500)
    parts = plan_text(document, (), ()).parts
    assert [part.end - part.start for part in parts] == [1_000] * 5 + [500]


@pytest.mark.usefixtures("short_parts")
def test_a_long_text_leads_on_without_any_script(tmp_path: Path) -> None:
    page = client_of(tmp_path, long_plan()).get("/documents/jia-2020").text
    following = re.search(r'href="(/documents/jia-2020\?part=2)"', page)
    assert following
    assert "第200號大橋" not in texts(page)


def test_marking_a_plan_takes_time_that_grows_with_its_length_only() -> None:
    """Four times the plan would take sixteen times as long if each line looked at each work."""
    document, works, _ = cards(factories.example())
    seconds = [time_of_marking(document, works, times) for times in (100, 400)]
    assert seconds[1] < 9 * seconds[0]


def time_of_marking(document: DocumentCard, works: tuple[WorkCard, ...], times: int) -> float:
    size = len(document.text)
    many = [
        replace(
            work,
            work_id=f"{work.work_id}-{at}",
            start=work.start + at * size,
            end=work.end + at * size,
        )
        for at in range(times)
        for work in works
    ]
    begun = time.process_time()
    assert len(list(Marker(many).lines(document.text * times))) > times
    return time.process_time() - begun


# Scripts.


@given(HAN)
def test_conversion_keeps_every_characters_place(text: str) -> None:
    assert len(to_traditional(text)) == len(to_simplified(text)) == len(text)


@given(st.text(max_size=40))
def test_conversion_keeps_the_length_of_any_text(text: str) -> None:
    for script in Script:
        assert len(writing_of(text, script).of(text)) == len(text)


def test_a_text_knows_its_script() -> None:
    assert is_traditional("確保地鐵建成通車")
    assert not is_traditional("确保地铁建成通车")
    assert not is_traditional("2020")


def test_a_traditional_text_is_not_made_traditional_again() -> None:
    assert to_traditional("皇后與后來") != "皇后與后來"
    assert writing_of("皇后與后來", Script.HANT).of("皇后與后來") == "皇后與后來"


@pytest.mark.parametrize(
    "address", ["/documents/jia-2020", "/documents/jia-2020/text", "/documents/jia-2020/ledger"]
)
def test_the_words_are_converted_only_on_request_and_the_page_says_so(
    client: FlaskClient, address: str
) -> None:
    printed = client.get(f"{address}?lang=zh-Hans").text
    assert "加快推進" in printed
    assert "转换字形" not in printed
    converted = client.get(f"{address}?lang=zh-Hans&script=hans").text
    assert "加快推进" in converted
    assert "加快推進" not in converted
    assert "转换字形" in converted
    assert 'lang="zh-Hans"' in converted


def test_marks_stand_at_the_same_characters_after_conversion(client: FlaskClient) -> None:
    text = client.get("/documents/jia-2020/text?script=hans").text
    assert re.search(rf'data-works="{METRO}"[^>]*>地铁1号线一期</a>', text)


def test_the_sentence_on_the_panel_is_converted_on_request(client: FlaskClient) -> None:
    panel = client.get(f"/works/{METRO}/panel?script=hans").text
    assert '<mark class="words">地铁1号线一期</mark>' in panel
    assert "转换字形" in panel
    assert '<mark class="words">地鐵1號線一期</mark>' in client.get(f"/works/{METRO}/panel").text


@pytest.mark.parametrize("script", ["nope", "", "hans'--", "HANS"])
def test_an_odd_script_converts_nothing(client: FlaskClient, script: str) -> None:
    answer = client.get("/documents/jia-2020/text", query_string={"script": script})
    assert "地鐵1號線一期" in answer.text


# Hostile plans.


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(tmp_path_factory.mktemp("hostile"), hostile_plan())


@pytest.mark.parametrize(
    "address", ["text", "clauses", "ledger", "text?script=hans", "clauses?script=hant"]
)
def test_markup_in_a_plan_is_text(hostile: FlaskClient, address: str) -> None:
    markup = hostile.get(f"/documents/hostile-2020/{address}").text
    for payload in PAYLOADS:
        assert f"{payload}大橋" not in markup or html.escape(payload) == payload
    assert "<img" not in markup
    assert "<svg onload" not in markup
    assert "7*7" in markup


@pytest.mark.parametrize(
    "name", ["view", "script", "fate", "reason", "section", "page", "q", "document_id"]
)
def test_an_address_is_never_markup(hostile: FlaskClient, name: str) -> None:
    for path in ("/", "/documents/hostile-2020/ledger"):
        answer = hostile.get(path, query_string={"view": "ledger", name: '"><script>x()</script>'})
        assert answer.status_code == 200
        assert "<script>x()" not in answer.text


def test_an_empty_plan_says_that_it_has_no_text(tmp_path: Path) -> None:
    empty = client_of(tmp_path, factories.plan(factories.document("", "empty-2020"), ()))
    assert "这份文件没有文字" in empty.get("/documents/empty-2020").text
    assert "这份文件没有文字" in empty.get("/?view=text").text
    assert "没有符合条件的分句" in empty.get("/documents/empty-2020/ledger").text


def test_characters_beyond_the_first_plane_shift_no_mark(tmp_path: Path) -> None:
    document = factories.document("𠮷𠮷𪚥市🗺重點\n建成𠮷南湖大橋。\n", "wide-2020")
    bridge = factories.work(document, 2, "𠮷南湖大橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE)
    wide = client_of(tmp_path, factories.plan(document, (factories.unlocated(bridge),)))
    for script in ("", "hans", "hant"):
        text = wide.get(f"/documents/wide-2020/text?script={script}").text
        words = re.search(r'data-works="wide-2020-002"[^>]*>([^<]*)</a>', text)
        assert words
        assert to_simplified(words[1]) == "𠮷南湖大桥"


def test_works_whose_words_overlap_are_each_named_by_what_they_share(tmp_path: Path) -> None:
    document = factories.document("建成南湖大橋公園。\n", "both-2020")
    bridge = factories.work(document, 1, "南湖大橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE)
    park = replace(bridge, work_id="both-2020-park", name="大橋公園", places=("大橋公園",))
    plan = factories.plan(document, (factories.unlocated(bridge), factories.unlocated(park)))
    text = client_of(tmp_path, plan).get("/documents/both-2020/text").text
    marks = dict(re.findall(r'data-works="([^"]*)"[^>]*>([^<]*)</a>', text))
    assert marks["both-2020-001"] == "南湖"
    assert marks["both-2020-park"] == "公園"
    shared = next(words for ids, words in marks.items() if " " in ids)
    assert shared == "大橋"


def test_a_work_that_lies_outside_its_text_spoils_no_page() -> None:
    document, works, clauses = cards(factories.example())
    lost = replace(works[0], start=10_000, end=10_020, precision=Precision.UNLOCATED)
    assert words_of(plan_text(document, (lost, *works[1:]), clauses)) == document.text


def test_the_page_of_a_plan_leads_to_its_place_beside_the_map(
    client: FlaskClient, tmp_path: Path
) -> None:
    """The only plan needs no filter."""
    assert 'href="/?view=text"' in client.get("/documents/jia-2020").text
    assert 'href="/?view=ledger"' in client.get("/documents/jia-2020/ledger").text
    other = factories.plan(factories.document(factories.TEXT, "yi-2021", "乙市"), ())
    both = client_of(tmp_path, factories.example(), other)
    page = both.get("/documents/yi-2021").text
    assert 'href="/?view=text&amp;document_id=yi-2021"' in page
