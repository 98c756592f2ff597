"""How one clause leans on another, and verbs that stand behind what they are said of."""

import pytest
from test_reading import names, only, works


@pytest.mark.parametrize(
    ("text", "name", "stage"),
    [
        ("东湖隧道将完工。", "东湖隧道", "complete"),
        ("东湖隧道将完成主体工程。", "东湖隧道", "complete"),
        ("青云大桥力争6月底前通车。", "青云大桥", "open_to_service"),
        ("云东水厂将实施二期工程。", "云东水厂", "under_construction"),
        ("对青云路实施改造。", "青云路", "under_construction"),
        ("云东新区开展前期工作。", "云东新区", "preliminary_work"),
    ],
)
def test_a_verb_behind_its_object_governs_it(text: str, name: str, stage: str) -> None:
    work = only(text)
    assert (work.name, work.stage.value) == (name, stage)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("围绕产业需求布局建设5条铁路专用线。", "铁路专用线", 5),
        ("利用闲置土地新建停车场20个。", "停车场", 20),
        ("对12条背街小巷进行改造提升。", "背街小巷", 12),
        ("为30所山区学校建设供暖设施。", "供暖设施", 30),
    ],
)
def test_works_stand_behind_words_of_how_and_for_whom(text: str, name: str, value: int) -> None:
    work = only(text)
    assert (work.name, work.quantities[0].value) == (name, value)


@pytest.mark.parametrize(
    "text",
    [
        "建成绿道，总长35公里。",
        "实施新一轮绿道提升行动，新（改）建35公里。",
        "加强绿道建设，新建35公里。",
    ],
)
def test_a_mere_count_is_of_what_the_clause_before_it_named(text: str) -> None:
    work = only(text)
    assert (work.name, work.quantities[0].value, work.theme.value) == ("绿道", 35, "greening")


def test_a_count_behind_one_named_work_is_of_that_work() -> None:
    work = only("加快推进青云大道建设，完成8公里。")
    assert (work.name, work.quantities[0].value) == ("青云大道", 8)


def test_all_figures_behind_a_work_are_of_that_work() -> None:
    work = only("新建云东大道，全长12公里，总投资8亿元。")
    assert [(q.value, q.unit) for q in work.quantities] == [(12, "公里"), (8, "亿元")]


def test_a_list_goes_on_in_the_next_clause_under_the_verb_before_it() -> None:
    text = "建设云溪、青白等6条高铁，东安、云下等17条高速公路，以及青溪灌区等水利工程。"
    expected = [
        "云溪高铁",
        "青白高铁",
        "高铁",
        "东安高速公路",
        "云下高速公路",
        "高速公路",
        "青溪灌区",
    ]
    assert names(text) == expected


def test_a_list_may_count_its_projects_in_two_classes() -> None:
    found = works("加快推进青禾产业园、云能电厂等12个百亿元、70个30亿元以上项目建设。")
    assert [work.name for work in found][:2] == ["青禾产业园", "云能电厂"]


def test_products_in_a_list_of_projects_are_works_that_are_pushed_on() -> None:
    assert names("推进云科镍基材料、安泰负极材料等重点项目。") == ["云科镍基材料", "安泰负极材料"]


def test_projects_of_any_name_are_works_in_a_number() -> None:
    work = only("建设1000个农村“水盆子”项目。")
    assert work.locatable.value == "citywide_quantity"


def test_another_word_in_brackets_belongs_to_the_word_before_it() -> None:
    work = only("新（改）建安置房3万套（间）。")
    assert (work.name, work.quantities[0].unit, work.stage_words) == (
        "安置房",
        "万套（间）",
        "新（改）建",
    )


def test_what_is_only_run_is_no_work() -> None:
    assert names("提升青溪快线、云东通道运营水平。") == []


@pytest.mark.parametrize(
    ("text", "name", "theme"),
    [
        ("开展引青济云前期工作。", "引青济云", "water"),
        ("推进引甲入乙工程。", "引甲入乙", "water"),
        ("建成甲电入乙工程。", "甲电入乙", "power"),
        ("启动实施引青延伸增效工程。", "引青延伸增效工程", "water"),
    ],
)
def test_some_names_are_known_by_their_form(text: str, name: str, theme: str) -> None:
    work = only(text)
    assert (work.name, work.theme.value) == (name, theme)


def test_what_others_take_into_their_plan_is_prepared() -> None:
    work = only("争取云江水资源配置工程纳入甲州西线一期范围。")
    assert (work.name, work.stage.value) == ("云江水资源配置工程", "preliminary_work")


def test_two_things_done_to_one_place_are_one_work() -> None:
    found = names("建成青云山生态保护及城乡供水一体化工程。")
    assert found == ["青云山生态保护及城乡供水一体化工程"]


def test_some_of_a_kind_are_built_in_each_place_that_is_named() -> None:
    found = names("聚焦青云山、云江中上游等重点区域谋划一批生态修复工程。")
    assert found == ["青云山生态修复工程", "云江中上游生态修复工程"]


def test_how_strong_a_thing_is_belongs_to_its_name_and_tells_its_theme() -> None:
    work = only("加快建设750千伏云东北通道工程。")
    assert (work.name, work.theme.value) == ("750千伏云东北通道", "power")


