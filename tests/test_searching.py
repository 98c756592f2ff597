"""A work is found by what a person types, as long as it can mean that work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.searching import Query, folded, query_of, searched

METRO = searched("地鐵3號線一期", "確保地鐵3號線一期建成通車")
PLANT = searched("惠聯垃圾焚燒發電廠提標擴容", "實施惠聯垃圾焚燒發電廠提標擴容工程")
BRIDGE = searched("重庆路长江大桥", "开工建设重庆路长江大桥")
HILL = searched("軍嶂山", "加大軍嶂山保護")
WORKS = (METRO, PLANT, BRIDGE, HILL)


def found(text: str) -> list[int]:
    """Give the works that hold the very words, or else those that nearly do."""
    for query in (query_of(text), query_of(f"~{text}")):
        found = [index for index, work in enumerate(WORKS) if query.finds(work)]
        if found:
            return found
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 3]),
        ("地铁", [0]),
        ("地鐵", [0]),
        ("通车", [0]),
        ("三号线", [0]),
        ("３号线", [0]),
        ("建设 大桥", [2]),
        ("大桥 通车", []),
        ("dt3hx", [0]),
        ("DT3HX", [0]),
        ("ditie", [0]),
        ("diti", [0]),
        ("dtiehao", []),
        ("dt3hao", [0]),
        ("hlljfs", [1]),
        ("cql", [2]),
        ("chongqing", [2]),
        ("zql", [2]),
        ("cjdq", [2]),
        ("jzs", [3]),
        ("junzhangshan", [3]),
        ("x", [0]),
        ("军樟山", [3]),
        ("垃圾焚烧发电场", [1]),
        ("垃圾焚绕发电场", [1]),
        ("军樟", []),
        ("完全无关的词", []),
    ],
)
def test_a_work_is_found_by_its_name_sentence_pinyin_or_nearly(
    text: str, expected: list[int]
) -> None:
    assert found(text) == expected


def test_slips_are_allowed_only_where_the_query_says_so() -> None:
    road = searched("太湖大道", "改造太湖大道")
    bridge = searched("太湖大桥", "建设太湖大桥")
    exact, similar = query_of("太湖大桥"), query_of("~太湖大桥")
    assert [exact.finds(road), exact.finds(bridge)] == [False, True]
    assert [similar.finds(road), similar.finds(bridge)] == [True, True]
    assert query_of("～太湖大桥") == similar


def test_many_words_are_bounded() -> None:
    assert len(query_of("字 " * 500).words) == 20


def test_a_long_word_ends_soon() -> None:
    assert not Query(("a" * 200,)).finds(METRO)
    assert not Query(("d" * 200 + "a",), slips=True).finds(searched("地" * 201, ""))


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_finds_the_work_that_holds_it(name: str, sentence: str) -> None:
    work = searched(name, sentence)
    assert query_of(name).finds(work)
    assert query_of(sentence).finds(work)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=5))
def test_no_query_fails(text: str, names: list[str]) -> None:
    works = [searched(name, "") for name in names]
    for query in (query_of(text), query_of(f"~{text}")):
        assert isinstance([query.finds(work) for work in works], list)
