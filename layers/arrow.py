"""Frames and rows as Arrow tables of the stated types: what the file formats' writers take."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from layers.schema import Column, Kind

GEOMETRY: Final = "geom"
BATCH_ROWS: Final = 10_000
"""Rows that are in memory at once where a layer is too large to be read whole."""

_TYPES: Final[dict[Kind, pa.DataType]] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "datetime": pa.timestamp("ms", tz="UTC"),
    "blob": pa.binary(),
}


def arrow_schema(columns: Sequence[Column], *, geometry: bool = False) -> pa.Schema:
    """Give the columns' types; with `geometry` the last field is well-known binary.

    Every field may be empty in a file, so that a person can draw a work and fill it in later; what
    is required of our own rows is enforced when frames are made.
    """
    fields = [pa.field(one.name, _TYPES[one.kind]) for one in columns]
    shapes = [pa.field(GEOMETRY, pa.binary())] if geometry else []
    return pa.schema([*fields, *shapes])


def arrow_table(frame: pd.DataFrame, columns: Sequence[Column]) -> pa.Table:
    """Give a frame of the schema's columns, with its geometry where it has one."""
    is_spatial = isinstance(frame, gpd.GeoDataFrame)
    schema = arrow_schema(columns, geometry=is_spatial)
    arrays = [_array(frame[one.name], one.kind) for one in columns]
    if is_spatial:
        arrays.append(pa.array(shapely.to_wkb(frame.geometry.to_numpy()), type=pa.binary()))
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: "pd.Series[Any]", kind: Kind) -> "pa.Array[Any]":
    moments = pd.to_datetime(values, utc=True) if kind == "datetime" else values
    return pa.array(moments, type=_TYPES[kind], from_pandas=True)


def arrow_batches(
    rows: Iterable[Sequence[Any]], schema: pa.Schema, size: int = BATCH_ROWS
) -> Iterator[pa.RecordBatch]:
    """Give rows, whose values are in the schema's order, in batches of `size`."""
    left = iter(rows)
    while chunk := list(islice(left, size)):
        columns = zip(*chunk, strict=True)
        arrays = [
            pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
