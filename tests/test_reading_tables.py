import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument

from geo.document import read_document, split_passages
from geo.model import Document, Reading
from geo.reading import read_works

PLAN = """2031年重点建设项目计划表
序号 | 项目名称 | 建设内容及规模 | 总投资（亿元） | 年度目标 | 责任单位
一、续建项目
1 | 青云大桥工程 | 全长3.2公里，双向六车道 | 12.5 | 完成总工程量的60% | 市交通局
2 | 协光科技二期 | 建设厂房10万平方米 | 30 | 竣工投产 | 云东区政府
二、新开工项目
3 | 云江大道改造 | 改造道路5公里 | 2 | | 市住建局
"""


def reading(text: str) -> Reading:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    return read_works(document)


def found(text: str) -> list[tuple[str, str]]:
    return [(work.name, work.stage.value) for work in reading(text).works]


def reasons(text: str) -> list[str]:
    return [row.reason for row in reading(text).ledger]


PROMISED = [
    ("青云大桥", "under_construction"),
    ("协光科技二期", "open_to_service"),
    ("云江大道改造", "start"),
]


def test_each_row_of_a_table_of_projects_is_a_work() -> None:
    assert found(PLAN) == PROMISED


def test_the_cells_beside_a_name_give_its_figures() -> None:
    bridge = reading(PLAN).works[0]
    assert [(q.value, q.unit) for q in bridge.quantities] == [(3.2, "公里"), (12.5, "亿元")]
    assert bridge.sentence == "青云大桥工程 | 全长3.2公里，双向六车道 | 12.5"


def test_columns_may_be_parted_by_tabs_with_empty_cells() -> None:
    assert found(re.sub(r" ?\| ?", "\t", PLAN)) == PROMISED


def test_a_word_table_is_read_like_a_written_one(tmp_path: Path) -> None:
    word = WordDocument()
    lines = [re.split(r" ?\| ?", line) for line in PLAN.splitlines()]
    word.add_paragraph(lines[0][0])
    rows = [cells for cells in lines[1:] if len(cells) > 1]
    table = word.add_table(len(rows), 6)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    data = BytesIO()
    word.save(data)
    path = tmp_path / "plan2031.docx"
    path.write_bytes(data.getvalue())
    assert [work.name for work in read_works(read_document(path)).works] == [
        name for name, _ in PROMISED
    ]


def test_a_page_table_keeps_its_rows_where_a_cell_holds_two_paragraphs(tmp_path: Path) -> None:
    cells = ("1", "青云大桥", "<p>全长3公里。</p><p>双向六车道</p>", "建成通车")
    head = "".join(f"<th>{word}</th>" for word in ("序号", "项目名称", "建设规模", "年度目标"))
    body = "".join(f"<td>{words}</td>" for words in cells)
    path = tmp_path / "plan.html"
    path.write_text(
        f"<html><meta charset=utf-8><table><tr>{head}</tr><tr>{body}</tr></table>", encoding="utf-8"
    )
    (work,) = read_works(read_document(path, city="安江", year=2031)).works
    assert (work.name, work.stage.value, len(work.quantities)) == ("青云大桥", "open_to_service", 1)


def test_rows_of_page_metadata_are_chrome() -> None:
    text = "索引号 | 0123/2031-1 | 主题分类 | 建设规划\n发文机关 | 安江市 | 成文日期 | 2031年1月5日"
    assert set(reasons(text)) == {"chrome"}


def test_a_row_without_a_header_is_read_by_its_own_verbs() -> None:
    assert found("交通 | 建成青云大桥 | 市交通局") == [("青云大桥", "complete")]


def test_a_table_of_services_names_no_works_but_what_its_cells_promise() -> None:
    text = (
        "2031年民生实事项目\n序号 | 实事项目 | 工作内容 | 责任单位\n"
        "1 | 老旧小区改造 | 完成120个老旧小区改造 | 市住建局\n"
        "2 | 困难群众救助 | 提高低保标准 | 市民政局"
    )
    assert found(text) == [("老旧小区改造", "complete")]


@pytest.mark.parametrize(
    ("years", "stage"),
    [("2031-2033", "start"), ("2029-2031", "complete"), ("2029-2033", "under_construction")],
)
def test_the_years_of_building_tell_what_the_plans_year_brings(years: str, stage: str) -> None:
    assert found(f"项目名称 | 建设年限\n青云大桥 | {years}") == [("青云大桥", stage)]


def test_contents_that_end_in_preliminary_work_decide_where_no_goal_is_said() -> None:
    text = "项目名称 | 建设内容\n青云大桥 | 推进前期工作\n云江隧道 | 全长3公里"
    assert found(text) == [("青云大桥", "preliminary_work"), ("云江隧道", "under_construction")]


def test_the_words_of_stage_are_given_as_printed() -> None:
    (work,) = reading("項目名稱 | 年度目標\n青雲大橋 | 建成通車").works
    assert (work.stage.value, work.stage_words) == ("open_to_service", "通車")


def test_the_column_of_places_gives_the_district() -> None:
    text = "项目名称 | 建设地点 | 年度目标\n青云大桥 | 东安县 | 竣工\n云江隧道 | 市内 | 竣工"
    assert [work.district for work in reading(text).works] == ["东安县", ""]


def test_a_cell_that_spans_rows_leaves_the_columns_in_step() -> None:
    text = "类别 | 项目名称 | 年度目标\n交通 | 青云大桥 | 开工建设\n云江隧道 | 竣工"
    assert found(text) == [("青云大桥", "start"), ("云江隧道", "complete")]


def test_titles_of_attachments_and_general_words_are_no_works_of_a_list() -> None:
    assert found("附件：\n1. 安江市2031年重点项目表\n2. 安江市2031年民生实事") == []
    assert found("2031年重点项目清单\n1. 安江市营商环境\n2. 青溪文化品牌") == []


def test_numbered_lines_below_the_title_of_a_list_are_works() -> None:
    text = (
        "2031年重大项目名单\n一、实施项目\n1. 安江地铁3号线二期\n2. 协光负极材料\n"
        "二、预备项目\n3. 青溪物流园"
    )
    assert found(text) == [
        ("安江地铁3号线二期", "under_construction"),
        ("协光负极材料", "under_construction"),
        ("青溪物流园", "plan"),
    ]
