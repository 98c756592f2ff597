import pytest

from geo.document import split_passages
from geo.model import Document, Work
from geo.reading import read_works


def document(text: str, city: str = "安江", year: int = 2031) -> Document:
    return Document("plan", "", city, year, "", text, "", tuple(split_passages(text)))


def works(text: str) -> tuple[Work, ...]:
    return read_works(document(text)).works


def names(text: str) -> list[str]:
    return [work.name for work in works(text)]


def only(text: str) -> Work:
    (work,) = works(text)
    return work


def test_each_name_of_a_list_is_a_work() -> None:
    assert names("加快青云大桥、东湖隧道等项目建设。") == ["青云大桥", "东湖隧道"]


def test_a_head_noun_at_the_end_of_a_list_serves_its_short_members() -> None:
    found = works("推进云东、惠江垃圾焚烧发电厂提标扩容。")
    assert [(w.name, w.places) for w in found] == [
        ("云东垃圾焚烧发电厂", ("云东",)),
        ("惠江垃圾焚烧发电厂提标扩容", ("惠江垃圾焚烧发电厂",)),
    ]
    assert {w.theme.value for w in found} == {"waste"}


def test_the_class_behind_et_cetera_says_what_the_members_are() -> None:
    found = works("加大青龙湾、白鹭河等湿地管护力度。")
    assert {(w.theme.value, w.stage.value) for w in found} == {("wetland", "ongoing")}


def test_an_unknown_name_in_a_list_of_projects_is_a_work() -> None:
    found = works("推动云科电子、安泰智能工厂、英威等重大产业项目竣工投产。")
    assert [w.name for w in found] == ["云科电子", "安泰智能工厂", "英威"]
    assert {w.theme.value for w in found} == {"industry"}


def test_phases_and_sections_belong_to_the_name() -> None:
    text = "建成安江大学东校区一、二期工程，推进8号线北延伸段、市郊铁路安江西至云东段建设。"
    assert names(text) == ["安江大学东校区一、二期", "8号线北延伸段", "市郊铁路安江西至云东段"]


def test_a_conjunction_inside_a_name_does_not_part_it() -> None:
    assert names("建成永和路、和平大桥和青云山公园。") == ["永和路", "和平大桥", "青云山公园"]


def test_a_counted_set_of_things_is_a_work_without_a_place() -> None:
    work = only("完成48座污水处理厂提标改造。")
    assert (work.places, work.locatable.value) == ((), "citywide_quantity")
    assert [(q.value, q.unit, q.text) for q in work.quantities] == [(48, "座", "48座")]


def test_a_part_of_the_city_is_the_place_of_counted_things() -> None:
    work = only("中心城区新建口袋公园12个。")
    assert (work.locatable.value, work.district) == ("area_named", "中心城区")


def test_a_list_that_names_some_of_many_gives_the_named_ones_and_the_total() -> None:
    found = works("打通中山路、云东街等断头路10条。")
    assert [(w.name, w.locatable.value) for w in found] == [
        ("中山路", "exact_named"),
        ("云东街", "exact_named"),
        ("断头路", "citywide_quantity"),
    ]


def test_a_total_length_is_shared_by_the_lines_of_its_list() -> None:
    found = works("建成5号线、7号线共67公里轨道交通线。")
    assert [[(q.value, q.unit, q.shared) for q in w.quantities] for w in found] == [
        [(67, "公里", True)],
        [(67, "公里", True)],
    ]


def test_a_bare_amount_belongs_to_the_thing_behind_it() -> None:
    work = only("完成55万平方米、2.8万户老旧房屋改造。")
    assert [(q.value, q.unit) for q in work.quantities] == [(55, "万平方米"), (2.8, "万户")]


def test_figures_in_the_next_clause_belong_to_the_work_before_them() -> None:
    work = only("加快安江港集疏运体系建设，力争集装箱吞吐量达到55万标箱。")
    assert [(q.value, q.unit) for q in work.quantities] == [(55, "万标箱")]
    assert work.sentence.endswith("55万标箱")


