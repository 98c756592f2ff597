"""GeoPackage's Schema extension: what each column is called, and the words of its codes."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from layers.geopackage.extensions import register
from layers.schema import COLUMNS, Column
from layers.tables import TABLES_BY_NAME

_DEFINITION: Final = "http://www.geopackage.org/spec130/#extension_schema"
_TABLES: Final = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  name TEXT,
  title TEXT,
  description TEXT,
  mime_type TEXT,
  constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL,
  constraint_type TEXT NOT NULL,
  value TEXT,
  min NUMERIC,
  min_is_inclusive BOOLEAN,
  max NUMERIC,
  max_is_inclusive BOOLEAN,
  description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);
"""


def add_domains(database: sqlite3.Connection, layers: Iterable[str], tables: Iterable[str]) -> None:
    """Describe the columns of layers and tables; a coded one names the list of its codes.

    The name of a column is in English, its title in Chinese, as in QGIS.
    """
    described = [(name, COLUMNS) for name in layers]
    described += [(name, TABLES_BY_NAME[name].columns) for name in tables]
    database.executescript(_TABLES)
    for name in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        register(database, name, "gpkg_schema", _DEFINITION)
    database.executemany(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)", _columns(described)
    )
    database.executemany(
        "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
        _codes(described),
    )


def _columns(described: Iterable[tuple[str, Sequence[Column]]]) -> Iterator[tuple[object, ...]]:
    for table, columns in described:
        for column in columns:
            title = column.title
            words = f"{title.hans} / {title.hant} / {title.en}"
            domain = column.name if column.values else None
            yield table, column.name, title.en, title.hans, words, domain


def _codes(described: Iterable[tuple[str, Sequence[Column]]]) -> Iterator[tuple[str, str, str]]:
    """Give the codes of each domain once: columns of one name have the same codes everywhere."""
    coded = {one.name: one for _, columns in described for one in columns if one.values}
    for name in sorted(coded):
        for code, title in coded[name].values:
            yield name, str(code), title.hans
