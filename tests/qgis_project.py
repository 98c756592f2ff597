"""Open the project inside a GeoPackage in real QGIS and say what it shows.

Usage: qgis_project.py PICTURE.png KEPT.png FILE.gpkg ...; prints a JSON report of each file, and
draws the first: PICTURE and, without names, PICTURE_bare are written; KEPT (where it is there) is
compared with the latter, because QGIS does not place names alike each time.
"""

import sys
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsAttributeEditorContainer,
    QgsAttributeEditorElement,
    QgsLayerTreeGroup,
    QgsLayerTreeModel,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsRelation,
    QgsUnitTypes,
)
from qgis_report import difference, draw, report, settings

NAME = "planned-works"


def describe(path: str) -> dict[str, Any]:
    """Open a project and say what it holds."""
    project = QgsProject.instance()
    project.clear()
    read = project.read(f"geopackage:{path}?projectName={NAME}")
    root = project.layerTreeRoot()
    return {
        "read": read,
        "title": project.title(),
        "crs": project.crs().authid(),
        "ellipsoid": project.ellipsoid(),
        "units": QgsUnitTypes.toString(project.distanceUnits()),
        "background": project.backgroundColor().name(),
        "invalid": [one.id() for one in project.mapLayers().values() if not one.isValid()],
        "groups": {one.name(): names(one) for one in root.children() if is_group(one)},
        "order": [one.shortName() for one in root.layerOrder()],
        "layers": {one.shortName(): layer(one) for one in project.mapLayers().values()},
        "relations": {one.id(): relation(one) for one in relations(project)},
        "snapping": snapping(project),
        "topological": project.topologicalEditing(),
        "extent": corners(project.viewSettings().defaultViewExtent()),
        "legend": legend(project),
        "owners": project.readEntry("CopyrightLabel", "/Label")[0],
        "history": list(project.metadata().history()),
    }


def is_group(node: object) -> bool:
    """Tell groups of layers from layers."""
    return isinstance(node, QgsLayerTreeGroup)


def names(group: QgsLayerTreeGroup) -> list[str]:
    """Name the layers of a group as a person sees them."""
    return [layer.name() for layer in group.findLayers()]


def layer(one: QgsMapLayer) -> dict[str, Any]:
    """Say of a layer what only a project says."""
    return {
        "name": one.name(),
        "title": one.title(),
        "source": one.publicSource(),
        "crs": one.crs().authid(),
        "read_only": one.readOnly(),
        "features": one.featureCount(),
        "renderer": one.renderer().type() if one.renderer() else "",
        "rights": list(one.metadata().rights()),
        "relations": [
            element.name() for tab in one.editFormConfig().tabs() for element in inside(tab)
        ],
    }


def inside(tab: QgsAttributeEditorContainer) -> list[QgsAttributeEditorElement]:
    """Give the relations that a tab of a form shows."""
    return [element for element in tab.children() if element.type() == element.AeTypeRelation]


def relations(project: QgsProject) -> list[QgsRelation]:
    """Give the relations of a project."""
    return list(project.relationManager().relations().values())


def relation(one: QgsRelation) -> dict[str, Any]:
    """Say which layers a relation ties, and of how many of the child's rows it finds the parent."""
    children = list(one.referencingLayer().getFeatures())
    return {
        "valid": one.isValid(),
        "child": one.referencingLayer().shortName(),
        "parent": one.referencedLayer().shortName(),
        "fields": one.fieldPairs(),
        "rows": len(children),
        "found": sum(one.getReferencedFeature(child).isValid() for child in children),
    }


def snapping(project: QgsProject) -> dict[str, Any]:
    """Say how a drawn point snaps to others."""
    config = project.snappingConfig()
    return {
        "enabled": config.enabled(),
        "all_layers": config.mode() == config.AllLayers,
        "vertex": bool(config.typeFlag() & config.VertexFlag),
        "segment": bool(config.typeFlag() & config.SegmentFlag),
        "tolerance": config.tolerance(),
        "pixels": config.units() == 1,
    }


def corners(extent: QgsRectangle) -> list[float]:
    """Give a rectangle as numbers."""
    return [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]


def legend(project: QgsProject) -> dict[str, list[str]]:
    """Give the words of the legend of each layer, as the layers' panel shows them."""
    model = QgsLayerTreeModel(project.layerTreeRoot())
    return {
        node.layer().shortName(): [one.data(0) for one in model.layerLegendNodes(node)]
        for node in project.layerTreeRoot().findLayers()
    }


def picture(path: Path, kept: Path) -> dict[str, Any]:
    """Draw the open project as it first shows itself; compare with a picture that was kept."""
    project = QgsProject.instance()
    layers = [one for one in project.layerTreeRoot().layerOrder() if one.isSpatial()]
    extent = project.viewSettings().defaultViewExtent()
    image, labels = draw(settings(layers, extent, (1440, 900)))
    unnamed = settings(layers, extent, (1440, 900))
    unnamed.setFlag(unnamed.DrawLabeling, False)
    bare, _ = draw(unnamed)
    for name, one in ((path, image), (path.with_stem(f"{path.stem}_bare"), bare)):
        one.convertToFormat(one.Format_RGB32).save(str(name), "PNG", 0)
    return {
        "labels": labels,
        "difference": difference(bare, kept) if kept.is_file() else 1.0,
        "named": difference(image, kept) if kept.is_file() else 1.0,
    }


def main() -> dict[str, Any]:
    """Report on each file, and draw the first."""
    target, kept, *files = sys.argv[1:]
    first = describe(files[0])
    if not first["read"]:
        sys.exit(f"{files[0]} holds no project; build it again")
    drawn = picture(Path(target), Path(kept))
    return {"files": [first, *map(describe, files[1:])], "picture": drawn}


report(main)
