"""Open published layers in real QGIS, as a person would; run by the system's Python, not by ours.

Usage: qgis_postgis.py HOST PORT DATABASE USER PASSWORD SCHEMA PICTURE.png, then LAYER:TYPE ...;
prints a JSON report. What is drawn into the last layer is left in the database.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsDataSourceUri,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def opened(server: list[str], schema: str, name: str, kind: str) -> QgsVectorLayer:
    """Open a layer as the browser of QGIS does, with its default style."""
    uri = QgsDataSourceUri()
    uri.setConnection(*server)
    uri.setDataSource(schema, name, "geom", "", "work_id")
    uri.setSrid("4326")
    uri.setWkbType(QgsWkbTypes.parseType(kind))
    return QgsVectorLayer(uri.uri(expandAuthConfig=False), name, "postgres")


def describe(layer: QgsVectorLayer) -> dict[str, object]:
    """Say what QGIS makes of a layer."""
    renderer = layer.renderer()
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "crs": layer.crs().authid(),
        "renderer": renderer.type(),
        "attribute": renderer.classAttribute(),
        "categories": [one.value() for one in renderer.categories()],
        "colours": [one.symbol().color().name() for one in renderer.categories()],
        "aliases": {field.name(): field.alias() for field in layer.fields()},
        "writable": bool(
            layer.dataProvider().capabilities() & layer.dataProvider().ChangeAttributeValues
        ),
    }


def draw(layer: QgsVectorLayer) -> str:
    """Draw a work by hand and leave everything else to be filled in later; give what went wrong."""
    if not layer.startEditing():
        return "cannot be edited"
    feature: QgsFeature = QgsVectorLayerUtils.createFeature(layer)
    feature.setGeometry(QgsGeometry.fromWkt("MultiPoint((120.1 31.4))"))
    layer.addFeature(feature)
    return "" if layer.commitChanges() else "; ".join(layer.commitErrors())


def render(layers: list[QgsVectorLayer], picture: str) -> dict[str, int]:
    """Draw the layers and count the pixels of each colour."""
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setOutputSize(QSize(600, 500))
    settings.setBackgroundColor(QColor("#f4f2ee"))
    settings.setDestinationCrs(layers[0].crs())
    extent = QgsRectangle(layers[0].extent())
    extent.scale(1.1)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    counts: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


def main(server: list[str], schema: str, picture: str, names: list[str]) -> None:
    """Report on each layer, on the picture of all, and on the drawing."""
    application = QgsApplication([], False)
    application.initQgis()
    layers = [opened(server, schema, *name.split(":")) for name in names]
    report = {layer.name(): describe(layer) for layer in layers}
    pixels = render(layers, picture)
    print(json.dumps({"layers": report, "pixels": pixels, "drawn": draw(layers[-1])}))
    del layers
    application.exitQgis()


main(sys.argv[1:6], sys.argv[6], sys.argv[7], sys.argv[8:])
