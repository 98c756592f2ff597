"""What scripts that run in QGIS share: starting it, drawing, and comparing pictures.

Run by the system's Python, not by ours: it has QGIS and no more of this project than this folder.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage

GROUND = "#f6f4ef"
BLOCK = 4
"""Pixels on a side of the blocks that pictures are compared by."""


def report(make: Callable[[], dict[str, Any]]) -> None:
    """Start QGIS, print what `make` finds as one line of JSON, and end it."""
    application = QgsApplication([], False)
    application.initQgis()
    found = make()
    print(json.dumps(found))
    QgsProject.instance().clear()
    application.exitQgis()


def settings(
    layers: list[QgsMapLayer], extent: QgsRectangle, size: tuple[int, int]
) -> QgsMapSettings:
    """Prepare a map of layers, the topmost first, in the CRS of the first."""
    prepared = QgsMapSettings()
    prepared.setLayers(layers)
    prepared.setOutputSize(QSize(*size))
    prepared.setOutputDpi(96)
    prepared.setBackgroundColor(QColor(GROUND))
    prepared.setDestinationCrs(layers[0].crs())
    prepared.setExtent(extent)
    prepared.setFlag(QgsMapSettings.Antialiasing, True)
    prepared.setLabelingEngineSettings(QgsProject.instance().labelingEngineSettings())
    context = QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(None))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(prepared))
    prepared.setExpressionContext(context)
    return prepared


def draw(prepared: QgsMapSettings) -> tuple[QImage, list[dict[str, Any]]]:
    """Draw a map; give the picture and each label that found a place, with its rectangle."""
    job = QgsMapRendererParallelJob(prepared)
    job.start()
    job.waitForFinished()
    placed = job.takeLabelingResults()
    labels = placed.allLabels() if placed else []
    return job.renderedImage(), [
        {
            "text": label.labelText,
            "layer": label.layerID,
            "box": [
                label.labelRect.xMinimum(),
                label.labelRect.yMinimum(),
                label.labelRect.xMaximum(),
                label.labelRect.yMaximum(),
            ],
        }
        for label in labels
    ]


def colours(image: QImage) -> dict[str, int]:
    """Count the pixels of each colour."""
    counts: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


def difference(image: QImage, kept: Path) -> float:
    """Give the part of the blocks, of those that either picture draws on, that differ visibly.

    Pictures are compared by the mean colour of blocks of a few pixels, so that other fonts and
    another smoothing of edges count for little, and a line or mark of another colour for much.
    """
    ours, theirs = (list(_blocks(one)) for one in (image, QImage(str(kept))))
    if len(ours) != len(theirs):
        return 1.0
    ground = QColor(GROUND)
    pairs = [
        pair for pair in zip(ours, theirs, strict=True) if any(_far(one, ground) for one in pair)
    ]
    return sum(_far(*pair) for pair in pairs) / max(len(pairs), 1)


def _blocks(image: QImage) -> Iterable[QColor]:
    width, height = image.width() // BLOCK, image.height() // BLOCK
    small = image.scaled(width, height, Qt.IgnoreAspectRatio, Qt.SmoothTransformation)
    for y in range(small.height()):
        for x in range(small.width()):
            yield small.pixelColor(x, y)


def _far(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) > 24
