"""Edit a works file in real QGIS as a person does; run by the system's Python, not by ours.

Usage: qgis_edit.py FILE.gpkg < STEPS.json; each step names a layer and what is done in it.
"""

import json
import sys

from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer


def opened(path: str, name: str) -> QgsVectorLayer:
    """Open a layer for editing, with whatever the file says of forms and defaults."""
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    if not layer.isValid() or not layer.startEditing():
        raise SystemExit(f"{name} cannot be edited")
    QgsProject.instance().addMapLayer(layer)
    return layer


def found(layer: QgsVectorLayer, work_id: str) -> QgsFeature:
    """Find the feature of a work."""
    return next(one for one in layer.getFeatures() if one["work_id"] == work_id)


def act(layer: QgsVectorLayer, step: dict[str, object]) -> None:
    """Do one thing in an edit session."""
    fields = layer.fields()
    shape = QgsGeometry.fromWkt(step["wkt"]) if "wkt" in step else None
    if step["do"] == "draw":
        feature = QgsFeature(fields)
        feature.setGeometry(shape)
        for name, value in step["values"].items():
            feature[name] = value
        layer.addFeature(feature)
        return
    feature = found(layer, step["work_id"])
    if step["do"] == "move":
        layer.changeGeometry(feature.id(), shape)
    elif step["do"] == "shift":
        geometry = feature.geometry()
        geometry.translate(*step["by"])
        layer.changeGeometry(feature.id(), geometry)
    elif step["do"] == "delete":
        layer.deleteFeature(feature.id())
    elif step["do"] == "set":
        for name, value in step["values"].items():
            layer.changeAttributeValue(feature.id(), fields.indexOf(name), value)


def main(path: str) -> None:
    """Take each step in a session of its own, and save it."""
    application = QgsApplication([], False)
    application.initQgis()
    for step in json.load(sys.stdin):
        layer = opened(path, step["layer"])
        act(layer, step)
        if not layer.commitChanges():
            raise SystemExit("; ".join(layer.commitErrors()))
    QgsProject.instance().clear()
    application.exitQgis()


main(sys.argv[1])
