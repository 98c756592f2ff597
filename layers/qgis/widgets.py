"""How a person fills each column in: words for codes, boxes to tick, room for long texts."""

from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from layers.qgis.notation import Value, options
from layers.schema import Column

_LONG: Final = frozenset(
    {"sentence", "text", "full_text", "located_by", "note", "reason", "reasons"}
)
_YEARS: Final[Mapping[str, Value]] = {
    "AllowNull": True,
    "Min": 1949,
    "Max": 2100,
    "Step": 1,
    "Style": "SpinBox",
}
_METRES: Final[Mapping[str, Value]] = {
    "AllowNull": True,
    "Min": 0,
    "Max": 1_000_000,
    "Step": 10,
    "Style": "SpinBox",
}


def field_configuration(columns: Iterable[Column]) -> ET.Element:
    """Give the widget of each column."""
    root = ET.Element("fieldConfiguration")
    for column in columns:
        kind, config = _widget(column)
        field = ET.SubElement(root, "field", name=column.name, configurationFlags="None")
        widget = ET.SubElement(field, "editWidget", type=kind)
        options(ET.SubElement(widget, "config"), config)
    return root


def _widget(column: Column) -> tuple[str, Mapping[str, Value]]:
    if column.values:
        return "ValueMap", {"map": [{title.hans: str(code)} for code, title in column.values]}
    if column.kind == "bool":
        return "CheckBox", {}
    if column.name == "year":
        return "Range", _YEARS
    if column.name == "uncertainty_m":
        return "Range", _METRES
    return "TextEdit", {"IsMultiline": column.name in _LONG, "UseHtml": False}
