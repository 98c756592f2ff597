"""A long plan comes part by part, and its words in the script that is asked for."""

import re
import timeit
from dataclasses import replace
from pathlib import Path

import factories
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from plan_texts import cards, client_of, texts, words_of

from geo.model import Stage, Theme
from geo.script import is_traditional, to_simplified, to_traditional
from layers.build import Plan
from webmap import text_parts
from webmap.cards import DocumentCard, WorkCard
from webmap.marked_text import Marker
from webmap.scripts import Script, writing_of
from webmap.text_parts import plan_text

METRO = "jia-2020-002"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(tmp_path_factory.mktemp("scripts"), factories.example())


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
    seconds = [time_of_marking(document, works, times) for times in (200, 800)]
    assert seconds[1] < 8 * seconds[0]


def time_of_marking(document: DocumentCard, works: tuple[WorkCard, ...], times: int) -> float:
    """Give the seconds of the best of three tries."""
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
    return min(
        timeit.repeat(lambda: list(Marker(many).lines(document.text * times)), number=1, repeat=3)
    )


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
