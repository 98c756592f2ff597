"""Where the sites of counted works lie: each way to a place, and the traps beside it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import CITY, EAST, LINE, WEST, geocoder, held, place
from registering import NOWHERE, PLANTS, at, placed, position, reading, register, row, site
from shapely.geometry import LineString, Point, box

from geo.gazetteer.areas import reach_m
from geo.model import (
    UNCERTAINTY_LIMITS_M,
    Confidence,
    Locatable,
    PlacedWork,
    Precision,
    Theme,
    Work,
)
from geo.registers import listed_sites, place_sites

SPOT = Point(120.2, 31.4)
STREET = at(SPOT, Precision.STREET, 200)
QINGXI = held(
    place("清溪污水处理厂", "sewage_plant", Point(120.3, 31.3), Precision.STREET, 100), "东山区"
)


def test_a_rows_own_coordinates_come_first_with_their_own_source() -> None:
    theirs = replace(STREET, source="a survey", licence="CC-BY-4.0", near="青川路")
    found = site(row("清溪污水处理厂", "东山区", position=theirs), by=geocoder(QINGXI))
    assert found.geometry == SPOT
    assert (found.precision, found.uncertainty_m) == (Precision.STREET, 200)
    assert (found.source, found.licence, found.verified) == ("a survey", "CC-BY-4.0", True)
    assert found.located_by == "coordinates of the register: a survey"
    assert found.place is None


def test_coordinates_that_tell_an_area_only_are_drawn_as_one() -> None:
    found = site(row("甲厂", "东山区", position=at(SPOT, Precision.AREA, 4000)))
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert found.uncertainty_m == pytest.approx(4000, rel=0.05)
    plot = box(120.1, 31.1, 120.2, 31.2)
    drawn = site(row("甲厂", position=at(plot, Precision.AREA, 4000))).geometry
    assert drawn is not None
    assert drawn.equals(plot)


def test_coordinates_outside_the_city_or_the_stated_district_are_not_believed() -> None:
    outside = site(row("甲厂", position=at(Point(118.0, 31.4), Precision.STREET, 200)))
    assert (outside.precision, outside.geometry) == (Precision.UNLOCATED, None)
    assert outside.located_by.startswith("its coordinates lie outside the city; no place of this")
    contrary = site(row("甲厂", "西州", position=STREET))
    assert contrary.geometry == WEST
    assert contrary.located_by == (
        "district polygon: 西州市 named in the register; its coordinates lie outside 西州市"
    )


def test_a_site_near_a_place_lies_somewhere_round_it() -> None:
    by = geocoder(held(place("白塔站", "metro_station", SPOT, Precision.SURVEYED, 50), "东山区"))
    found = site(row("白塔游园", "东山区", position=position(near="白塔站")), by=by)
    assert found.precision is Precision.AREA
    assert found.uncertainty_m == 3000
    assert found.geometry is not None
    assert found.geometry.centroid.distance(SPOT) < 0.001
    assert (found.source, found.located_by) == ("survey", "near gazetteer place: 白塔站")
    near = position(near="白塔站", precision=Precision.SURVEYED, uncertainty_m=30)
    exact = site(row("白塔游园", "东山区", position=near), by=by)
    assert (exact.geometry, exact.precision) == (SPOT, Precision.STREET)
    assert exact.uncertainty_m == 50


def test_a_site_between_two_places_lies_in_the_area_of_both() -> None:
    stations = [
        held(place(name, "metro_station", Point(x, 31.4), Precision.SURVEYED, 50), "东山区")
        for name, x in (("白塔站", 120.2), ("黑塔站", 120.22))
    ]
    between = position(near="白塔站、黑塔站", uncertainty_m=1000)
    found = site(row("双塔厂", position=between), by=geocoder(*stations))
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert found.geometry.contains(LineString([(120.2, 31.4), (120.22, 31.4)]))
    assert found.licence == "CC0-1.0"
    half = position(near="白塔站、红塔站")
    lost = site(row("双塔厂", position=half), by=geocoder(*stations))
    assert lost.precision is Precision.UNLOCATED
    assert "no place called 红塔站 in the gazetteer of 甲" in lost.located_by


def test_a_site_on_a_road_is_not_the_road() -> None:
    stated = position(near="青川路", precision=Precision.STREET, uncertainty_m=200)
    found = site(row("路边游园", "东山区", position=stated))
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert found.geometry.geom_type.endswith("Polygon")
    assert found.geometry.intersects(LINE)


def test_a_place_of_several_of_the_name_is_not_taken() -> None:
    found = site(row("双塔游园", "", position=position(near="双塔")))
    assert found.precision is Precision.UNLOCATED
    assert "several places called 双塔 in the gazetteer of 甲" in found.located_by
    inside = site(row("双塔游园", "西州市", position=position(near="双塔")))
    assert inside.located_by == "near gazetteer place: 双塔"
    assert inside.district == "西州市"


def test_a_site_is_found_by_its_own_name() -> None:
    found = site(row("清溪污水厂"), by=geocoder(QINGXI))
    assert found.geometry == QINGXI.geometry
    assert (found.precision, found.uncertainty_m) == (Precision.STREET, 100)
    assert (found.district, found.site and found.site.district) == ("东山区", "东山区")
    assert found.place == QINGXI


def test_a_name_that_is_only_similar_is_no_place() -> None:
    similar = held(place("清溪国际公园", "park", SPOT, Precision.STREET, 100), "东山区")
    parks = replace(PLANTS, theme=Theme.PARK)
    (found,) = placed(register(row("清溪公园")), of=parks, by=geocoder(similar))
    assert found.precision is Precision.UNLOCATED
    assert found.located_by.startswith("only a similar name in the gazetteer of 甲")
    assert [one.name for one in found.candidates] == ["清溪国际公园"]


def test_a_namesake_in_another_district_is_no_place() -> None:
    by = geocoder(QINGXI)
    west = site(row("清溪污水处理厂", "西州市"), by=by)
    assert west.geometry == WEST
    assert west.precision is Precision.AREA
    urban = site(
        row("清溪污水处理厂", "市区"),
        by=geocoder(replace(QINGXI, within="西州市", geometry=Point(119.4, 31.4))),
    )
    assert urban.precision is Precision.UNLOCATED


def test_a_namesake_far_from_the_stated_town_is_no_place() -> None:
    far = held(replace(QINGXI, geometry=Point(119.9, 31.9)), "西州市")
    by = geocoder(far)
    assert site(row("清溪污水处理厂", "西州市"), by=by).geometry == far.geometry
    found = site(row("清溪污水处理厂", "西州市", "白石镇"), by=by)
    assert found.located_by == "inside gazetteer area: 白石镇"


def test_a_short_beginning_of_a_name_is_no_place() -> None:
    by = geocoder(held(place("城北街道", "town", Point(119.4, 31.6)), "西州市", "城北"))
    assert site(row("城北污水处理厂"), by=by).precision is Precision.UNLOCATED
    assert site(row("城北污水处理厂", "东山区"), by=by).geometry == EAST


def test_a_town_is_an_area_by_either_of_its_last_words() -> None:
    for town in ("白石镇", "白石街道", "白石"):
        found = site(row("无名厂", "西州市", town))
        assert found.precision is Precision.AREA
        assert found.located_by == "inside gazetteer area: 白石镇"
        assert found.geometry is not None
        assert found.geometry.centroid.distance(Point(119.4, 31.4)) < 0.001


def test_a_row_may_say_that_a_site_lies_farther_out_than_usual() -> None:
    usual = site(row("无名厂", "西州市", "白石镇"))
    wide = site(row("无名厂", "西州市", "白石镇", position=position(uncertainty_m=6000)))
    assert usual.uncertainty_m == 3000
    assert wide.uncertainty_m == pytest.approx(6000, rel=0.05)


def test_only_a_district_is_its_polygon_and_nothing_is_no_place() -> None:
    found = site(row("无名厂", "东山", "无名镇"))
    assert (found.geometry, found.precision) == (EAST, Precision.AREA)
    assert (found.district, found.located_by) == (
        "东山区",
        "district polygon: 东山区 named in the register",
    )
    lost = site(row("无名厂"))
    assert (lost.geometry, lost.uncertainty_m) == (None, None)
    assert lost.located_by == (
        "no place of this name in the gazetteer of 甲; the register names no district"
    )
    unknown = site(row("无名厂", "南山区"))
    assert "no district called 南山区 in the gazetteer of 甲" in unknown.located_by
    assert site(row("无名厂", "市区")).precision is Precision.UNLOCATED


def test_a_candidate_is_marked_as_one_wherever_it_lies() -> None:
    found = site(row("清溪污水处理厂", confidence=Confidence.LOW, position=STREET))
    assert found.geometry == SPOT
    assert not found.verified
    assert found.site is not None
    assert found.site.confidence is Confidence.LOW


def test_a_group_is_never_a_feature() -> None:
    found = site(row("各镇污水厂", "西州市", is_group=True, count=21, position=STREET))
    assert (found.precision, found.geometry) == (Precision.UNLOCATED, None)
    assert found.located_by == "a group, known by number only"


def test_a_site_is_the_counted_work_under_its_own_name_and_amount() -> None:
    found = site(row("清溪厂", "东山区", quantity=15.0, unit="万吨/日")).work
    assert (found.name, found.theme, found.stage) == ("清溪厂", PLANTS.theme, PLANTS.stage)
    assert found.locatable is Locatable.EXACT_NAMED
    assert [quantity.text for quantity in found.quantities] == ["15万吨/日"]
    assert (found.sentence, found.start) == (PLANTS.sentence, PLANTS.start)
    assert found.work_id != PLANTS.work_id


def test_an_online_geocoder_behind_the_gazetteer_is_asked_for_sites_too() -> None:
    asked: list[str] = []

    class Online:
        def locate(self, work: Work) -> PlacedWork | None:
            asked.append(work.name)
            known = geocoder(QINGXI).locate(work)
            return replace(known, located_by="online geocoder: 清溪") if known else None

        def reason(self, work: Work) -> str:  # noqa: ARG002 (it is asked so)
            return "AMap knows no place of this name"

    by = geocoder()
    sites = listed_sites(
        reading(PLANTS), [register(row("清溪污水处理厂"), row("无名厂"))], by.gazetteer
    )
    found, lost = place_sites(sites, by.gazetteer, Online())
    assert asked == ["清溪污水处理厂", "无名厂"]
    assert found.geometry == QINGXI.geometry
    assert lost.located_by.startswith("AMap knows no place of this name")


POSITIONS = st.builds(
    lambda x, y, precision, metres, near: replace(
        NOWHERE,
        geometry=None if near else Point(x, y),
        near=near,
        precision=precision,
        uncertainty_m=metres if not near or precision else None,
    ),
    st.floats(118, 122),
    st.floats(30, 33),
    st.sampled_from([Precision.STREET, Precision.APPROXIMATE, Precision.AREA]),
    st.floats(0, 300),
    st.sampled_from(["", "南湖", "青川路", "白石镇", "双塔", "无名"]),
)


@given(
    POSITIONS,
    st.sampled_from(["", "东山区", "西州", "市区", "全市", "北塘新城", "无名区"]),
    st.sampled_from(["", "白石镇", "无名镇"]),
    st.sampled_from(["清溪厂", "双塔", "红梅厂扩建", "东山", "白石镇污水厂", "甲"]),
)
def test_whatever_a_row_says_its_site_lies_in_the_city_and_claims_what_fits(
    where: object, district: str, town: str, name: str
) -> None:
    found = site(row(name, district, town, position=where))
    assert found.precision not in {Precision.CITY, Precision.OUTSIDE, Precision.SURVEYED}
    if found.geometry is None:
        assert found.precision is Precision.UNLOCATED
        assert found.located_by
        return
    assert found.uncertainty_m is not None
    assert found.uncertainty_m <= UNCERTAINTY_LIMITS_M.get(found.precision, found.uncertainty_m)
    assert found.geometry.distance(CITY) * 111_000 <= found.uncertainty_m + 1
    assert found.source
    assert found.licence
    if found.precision is Precision.AREA:
        assert reach_m(found.geometry) == pytest.approx(found.uncertainty_m, rel=0.05, abs=60)
