"""The city that a document says it is about, in the words of many kinds of headings."""

from pathlib import Path

import pytest

from geo.document import read_document
from geo.gazetteer import load_gazetteer
from geo.metadata import read_metadata


def city(text: str) -> str:
    return read_metadata(text, "plan").city


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("2031年苏州市政府工作报告", "苏州"),
        ("蘇州市2031年政府工作報告", "苏州"),
        ("苏州2031年重点工程计划", "苏州"),
        ("苏州工业园区2031年重点工作计划", "苏州"),
        ("苏州新区2031年政府工作报告", "苏州"),
        ("关于印发昆山市2031年重点工作的通知", "昆山"),
        ("江苏省苏州市昆山市2031年政府工作报告", "昆山"),
        ("邻水县2031年重点项目清单", "邻水"),
        ("乾安县人民政府工作报告", "乾安"),
        ("2031年恩施州政府工作报告", "恩施"),
        ("延邊朝鮮族自治州政府工作報告", "延边"),
        ("锡林郭勒盟行政公署工作报告", "锡林郭勒"),
        ("大兴安岭地区行署2031年工作报告", "大兴安岭"),
        ("上海市浦东新区人民政府工作计划", "浦东"),
        ("北京市朝阳区2031年政府工作报告", "北京市朝阳区"),
        ("内蒙古自治区2031年政府工作报告", "内蒙古"),
        ("2031年海南自由贸易港重点工作", "海南"),
        ("海南藏族自治州2031年工作报告", "海南州"),
        ("吉林市2031年政府工作报告", "吉林"),
        ("吉林省2031年政府工作报告", "吉林省"),
        ("长沙县2031年政府工作报告", "长沙县"),
        ("臺北市政府工作計畫", "台北"),
    ],
)
def test_a_known_city_is_called_by_its_plain_name(heading: str, expected: str) -> None:
    assert city(f"{heading}\n新建公园5个。\n") == expected
    found = load_gazetteer(expected).city
    assert found is not None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("2031年云江市政府工作报告", "云江"),
        ("发布机构：云江市人民政府\n2031年学习苏州市工作方案", "云江"),
        ("云江市新城区建设计划", "云江"),
    ],
)
def test_an_unknown_city_of_the_issuer_or_title_stays_what_it_is(
    heading: str, expected: str
) -> None:
    assert city(f"{heading}\n现在，我代表昆山市人民政府，报告工作。\n") == expected


def test_the_opening_speaks_where_issuer_and_title_do_not() -> None:
    assert city("重点工作计划\n现在，我代表昆山市人民政府，报告工作。\n") == "昆山"


def test_a_known_issuer_goes_before_the_title() -> None:
    assert city("发布机构：昆山市发展和改革委员会\n江苏省2031年重点项目清单\n") == "昆山"


@pytest.mark.parametrize(
    "heading",
    [
        "2031年南部新城计划",
        "老城区改造工作计划",
        "新城区工作计划",
        "和平路小学方案",
        "本市工作报告",
        "朝阳区重点工作",
    ],
)
def test_words_that_only_look_like_a_city_are_none(heading: str) -> None:
    assert city(f"{heading}\n新建公园5个。\n") == ""


@pytest.mark.parametrize("heading", ["朝阳区人民政府工作报告", "云州市2031年政府工作报告"])
def test_a_name_never_stands_for_another_city_of_a_shorter_name(heading: str) -> None:
    name = city(f"{heading}\n")
    assert name in heading
    assert load_gazetteer(name).city is None


@pytest.mark.parametrize("typed", ["苏州", "苏州市", "蘇州市", "江苏省苏州市"])
def test_the_city_that_a_user_types_gets_its_plain_name(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("重点工作\n新建公园5个。\n", encoding="utf-8")
    assert read_document(path, city=typed).city == "苏州"


def test_an_unknown_city_that_a_user_types_stays_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("重点工作\n新建公园5个。\n", encoding="utf-8")
    assert read_document(path, city="云江市").city == "云江市"


SESSION = "安江市第十六届人民代表大会第五次会议上"


@pytest.mark.parametrize(
    "text",
    [
        f"政府工作报告\n——2031年1月10日在{SESSION}\n市长 张三",
        f"政 府 工 作 报 告\n二〇三一年一月十日在{SESSION}",
        f"在{SESSION} 市长 张三 二○三一年一月 各位代表：现在作政府工作报告。",
        "政府工作报告\n安江省省长 李四\n一、2030年工作回顾\n二、2031年重点工作",
    ],
)
def test_a_report_that_opens_as_prose_says_its_title_city_and_year(text: str) -> None:
    said = read_metadata(text, "plan")
    assert (said.title, said.city, said.year) == ("政府工作报告", "安江", 2031)


@pytest.mark.parametrize(
    ("text", "city", "year"),
    [
        ("安江市2031年政府工作报告\n各位代表：", "安江", 2031),
        ("臺北市政府2031年施政計畫", "台北", 2031),
        ("二零三一年云东县国民经济计划\n一、", "云东", 2031),
        ("2031年是安江市关键之年。要建设智慧城市。", "安江", 2031),
        ("我们要优化城市布局。", "", None),
    ],
)
def test_a_city_and_a_year_are_found_wherever_the_opening_says_them(
    text: str, city: str, year: int | None
) -> None:
    said = read_metadata(text, "plan")
    assert (said.city, said.year) == (city, year)


def test_a_report_on_last_year_and_the_coming_one_is_of_the_coming_one() -> None:
    title = "关于安江市2030年计划执行情况与2031年计划草案的报告"
    said = read_metadata(f"{title}\n——2031年1月20日在{SESSION}", "plan")
    assert (said.title, said.city, said.year) == (title, "安江", 2031)


@pytest.mark.parametrize("name", ["深圳", "太原", "自贡", "怀化", "本溪", "通化"])
def test_a_city_whose_name_holds_a_common_word_is_found(name: str) -> None:
    assert read_metadata(f"{name}市人民政府2031年重点工作", "plan").city == name


def test_a_sentence_is_no_title() -> None:
    assert read_metadata("现在，我代表市人民政府报告工作，请予审议。", "plan").title == "plan"


def test_the_page_gives_its_index_number_and_the_papers_own_number() -> None:
    said = read_metadata(
        "信息索引號 | 014006438/2031-01466 | 生成日期 | 2031-03-21 |\n"
        "文件編號 | 甲政發〔2031〕1號 | 效力狀況 | 有效 |\n",
        "plan",
    )
    assert said.index_number == "014006438/2031-01466"
    assert said.document_number == "甲政發〔2031〕1號"


def test_a_number_that_the_page_leaves_out_is_empty() -> None:
    said = read_metadata("索引号 | 1234/2031 | 文件编号 | — — | 发布机构 | 甲州市政府 |", "plan")
    assert (said.index_number, said.document_number) == ("1234/2031", "")
