"""The style document of a layer in QGIS' own format: all that a double click should bring."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

from layers.qgis.fields import defaults, layer_fields, table_fields
from layers.qgis.forms import TABS, form
from layers.qgis.labels import labeling
from layers.qgis.symbols import symbol
from layers.qgis.tips import map_tip
from layers.schema import Family, Layer
from layers.tables import Table
from layers.titles import NO_STAGE, NO_STAGE_COLOUR, STAGE_COLOURS, STAGES

_VERSION: Final = "3.22"
_OF_LAYERS: Final = (
    "LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|Rendering"
)
_OF_TABLES: Final = "LayerConfiguration|Fields|Forms"
_GEOMETRY_CODES: Final = {"MultiPoint": "0", "MultiLineString": "1", "MultiPolygon": "2"}
_NO_GEOMETRY: Final = "4"
_TABLE_TITLE: Final = "内容 Content"
# What a row is called where one word must do; elsewhere its first column.
_NAMES: Final = {
    "works": "name",
    "sites": "name",
    "clauses": "text",
    "quantities": "text",
    "documents": "title",
    "places": "name",
    "candidates": "name",
}


def layer_qml(layer: Layer) -> str:
    """Give the style of a layer: stage by category, precision by each feature, names, form, tip."""
    return (
        f'<qgis version="{_VERSION}" styleCategories="{_OF_LAYERS}" labelsEnabled="1">'
        f"{layer_style(layer)}"
        f"<layerGeometryType>{_GEOMETRY_CODES[layer.family.geometry_type]}</layerGeometryType>"
        "</qgis>"
    )


def table_qml(table: Table) -> str:
    """Give the style of a table without geometry: the words of its codes, and nothing to edit."""
    return (
        f'<qgis version="{_VERSION}" styleCategories="{_OF_TABLES}" readOnly="1">'
        f"{table_style(table)}<layerGeometryType>{_NO_GEOMETRY}</layerGeometryType></qgis>"
    )


def layer_style(layer: Layer) -> str:
    """Give the parts of a layer's style as markup, for its own document or that of a project."""
    return _family_style(layer.family) + ET.tostring(defaults(layer), encoding="unicode")


def table_style(table: Table, relations: Mapping[str, str] | None = None) -> str:
    """Give the parts of a table's style; its form shows `relations` (ids by title) as tabs."""
    names = [column.name for column in table.columns]
    return _markup(
        *table_fields(table.columns),
        *form({_TABLE_TITLE: names}, relations),
        _text("previewExpression", f'"{_NAMES.get(table.name, names[0])}"'),
    )


@cache
def _family_style(family: Family) -> str:
    """Give what all layers of a family share: nearly all, and slow enough to be kept."""
    return _markup(
        _renderer(family),
        labeling(family),
        *layer_fields(),
        *form(TABS),
        _text("previewExpression", '"name"'),
        _text("mapTip", map_tip()),
    )


def _markup(*elements: ET.Element) -> str:
    return "".join(ET.tostring(element, encoding="unicode") for element in elements)


def _renderer(family: Family) -> ET.Element:
    """Give one category for each stage, and a last one for features that say none yet."""
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr="stage")
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for index, (value, label, colour) in enumerate(_categories()):
        name = str(index)
        ET.SubElement(categories, "category", value=value, label=label, symbol=name, render="true")
        symbols.append(symbol(name, family, colour))
    return renderer


def _categories() -> Iterable[tuple[str, str, str]]:
    for stage, title in STAGES.items():
        yield str(stage), title.hans, STAGE_COLOURS[stage]
    yield "", NO_STAGE.hans, NO_STAGE_COLOUR


def _text(tag: str, content: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = content
    return element
