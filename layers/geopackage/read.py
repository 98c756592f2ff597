"""Read a GeoPackage of ours back as frozen frames; refuse what is not ours, in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.errors import LayersFileError
from layers.frames import typed
from layers.geopackage.database import damage_told
from layers.geopackage.recognise import refuse_foreign
from layers.schema import COLUMNS, LAYERS, Column
from layers.tables import TABLES

_ATTEMPTS: Final = 5


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

    A file that is replaced meanwhile is read again, so that no two builds are mixed.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, was not made by this program, or is replaced all the
        time.
    """
    for _ in range(_ATTEMPTS):
        before = _identity(path)
        try:
            file = _read(path)
        except LayersFileError:
            if before == _identity(path):
                raise
        else:
            if before == _identity(path):
                return file
    raise LayersFileError(f"{path} changes while it is read; try again when the build is done")


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _read(path: Path) -> WorksFile:
    refuse_foreign(path)
    with damage_told(path):
        present = set(gpd.list_layers(path)["name"])
        layers = {name: _layer(path, name) for name in LAYERS if name in present}
        tables = {table.name: _table(path, table.name, table.columns) for table in TABLES}
    return WorksFile(path=path, layers=layers, **tables)


def _layer(path: Path, name: str) -> gpd.GeoDataFrame:
    frame = gpd.read_file(path, layer=name)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise ValueError(f"layer {name} has no geometry")  # noqa: TRY004  a damage of the file
    columns = typed(pd.DataFrame(frame), COLUMNS)
    return gpd.GeoDataFrame(columns, geometry=frame.geometry, crs=frame.crs)


def _table(path: Path, name: str, columns: Sequence[Column]) -> pd.DataFrame:
    return typed(pd.DataFrame(gpd.read_file(path, layer=name)), columns)
