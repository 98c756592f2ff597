"""Names of at most ten letters for the columns of shapefiles, and styles that use them."""

import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from layers.schema import COLUMNS

MOST_LETTERS: Final = 10

_SHORT: Final = {
    "stage_words": "stage_word",
    "quantity_text": "qty_text",
    "uncertainty_m": "uncert_m",
    "document_id": "doc_id",
}
# Names as an expression of QGIS writes them: "stage_words".
_QUOTED: Final = re.compile(r'"(\w+)"')
_COLUMNS: Final = frozenset(column.name for column in COLUMNS)


def field_name(column: str) -> str:
    """Give the name that a column has in a shapefile."""
    return _SHORT.get(column, column)


def renamed(qml: str, name: Callable[[str], str]) -> str:
    """Give a style document of QGIS with other names for the columns that it speaks of.

    A column stands there as the whole of an attribute, or between quotes in an expression.
    """
    root = ET.fromstring(qml)  # noqa: S314  our own document
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, _renamed_value(value, name))
        if element.text:
            element.text = _renamed_value(element.text, name)
    return ET.tostring(root, encoding="unicode")


def _renamed_value(value: str, name: Callable[[str], str]) -> str:
    if value in _COLUMNS:
        return name(value)
    return _QUOTED.sub(lambda found: f'"{name(found[1])}"', value)
