"""The document of a project, as QGIS reads it: from values alone, the same each time."""

from typing import Final
from xml.etree import ElementTree as ET

from layers.description import abstract, lineage
from layers.markup import legal
from layers.qgis.crs import spatial_reference
from layers.qgis.project.map_layers import map_layers
from layers.qgis.project.relations import Relation, relation_elements, relations_of
from layers.qgis.project.settings import properties, snapping, views
from layers.qgis.project.tree import drawing_order, layer_id, layer_tree
from layers.qgis.project.values import Project

_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION: Final = "3.22.0"
_PLACE: Final = "<projectlayers />"


def project_document(project: Project) -> str:
    """Give the project as XML; it opens in QGIS 3.22 and later."""
    relations = relations_of(project)
    root = _root(project, relations)
    layers = "".join(map_layers(project, relations))
    start, _, rest = ET.tostring(root, encoding="unicode").partition(_PLACE)
    return f"{_DOCTYPE}{start}<projectlayers>{layers}</projectlayers>{rest}"


def _root(project: Project, relations: tuple[Relation, ...]) -> ET.Element:
    """Give all but the layers, whose styles are markup already, with an empty place for them."""
    title = legal(project.description.title.hans)
    root = ET.Element("qgis", version=_VERSION, projectname=title)
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "projectCrs").append(spatial_reference(project.crs))
    root.append(layer_tree(project))
    root.append(snapping())
    root.append(relation_elements(relations))
    ET.SubElement(root, "projectlayers")
    order = ET.SubElement(root, "layerorder")
    for name in drawing_order(project.layers):
        ET.SubElement(order, "layer", id=layer_id(name))
    root.append(properties(project))
    root.append(_about(project))
    root.extend(views(project))
    return root


def _about(project: Project) -> ET.Element:
    root = ET.Element("projectMetadata")
    of = project.description
    facts = [
        ("identifier", of.identifier),
        ("language", "zho"),
        ("type", "dataset"),
        ("title", of.title.hans),
        ("abstract", abstract(of)),
        *(("history", line) for line in lineage(of)),
        ("author", of.program),
    ]
    for name, value in facts:
        ET.SubElement(root, name).text = legal(value)
    return root
