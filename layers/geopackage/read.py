"""Read a GeoPackage of ours back as frozen frames; refuse what is not ours, in one sentence."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.frames import stored_frame
from layers.geopackage.blobs import geometries_of
from layers.geopackage.recognise import recognised
from layers.passing import IS_WORK, quoted
from layers.schema import COLUMNS, LAYERS, Column
from layers.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class WorksFile:
    """All that a file or a published schema holds, in the columns and types of the schema.

    `layers` are in the file's CRS, by name in the schema's order; missing text is None, missing
    integers are pandas' NA, missing numbers NaN.
    """

    layers: dict[str, gpd.GeoDataFrame]
    works: pd.DataFrame
    sites: pd.DataFrame
    slots: pd.DataFrame
    clauses: pd.DataFrame
    quantities: pd.DataFrame
    documents: pd.DataFrame
    places: pd.DataFrame
    candidates: pd.DataFrame
    edits: pd.DataFrame
    built: pd.DataFrame
    build: pd.DataFrame


def read_geopackage(path: Path) -> WorksFile:
    """Read all layers and tables, of one build even if another replaces the file meanwhile.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    with recognised(path) as database:
        return works_file(database)


def works_file(database: sqlite3.Connection) -> WorksFile:
    """Read all layers and tables of an open file."""
    present = set(present_layers(database))
    columns = geometry_columns(database, [name for name in LAYERS if name in present])
    layers = {name: _layer(database, name, *column) for name, column in columns.items()}
    tables = {table.name: read_table(database, table) for table in TABLES}
    return WorksFile(layers=layers, **tables)


def present_layers(database: sqlite3.Connection) -> list[str]:
    """Name the layers with geometry that the file registers, in its own order."""
    query = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid"
    return [str(name) for (name,) in database.execute(query)]


def read_table(database: sqlite3.Connection, table: Table) -> pd.DataFrame:
    """Read one table of an open file, in its stated columns and types."""
    return stored_frame(_rows(database, table.name, _names(table.columns)), table.columns)


def _layer(database: sqlite3.Connection, name: str, column: str, crs: str) -> gpd.GeoDataFrame:
    shapes = geometries_of(blob for (blob,) in _rows(database, name, [column], IS_WORK))
    frame = stored_frame(_rows(database, name, _names(COLUMNS), IS_WORK), COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=crs)


def geometry_columns(
    database: sqlite3.Connection, layers: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Give for each layer the name of its geometry column, and its CRS as a code or definition."""
    query = (
        "SELECT table_name, column_name, organization || ':' || organization_coordsys_id, "
        "definition, srs_id FROM gpkg_geometry_columns JOIN gpkg_spatial_ref_sys USING (srs_id)"
    )
    found = {
        name: (str(column), str(code if str(code).startswith("EPSG:") else definition))
        for name, column, code, definition, _ in database.execute(query)
    }
    for name in layers:
        if name not in found:
            raise ValueError(f"layer {name} has no geometry")
    return {name: found[name] for name in layers}


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def _rows(
    database: sqlite3.Connection, table: str, columns: Sequence[str], condition: str = "TRUE"
) -> sqlite3.Cursor:
    """Ask for columns by table and name: SQLite takes a lone unknown name for a text."""
    names = ", ".join(f"{quoted(table)}.{quoted(column)}" for column in columns)
    query = f"SELECT {names} FROM {quoted(table)} WHERE {condition} ORDER BY rowid"  # noqa: S608
    return database.execute(query)