def test_a_short_name_of_a_list_may_begin_like_a_sentence() -> None:
    assert names("争取后安、东泉等煤矿项目核准。") == ["后安煤矿", "东泉煤矿"]


@pytest.mark.parametrize(
    "text",
    [
        "落实云东新区规划。",
        "推动“青云通办”提质增效。",
        "推进“四美云东·和美乡村”建设。",
        "打通机场港口和铁路、公路高效衔接的交通脉络。",
        "打造区域金融中心。",
        "创建国家云东制造业创新中心。",
        "在14个甲州城区扩大试点。",
    ],
)
def test_programmes_titles_and_followed_plans_are_no_works(text: str) -> None:
    assert names(text) == []


def test_a_name_in_quotes_opens_with_its_quote() -> None:
    assert only("开展8个“好房子”建设试点项目。").name == "“好房子”建设试点项目"


def test_what_is_done_tells_the_theme_of_what_has_no_noun() -> None:
    assert only("为62户困难家庭实施家居无障碍改造工程。").theme.value == "social_care"


def test_a_stretch_of_a_river_is_a_name() -> None:
    assert names("沙河段建成开放，幸福渠交通北路段建成开放。") == ["沙河段", "幸福渠交通北路段"]


def test_a_list_may_count_its_members_before_their_noun() -> None:
    found = works("新建青溪、云下、东安3座220千伏变电站。")
    assert [(w.name, w.quantities[0].shared) for w in found] == [
        ("青溪变电站", True),
        ("云下变电站", True),
        ("东安变电站", True),
    ]


def test_a_verb_before_its_number_may_be_the_thing_that_is_counted() -> None:
    work = only("完成造林绿化50万亩。")
    assert (work.name, work.quantities[0].value) == ("造林绿化", 50)


def test_who_acts_may_stand_before_the_verb() -> None:
    found = works("东安区重点推进云湖新城、东安古城开发。")
    assert [(w.name, w.district) for w in found] == [
        ("云湖新城", "东安区"),
        ("东安古城开发", "东安区"),
    ]


def test_what_is_mended_is_no_part_of_the_place() -> None:
    found = works("抓好青云湖、白水江生态环境保护治理。")
    assert [w.places for w in found] == [("青云湖",), ("白水江",)]


def test_a_level_to_be_reached_is_no_work() -> None:
    assert names("力争并网规模达到500万千瓦。") == []


def test_words_of_when_are_no_part_of_a_name() -> None:
    assert names("青云大桥、东湖隧道分别于3月、6月建成通车。") == ["青云大桥", "东湖隧道"]


def test_several_things_with_numbers_are_no_mere_count() -> None:
    found = names("实施电网改造工程，新建110千伏变电站6座、配电线路1200公里。")
    assert found == ["110千伏变电站", "配电线路"]


def test_a_list_goes_on_behind_the_count_of_its_members() -> None:
    found = names("建成云山、青溪2个旅游集散中心和30个旅游厕所。")
    assert found == ["云山旅游集散中心", "青溪旅游集散中心", "旅游厕所"]


def test_each_of_some_parts_gets_its_own() -> None:
    work = only("在东安区、青溪县各建设1所特殊教育学校。")
    assert (work.name, work.district) == ("特殊教育学校", "东安区")


def test_two_things_done_are_one_work_but_two_things_built_are_two() -> None:
    assert names("实施青溪灌区续建配套与现代化改造。") == ["青溪灌区续建配套与现代化改造"]
    assert names("加快云湖片区开发以及植物园二期建设。") == ["云湖片区开发", "植物园二期"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("新增高速铁路运营里程200公里。", "railway"),
        ("新增高速公路通车里程50公里。", "expressway"),
        ("推进青山风光氢储一体化项目。", "power"),
        ("推动云汽新能源整车投产。", "industry"),
    ],
)
def test_lengths_and_plants_have_the_theme_of_their_noun(text: str, theme: str) -> None:
    assert only(text).theme.value == theme


def test_the_one_plant_of_the_county_before_the_verb_is_a_name() -> None:
    work = only("青溪县加快县城污水处理厂扩建。")
    assert (work.name, work.district) == ("县城污水处理厂扩建", "青溪县")
    assert names("推进县城污水处理厂扩建。") == []


def test_a_substation_is_known_by_its_tension() -> None:
    found = works("新建220千伏云东变、110千伏青溪变。")
    assert [(w.name, w.theme.value) for w in found] == [
        ("220千伏云东变", "power"),
        ("110千伏青溪变", "power"),
    ]


def test_a_centre_for_new_things_is_of_the_trade_that_its_name_says() -> None:
    assert only("建设云东中医院中医药传承创新中心。").theme.value == "health"
    assert only("建设云东智能传感创新中心。").theme.value == "industry"


def test_what_something_goes_along_with_is_no_work() -> None:
    assert names("结合城市更新，新建改造体育公园10个。") == ["体育公园"]
    assert names("针对20个片区开展城市体检。") == []


def test_a_project_of_a_list_may_be_called_after_what_is_no_works_elsewhere() -> None:
    found = names("推进甲州百万吨炼化一体化、云江光电全球制造中心等项目建设。")
    assert found == ["甲州百万吨炼化一体化", "云江光电全球制造中心"]


def test_taking_part_in_a_programme_is_no_work() -> None:
    assert names("积极参与甲州寻根、云江探源等重大项目。") == []
