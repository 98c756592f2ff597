import pytest

from geo.document import split_passages
from geo.model import Document
from geo.reading import read_works


def reasons(text: str) -> list[str]:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    return [row.reason for row in read_works(document).ledger]


@pytest.mark.parametrize(
    "line",
    [
        "[ 大 中 小 ]",
        "【字体：大 中 小】",
        "大 中 小",
        "分享 无障碍 返回顶部",
        "我要纠错",
        "稿源：安江日报 审核：张三 校对：李四",
        "访问量：1200",
        "上一条：我市加快建设青云大桥",
        "网站标识码：3201000001",
        "安公网安备 32010002000123号",
        "安ICP备05000号-1 主办单位：安江市人民政府",
        "您的位置：首页 > 政务公开 > 规划计划",
        "相关附件：2031年重点项目清单",
    ],
)
def test_lines_of_a_saved_page_are_chrome(line: str) -> None:
    assert set(reasons(line)) == {"chrome"}


@pytest.mark.parametrize(
    "line",
    [
        "无障碍设施改造120处。",
        "分享经济园区建设，建成东湖公园。",
        "微信小镇 建成东湖公园，新建道路5公里。",
        "时间：2031年底建成青云大桥。",
        "大中小水库建设，建成云江水库。",
    ],
)
def test_a_promise_that_opens_with_a_word_of_pages_is_read(line: str) -> None:
    assert "works" in reasons(line)


def test_titles_of_other_pages_below_the_text_are_chrome_up_to_prose() -> None:
    text = "相关阅读\n我市加快建设青云大桥\n安江地铁3号线开工建设\n\n建成东湖公园。"
    assert reasons(text) == ["chrome", "chrome", "chrome", "works"]


def test_headings_end_the_titles_of_other_pages() -> None:
    assert reasons("相关解读：\n一、重点工作\n建成东湖公园")[1:] == ["heading", "works"]
