"""Whole classes of places and nuisances, and what a list says of the names in it."""

import pytest

from geo.document import split_passages
from geo.model import Document, Work
from geo.reading import read_works


def works(text: str) -> tuple[Work, ...]:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    return read_works(document).works


def names(text: str) -> list[str]:
    return [work.name for work in works(text)]


def only(text: str) -> Work:
    (work,) = works(text)
    return work


@pytest.mark.parametrize(
    ("text", "theme", "locatable"),
    [
        ("实施青木沙地综合治理20万亩。", "greening", "exact_named"),
        ("推进青山矿坑综合治理。", "greening", "area_named"),
        ("规划建设东安至云江输氢管道。", "power", "exact_named"),
        ("建成青溪二期污水处理设施。", "sewage", "exact_named"),
        ("提升农村供水厂站50处。", "water", "citywide_quantity"),
        ("启动甲电入乙过江工程。", "bridge_crossing", "exact_named"),
        ("加快大运河(东安段)综合治理。", "water", "exact_named"),
        ("实施东西里更新。", "housing_renewal", "exact_named"),
        ("推进青云山东北部生态综合治理。", "greening", "exact_named"),
        ("推进青云路雨污分流改造。", "sewage", "exact_named"),
        ("推进中心城区雨污合流治理攻坚。", "sewage", "area_named"),
        ("打造10个宜居宜业和美乡村重点片区。", "village", "citywide_quantity"),
    ],
)
def test_a_class_of_places_has_its_theme_and_way_to_be_found(
    text: str, theme: str, locatable: str
) -> None:
    work = only(text)
    assert (work.theme.value, work.locatable.value) == (theme, locatable)


def test_a_pipe_without_a_kind_is_what_the_words_around_it_say() -> None:
    assert only("建设东安至云江天然气外输管道。").theme.value == "power"
    assert only("改造老化管道20公里。").theme.value == "sewage"


@pytest.mark.parametrize(
    "text",
    [
        "加大烟花爆竹、秸秆焚烧、扬尘等治理力度。",
        "开展重点河流岸线生态修复。",
        "打造长三角美丽中国先行区。",
        "建设货运零排放区域、通道试点。",
        "实施涉铜等传统产业集群绿色化提升改造。",
        "加强占道经营、乱停乱放等治理。",
        "优化营商环境。",
        "17个项目总投资超1亿元。",
    ],
)
def test_nuisances_and_general_words_are_no_places(text: str) -> None:
    assert names(text) == []


def test_what_stands_in_an_area_of_a_list_only_says_where_it_lies() -> None:
    found = works("建设华园—南站、青梅江等特色宜居片区。")
    assert {(w.theme.value, w.locatable.value) for w in found} == {("new_town", "area_named")}


def test_the_end_of_an_address_is_not_lent_to_names_before_it() -> None:
    assert names("推进云山、中江西路等重点商圈改造提升。") == ["云山商圈", "中江西路商圈"]


def test_a_plant_called_by_its_owner_and_trade_is_a_work_of_a_list_that_is_built() -> None:
    assert names("推动青溪交易中心、甲乙东安新材料等建设。") == [
        "青溪交易中心",
        "甲乙东安新材料",
    ]


def test_a_vague_noun_is_one_of_the_kind_of_its_company() -> None:
    found = works("加快协安东城基地、青溪妇幼保健院、云东中医院等项目建设。")
    assert {w.theme.value for w in found} == {"health"}


def test_a_list_of_projects_gives_its_total_beside_the_named_ones() -> None:
    found = works("启动建设云江大桥等15个新项目。")
    assert [(w.name, w.locatable.value) for w in found] == [
        ("云江大桥", "exact_named"),
        ("新项目", "citywide_quantity"),
    ]


def test_a_verb_that_tells_which_projects_are_meant_opens_no_promise() -> None:
    found = works("推进沿江高铁东安段、云江存储三期等120个亿元以上新建续建项目建设。")
    assert [w.name for w in found[:2]] == ["沿江高铁东安段", "云江存储三期"]
    assert {w.stage.value for w in found} == {"under_construction"}


def test_a_line_of_pipes_or_rails_is_told_by_its_own_words() -> None:
    found = works("加快云江航道整治、青溪枢纽直通线、云气东送二线东安段等重大项目建设。")
    assert [w.theme.value for w in found] == ["port", "railway", "power"]


def test_a_name_keeps_the_quotes_that_it_opens() -> None:
    assert names("建成四环路“青溪花环”。") == ["四环路“青溪花环”"]


def test_the_surroundings_of_a_named_place_may_be_improved() -> None:
    assert [(w.name, w.stage.value) for w in works("优化云西博览园区等滨水空间环境。")] == [
        ("云西博览园区", "ongoing")
    ]
