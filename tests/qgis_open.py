"""Open a GeoPackage in real QGIS and say what it shows; run by the system's Python, not by ours.

Usage: qgis_open.py FILE.gpkg PICTURE.png LAYER ... (lowest layer first); prints a JSON report.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsField,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage


def describe(layer: QgsVectorLayer) -> dict[str, object]:
    """Say what QGIS makes of a layer that was opened with its default style."""
    renderer = layer.renderer()
    fields = layer.fields()
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "crs": layer.crs().authid(),
        "renderer": renderer.type(),
        "attribute": renderer.classAttribute(),
        "categories": [category.value() for category in renderer.categories()],
        "labels": [category.label() for category in renderer.categories()],
        "colours": [category.symbol().color().name() for category in renderer.categories()],
        "aliases": {field.name(): field.alias() for field in fields},
        "widgets": {field.name(): codes(field) for field in fields if codes(field)},
    }


def codes(field: QgsField) -> dict[str, str]:
    """Give the words that a coded field shows, each with its code."""
    setup = field.editorWidgetSetup()
    if setup.type() != "ValueMap":
        return {}
    return {word: code for entry in setup.config()["map"] for word, code in entry.items()}


def render(layers: list[QgsVectorLayer], picture: str) -> dict[str, int]:
    """Draw the layers and count the pixels of each colour other than the background's."""
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setOutputSize(QSize(900, 700))
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
    return colours(image)


def colours(image: QImage) -> dict[str, int]:
    """Count the pixels of each colour."""
    counts: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


def main(path: str, picture: str, names: list[str]) -> None:
    """Report on each layer, and on the picture of all."""
    application = QgsApplication([], False)
    application.initQgis()
    layers = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names]
    report = {layer.name(): describe(layer) for layer in layers}
    pixels = render(layers, picture)
    print(json.dumps({"layers": report, "pixels": pixels}))
    del layers
    application.exitQgis()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