@pytest.mark.parametrize(
    ("text", "stage", "words"),
    [
        ("地铁3号线建成通车。", "open_to_service", "建成通车"),
        ("推动青云大桥开工建设。", "start", "开工建设"),
        ("做好安云高铁前期工作。", "preliminary_work", "前期工作"),
        ("启动安江机场规划编制。", "plan", "规划编制"),
        ("谋划启动云东新城建设。", "plan", "谋划启动"),
        ("建成安云高速。", "complete", "建成"),
        ("加快推进安云高速建设。", "under_construction", "加快推进"),
        ("新建公园5个。", "complete", "新建"),
        ("深化青云文化带建设。", "ongoing", "深化"),
    ],
)
def test_the_governing_verb_decides_the_stage(text: str, stage: str, words: str) -> None:
    work = only(text)
    assert (work.stage.value, work.stage_words) == (stage, words)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("举办国际马拉松。", "event"),
        ("健全长效机制。", "policy"),
        ("高新技术企业总数达到3200家以上。", "statistic"),
        ("城镇新增就业12万人以上。", "people"),
        ("森林覆盖率保持在27%以上。", "statistic"),
        ("推进高品质学校建设。", "no_place_or_count"),
        ("推动云东新城高质量发展。", "policy"),
        ("实施“千村示范、万村整治”工程。", "policy"),
        ("支持安江工业园区深化开放试点。", "policy"),
        ("青云大桥已建成通车。", "reviewed"),
    ],
)
def test_what_is_no_work_has_its_reason(text: str, reason: str) -> None:
    reading = read_works(document(text))
    assert reading.works == ()
    assert [row.reason for row in reading.ledger] == [reason]


def test_last_years_review_gives_ledger_rows_but_no_works() -> None:
    text = "一、过去一年工作回顾\n建成青云大桥。\n二、2031年重点工作\n建成东湖隧道。"
    reading = read_works(document(text))
    assert [w.name for w in reading.works] == ["东湖隧道"]
    assert [row.reason for row in reading.ledger] == ["heading", "reviewed", "heading", "works"]


def test_both_scripts_give_the_same_works_with_the_same_ids() -> None:
    hans = works("开工建设青云大桥，新建公园5个。")
    hant = works("開工建設青雲大橋，新建公園5個。")
    assert [w.work_id for w in hans] == [w.work_id for w in hant]
    assert [w.name for w in hant] == ["青雲大橋", "公園"]


def test_works_of_one_name_have_ids_of_their_own() -> None:
    found = works("建成青云大桥。建成青云大桥。")
    assert len({w.work_id for w in found}) == 2


def test_the_year_and_the_city_are_part_of_the_id() -> None:
    text = "建成青云大桥。"
    ids = {
        read_works(document(text, c, y)).works[0].work_id
        for c, y in [("甲", 1), ("乙", 1), ("甲", 2)]
    }
    assert len(ids) == 3


def test_pinyin_injected_behind_a_character_is_read_over() -> None:
    work = only("建成青云(yún)大桥。")
    assert work.name_hans == "青云(yún)大桥"
    assert work.theme.value == "bridge_crossing"


def test_full_width_digits_and_signs_are_read_as_half_width_ones() -> None:
    work = only("新建公园５个，办好展会。")
    assert [(q.value, q.text) for q in work.quantities] == [(5, "５个")]


def test_a_list_goes_on_behind_its_number() -> None:
    found = works("加快青禾地块、云下新村等36个旧屋区、城中村改造项目建设进度。")
    assert [w.name for w in found][:2] == ["青禾地块", "云下新村"]
    assert [q.value for q in found[-1].quantities] == [36]


def test_adjectives_joined_by_a_comma_are_one_class_of_works() -> None:
    text = "加快推进科技馆、中央绿轴、青印公园等一批地标性、功能性项目。"
    assert names(text) == ["科技馆", "中央绿轴", "青印公园"]


