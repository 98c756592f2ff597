"""From works to places: which place of the gazetteer a work means, and why."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import CITY, EAST, GEOCODER, WEST, geocoder, held, place, placed, work
from shapely.geometry import Point

from geo.gazetteer import load_gazetteer
from geo.geocode import FirstMatch, GazetteerGeocoder, place_works
from geo.model import Locatable, PlacedWork, Precision, Theme


def counted(name: str, *places: str, district: str = "") -> PlacedWork:
    quantity = Locatable.CITYWIDE_QUANTITY
    return placed(work(name, Theme.SEWAGE, *places, locatable=quantity, district=district))


@pytest.mark.parametrize(
    ("theme", "kind"),
    [(Theme.GREENING, "hill"), (Theme.PARK, "hill"), (Theme.EDUCATION, "district")],
)
def test_a_name_of_several_kinds_is_the_one_that_fits_the_theme(theme: Theme, kind: str) -> None:
    found = placed(work("東山保護", theme))
    assert found.place is not None
    assert found.place.kind == kind


def test_no_coin_is_tossed_between_equal_places() -> None:
    two_districts = placed(work("双塔", Theme.CULTURE_HERITAGE))
    one_district = placed(work("三塔", Theme.CULTURE_HERITAGE))
    assert two_districts.located_by == "several places of the name: 双塔"
    assert two_districts.precision is one_district.precision is Precision.AREA
    assert (two_districts.geometry, two_districts.district) == (CITY, "")
    assert (one_district.geometry, one_district.district) == (EAST, "东山区")


def test_the_district_of_the_text_decides_between_equal_places() -> None:
    found = placed(work("双塔", Theme.CULTURE_HERITAGE, district="西州"))
    assert found.geometry == Point(119.3, 31.1)
    assert found.located_by == "gazetteer name: 双塔"


def listed(*names: str) -> tuple[PlacedWork, ...]:
    """Place works of one clause, of which 双塔 may be either of two places."""
    by = geocoder(
        place("西桥", "heritage_site", Point(119.31, 31.1), Precision.STREET, 100),
        place("西门", "heritage_site", Point(119.3, 31.12), Precision.STREET, 100),
        place("东门", "heritage_site", Point(120.21, 31.1), Precision.STREET, 100),
    )
    works = [work(name, Theme.CULTURE_HERITAGE) for name in names]
    works = [replace(one, work_id=f"甲-{n}") for n, one in enumerate(works)]
    return place_works(works, by)


def test_works_of_the_same_list_decide_between_equal_places() -> None:
    found = listed("西桥", "双塔", "西门")[1]
    assert found.geometry == Point(119.3, 31.1)
    assert found.located_by == "gazetteer name beside works of the same list: 双塔"
    assert found.precision is Precision.STREET


@pytest.mark.parametrize("names", [("双塔", "西桥"), ("西桥", "双塔", "西门", "东门")])
def test_a_short_list_or_one_that_lies_by_both_decides_nothing(
    names: tuple[str, ...],
) -> None:
    (found,) = (one for one in listed(*names) if one.work.name == "双塔")
    assert found.precision is Precision.AREA
    assert len(found.candidates) == 2


def test_a_place_beside_the_city_is_only_a_candidate() -> None:
    park = place("远园", "park", Point(120.61, 31.5), Precision.STREET, 100)
    found = placed(work("远园改造", Theme.PARK), geocoder(park))
    assert found.precision is Precision.UNLOCATED
    (candidate,) = found.candidates
    assert "beside the city" in candidate.reasons
    own = replace(park, place_id="own", geometry=Point(120.3, 31.5))
    assert placed(work("远园改造", Theme.PARK), geocoder(park, own)).geometry == own.geometry


def test_works_of_another_clause_decide_nothing() -> None:
    by = geocoder(
        place("西桥", "heritage_site", Point(119.31, 31.1), Precision.STREET, 100),
        place("西门", "heritage_site", Point(119.3, 31.12), Precision.STREET, 100),
    )
    others = [replace(work(n, Theme.CULTURE_HERITAGE), clause=2) for n in ("西桥", "西门")]
    tied = work("双塔", Theme.CULTURE_HERITAGE)
    assert place_works([*others, tied], by)[2].precision is Precision.AREA


def test_words_of_the_name_decide_between_equal_places() -> None:
    assert placed(work("双塔保护遗址", Theme.CULTURE_HERITAGE, "双塔")).geometry == Point(
        120.2, 31.1
    )


def test_a_kind_that_does_not_fit_is_refused_for_short_names() -> None:
    assert placed(work("南湖", Theme.METRO)).precision is Precision.UNLOCATED
    assert placed(work("白石", Theme.ROAD)).precision is Precision.UNLOCATED


def test_a_telling_name_of_a_kind_that_does_not_fit_is_only_near() -> None:
    found = placed(work("云岭湿地", Theme.METRO))
    assert found.precision is Precision.AREA
    assert found.located_by == "near gazetteer place: 云岭湿地"


def test_a_short_name_that_is_a_word_about_works_finds_nothing() -> None:
    town = held(place("新建镇", "town", Point(119.2, 31.2)), "西州市", "新建")
    found = placed(work("新建", Theme.VILLAGE), geocoder(town))
    assert found.precision is Precision.UNLOCATED


def test_the_places_of_a_work_are_tried_where_its_name_is_not_known() -> None:
    found = placed(work("提标扩容", Theme.ROAD, "全长", "青川路"))
    assert found.located_by == "gazetteer name: 青川路"


def test_a_work_at_a_place_of_the_sentence_is_not_the_place_itself() -> None:
    found = placed(work("地下停车场", Theme.OTHER, "青川路"))
    assert found.located_by == "near gazetteer place: 青川路"
    assert found.precision is Precision.AREA
    assert placed(work("青川路绿化", Theme.GREENING)).located_by == "gazetteer name: 青川路"


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("北塘新城第一小学", "inside gazetteer area: 北塘新城"),
        ("白石镇污水处理站", "inside gazetteer area: 白石镇"),
        ("西州应急基地", "district polygon: 西州市"),
        ("西州市应急基地", "district polygon: 西州市"),
        ("甲市应急基地", "city polygon: 甲市"),
        ("城区雨污分流", "urban districts polygon: 市区"),
    ],
)
def test_an_unknown_work_lies_inside_the_area_that_begins_its_name(name: str, phrase: str) -> None:
    found = placed(work(name))
    assert found.located_by == phrase
    assert found.precision is Precision.AREA


@pytest.mark.parametrize("name", ["西州路", "西州大桥", "甲大道"])
def test_a_street_named_after_a_town_is_not_in_it(name: str) -> None:
    assert placed(work(name, Theme.ROAD)).precision is Precision.UNLOCATED


def test_a_work_beside_a_known_site_is_near_it_where_its_theme_fits() -> None:
    assert placed(work("青川路综合管廊", Theme.POWER)).located_by == "near gazetteer place: 青川路"
    assert placed(work("青川路小学", Theme.EDUCATION)).precision is Precision.UNLOCATED


def test_a_district_before_the_name_is_the_one_of_the_place() -> None:
    assert placed(work("东山区青川路改造", Theme.ROAD)).located_by == "gazetteer name: 青川路"


def test_a_place_outside_the_district_that_the_text_states_is_not_meant() -> None:
    found = placed(work("北塘新城", Theme.NEW_TOWN, district="西州市"))
    assert found.located_by == "district polygon: 西州市 named in the text"
    assert (found.geometry, found.district) == (WEST, "西州市")


def test_a_work_found_nowhere_lies_in_the_district_of_the_text() -> None:
    found = placed(work("无名厂", Theme.INDUSTRY, district="西州"))
    assert (found.precision, found.geometry, found.district) == (Precision.AREA, WEST, "西州市")


def test_a_work_found_nowhere_stays_with_its_reason() -> None:
    found = placed(work("无名厂", Theme.INDUSTRY, "无名厂"))
    assert found.precision is Precision.UNLOCATED
    assert found.geometry is found.place is found.uncertainty_m is None
    assert found.located_by == "no place of this name in the gazetteer of 甲"


@pytest.mark.parametrize("name", ["市残疾人基地", "市级档案馆"])
def test_the_citys_own_facility_stands_somewhere_in_the_city(name: str) -> None:
    found = placed(work(name, Theme.SOCIAL_CARE))
    assert (found.precision, found.geometry) == (Precision.AREA, CITY)
    assert found.located_by.startswith("city polygon: the city's own facility")


@pytest.mark.parametrize("name", ["市场", "市政道路"])
def test_not_every_word_with_shi_is_the_citys_own(name: str) -> None:
    assert placed(work(name)).precision is Precision.UNLOCATED


def test_corridors_in_general_lie_all_over_the_city() -> None:
    several = placed(work("沿江、沿湖防护林", Theme.GREENING, locatable=Locatable.AREA_NAMED))
    unknown = placed(work("沿路绿带", Theme.GREENING, locatable=Locatable.AREA_NAMED))
    assert several.geometry == unknown.geometry == CITY
    assert several.located_by == "city polygon: 沿江、沿湖 have no published limits"
    assert unknown.precision is Precision.AREA


def test_one_corridor_of_the_gazetteer_is_a_belt_along_it() -> None:
    found = placed(work("沿江廊道", Theme.GREENING, locatable=Locatable.AREA_NAMED))
    assert found.located_by == "gazetteer alias: 沿江"
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert 0 < found.geometry.area < EAST.area / 4


def test_counted_works_lie_on_the_polygon_that_they_are_promised_for() -> None:
    assert counted("污水处理厂改造").geometry == CITY
    assert counted("污水处理厂改造", district="西州").geometry == WEST
    assert counted("西州污水处理厂改造").geometry == WEST
    assert counted("污水管网", "市区").geometry == EAST
    found = counted("污水处理厂改造", district="市区")
    assert (found.precision, found.district) == (Precision.CITY, "市区")
    assert found.located_by == "urban districts polygon: counted for 市区"


def test_counted_works_of_a_new_town_lie_somewhere_in_it() -> None:
    found = counted("泵站", "北塘新城")
    assert (found.precision, found.uncertainty_m) == (Precision.AREA, 3000)


def test_without_a_boundary_counted_works_say_so() -> None:
    one = work("污水处理厂", locatable=Locatable.CITYWIDE_QUANTITY)
    found = placed(one, GazetteerGeocoder(load_gazetteer("云江")))
    assert found.located_by == "no boundary of the city in the gazetteer of 云江"


def test_every_work_is_placed_in_its_order() -> None:
    works = [work("无名厂"), work("青川路", Theme.ROAD), work("无名厂")]
    assert [one.work for one in place_works(works, GEOCODER)] == works


def test_the_first_geocoder_that_finds_a_place_decides() -> None:
    empty = GazetteerGeocoder(load_gazetteer("云江"))
    chain = FirstMatch((empty, GEOCODER))
    one, unknown = work("青川路", Theme.ROAD), work("无名厂")
    assert chain.locate(one) == GEOCODER.locate(one)
    (found,) = place_works([unknown], chain)
    both = (empty.reason(unknown), GEOCODER.reason(unknown))
    assert found.located_by == "; ".join(both)


def test_a_geocoder_that_is_asked_twice_gives_its_reason_once() -> None:
    (found,) = place_works([work("无名厂")], FirstMatch((GEOCODER, GEOCODER)))
    assert found.located_by == GEOCODER.reason(work("无名厂"))


@given(st.text(max_size=300), st.sampled_from(list(Theme)), st.sampled_from(list(Locatable)))
def test_any_name_is_placed_or_says_why_not(name: str, theme: Theme, locatable: Locatable) -> None:
    found = placed(work(name, theme, name, locatable=locatable, district=name))
    assert 0 < len(found.located_by) <= 100
    assert (found.geometry is None) is (found.precision is Precision.UNLOCATED)


def test_a_name_as_long_as_a_book_costs_no_time() -> None:
    start = time.process_time()
    placed(work("改造工程" * 250_000))
    assert time.process_time() - start < 1
