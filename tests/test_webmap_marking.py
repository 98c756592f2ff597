"""Texts are cut so that nothing is lost and every work can be reached."""

from dataclasses import replace

import factories
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webmap.cards import DocumentCard, WorkCard, document_cards, work_cards
from webmap.marked_text import Marker, Stretch, sentence_segments
from webmap.marking import Mark, occurrences, segments

MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("abc")).map(
        lambda one: Mark(min(one[:2]), max(one[:2]), one[2], "words")
    )
)


@given(st.text(max_size=50), MARKS, st.integers(0, 20))
def test_the_segments_of_a_text_make_the_text(text: str, marks: list[Mark], offset: int) -> None:
    cut = segments(text, marks, offset)
    assert "".join(segment.text for segment in cut) == text
    assert [segment.start for segment in cut] == sorted({segment.start for segment in cut})


@given(st.text(min_size=1, max_size=50), MARKS)
def test_a_segment_is_under_one_set_of_marks_from_end_to_end(text: str, marks: list[Mark]) -> None:
    for segment in segments(text, marks):
        for at in range(segment.start, segment.start + len(segment.text)):
            assert {mark for mark in marks if mark.start <= at < mark.end} == set(segment.marks)


def test_the_shortest_mark_comes_first() -> None:
    marks = [Mark(0, 6, "long", "words"), Mark(2, 4, "short", "words")]
    assert [mark.owner for mark in segments("abcdef", marks)[1].marks] == ["short", "long"]


def test_words_that_are_not_in_the_sentence_have_no_mark() -> None:
    assert occurrences("建成大橋", ["大橋", "小橋", ""], "w", "words", 10) == [
        Mark(12, 14, "w", "words")
    ]


def cards() -> tuple[DocumentCard, tuple[WorkCard, ...]]:
    tables = factories.tables_of(factories.example())
    works = work_cards(tables["works"], tables["quantities"], tables["places"])
    return document_cards(tables["documents"])[0], works


def test_the_lines_of_a_document_make_its_text() -> None:
    document, works = cards()
    assert "".join(one.text for one in stretches_of(document, works)) == document.text


def test_every_work_begins_once_and_can_be_reached() -> None:
    document, works = cards()
    stretches = stretches_of(document, works)
    begun = [work.work_id for stretch in stretches for work in stretch.beginning]
    assert sorted(begun) == sorted(work.work_id for work in works)
    assert reached(stretches) == set(begun)


@pytest.mark.parametrize("count", [2, 5])
def test_works_with_the_same_words_can_all_be_reached(count: int) -> None:
    document, works = cards()
    same = tuple(replace(works[0], work_id=f"same-{n}") for n in range(count))
    stretches = stretches_of(document, same)
    assert reached(stretches) == {work.work_id for work in same}


def test_works_that_overlap_or_are_nested_can_all_be_reached() -> None:
    document, works = cards()
    first = works[0]
    words = (first.sentence[1:5], first.sentence[3:7], first.sentence[2:4], first.sentence)
    nested = tuple(
        replace(first, work_id=f"n{number}", words=(word,)) for number, word in enumerate(words)
    )
    stretches = stretches_of(document, nested)
    assert reached(stretches) == {work.work_id for work in nested}


def test_a_work_without_own_words_is_its_sentence() -> None:
    document, works = cards()
    silent = replace(works[0], words=())
    stretches = stretches_of(document, (silent,))
    assert [one.text for one in stretches if one.works] == [silent.sentence]


def test_the_verbs_are_found_in_either_script_and_apart() -> None:
    work = replace(cards()[1][0], sentence="謀劃並啟動北塘新城", words=("北塘新城",))
    cut = sentence_segments(replace(work, stage_words="谋划启动"))
    marked = {segment.text: segment.marks[0].role for segment in cut if segment.marks}
    assert marked == {"謀劃": "stage", "啟動": "stage", "北塘新城": "words"}


def stretches_of(document: DocumentCard, works: tuple[WorkCard, ...]) -> list[Stretch]:
    return [one for line in Marker(works).lines(document.text) for one in line.stretches]


def reached(stretches: list[Stretch]) -> set[str]:
    led = {one.works[0].work_id for one in stretches if one.works}
    return led | {work.work_id for one in stretches for work in one.also}
