"""Frames under the stated schema: the same columns, order and types when built and when read."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import NoneType
from typing import Any, Final

import pandas as pd

from geo.errors import SchemaError
from layers.schema import Column, Kind

# Missing text is None, a missing integer is pandas' NA, a missing number is NaN.
_REQUIRED: Final[dict[Kind, str]] = {
    "text": "object",
    "int": "int64",
    "float": "float64",
    "bool": "bool",
    "datetime": "object",
    "blob": "object",
}
_TURNED: Final = 500
_OPTIONAL: Final[dict[Kind, str]] = {**_REQUIRED, "int": "Int64", "bool": "boolean"}


def frame_of(rows: Iterable[tuple[object, ...]], columns: Sequence[Column]) -> pd.DataFrame:
    """Make a frame of rows whose values stand in the columns' order.

    Raises
    ------
    SchemaError
        When a value does not fit its column: missing, of another type, outside its codes, or text
        that no file could give back unchanged.
    """
    values = _by_column(rows, columns)
    for column, data in zip(columns, values, strict=True):
        _refuse_unfit(column, data)
    return _frame(values, columns)


def stored_frame(rows: Iterable[tuple[object, ...]], columns: Sequence[Column]) -> pd.DataFrame:
    """Make the same frame of rows that a file holds, without looking at their values."""
    return _frame(_by_column(rows, columns), columns)


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a frame, each with its columns as attributes."""
    yield from frame.itertuples(index=False)


def _by_column(rows: Iterable[tuple[object, ...]], columns: Sequence[Column]) -> list[list[object]]:
    """Turn rows to columns bit by bit: rows that are all held at once keep the collector busy."""
    gathered: list[list[object]] = [[] for _ in columns]
    left = iter(rows)
    while chunk := list(islice(left, _TURNED)):
        for values, new in zip(gathered, zip(*chunk, strict=True), strict=True):
            values.extend(new)
    return gathered


def _frame(values: Sequence[list[object]], columns: Sequence[Column]) -> pd.DataFrame:
    pairs = zip(columns, values, strict=True)
    return pd.DataFrame({one.name: pd.Series(data, dtype=_dtype(one)) for one, data in pairs})


def _dtype(column: Column) -> str:
    return (_REQUIRED if column.required else _OPTIONAL)[column.kind]


def _refuse_unfit(column: Column, values: Sequence[object]) -> None:
    if not _all_fit(column, values):
        _refuse_first(column, values)


def _all_fit(column: Column, values: Sequence[object]) -> bool:
    """Tell whether each value fits, by a few quick looks at the whole column."""
    kinds = set(map(type, values))
    if column.required and NoneType in kinds:
        return False
    if not all(issubclass(kind, _TYPES[column.kind]) for kind in kinds - {NoneType}):
        return False
    if column.values and not codes_of(column) >= {*values} - {None}:
        return False
    return all(_LOOKS[base](values) for base in _LOOKS if any(issubclass(k, base) for k in kinds))


def _are_texts_storable(values: Iterable[Any]) -> bool:
    """Look at many texts at once; no two of them make together what neither is alone."""
    texts = filter(None, values)
    while joined := list(islice(texts, _JOINED)):
        if _text_problem("\n".join(joined)):
            return False
    return True


def _are_numbers_finite(values: Iterable[Any]) -> bool:
    return all(math.isfinite(value) for value in values if isinstance(value, float))


_JOINED: Final = 10_000
_LOOKS: Final = {str: _are_texts_storable, float: _are_numbers_finite}


def _refuse_first(column: Column, values: Sequence[object]) -> None:
    codes = codes_of(column)
    for value in values:
        problem = value_problem(column, value, codes)
        if problem:
            raise SchemaError(f"column {column.name} {problem}: {str(value)[:60]!r}")


_TYPES: Final[dict[Kind, tuple[type, ...]]] = {
    "text": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "datetime": (str,),
    "blob": (bytes,),
}


def codes_of(column: Column) -> frozenset[str]:
    """Give the codes that a coded column may hold; none for any other column."""
    return frozenset(str(code) for code, _ in column.values)


def value_problem(column: Column, value: object, codes: frozenset[str]) -> str:
    """Say what is wrong with a value of a column of these codes, "" where nothing is."""
    problem = _problem(column, value)
    if not problem and codes and value is not None and value not in codes:
        return "holds a code that the schema does not know"
    return problem


def _problem(column: Column, value: object) -> str:
    if value is None:
        return "may not be empty" if column.required else ""
    if not isinstance(value, _TYPES[column.kind]):
        return f"holds {column.kind} only"
    if isinstance(value, float) and not math.isfinite(value):
        return "holds finite numbers only"
    return _text_problem(value) if isinstance(value, str) else ""


def _text_problem(value: str) -> str:
    if "\0" in value:
        return "holds a null character, which no map file can store"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "holds half a character, which no map file can store"
    return ""
