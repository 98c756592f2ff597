"""What the schema expects of the layers and tables that are in a file."""

import sqlite3
from collections.abc import Iterator, Sequence

from layers.geopackage.read import present_layers
from layers.schema import COLUMNS, LAYERS, Column
from layers.tables import TABLES


def columns_of(database: sqlite3.Connection) -> Iterator[tuple[str, Sequence[Column]]]:
    """Give each layer of ours that is there, and each table, with the columns it should have."""
    for name in present_layers(database):
        if name in LAYERS:
            yield name, COLUMNS
    for table in TABLES:
        yield table.name, table.columns
