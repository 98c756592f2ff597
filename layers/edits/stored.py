"""Values of corrections as text: JSON, with a geometry as well-known binary in hexadecimal."""

import json
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from layers.edits.values import Value

_WKB: Final = "wkb"


def written_value(value: Value) -> str | None:
    """Write a value; None stays None."""
    return None if value is None else json.dumps(plain_value(value), ensure_ascii=False)


def plain_value(value: Value) -> Any:  # noqa: ANN401  JSON
    """Give a value as JSON holds it."""
    if isinstance(value, BaseGeometry):
        return {_WKB: shapely.to_wkb(value, hex=True)}
    return value


def shown(value: Value) -> str:
    """Give a value as people read it: a geometry as well-known text to 0.1 m, nothing as ""."""
    if isinstance(value, BaseGeometry):
        return shapely.to_wkt(value, rounding_precision=6)
    return "" if value is None else str(value)


def read_value(text: str | None) -> Value:
    """Read a value that was written.

    Raises
    ------
    ValueError
        When the text is none.
    ShapelyError
        When its geometry is damaged.
    """
    return None if text is None else value_of(json.loads(text))


def value_of(plain: Any) -> Value:  # noqa: ANN401  JSON
    """Give back a value from JSON."""
    if isinstance(plain, dict):
        shape: BaseGeometry = shapely.from_wkb(str(plain.get(_WKB)))
        return shape
    if isinstance(plain, str | float | int | bool | None):
        return plain
    raise ValueError("a value is neither text, number, truth nor geometry")
