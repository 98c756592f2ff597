"""Layers and tables into one GeoPackage through pyogrio: types as stated, nothing guessed."""

from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio

from layers.arrow import GEOMETRY
from layers.schema import Layer
from layers.tables import Table

FIXED_TIME: Final = "1970-01-01T00:00:00.000Z"
# GDAL notes the time of writing; a fixed one lets the same input give the same bytes. It need not
# wait for the disk layer by layer: the file counts only once it is whole, and is synced then.
_GDAL_OPTIONS: Final = {"OGR_CURRENT_DATE": FIXED_TIME, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
_DATASET: Final = {"VERSION": "1.3"}

Rows = pa.Table | pa.RecordBatchReader
"""What is written: all at once, or batch by batch."""


def write_layer(path: Path, layer: Layer, rows: Rows, crs_wkt: str) -> None:
    """Add a layer of one geometry type, with its spatial index and extent.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    _set_options()
    pyogrio.write_arrow(
        rows,
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_name=GEOMETRY,
        geometry_type=layer.family.geometry_type,
        crs=crs_wkt,
        dataset_options=None if path.exists() else _DATASET,
        layer_options={
            "GEOMETRY_NAME": GEOMETRY,
            "IDENTIFIER": layer.title.hans,
            "DESCRIPTION": layer.title.en,
        },
    )


def write_table(path: Path, table: Table, rows: Rows, *, key: str = "fid") -> None:
    """Add a table without geometry; `key` names the column that numbers its rows.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    _set_options()
    pyogrio.write_arrow(
        rows,
        path,
        layer=table.name,
        driver="GPKG",
        geometry_name=None,
        dataset_options=None if path.exists() else _DATASET,
        layer_options={
            "FID": key,
            "IDENTIFIER": table.title.hans,
            "DESCRIPTION": table.title.en,
        },
    )


@cache
def _set_options() -> None:
    pyogrio.set_gdal_config_options(_GDAL_OPTIONS)
