"""The cleaned copy that words are matched in, and its way back to the original text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lookalikes import unify
from geo.repair import LOST, Repaired, repair

CLEAN = "加快建设地铁3号线一期，完成172公里道路；推进TOD综合开发（PPP模式）。\n推进S1线、G312改造。"
# Pieces that copies inject, each behind a Chinese character that stays.
NOISE = st.sampled_from(
    ["(shù)", "（hào）", "(jie\u0301)", "(ge)", "\u200b", "\ufeff", "\xad", "\x00"]
)
HAN = st.text("建设推进地铁号线道路公园湿地", min_size=1, max_size=8)


def spans(repaired: Repaired) -> list[tuple[int, int]]:
    return [repaired.original_span(at, at + 1) for at in range(len(repaired.text))]


@pytest.mark.parametrize(
    ("copied", "meant"),
    [
        ("信息索引號(hào)", "信息索引號"),
        ("瀏覽次數（shù）", "瀏覽次數"),
        ("結(jié)構(gòu)調(diào)整", "結構調整"),
        ("綠(lǜ)地", "綠地"),
        ("旅(lv3)游", "旅游"),
        ("個(ge)體", "個體"),
        ("經(jīng )濟", "經濟"),
    ],
)
def test_pinyin_put_after_a_character_is_removed(copied: str, meant: str) -> None:
    assert repair(copied).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "站城开发(TOD)",
        "合作（PPP）",
        "长度(km)",
        "面积(ha)",
        "方案(a)",
        "智能(AI)",
        "局域网(LAN)",
        "工程(EPC)",
        "系统(bim)",
        "12(an)",
    ],
)
def test_latin_in_brackets_that_is_no_pinyin_stays(text: str) -> None:
    assert repair(text).text == text


def test_full_width_digits_and_letters_become_half_width_in_place() -> None:
    repaired = repair("投资１２０亿，Ｓ１线，６０％，３．５公里")
    assert repaired.text == "投资120亿，S1线，60%，3.5公里"
    assert repaired.original_span(2, 5) == (2, 5)


def test_look_alike_code_points_become_usual_characters_in_place() -> None:
    assert repair("⻓江⼤桥、⺠⽣⼯程、內湖路").text == "长江大桥、民生工程、內湖路"
    assert unify("⻋站") == "车站"


def test_look_alikes_are_replaced_character_for_character() -> None:
    for first, last in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20)):
        assert len(unify("".join(map(chr, range(first, last))))) == last - first


@pytest.mark.parametrize("note", ["[20]", "①", "〔3〕", "［12］", "[注1]", "（注2）", "¹²"])
def test_the_number_of_a_footnote_is_no_part_of_a_name(note: str) -> None:
    assert (
        repair(f"建成青云{note}大桥{note}、“云谷”{note}公园。").text == "建成青云大桥、“云谷”公园。"
    )


@pytest.mark.parametrize(
    "text", ["安政发〔2031〕1号", "①建成大桥", "面积120m²", "[20]大桥", "大桥：②隧道"]
)
def test_numbers_that_belong_to_no_word_before_them_stay(text: str) -> None:
    assert repair(text).text == text


def test_lost_characters_end_no_sentence() -> None:
    assert repair("推動建?。完成道路").text == f"推動建{LOST}。完成道路"
    assert repair("建设\ufffd\ufffd湖").text == f"建设{LOST}{LOST}湖"
    assert repair("各?。ㄊ?、區)建設").text == f"各{LOST}（ㄊ{LOST}、區)建設"


def test_a_question_stays_a_question() -> None:
    assert repair("路在何方?继续建设").text == "路在何方?继续建设"


def test_spaces_inside_a_sentence_are_removed() -> None:
    assert repair("可及 性低，建设 120 公里，地铁 S1 线").text == "可及性低，建设120公里，地铁S1线"
    assert repair("轨 道 交 通").text == "轨道交通"


@pytest.mark.parametrize(
    "text",
    [
        "轨道6号线 在建 市地铁集团",
        "建设。　　推进",
        "1 建设公园，完成",
        "New Town",
        "一\n二",
        "建设\n\n推进",
    ],
)
def test_spaces_and_breaks_that_part_things_stay(text: str) -> None:
    assert repair(text).text == text


def test_line_breaks_go_only_where_the_text_is_said_to_be_one_paragraph() -> None:
    text = "推进轨道交\n通，共\r\n172公里"
    assert repair(text).text == text
    assert repair(text, wrapped=True).text == "推进轨道交通，共172公里"
    assert repair("建设\n\n推进", wrapped=True).text == "建设\n\n推进"


def test_a_span_leaves_out_what_was_removed_beside_it() -> None:
    repaired = repair("\ufeff數(shù)字經(jīng)濟")
    assert repaired.text == "數字經濟"
    assert repaired.original_span(0, 1) == (1, 2)
    assert repaired.original_span(0, 2) == (1, 8)
    assert repaired.original_span(1, 4) == (7, 16)
    assert repaired.original_span(2, 2) == (8, 8)


def test_clean_text_comes_back_as_it_is() -> None:
    assert repair(CLEAN) == Repaired(CLEAN, (), ())


@given(st.lists(st.tuples(HAN, NOISE), max_size=20), HAN)
def test_injected_pieces_are_removed_and_every_character_leads_back(
    pairs: list[tuple[str, str]], last: str
) -> None:
    copied = "".join(words + noise for words, noise in pairs) + last
    repaired = repair(copied)
    assert repaired.text == "".join(words for words, _ in pairs) + last
    assert all(
        copied[start:end] == character
        for character, (start, end) in zip(repaired.text, spans(repaired), strict=True)
    )


@given(st.text(st.sampled_from("建路(shù)（k ）１Ａ 　\n?。ㄊ\ufffd\u200b⻓，a1")))
def test_spans_lead_back_in_order_whatever_the_text(text: str) -> None:
    for wrapped in (False, True):
        repaired = repair(text, wrapped=wrapped)
        places = spans(repaired)
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(a[1] <= b[0] for a, b in pairwise(places))
        assert len(repaired.text) <= len(text)
        assert repaired.original_span(0, len(repaired.text))[1] <= len(text)


@given(st.lists(st.tuples(HAN, NOISE), min_size=1, max_size=20), st.data())
def test_a_slice_of_the_original_cleans_to_the_cleaned_slice(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    copied = "".join(words + noise for words, noise in pairs)
    repaired = repair(copied)
    start = data.draw(st.integers(0, len(repaired.text)))
    end = data.draw(st.integers(start, len(repaired.text)))
    first, last = repaired.original_span(start, end)
    assert repair(copied[first:last]).text == repaired.text[start:end]


@given(st.text(max_size=200))
def test_no_text_breaks_the_repair(text: str) -> None:
    assert len(repair(text, wrapped=True).text) <= len(text)


def test_clean_text_passes_at_several_megabytes_a_second() -> None:
    text = CLEAN.replace("\n", "") * 20_000
    start = time.process_time()
    assert repair(text).text == text
    # Ten times slower than on an idle machine would still pass.
    assert len(text.encode()) / (time.process_time() - start) > 4_000_000


def test_a_line_of_nothing_but_spaces_and_brackets_takes_time_in_proportion() -> None:
    start = time.process_time()
    for text in ("建 " * 200_000, "建(" * 200_000, "建(a" * 200_000, "( " * 200_000):
        repair(text, wrapped=True)
    assert time.process_time() - start < 20
