"""The style document of a layer in QGIS' own format: renderer, words of the codes, column names."""

from typing import Final
from xml.etree import ElementTree as ET

from layers.qgis.symbols import symbol
from layers.schema import COLUMNS, Column, Family
from layers.titles import STAGE_COLOURS, STAGES

_GEOMETRY_CODES: Final = {"MultiPoint": "0", "MultiLineString": "1", "MultiPolygon": "2"}


def family_qml(family: Family) -> str:
    """Give the style of the layers of a family: stage by category, precision by each feature."""
    root = ET.Element("qgis", version="3.22", styleCategories="Symbology|Fields|Forms")
    root.append(_renderer(family))
    fields = ET.SubElement(root, "fieldConfiguration")
    aliases = ET.SubElement(root, "aliases")
    for index, column in enumerate(COLUMNS, start=1):  # the file's own row number comes first
        fields.append(_field(column))
        ET.SubElement(aliases, "alias", field=column.name, index=str(index), name=column.title.hans)
    code = ET.SubElement(root, "layerGeometryType")
    code.text = _GEOMETRY_CODES[family.geometry_type]
    return ET.tostring(root, encoding="unicode")


def _renderer(family: Family) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr="stage")
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for index, (stage, title) in enumerate(STAGES.items()):
        name = str(index)
        ET.SubElement(
            categories, "category", value=stage, label=title.hans, symbol=name, render="true"
        )
        symbols.append(symbol(name, family, STAGE_COLOURS[stage]))
    return renderer


def _field(column: Column) -> ET.Element:
    field = ET.Element("field", name=column.name, configurationFlags="None")
    if not column.values:
        return field
    widget = ET.SubElement(field, "editWidget", type="ValueMap")
    config = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    entries = ET.SubElement(config, "Option", type="List", name="map")
    for code, title in column.values:
        entry = ET.SubElement(entries, "Option", type="Map")
        ET.SubElement(entry, "Option", type="QString", name=title.hans, value=str(code))
    return field
