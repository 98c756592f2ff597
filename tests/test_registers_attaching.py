"""Which work a register is for, and that a site known from several rows is one site."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import work
from registering import DOCUMENT, NOWHERE, PLANTS, WORK_ID, at, placed, position, reading, row
from registering import register as listing
from shapely.geometry import Point

from geo.model import Confidence, Locatable, PlacedWork, Precision, Quantity, Theme
from geo.registers import Promise, Register, slots_of, unattached, work_of
from geo.registers.row import BUILT_IN

PROMISE = Promise("甲市", 2020, Theme.SEWAGE, 48, "座", ("污水处理厂",))


def built_in(promise: Promise, *rows: object) -> Register:
    return Register("plants", promise, BUILT_IN, rows or (row("清溪厂"),))  # type: ignore[arg-type]


def names(sites: list[PlacedWork]) -> list[str]:
    return [one.work.name for one in sites]


def test_an_imported_register_is_for_the_counted_work_of_its_id() -> None:
    own = listing(row("清溪厂"))
    assert work_of(own, reading(PLANTS)) == PLANTS
    assert work_of(own, reading(replace(PLANTS, work_id="ffffffffffff"))) is None
    named = replace(PLANTS, locatable=Locatable.EXACT_NAMED)
    assert work_of(own, reading(named)) is None


def test_a_built_in_register_is_for_the_work_that_prints_its_promise() -> None:
    assert work_of(built_in(PROMISE), reading(PLANTS)) == PLANTS
    real = reading(PLANTS, document=replace(DOCUMENT, city="無錫市"))
    assert work_of(built_in(replace(PROMISE, city="无锡")), real) == PLANTS
    for other in (
        replace(PROMISE, city="乙"),
        replace(PROMISE, year=2021),
        replace(PROMISE, theme=Theme.PARK),
        replace(PROMISE, value=47),
        replace(PROMISE, unit="个"),
        replace(PROMISE, words=("医院",)),
    ):
        assert work_of(built_in(other), reading(PLANTS)) is None
    shared = replace(PLANTS, quantities=(Quantity(48, "座", "", "48座", shared=True),))
    assert work_of(built_in(PROMISE), reading(shared)) is None


def test_a_promise_that_two_works_print_is_for_none_of_them() -> None:
    other = replace(PLANTS, work_id="ffffffffffff", name="48座農村污水處理廠")
    both = reading(PLANTS, replace(other, name_hans="48座农村污水处理设施"))
    assert work_of(built_in(replace(PROMISE, words=())), both) is None
    assert work_of(built_in(replace(PROMISE, words=("农村",))), both) is not None


def test_imported_registers_that_are_for_no_work_are_told() -> None:
    stray = Register("stray.csv", "ffffffffffff", "2026-01-02", (row("甲厂"),))
    other = replace(DOCUMENT, document_id="other")
    readings = [reading(PLANTS), reading(work("南湖"), document=other)]
    assert unattached([listing(row("甲厂")), stray, built_in(PROMISE)], readings) == (stray,)
    assert unattached([stray, built_in(PROMISE)], []) == (stray,)


def test_a_site_of_several_rows_is_one_site_with_all_that_they_say() -> None:
    spot = at(Point(120.2, 31.4), Precision.STREET, 100)
    first = row("清溪污水处理厂", "东山", confidence=Confidence.LOW, note="seen")
    second = row(
        "甲市清溪污水厂",
        town="白石镇",
        position=spot,
        quantity=2.0,
        unit="万吨/日",
        status="in use",
        source="a map",
        licence="CC-BY-4.0",
        confidence=Confidence.HIGH,
    )
    (found,) = placed(listing(first), listing(second, name="maps"))
    assert found.site is not None
    assert (found.site.district, found.site.town) == ("东山区", "白石镇")
    assert found.site.confidence is Confidence.HIGH
    assert (found.site.quantity, found.site.status) == (2.0, "in use")
    assert found.site.source == "a map; a paper"
    assert found.site.licence == "CC-BY-4.0; CC0-1.0"
    assert (found.site.register, found.site.note) == ("maps; own.csv", "seen")
    assert found.geometry == Point(120.2, 31.4)


def test_namesakes_of_two_districts_are_two_sites() -> None:
    rows = (row("中心幼儿园", "东山区"), row("中心幼儿园", "西州市"), row("中心幼儿园"))
    sites = placed(listing(*rows))
    assert [one.district for one in sites] == ["东山区", "西州市"]
    assert len({one.work.work_id for one in sites}) == 2
    turned = placed(listing(*reversed(rows)))
    ids = {one.district: one.work.work_id for one in sites}
    assert {one.district: one.work.work_id for one in turned} == ids


def test_what_is_imported_decides_over_what_is_built_in() -> None:
    own = listing(row("清溪厂", confidence=Confidence.LOW, status="closed"))
    theirs = built_in(PROMISE, row("清溪厂", confidence=Confidence.HIGH, status="in use"))
    (found,) = placed(theirs, own)
    assert found.site is not None
    assert (found.site.confidence, found.site.status) == (Confidence.LOW, "closed")


def test_an_id_stays_when_another_register_adds_evidence() -> None:
    (before,) = placed(listing(row("清溪污水处理厂")))
    (after,) = placed(listing(row("清溪污水处理厂")), listing(row("清溪厂", "东山区"), name="b"))[
        :1
    ]
    assert before.work.work_id == after.work.work_id
    assert before.site is not None
    assert before.site.part_of == WORK_ID


def test_groups_are_one_only_where_they_say_the_same() -> None:
    group = row("各镇污水厂", "西州市", is_group=True, count=21)
    sites = placed(listing(group, group, replace(group, count=18)))
    assert [one.site and one.site.count for one in sites] == [21, 18]
    site = row("各镇污水厂", "西州市")
    assert len(placed(listing(group, site))) == 2


@pytest.mark.parametrize(
    ("stated", "district", "town", "note"),
    [
        ("东山", "东山区", "", ""),
        ("東山區", "东山区", "", ""),
        ("北塘新城", "东山区", "北塘新城", ""),
        ("市区", "", "", "市区"),
        ("全市", "", "", "全市"),
        ("无名区", "无名区", "", ""),
    ],
)
def test_districts_are_spelled_alike_so_that_nothing_counts_in_two(
    stated: str, district: str, town: str, note: str
) -> None:
    (found,) = placed(listing(row("清溪厂", stated)))
    assert found.site is not None
    assert (found.site.district, found.site.town, found.site.note) == (district, town, note)


def test_a_group_of_the_urban_districts_holds_the_sites_of_each() -> None:
    group = row("市区污水厂", "市区", is_group=True, count=4)
    sites = placed(listing(group, row("清溪厂", "东山区"), row("白石厂", "西州市")))
    slots = slots_of(PLANTS, [one.site for one in sites if one.site])
    assert slots is not None
    assert (slots.named, slots.filled, slots.in_groups) == (2, 4, 2)


def test_sites_come_in_the_order_of_their_registers() -> None:
    own = listing(row("丙厂"), row("甲厂", confidence=Confidence.HIGH), row("乙厂"))
    assert names(placed(own)) == ["丙厂", "甲厂", "乙厂"]


NAMES = st.sampled_from(
    ["清溪污水处理厂", "清溪污水厂", "甲市清溪污水厂", "白石厂", "双塔", "各厂"]
)
ROWS = st.lists(
    st.builds(
        lambda name, district, town, confidence, is_group: row(
            name,
            district,
            town,
            confidence=confidence,
            is_group=is_group,
            count=5 if is_group else 1,
            position=position(near="清溪桥") if is_group else NOWHERE,
        ),
        NAMES,
        st.sampled_from(["", "东山区", "东山", "西州市", "市区"]),
        st.sampled_from(["", "白石镇"]),
        st.sampled_from(Confidence),
        st.booleans(),
    ),
    max_size=8,
)


@given(ROWS)
def test_a_list_said_twice_gives_the_same_sites_and_counts_once(rows: list[object]) -> None:
    once = placed(listing(*rows))  # type: ignore[arg-type]
    twice = placed(listing(*rows), listing(*rows, name="again"))  # type: ignore[arg-type]
    assert [one.work.work_id for one in once] == [one.work.work_id for one in twice]
    assert len({one.work.work_id for one in once}) == len(once)
    sums = [slots_of(PLANTS, [one.site for one in sites if one.site]) for sites in (once, twice)]
    assert sums[0] == sums[1]
