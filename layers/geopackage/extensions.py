"""The list of a GeoPackage's extensions."""

import sqlite3
from typing import Final

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
)
"""


def register(database: sqlite3.Connection, table: str, name: str, definition: str) -> None:
    """State that a table belongs to an extension that a program must know to change the file."""
    database.execute(_TABLE)  # a file without layers has no extension yet
    database.execute(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
        (table, name, definition),
    )
