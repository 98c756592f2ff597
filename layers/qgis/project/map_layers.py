"""A layer or table as a project holds it: where its rows are, and its style in full.

A project that names no renderer gives a layer a colour at random, not its default style.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from layers.description import Bounds
from layers.markup import legal
from layers.qgis.crs import spatial_reference
from layers.qgis.metadata import metadata_elements
from layers.qgis.project.relations import Relation, shown_in_form
from layers.qgis.project.tree import layer_id, title_of
from layers.qgis.project.values import Project, ProjectLayer
from layers.qgis.qml import layer_style, table_style
from layers.schema import LAYERS
from layers.tables import TABLES_BY_NAME

_GEOMETRIES: Final = {"MultiPoint": "Point", "MultiLineString": "Line", "MultiPolygon": "Polygon"}


def map_layers(project: Project, relations: tuple[Relation, ...]) -> Iterator[str]:
    """Give the markup of all layers and tables of a project."""
    for layer in project.layers:
        yield _closed(_layer(layer, project), layer_style(LAYERS[layer.name]))
    for table in project.tables:
        style = table_style(TABLES_BY_NAME[table.name], shown_in_form(table.name, relations))
        yield _closed(_table(table, project), style)


def _closed(element: ET.Element, style: str) -> str:
    """Put the markup of a style behind the other parts of a layer."""
    start = ET.tostring(element, encoding="unicode").removesuffix(f"</{element.tag}>")
    return f"{start}{style}</{element.tag}>"


def _layer(layer: ProjectLayer, project: Project) -> ET.Element:
    kind = LAYERS[layer.name].family.geometry_type
    element = ET.Element(
        "maplayer",
        type="vector",
        geometry=_GEOMETRIES[kind],
        wkbType=kind,
        labelsEnabled="1",
        readOnly="0",
        simplifyDrawingHints="1",
        simplifyDrawingTol="1",
    )
    if layer.description.bounds is not None:
        element.append(extent(layer.description.bounds))
    _identify(element, layer, project)
    reference = ET.SubElement(element, "srs")
    reference.append(spatial_reference(project.crs))
    about = ET.SubElement(element, "resourceMetadata")
    about.extend(metadata_elements(layer.description, project.crs))
    return element


def _table(table: ProjectLayer, project: Project) -> ET.Element:
    element = ET.Element(
        "maplayer", type="vector", geometry="No geometry", wkbType="NoGeometry", readOnly="1"
    )
    _identify(element, table, project)
    about = ET.SubElement(element, "resourceMetadata")
    about.extend(metadata_elements(table.description, None))
    return element


def _identify(element: ET.Element, layer: ProjectLayer, project: Project) -> None:
    title = title_of(layer.name)
    facts = {
        "id": layer_id(layer.name),
        "datasource": legal(layer.source),
        "shortname": layer.name,
        "title": title.en,
        "layername": title.hans,
    }
    for name, value in facts.items():
        ET.SubElement(element, name).text = value
    provider = ET.SubElement(element, "provider", encoding="UTF-8")
    provider.text = project.provider


def extent(bounds: Bounds) -> ET.Element:
    """Give a rectangle in the units of its layer or map."""
    element = ET.Element("extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), bounds, strict=True):
        ET.SubElement(element, name).text = repr(value)
    return element
