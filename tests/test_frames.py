"""Frames under the schema: what is looked at column by column is refused value by value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import SchemaError
from layers.frames import _refuse_first, _refuse_unfit, frame_of
from layers.schema import Column, Kind, column

TITLE = "甲|甲|a"
VALUES: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["\0", "a\0", "\ud800", "\udc00", "a", "b", "", float("nan"), 10**400, b"x"]),
    st.lists(st.none(), max_size=1),
)
KINDS: tuple[Kind, ...] = ("text", "int", "float", "bool", "datetime", "blob")


@st.composite
def columns(draw: st.DrawFn) -> Column:
    codes = tuple((code, column("x", "text", TITLE).title) for code in ("a", "b"))
    return column(
        "x",
        draw(st.sampled_from(KINDS)),
        TITLE,
        required=draw(st.booleans()),
        values=draw(st.sampled_from([(), codes])),
    )


def refusal(refuse: Any, one: Column, values: list[object]) -> str:  # noqa: ANN401
    try:
        refuse(one, values)
    except SchemaError as error:
        return str(error)
    return ""


@given(one=columns(), values=st.lists(VALUES, max_size=6))
def test_a_column_is_refused_exactly_for_its_first_value_that_does_not_fit(
    one: Column, values: list[object]
) -> None:
    assert refusal(_refuse_unfit, one, values) == refusal(_refuse_first, one, values)


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_a_column_whose_values_all_fit_is_taken(kind: Kind, data: st.DataObject) -> None:
    fitting: dict[Kind, st.SearchStrategy[object]] = {
        "text": st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        "int": st.integers(-(2**63), 2**63 - 1),
        "float": st.floats(allow_nan=False, allow_infinity=False),
        "bool": st.booleans(),
        "datetime": st.just("2020-01-01T00:00:00Z"),
        "blob": st.binary(),
    }
    values = data.draw(st.lists(st.none() | fitting[kind], max_size=6))
    one = column("x", kind, TITLE, required=False)
    assert len(frame_of([(value,) for value in values], (one,))) == len(values)


@pytest.mark.parametrize("place", [0, 9_999, 10_000, 25_000])
@pytest.mark.parametrize("bad", ["\0", "\ud800", None, 3])
def test_one_bad_value_among_many_is_found(place: int, bad: object) -> None:
    values: list[object] = ["甲"] * 25_001
    values[place] = bad
    with pytest.raises(SchemaError):
        frame_of([(value,) for value in values], (column("x", "text", TITLE),))
