import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measures import Measure, measure
from geo.model import Quantity


def quantity(value: float, unit: str) -> Quantity:
    return Quantity(value, unit, "", f"{value}{unit}")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (30, "公里", Measure(30_000, "m")),
        (190, "萬平方米", Measure(1_900_000, "m2")),
        (5, "万亩", Measure(33_333_333.3333333, "m2")),
        (10, "公頃", Measure(100_000, "m2")),
        (2, "千瓦", Measure(2_000, "W")),
        (4365, "億元", Measure(436_500_000_000, "CNY")),
        (5.1, "万立方米/日", Measure(51_000, "m3/d")),
    ],
)
def test_a_printed_measure_has_its_value_in_si_units(
    value: float, unit: str, expected: Measure
) -> None:
    assert measure(quantity(value, unit)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(48, "座", Measure(48, "座")), (2.8, "萬戶", Measure(28_000, "户")), (7, "", Measure(7, ""))],
)
def test_a_count_keeps_what_it_counts_without_its_myriads(
    value: float, unit: str, expected: Measure
) -> None:
    assert measure(quantity(value, unit)) == expected


@given(st.floats(0, 1e9), st.text(max_size=6))
def test_any_printed_unit_has_some_measure(value: float, unit: str) -> None:
    assert measure(quantity(value, unit)).value >= 0
