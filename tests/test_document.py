from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.document import MAX_BYTES, read_document, split_passages
from geo.errors import (
    DocumentError,
    DocumentMissingError,
    DocumentTooLargeError,
)

PLAN = """2031年安江市政府工作报告
一、今年重点工作
开工建设青云大桥，新建公园5个。
来源：安江市人民政府
"""
TRADITIONAL = """2031年安江市政府工作報告
一、今年重點工作
開工建設青雲大橋，新建公園5個，完成老舊小區改造。
"""


def written(tmp_path: Path, data: bytes, name: str = "plan2031.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_simplified_plan_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    document = read_document(written(tmp_path, (PLAN * 5).encode(encoding)))
    assert document.text == PLAN * 5


def test_a_traditional_plan_in_big5_is_not_mistaken_for_gb18030(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, (TRADITIONAL * 5).encode("big5")))
    assert document.text == TRADITIONAL * 5


def test_the_text_says_its_title_city_and_year(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, PLAN.encode()))
    assert (document.title, document.city, document.year) == (
        "2031年安江市政府工作报告",
        "安江",
        2031,
    )
    assert document.document_id == "plan2031"


def test_the_user_overrides_what_the_text_says(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, PLAN.encode()), city="云州", year=1999)
    assert (document.city, document.year) == ("云州", 1999)


def test_the_header_table_names_the_issuer_in_its_own_script(tmp_path: Path) -> None:
    rows = (
        "生成日期 | 2031-03-01",
        "發布機構 | 安江市發展和改革委員會",
        "內容概述 | 2031年政府工作重點",
    )
    text = " | |\n".join((*rows, "正文。"))
    document = read_document(written(tmp_path, text.encode()))
    assert document.issuer == "安江市發展和改革委員會"
    assert (document.title, document.city, document.year) == ("2031年政府工作重點", "安江", 2031)


def test_runs_of_wide_spaces_part_the_paragraphs_of_a_one_line_document() -> None:
    text = (
        "政府工作报告  市长\u3000安某  \u2003\u2003一、今年工作"
        "  \u2003\u2003建成大桥。\u3000\u3000新建公园。"
    )
    assert [p.text for p in split_passages(text)] == [
        "政府工作报告",
        "市长\u3000安某",
        "一、今年工作",
        "建成大桥。",
        "新建公园。",
    ]


def test_a_line_wrapped_in_mid_sentence_stays_one_passage() -> None:
    long = (
        "本路线行经河南侧原属高速公路及快速道路区隔导致发展较缓之地区并将于明年度完成全部的工程内"
    )
    text = f"{long}\n湖南岸。\n\n第二段。"
    assert [p.text for p in split_passages(text)] == [f"{long}\n湖南岸。", "第二段。"]


def test_a_passage_knows_the_heading_that_it_stands_under() -> None:
    passages = list(split_passages("二、重点工作\n（一）交通\n建成大桥。"))
    assert passages[-1].section == "（一）交通"


@given(st.text(alphabet="建成大桥，。 \n\u3000\u2003a1", max_size=80))
def test_passages_are_slices_of_the_text_in_order(text: str) -> None:
    end = 0
    for passage in split_passages(text):
        assert text[passage.start : passage.end] == passage.text
        assert text[end : passage.start].strip() == ""
        end = passage.end
    assert text[end:].strip() == ""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentMissingError, match=r"none\.txt"):
        read_document(tmp_path / "none.txt")


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path)


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\u3000\n".encode()])
def test_an_empty_file_holds_no_plan(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentError, match="is empty"):
        read_document(written(tmp_path, data))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"\x00" * 1000])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"plan2031\.txt"):
        read_document(written(tmp_path, data))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_text_with_a_damaged_byte_is_read_with_the_lost_characters_marked(
    tmp_path: Path, encoding: str
) -> None:
    plan = (TRADITIONAL * 9).rstrip("。\n")
    document = read_document(written(tmp_path, plan.encode(encoding)[:-1]))
    assert document.text == plan[:-1] + "\ufffd"


@given(st.binary(min_size=200, max_size=400))
def test_random_bytes_end_in_a_text_or_in_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), data, "random.txt")
    with suppress(DocumentError):
        assert read_document(path).text


def test_a_file_larger_than_any_plan_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(DocumentTooLargeError, match="20 MB"):
        read_document(path)
