"""Read a GeoPackage of ours back as frozen frames; refuse what is not ours, in one sentence."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import LayersFileError
from layers.frames import typed
from layers.geopackage.recognise import refuse_foreign
from layers.schema import COLUMNS, LAYERS, Column
from layers.tables import TABLES


@dataclass(frozen=True, slots=True)
class WorksFile:
    """All that a GeoPackage of ours holds, in the columns and types of the schema.

    `layers` are in the file's CRS, by name in the schema's order; missing text is None, missing
    integers are pandas' NA, missing numbers NaN.
    """

    path: Path
    layers: dict[str, gpd.GeoDataFrame]
    works: pd.DataFrame
    clauses: pd.DataFrame
    quantities: pd.DataFrame
    documents: pd.DataFrame
    places: pd.DataFrame
    build: pd.DataFrame


def read_geopackage(path: Path) -> WorksFile:
    """Read all layers and tables.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    refuse_foreign(path)
    try:
        present = {str(name) for name in gpd.list_layers(path)["name"]}
        layers = {name: _layer(path, name) for name in LAYERS if name in present}
        tables = {table.name: _table(path, table.name, table.columns) for table in TABLES}
    except (RuntimeError, sqlite3.Error, KeyError, ValueError) as error:
        raise LayersFileError(f"{path} is damaged ({error}); build it again") from error
    return WorksFile(path=path, layers=layers, **tables)


def _layer(path: Path, name: str) -> gpd.GeoDataFrame:
    frame = gpd.read_file(path, layer=name)
    columns = typed(pd.DataFrame(frame), COLUMNS)
    return gpd.GeoDataFrame(columns, geometry=frame.geometry, crs=frame.crs)


def _table(path: Path, name: str, columns: Sequence[Column]) -> pd.DataFrame:
    return typed(pd.DataFrame(gpd.read_file(path, layer=name)), columns)
