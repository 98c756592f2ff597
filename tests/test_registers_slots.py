"""What is known of a counted promise: named, known by number, and nothing twice."""

from dataclasses import replace

from factories import document, work
from hypothesis import given
from hypothesis import strategies as st
from site_factories import listed

from geo.model import Confidence, Locatable, Quantity, Site, Stage, Theme, Work
from geo.registers import is_measured, slots_of

PLANTS = replace(
    work(document(), 5, "污水處理廠提標改造", Theme.SEWAGE, Stage.COMPLETE),
    locatable=Locatable.CITYWIDE_QUANTITY,
    quantities=(Quantity(48, "座", "污水處理廠", "48座"),),
)
ESTATES = replace(PLANTS, quantities=(Quantity(190, "萬平方米", "住宅區", "190萬平方米"),))


def site(name: str, district: str = "", town: str = "", **other: object) -> Site:
    return listed(PLANTS.work_id, 1, name, district=district, town=town, **other)


def group(count: int | None, district: str = "", town: str = "", **other: object) -> Site:
    return site("group", district, town, is_group=True, count=count, **other)


def filled(work: Work, *sites: Site) -> float:
    slots = slots_of(work, sites)
    assert slots is not None
    return slots.filled


def test_a_promise_without_sites_is_empty() -> None:
    slots = slots_of(PLANTS, ())
    assert slots is not None
    assert (slots.promised, slots.unit, slots.named, slots.filled) == (48, "座", 0, 0)


def test_each_named_site_fills_a_slot() -> None:
    slots = slots_of(PLANTS, [site("a", "东区"), site("b", "东区"), site("c")])
    assert slots is not None
    assert (slots.named, slots.filled, slots.in_groups) == (3, 3, 0)


def test_a_candidate_never_fills_a_slot() -> None:
    slots = slots_of(PLANTS, [site("a"), site("b", confidence=Confidence.LOW)])
    assert slots is not None
    assert (slots.named, slots.filled, slots.candidates) == (1, 1, 1)
    assert filled(PLANTS, group(21, "西市", confidence=Confidence.LOW)) == 0


def test_a_group_counts_its_number_and_names_no_site() -> None:
    slots = slots_of(PLANTS, [site("a", "东区"), group(21, "西市")])
    assert slots is not None
    assert (slots.named, slots.filled, slots.in_groups) == (1, 22, 21)


def test_a_group_and_the_sites_of_its_district_count_once() -> None:
    slots = slots_of(PLANTS, [site("a", "西市"), site("b", "西市", "甲镇"), group(21, "西市")])
    assert slots is not None
    assert (slots.named, slots.filled, slots.in_groups) == (2, 21, 19)


def test_two_groups_of_one_district_are_not_added_up() -> None:
    assert filled(PLANTS, group(21, "西市"), group(18, "西市")) == 21


def test_a_group_of_the_city_holds_those_of_its_districts_and_towns() -> None:
    parts = [group(5, "东区", "甲镇"), group(4, "东区"), site("a", "西市"), site("b")]
    assert filled(PLANTS, *parts) == 7
    assert filled(PLANTS, group(40), *parts) == 40


def test_more_than_was_promised_is_said_and_not_cut() -> None:
    assert filled(PLANTS, group(60)) == 60


def test_areas_are_summed_up_in_the_promises_unit() -> None:
    sites = [
        site("a", "东区", quantity=15.0, unit="公顷"),
        site("b", "东区", quantity=20000.0, unit="平方米"),
        site("c", "西市", quantity=134.81, unit="万平方米", is_group=True, count=47),
        site("d", "北区"),
    ]
    slots = slots_of(ESTATES, sites)
    assert slots is not None
    assert slots.filled == 15 + 2 + 134.81
    assert (slots.named, slots.in_groups) == (3, 134.81)


def test_a_quantity_of_another_kind_adds_nothing_to_an_area() -> None:
    assert filled(ESTATES, site("a", quantity=300.0, unit="户")) == 0


def test_a_promise_in_tens_of_thousands_counts_its_sites_in_them() -> None:
    trees = replace(PLANTS, quantities=(Quantity(117, "萬株", "樹", "117萬株"),))
    assert filled(trees, site("a"), site("b", quantity=2.5, unit="万株")) == 2.5001


def test_what_a_site_is_itself_of_the_promised_things_counts_and_not_one() -> None:
    berths = replace(PLANTS, quantities=(Quantity(8000, "個", "泊位", "8000個"),))
    slots = slots_of(berths, [site("a", quantity=300.0, unit="个"), site("b")])
    assert slots is not None
    assert (slots.named, slots.filled) == (2, 301)
    assert filled(PLANTS, site("a", quantity=15.0, unit="万吨/日")) == 1


def test_promises_of_area_are_told_from_those_of_things() -> None:
    assert [is_measured(unit) for unit in ("萬平方米", "公里", "亩", "座", "万株", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_work_that_promises_no_number_has_no_slots() -> None:
    assert slots_of(replace(PLANTS, quantities=()), ()) is None
    shared = Quantity(48, "座", "", "48座", shared=True)
    assert slots_of(replace(PLANTS, quantities=(shared,)), ()) is None
    assert slots_of(replace(PLANTS, locatable=Locatable.EXACT_NAMED), ()) is None


_AREAS = st.sampled_from(["", "东区", "西市"])
_SITES = st.builds(
    lambda district, town, is_group, count, confidence: site(
        "a",
        district,
        town if district else "",
        is_group=is_group,
        count=count if is_group else 1,
        confidence=confidence,
    ),
    _AREAS,
    st.sampled_from(["", "甲镇"]),
    st.booleans(),
    st.integers(0, 50),
    st.sampled_from(Confidence),
)


@given(st.lists(_SITES, max_size=12))
def test_what_is_known_lies_between_the_largest_row_and_the_sum_of_all(sites: list[Site]) -> None:
    sure = [one.count or 0 for one in sites if one.confidence is not Confidence.LOW]
    assert max(sure, default=0) <= filled(PLANTS, *sites) <= sum(sure)


@given(st.lists(_SITES, max_size=12), st.randoms())
def test_the_order_of_the_rows_does_not_matter(sites: list[Site], random: object) -> None:
    shuffled = sites.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert filled(PLANTS, *sites) == filled(PLANTS, *shuffled)


@given(st.lists(_SITES, max_size=12))
def test_a_row_given_twice_as_a_group_changes_nothing(sites: list[Site]) -> None:
    groups = [one for one in sites if one.is_group]
    assert filled(PLANTS, *sites) == filled(PLANTS, *sites, *groups)
