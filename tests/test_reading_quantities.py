import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reading.quantities import find_amounts, read_han


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("190万平方米", [(190, "万平方米")]),
        ("2.8万户", [(2.8, "万户")]),
        ("1,200张", [(1200, "张")]),
        ("2万余台", [(2, "万台")]),
        ("5个以上", [(5, "个")]),
        ("两座", [(2, "座")]),
        ("二十三所", [(23, "所")]),
        ("10公顷以上综合公园2个", [(10, "公顷"), (2, "个")]),
        ("312国道", []),
        ("地铁3号线", []),
        ("一期", []),
        ("第21届", []),
        ("2031年", []),
    ],
)
def test_printed_numbers_are_read_with_their_units(
    text: str, found: list[tuple[float, str]]
) -> None:
    assert [(a.value, a.unit) for a in find_amounts(text)] == found


def test_a_range_keeps_both_ends() -> None:
    (amount,) = find_amounts("5-8个")
    assert (amount.low, amount.value) == (5, 8)


@pytest.mark.parametrize(
    ("characters", "value"),
    [("十", 10), ("廿三", 23), ("一百二十", 120), ("一〇三", 103), ("两千", 2000)],
)
def test_numerals_in_characters_are_read(characters: str, value: float) -> None:
    assert read_han(characters) == value


@given(st.integers(1, 9999), st.sampled_from(["座", "万平方米", "公里", "亿元"]))
def test_any_number_with_a_unit_is_found_as_printed(number: int, unit: str) -> None:
    (amount,) = find_amounts(f"建设{number}{unit}公园")
    assert (amount.value, amount.unit) == (number, unit)
