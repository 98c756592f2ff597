"""Open a project whose layers are on a server in real QGIS and say what it shows.

Usage: qgis_served.py PROJECT.qgz; prints a JSON report.
"""

import sys
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis_report import report


def describe(path: str) -> dict[str, Any]:
    """Say which layers there are, whether QGIS can read them, and how it draws and names them."""
    project = QgsProject.instance()
    read = project.read(path)
    layers = {one.shortName(): layer(one) for one in project.mapLayers().values()}
    return {"read": read, "crs": project.crs().authid(), "layers": layers}


def layer(one: QgsVectorLayer) -> dict[str, Any]:
    """Say what of a layer came from the server, and what from the project."""
    return {
        "valid": one.isValid(),
        "works": [feature["name"] for feature in one.getFeatures()],
        "renderer": one.renderer().type(),
        "alias": one.fields().field("stage").alias() if one.isValid() else "",
    }


report(lambda: describe(sys.argv[1]))
