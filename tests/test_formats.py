"""What is read of text files, web pages, Word and PDF files: their words, in order, and no more."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from geo.document import read_document
from geo.formats import Extracted, extract_text
from geo.formats.print_lines import body_lines, paragraphs
from geo.lookalikes import unify
from geo.repair import repair

SENTENCE = "加快建设滨湖大道，完成3座污水处理厂改造。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>2020年重点工作_某市人民政府</title>
<meta name="ArticleTitle" content="2020年政府重点工作"><meta name="PubDate" content="2020-03-21">
<meta name="ContentSource" content="某市发改委"><meta name="SiteName" content="某市人民政府"></head>
<body><nav>首页 政务公开</nav><div class="nav top">专题专栏</div>
<table><tr><td>索引号</td><td><p>0144/2020</p></td></tr></table>
<p>{SENTENCE}</p><p>第一行<br>第二行&nbsp;&ldquo;整治&rdquo;</p>
<script>document.write("建成机场")</script><style>p {{ color: red }}</style>
<noscript>请打开脚本</noscript><div style="color: red; display : none">隐藏的</div>
<p hidden>也隐藏的</p><!-- 注释 --><ul><li><a href="/1">相关报道一则</a></li></ul>
<footer>版权所有</footer></body></html>"""
WORDS = st.text("建设推进地铁号线道路公园", min_size=1, max_size=30)


def docx_bytes(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_plain_text_is_given_as_decoded() -> None:
    assert extract_text(SENTENCE.encode("gb18030"), "plan.txt") == Extracted(SENTENCE)


def test_a_page_gives_its_blocks_as_paragraphs_and_nothing_of_its_frame() -> None:
    read = extract_text(PAGE.encode(), "plan.html")
    assert read.text.split("\n\n") == ["索引号 | 0144/2020", SENTENCE, "第一行\n第二行\xa0“整治”"]


def test_a_page_says_its_title_date_and_issuer() -> None:
    read = extract_text(PAGE.encode(), "plan.html")
    assert (read.title, read.published) == ("2020年政府重点工作", "2020-03-21")
    assert (read.issuer, read.site) == ("某市发改委", "某市人民政府")
    assert "发布机构: 某市发改委\n" in read.header


def test_a_page_without_statements_is_called_by_its_title_without_the_site() -> None:
    page = "<html><head><title>2020年重点工作 - 某市政府网</title></head><body><p>建设。</p>"
    assert extract_text(page.encode(), "plan.html").title == "2020年重点工作"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_a_page_is_decoded_as_it_declares(charset: str) -> None:
    data = PAGE.replace('charset="utf-8"', f"charset={charset}").encode("gb18030")
    if charset == "utf-8":
        data = PAGE.encode()
    assert SENTENCE in extract_text(data, "plan.html").text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "big5"])
def test_a_byte_order_mark_wins_over_what_a_page_declares(encoding: str, declared: str) -> None:
    data = PAGE.replace("utf-8", declared).encode(encoding)
    assert extract_text(data, "plan.html") == extract_text(PAGE.encode(), "plan.html")


@pytest.mark.parametrize("declared", ["us-ascii", "no-such-name", "punycode"])
def test_a_page_that_declares_a_wrong_encoding_is_read_by_its_bytes(declared: str) -> None:
    data = PAGE.replace("utf-8", declared).encode()
    assert SENTENCE in extract_text(data, "plan.html").text


def test_a_page_with_one_damaged_byte_is_read_all_the_same() -> None:
    data = PAGE.replace("</body>", f"<p>{SENTENCE * 40}</p></body>").encode()
    damaged = data.replace("滨".encode(), "滨".encode()[:2], 1)
    assert "\ufffd" in extract_text(damaged, "plan.html").text


def test_pictures_and_scripts_inside_a_saved_page_do_not_make_it_too_large() -> None:
    ballast = f'<img src="data:image/png;base64,{"iVBO" * 2_000_000}">'
    script = f"<script>{'if (a < b) c(); ' * 500_000}</script>"
    page = PAGE.replace("</body>", ballast + script + "</body>")
    assert extract_text(page.encode(), "a.html") == extract_text(PAGE.encode(), "a.html")


def test_rows_of_a_table_that_only_lays_out_the_page_are_no_lines() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    page = f"<html><table><tr><td><p>第一段。</p>{inner}</td></tr></table>"
    assert extract_text(page.encode(), "a.html").text == "第一段。\n\n甲 | 乙"
    page = "<html><table><tr><td><p>第一段。</p><p>第二段。</p></td><td>边栏</td></tr></table>"
    assert extract_text(page.encode(), "a.html").text == "第一段。\n\n第二段。\n\n边栏"


def test_the_reading_printed_above_characters_is_left_out() -> None:
    page = "<html><p><ruby>号<rp>(</rp><rt>hào</rt><rp>)</rp></ruby>线</p>"
    assert extract_text(page.encode(), "a.html").text == "号线"


def test_line_breaks_of_the_source_make_no_spaces_in_chinese_but_in_english() -> None:
    page = "<html><p>轨道\n  交通 New\n Town</p>"
    assert extract_text(page.encode(), "a.html").text == "轨道交通 New Town"


def test_a_page_in_a_file_with_another_ending_is_told_by_its_content() -> None:
    assert extract_text(PAGE.encode(), "plan.doc").text == extract_text(PAGE.encode(), "a.htm").text


def test_a_page_saved_in_a_single_file_is_read() -> None:
    mail = (
        "From: <Saved by a browser>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        "--b\nContent-Type: text/css\n\np {}\n"
        '--b\nContent-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: 8bit\n\n'
        f"<html><body><p>{SENTENCE}</p></body></html>\n--b--\n"
    )
    assert extract_text(mail.encode("gb18030"), "plan.mhtml").text == SENTENCE


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_every_paragraph_of_a_page_is_read_in_order(words: list[str]) -> None:
    page = "<html><body>" + "".join(f"<p>{word}" for word in words)
    assert extract_text(page.encode(), "a.html").text.split("\n\n") == words


