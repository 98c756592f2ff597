"""QGIS' own notation in its documents: nested options, data-defined properties, sizes, colours."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

POINTS_PER_PIXEL: Final = 0.75

Value = str | bool | int | Mapping[str, "Value"] | Sequence["Value"]

_EXPRESSION: Final = 3  # QGIS' code of a property that an expression gives


def options(parent: ET.Element, values: Mapping[str, Value]) -> None:
    """Add a mapping: texts, truths, whole numbers, and mappings and lists of them."""
    parent.append(_option(values))


def _option(value: Value, name: str | None = None) -> ET.Element:
    element = ET.Element("Option", {"name": name} if name is not None else {})
    if isinstance(value, Mapping):
        element.set("type", "Map")
        element.extend(_option(one, key) for key, one in value.items())
    elif isinstance(value, str):
        element.attrib |= {"type": "QString", "value": value}
    elif isinstance(value, bool):
        element.attrib |= {"type": "bool", "value": str(value).lower()}
    elif isinstance(value, int):
        element.attrib |= {"type": "int", "value": str(value)}
    else:
        element.set("type", "List")
        element.extend(_option(one) for one in value)
    return element


def data_defined(
    parent: ET.Element, defined: Mapping[str, str], tag: str = "data_defined_properties"
) -> None:
    """Let expressions give properties: `defined` maps a property to its expression."""
    properties: dict[str, Value] = {
        name: {"active": True, "expression": expression, "type": _EXPRESSION}
        for name, expression in defined.items()
    }
    holder = ET.SubElement(parent, tag)
    options(holder, {"properties": properties})


def points(pixels: float) -> str:
    """Give a length of the drawing in typographic points, which QGIS scales with the screen."""
    return f"{pixels * POINTS_PER_PIXEL:g}"


def rgba(colour: str, opacity: float = 1) -> str:
    """Give a colour (#rrggbb) as QGIS writes it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{round(255 * opacity)}"
