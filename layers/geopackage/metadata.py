"""GeoPackage's Metadata extension: sources, licences and lineage of the file and of each layer."""

import sqlite3
from typing import Final

from layers import dublin_core
from layers.description import Description
from layers.dublin_core import dublin_core as plain
from layers.geopackage.contents import Contents
from layers.geopackage.drivers import FIXED_TIME
from layers.geopackage.extensions import register
from layers.qgis import metadata

_DEFINITION: Final = "http://www.geopackage.org/spec130/#extension_metadata"
_TABLES: Final = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT ''
);
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL,
  table_name TEXT,
  column_name TEXT,
  row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);
"""


def add_metadata(database: sqlite3.Connection, contents: Contents) -> None:
    """Describe the file and each layer twice: as QGIS shows it, and in Dublin Core for others."""
    database.executescript(_TABLES)
    for name in ("gpkg_metadata", "gpkg_metadata_reference"):
        register(database, name, "gpkg_metadata", _DEFINITION)
    whole = contents.description
    parent = _add(database, dublin_core.STANDARD, plain(whole))
    _refer(database, None, parent, None)
    _refer(database, None, _add(database, metadata.STANDARD, _for_qgis(whole, contents)), None)
    for layer in contents.layers:
        about = layer.description
        _refer(database, layer.name, _add(database, dublin_core.STANDARD, plain(about)), parent)
        row = _add(database, metadata.STANDARD, _for_qgis(about, contents))
        _refer(database, layer.name, row, parent)


def _for_qgis(of: Description, contents: Contents) -> str:
    return metadata.metadata_document(of, contents.crs)


def _add(database: sqlite3.Connection, standard: str, text: str) -> int:
    query = "INSERT INTO gpkg_metadata VALUES (NULL, 'dataset', ?, 'text/xml', ?)"
    return int(database.execute(query, (standard, text)).lastrowid or 0)


def _refer(database: sqlite3.Connection, table: str | None, row: int, parent: int | None) -> None:
    scope = "geopackage" if table is None else "table"
    database.execute(
        "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, ?)",
        (scope, table, FIXED_TIME, row, parent),
    )