def test_what_only_serves_a_work_is_no_work_of_its_own() -> None:
    assert names("推进青云山隧道及接线工程建设。") == ["青云山隧道及接线工程"]


def test_a_compound_joined_by_a_conjunction_stays_whole() -> None:
    assert names("推进创新与软件开发中心、云东医院建设。") == ["创新与软件开发中心", "云东医院"]


def test_some_of_a_kind_without_name_or_number_are_no_works() -> None:
    assert names("打造一批精品公园、精致街区，打通一批未贯通道路。") == []


def test_a_list_of_fields_names_no_works() -> None:
    assert names("持续构建光电、海洋装备等领域设施集群。") == []


def test_a_metro_line_takes_its_kind_from_the_line_before() -> None:
    text = "地铁3号线一期建成通车，4号线一期实现“轨通”。"
    assert names(text) == ["地铁3号线一期", "地铁4号线一期"]


def test_lines_between_two_places_are_what_their_list_says() -> None:
    found = works("建成云东机场至青溪、沙溪至云东等高速公路。")
    assert {w.theme.value for w in found} == {"expressway"}


def test_a_mere_line_is_what_the_lines_beside_it_are() -> None:
    found = works("建成电城大道、象云公路、青白线云桥段、北山南路改造。")
    assert [(w.name, w.theme.value) for w in found][2] == ("青白线云桥段", "road")


def test_a_road_is_known_by_its_number_or_the_part_of_the_city_it_serves() -> None:
    found = works("开工建设经二路、城西大道二期，建成G225青溪至云东段示范项目。")
    assert [w.theme.value for w in found] == ["road"] * 3
    assert {w.locatable.value for w in found} == {"exact_named"}


def test_a_method_in_quotes_is_passed_over() -> None:
    assert names("“一河一策”治理青溪河流域。") == ["青溪河流域"]


def test_lines_below_pictures_are_no_works() -> None:
    assert names("▲云东大桥建设现场\n\n加快云东大桥建设。\n\n云东大桥改造效果图") == ["云东大桥"]


def test_as_many_amounts_as_things_belong_to_them_in_turn() -> None:
    found = works("改造老旧供热、燃气、排水管网800公里、600公里、300公里。")
    assert [[q.value for q in w.quantities] for w in found] == [[800], [600], [300]]


def test_a_number_with_its_own_verb_is_of_the_thing_before_it() -> None:
    found = works("新建美丽乡村174个、提升200个。")
    assert [[q.value for q in w.quantities] for w in found] == [[174], [200]]
    assert {w.theme.value for w in found} == {"village"}


def test_a_clause_of_a_number_goes_on_with_the_verb_before_it() -> None:
    found = works("新建公共厕所120座，农村户用厕所500座。")
    assert [[q.value for q in w.quantities] for w in found] == [[120], [500]]


def test_money_tells_that_a_named_thing_is_built() -> None:
    found = works(
        "推进投资3亿元的东岭水库、投资8000万元的西河大桥项目，云北产业园计划总投资5亿元。"
    )
    assert [(w.name, [q.value for q in w.quantities]) for w in found] == [
        ("东岭水库", [3]),
        ("西河大桥", [8000]),
        ("云北产业园", [5]),
    ]


def test_a_name_that_opens_with_a_realm_and_a_field_stays_whole() -> None:
    text = "推进云东氢能中心、中国创新与仿真中心等项目建设。"
    assert names(text) == ["云东氢能中心", "中国创新与仿真中心"]


def test_the_urban_districts_together_are_a_stated_district() -> None:
    assert only("市区新增绿地面积150万平方米。").district == "市区"


def test_the_effort_is_no_part_of_a_name() -> None:
    assert only("加大云东老城区有机更新力度。").name == "云东老城区有机更新"


def test_a_head_noun_carried_over_keeps_the_documents_script() -> None:
    assert names("加大雲灣、東灣等濕地管護力度。") == ["雲灣濕地", "東灣濕地"]
