"""What a GeoPackage holds, looked up in its rows: sources, plans, stages, extent, CRS."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyproj

from geo.model import Precision
from layers.attribution import credits_of
from layers.description import PROGRAM, Bounds, Description, PlanText, place_and_time
from layers.geopackage.read import geometry_columns
from layers.passing import quoted
from layers.schema import LAYERS
from layers.tables import TABLES, TABLES_BY_NAME
from layers.titles import Title

_WGS84: Final = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class LayerContents:
    """A layer or table of the file in words; `stages` are those of its rows."""

    name: str
    description: Description
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a file holds. `bounds` are those of its works but for those outside their city."""

    description: Description
    crs: pyproj.CRS
    bounds: Bounds | None
    layers: tuple[LayerContents, ...]
    tables: tuple[LayerContents, ...]


def contents_of(database: sqlite3.Connection, layers: Iterable[str], name: str) -> Contents:
    """Look up what a file of `layers` (and of tables, as they are there) holds.

    `name` is the file's. Everything is computed from the rows, so that a part of the works says
    of itself only what is true of the part.
    """
    texts = _texts(database)
    own = tuple(_layer(database, one, texts) for one in layers)
    tables = tuple(_table(database, one, texts) for one in present_tables(database))
    found = [credit for one in (*own, *tables) for credit in one.description.credits]
    where = place_and_time(texts)
    title = Title(f"规划工程 {where}", f"規劃工程 {where}", f"planned works {where}")
    given = credits_of((one.source, one.licence) for one in found)
    return Contents(
        description=Description(name, title, texts, given, PROGRAM, None),
        crs=_crs(database, own),
        bounds=_city_bounds(database, own),
        layers=own,
        tables=tables,
    )


def present_tables(database: sqlite3.Connection) -> tuple[str, ...]:
    """Name the tables of the schema that the file has, in the schema's order."""
    query = "SELECT table_name FROM gpkg_contents WHERE data_type = 'attributes'"
    present = {str(name) for (name,) in database.execute(query)}
    return tuple(table.name for table in TABLES if table.name in present)


def is_empty(database: sqlite3.Connection, name: str) -> bool:
    """Tell whether a layer or table has no row."""
    query = f"SELECT NOT EXISTS (SELECT 1 FROM {quoted(name)})"  # noqa: S608  names are ours
    return bool(database.execute(query).fetchone()[0])


def _texts(database: sqlite3.Connection) -> tuple[PlanText, ...]:
    if "documents" not in present_tables(database):
        return ()
    query = "SELECT document_id, title, city, year, issuer, sha256 FROM documents ORDER BY rowid"
    return tuple(
        PlanText(str(key), str(title), str(city), year, str(issuer or ""), str(sha256))
        for key, title, city, year, issuer, sha256 in database.execute(query)
    )


def _layer(database: sqlite3.Connection, name: str, texts: tuple[PlanText, ...]) -> LayerContents:
    read = set(_distinct(database, name, "document_id"))
    description = Description(
        identifier=name,
        title=LAYERS[name].title,
        texts=tuple(text for text in texts if (text.document_id,) in read),
        credits=credits_of(_sources(database, name)),
        program=PROGRAM,
        bounds=_bounds(database, name),
    )
    stages = tuple(str(stage) for (stage,) in _distinct(database, name, "stage") if stage)
    return LayerContents(name, description, stages)


def _table(database: sqlite3.Connection, name: str, texts: tuple[PlanText, ...]) -> LayerContents:
    table = TABLES_BY_NAME[name]
    has_source = {"source", "licence"} <= {column.name for column in table.columns}
    pairs = _sources(database, name) if has_source else []
    description = Description(name, table.title, texts, credits_of(pairs), PROGRAM, None)
    return LayerContents(name, description)


def _sources(database: sqlite3.Connection, name: str) -> list[tuple[object, object]]:
    pairs = _distinct(database, name, "source", "licence")
    return [(source, licence) for source, licence in pairs]


def _distinct(database: sqlite3.Connection, table: str, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(f"{quoted(table)}.{quoted(column)}" for column in columns)
    query = f"SELECT DISTINCT {names} FROM {quoted(table)} ORDER BY {names}"  # noqa: S608
    return database.execute(query).fetchall()


def _bounds(database: sqlite3.Connection, name: str) -> Bounds | None:
    query = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
    found = database.execute(query, (name,)).fetchone()
    return None if found is None or None in found else found


def _crs(database: sqlite3.Connection, layers: tuple[LayerContents, ...]) -> pyproj.CRS:
    code = geometry_columns(database, [layers[0].name])[layers[0].name][1] if layers else _WGS84
    return pyproj.CRS.from_user_input(code)


def _city_bounds(database: sqlite3.Connection, layers: tuple[LayerContents, ...]) -> Bounds | None:
    found = [bounds for layer in layers for bounds in _inside(database, layer.name)]
    if not found:
        return next((one.description.bounds for one in layers), None)
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def _inside(database: sqlite3.Connection, name: str) -> Iterator[Bounds]:
    column, _ = geometry_columns(database, [name])[name]
    query = (
        "SELECT min(minx), min(miny), max(maxx), max(maxy) "  # noqa: S608  names are ours
        f"FROM {quoted(f'rtree_{name}_{column}')} JOIN {quoted(name)} AS one ON id = one.rowid "
        "WHERE precision <> ?"
    )
    bounds = database.execute(query, (Precision.OUTSIDE,)).fetchone()
    if None not in bounds:
        yield bounds