def test_a_word_file_gives_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("一、重点工程")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), "甲乙丙丁", strict=True
    ):
        cell.text = words
    document.add_paragraph(SENTENCE).add_run().add_break()
    read = extract_text(docx_bytes(document), "plan.docx")
    assert read.text.split("\n\n") == ["一、重点工程", "甲 | 乙", "丙 | 丁", SENTENCE]


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "meant"),
    [
        (f"<w:hyperlink>{run('链接里')}</w:hyperlink>", "链接里"),
        (f"<w:ins>{run('新加的')}</w:ins>", "新加的"),
        ("<w:del><w:r><w:delText>删去的</w:delText></w:r></w:del>", ""),
        (f"<w:sdt><w:sdtContent>{run('控件里')}</w:sdtContent></w:sdt>", "控件里"),
        (f"<w:ruby><w:rt>{run('hào')}</w:rt><w:rubyBase>{run('号')}</w:rubyBase></w:ruby>", "号"),
        (f"<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('甲')}<w:r><w:tab/></w:r>", "甲"),
        (f"{run('甲')}<w:r><w:tab/></w:r>{run('乙')}", "甲\t乙"),
        (f"<w:pict><w:txbxContent><w:p>{run('框里')}</w:p></w:txbxContent></w:pict>", "框里"),
    ],
)
def test_a_word_file_gives_what_its_reader_sees(inside: str, meant: str) -> None:
    document = docx.Document()
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")
    document.element.body.insert(0, paragraph)
    document.add_paragraph("末段。")
    read = extract_text(docx_bytes(document), "plan.docx")
    assert read.text == (f"{meant}\n\n末段。" if meant else "末段。")


def test_a_table_of_single_cells_frames_its_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "第一段。"
    cell.add_paragraph("第二段。")
    assert extract_text(docx_bytes(document), "a.docx").text == "第一段。\n\n第二段。"


def test_lines_of_print_are_joined_to_paragraphs() -> None:
    lines = [
        "二、重点任务",
        "加快建设滨湖大道等十二条道路，推进轨道交",
        "通一号线东延段和二号线，完成三座污水处理",
        "厂改造。",
        "（一）加快建设公园绿地和滨水步道，打造城",
        "市客厅。",
        "实施 New",
        "Town 计划，",
        "推进更新。",
    ]
    assert list(paragraphs(lines)) == [
        "二、重点任务",
        "加快建设滨湖大道等十二条道路，推进轨道交通一号线东延段和二号线，完成三座污水处理厂改造。",
        "（一）加快建设公园绿地和滨水步道，打造城市客厅。",
        "实施 New",
        "Town 计划，推进更新。",
    ]


def test_a_line_that_goes_on_with_counted_phases_is_no_new_item() -> None:
    lines = ["建成某大学国际校区和附属医院的", "一、二期工程和配套道路十二公里", "完成验收。"]
    assert list(paragraphs(lines)) == ["".join(lines)]


def test_an_item_begins_a_paragraph_even_behind_a_full_line() -> None:
    lines = ["某市人民政府二〇二〇年重点工作安排", "（一）建设滨湖大道和公园绿地十二处。"]
    assert list(paragraphs(lines)) == lines


def test_page_numbers_and_running_heads_are_dropped() -> None:
    pages = [
        [f"某市2020年重点工作 {number}", f"内容{number * 'x'}", f"— {number} —"]
        for number in range(1, 5)
    ]
    assert body_lines(pages) == ["内容x", "内容xx", "内容xxx", "内容xxxx"]
    assert body_lines([["甲", "— 1 —"], ["第 2 页 共 3 页", "乙"], ["丙", "- iii -"]]) == list(
        "甲乙丙"
    )


def test_a_line_that_stands_on_two_pages_alone_is_no_running_head() -> None:
    pages = [["小结", "甲"], ["小结", "乙"], ["丙"], ["丁"]]
    assert body_lines(pages).count("小结") == 2


def test_a_printed_page_gives_the_paragraphs_that_it_was_printed_from(
    tmp_path: Path, need_program: Callable[[str, str], str]
) -> None:
    long = "加快建设滨湖大道，" * 60 + "完成3座污水处理厂改造。"
    words = ["一、加快建设", SENTENCE, "⻓江大桥：" + long, "二、其他工作", long * 4]
    style = "<style>p {margin: 0; text-indent: 2em; line-height: 2}</style>"
    source = tmp_path / "plan.html"
    source.write_text(style + "".join(f"<p>{line}</p>" for line in words), encoding="utf-8")
    printed = tmp_path / "plan.pdf"
    print_page(need_program("chromium", "apt-get install chromium fonts-noto-cjk"), source, printed)
    document = read_document(printed, city="某", year=2020)
    # Spaces around figures come from the reader of PDF files; the copy for matching has none.
    read = [repair(paragraph).text for paragraph in document.text.split("\n\n")]
    assert read == [line.replace("⻓", "长") for line in words]
    assert unify(document.text) == document.text


def print_page(chromium: str, source: Path, target: Path) -> None:
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={target.parent / 'profile'}"
    printing = f"--print-to-pdf={target}"
    command = [chromium, *flags, profile, printing, source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_a_document_keeps_the_text_that_was_extracted(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert document.text == extract_text(PAGE.encode(), "plan.html").text
    assert (document.title, document.year) == ("2020年政府重点工作", 2020)
    assert all(document.text[p.start : p.end] == p.text for p in document.passages)
