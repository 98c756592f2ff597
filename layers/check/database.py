"""The file as SQLite sees it, for the checks that no map library may soften."""

import sqlite3
from collections.abc import Iterator, Sequence

from layers.schema import COLUMNS, LAYERS, Column
from layers.tables import TABLES


def present_layers(database: sqlite3.Connection) -> list[str]:
    """Name the layers with geometry that the file registers, in its own order."""
    query = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid"
    return [str(name) for (name,) in database.execute(query)]


def columns_of(database: sqlite3.Connection) -> Iterator[tuple[str, Sequence[Column]]]:
    """Give each layer of ours that is there, and each table, with the columns it should have."""
    for name in present_layers(database):
        if name in LAYERS:
            yield name, COLUMNS
    for table in TABLES:
        yield table.name, table.columns


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'
