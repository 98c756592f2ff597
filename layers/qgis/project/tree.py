"""The layers' panel: a group for each theme, one for the tables, and the order of drawing."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from layers.markup import legal
from layers.qgis.notation import options
from layers.qgis.project.values import Project, ProjectLayer
from layers.schema import FAMILIES, LAYERS
from layers.tables import TABLES_BY_NAME
from layers.titles import STAGES, THEMES, Title

TABLES_TITLE: Final = Title("表", "表", "tables")


def layer_tree(project: Project) -> ET.Element:
    """Give the groups in the schema's order, each with its layers; points are drawn over lines."""
    root = ET.Element("layer-tree-group")
    for theme, title in THEMES.items():
        own = [layer for layer in project.layers if LAYERS[layer.name].theme is theme]
        if own:
            _group(root, title, own, project)
    if project.tables:
        _group(root, TABLES_TITLE, project.tables, project)
    order = ET.SubElement(root, "custom-order", enabled="1")
    for name in drawing_order(project.layers):
        ET.SubElement(order, "item").text = layer_id(name)
    return root


def drawing_order(layers: Iterable[ProjectLayer]) -> Iterator[str]:
    """Name the layers from the top down: points, lines, areas, each in the schema's order."""
    height = {family.suffix: index for index, family in enumerate(reversed(FAMILIES))}
    yield from sorted(
        (layer.name for layer in layers), key=lambda name: height[LAYERS[name].family.suffix]
    )


def layer_id(name: str) -> str:
    """Give the id of a layer or table in the project; QGIS takes none of ten characters or less."""
    return f"planned_works_{name}"


def title_of(name: str) -> Title:
    """Give the title of a layer or table of the schema."""
    return (LAYERS.get(name) or TABLES_BY_NAME[name]).title


def _group(
    root: ET.Element, title: Title, layers: Iterable[ProjectLayer], project: Project
) -> None:
    group = ET.SubElement(
        root,
        "layer-tree-group",
        name=f"{title.hans} {title.en}",
        checked="Qt::Checked",
        expanded="0",
    )
    for layer in layers:
        element = ET.SubElement(
            group,
            "layer-tree-layer",
            id=layer_id(layer.name),
            name=title_of(layer.name).hans,
            source=legal(layer.source),
            providerKey=project.provider,
            checked="Qt::Checked",
            expanded="1",
        )
        options(ET.SubElement(element, "customproperties"), _legend(layer))


def _legend(layer: ProjectLayer) -> dict[str, str]:
    """Show in the legend the stages that there are; others are drawn all the same."""
    order = [str(index) for index, stage in enumerate(STAGES) if stage in layer.stages]
    return {"legend/node-order": ",".join(order)} if order else {}
