"""The style document of a layer in QGIS' own format: all that a double click should bring."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from layers.qgis.fields import layer_fields, table_fields
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
    root = ET.Element("qgis", version=_VERSION, styleCategories=_OF_LAYERS, labelsEnabled="1")
    root.extend(layer_style(layer))
    code = ET.SubElement(root, "layerGeometryType")
    code.text = _GEOMETRY_CODES[layer.family.geometry_type]
    return ET.tostring(root, encoding="unicode")


def table_qml(table: Table) -> str:
    """Give the style of a table without geometry: the words of its codes, and nothing to edit."""
    root = ET.Element("qgis", version=_VERSION, styleCategories=_OF_TABLES, readOnly="1")
    root.extend(table_style(table))
    ET.SubElement(root, "layerGeometryType").text = "4"
    return ET.tostring(root, encoding="unicode")


def layer_style(layer: Layer) -> Iterator[ET.Element]:
    """Give the parts of a layer's style, for its own document or for that of a project."""
    yield _renderer(layer.family)
    yield labeling(layer.family)
    yield from layer_fields(layer)
    yield from form(TABS)
    yield _text("previewExpression", '"name"')
    yield _text("mapTip", map_tip())


def table_style(table: Table, relations: Mapping[str, str] | None = None) -> Iterator[ET.Element]:
    """Give the parts of a table's style; its form shows `relations` (ids by title) as tabs."""
    yield from table_fields(table.columns)
    names = [column.name for column in table.columns]
    yield from form({_TABLE_TITLE: names}, relations)
    yield _text("previewExpression", f'"{_NAMES.get(table.name, names[0])}"')


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
