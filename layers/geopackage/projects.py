"""The QGIS project inside a GeoPackage: what a double click on the file opens."""

import json
import sqlite3
from pathlib import Path
from typing import Final

from layers.geopackage.contents import Contents, LayerContents, is_empty
from layers.geopackage.drivers import FIXED_TIME
from layers.geopackage.extensions import register
from layers.qgis.project import Project, ProjectLayer, project_archive

PROJECT_NAME: Final = "planned-works"

_DEFINITION: Final = (
    "https://docs.qgis.org/3.22/en/docs/user_manual/introduction/project_files.html"
)
_TABLE: Final = "CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
# Nobody reads these; they are what corrections are compared with, and the build's own notes.
_NOT_SHOWN: Final = frozenset({"built", "build"})


def add_project(database: sqlite3.Connection, contents: Contents) -> None:
    """Add the project; its layers lie in the file of the name that `contents` states.

    QGIS reads the table by these three columns, in this order, and the archive as hexadecimal text.
    """
    name = contents.description.identifier
    archive = project_archive(_project(database, contents), Path(name).stem)
    changed = {"last_modified_time": FIXED_TIME, "last_modified_user": ""}
    database.execute(_TABLE)
    register(database, "qgis_projects", "qgis_projects", _DEFINITION)
    database.execute(
        "INSERT INTO qgis_projects VALUES (?, ?, ?)",
        (PROJECT_NAME, json.dumps(changed), archive.hex()),
    )


def _project(database: sqlite3.Connection, contents: Contents) -> Project:
    file = contents.description.identifier
    shown = [
        table
        for table in contents.tables
        if table.name not in _NOT_SHOWN and not is_empty(database, table.name)
    ]
    return Project(
        description=contents.description,
        provider="ogr",
        crs=contents.crs,
        bounds=contents.bounds,
        layers=tuple(_layer(one, file) for one in contents.layers),
        tables=tuple(_layer(one, file) for one in shown),
    )


def _layer(one: LayerContents, file: str) -> ProjectLayer:
    source = f"./{file}|layername={one.name}"
    return ProjectLayer(one.name, source, one.description, one.stages)
