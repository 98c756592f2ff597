from hypothesis import given
from hypothesis import strategies as st

from geo.document import split_passages
from geo.model import Document
from geo.reading import read_works
from geo.reading.values import Reason

_PIECES = """
加快 建成 新建 推进 青云大桥 东湖 3号线一期 、 和 等
项目 建设 改造 5个 190万平方米 共 ， 。 ； “ ” （ ） ( ) ： 全市 的
| 序号 项目名称 年度目标 竣工 [20] ① ?。 數(shù) A1 一、 二、重点工作 去年 公园 ——
"""
WORDS = st.sampled_from([*_PIECES.split(), " ", "\n", "\t", " | ", "\u3000\u3000"])
TEXTS = st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=60)


@given(TEXTS)
def test_ledger_spans_tile_the_text(text: str) -> None:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    ledger = read_works(document).ledger
    assert "".join(row.clause.text for row in ledger) == (text if ledger else "")
    position = 0
    for number, row in enumerate(ledger, 1):
        assert (row.clause.number, row.clause.start) == (number, position)
        position = row.clause.end
        assert row.reason in set(Reason)
        assert (row.reason == Reason.WORKS) == bool(row.works)


@given(TEXTS)
def test_every_work_slices_to_its_own_words(text: str) -> None:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    reading = read_works(document)
    clauses = {row.clause.number: row for row in reading.ledger}
    assert len({work.work_id for work in reading.works}) == len(reading.works)
    for work in reading.works:
        assert document.text[work.start : work.end] == work.sentence
        assert all(place and place in work.sentence for place in work.places)
        assert work.work_id in clauses[work.clause].works
        assert work.name
