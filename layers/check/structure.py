"""Layers, columns, types, reference systems and styles, against the stated schema."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from layers.check.expected import columns_of
from layers.check.violation import Violation
from layers.geopackage.read import present_layers
from layers.passing import quoted
from layers.schema import LAYERS, Column, Kind
from layers.tables import TABLES

_SQL_TYPES: Final[dict[Kind, str]] = {
    "text": "TEXT",
    "int": "INTEGER",
    "float": "REAL",
    "bool": "BOOLEAN",
    "datetime": "DATETIME",
    "blob": "BLOB",
}
_UNDEFINED_CRS: Final = (-1, 0)


def structure_violations(database: sqlite3.Connection) -> tuple[Violation, ...]:
    """Compare what the file registers with the schema; geometries and values are not read."""
    return (
        *_layers(database),
        *_columns(database),
        *_reference_systems(database),
        *_styles(database),
    )


def _layers(database: sqlite3.Connection) -> Iterator[Violation]:
    query = "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"
    registered = {str(name): str(kind) for name, kind in database.execute(query)}
    for name in present_layers(database):
        if name not in LAYERS:
            yield Violation(name, "", "schema", "is no layer of the schema")
            continue
        expected = LAYERS[name].family.geometry_type.upper()
        found = registered.get(name, "no geometry")
        if found != expected:
            yield Violation(name, "", "schema", f"holds {found} instead of {expected}")


def _columns(database: sqlite3.Connection) -> Iterator[Violation]:
    for name, columns in columns_of(database):
        found = _attributes(database, name)
        expected = [(column.name, _SQL_TYPES[column.kind]) for column in columns]
        if found != expected:
            yield Violation(name, "", "schema", _difference(columns, found, expected))


def _attributes(database: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    geometry = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"
    shapes = {str(column) for (column,) in database.execute(geometry, (name,))}
    rows = database.execute(f"PRAGMA table_info({quoted(name)})")
    return [
        (str(column), str(kind).upper())
        for _, column, kind, _, _, key in rows
        if not key and column not in shapes
    ]


def _difference(
    columns: Sequence[Column], found: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> str:
    missing = [name for name, _ in expected if name not in dict(found)]
    extra = [name for name, _ in found if name not in {column.name for column in columns}]
    if missing:
        return f"lacks the column {missing[0]}"
    if extra:
        return f"has a column that the schema does not know: {extra[0]}"
    for (name, kind), (_, wanted) in zip(
        found, [(n, dict(expected)[n]) for n, _ in found], strict=True
    ):
        if kind != wanted:
            return f"has {name} as {kind} instead of {wanted}"
    return "has its columns in another order than the schema"


def _reference_systems(database: sqlite3.Connection) -> Iterator[Violation]:
    known = {int(code) for (code,) in database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
    query = "SELECT table_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name"
    for name, code in database.execute(query):
        if code in _UNDEFINED_CRS or code not in known:
            yield Violation(str(name), "", "crs", f"has no known reference system ({code})")


def _styles(database: sqlite3.Connection) -> Iterator[Violation]:
    styled = _styled(database)
    for name in (*present_layers(database), *(table.name for table in TABLES)):
        if name not in styled:
            yield Violation(name, "", "style", "has no default style in layer_styles")


def _styled(database: sqlite3.Connection) -> set[str]:
    query = "SELECT f_table_name FROM layer_styles WHERE useAsDefault AND styleQML <> ''"
    try:
        return {str(name) for (name,) in database.execute(query)}
    except sqlite3.OperationalError:  # the table is missing, or is another program's
        return set()
