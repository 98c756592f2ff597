"""A GeoPackage of ours, read batch by batch: a million works in little memory."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import from_wgs84
from layers.arrow import BATCH_ROWS, arrow_schema
from layers.frames import stored_frame
from layers.geopackage.blobs import geometries_of
from layers.geopackage.database import damage_told, opened, quoted
from layers.geopackage.read import IS_WORK, geometry_column, present_layers
from layers.geopackage.recognise import recognised
from layers.origins import ORIGIN, Origin, origins_of
from layers.schema import COLUMNS, LAYERS, Column, Kind
from layers.selection import Selection, holds, searched_text
from layers.tables import WORKS, Table

_SCHEMA: Final = arrow_schema(COLUMNS, geometry=True)
_NAMES: Final = [column.name for column in COLUMNS]
_FIRST_ROWS: Final = 100
_SAMPLE: Final = 50
_CHUNK_BYTES: Final = 4_000_000
_NAME, _SENTENCE = _NAMES.index("name"), _NAMES.index("sentence")


class GeoPackageSource:
    """Reads one open file: see `layers.source.WorksSource`.

    Each method raises LayersFileError where the rows show that the file is damaged.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path = path
        self._database = database
        present = set(present_layers(database))
        self.layers = tuple(name for name in LAYERS if name in present)
        self.crs = geometry_column(database, self.layers[0])[1] if self.layers else "EPSG:4326"

    def batches(self, layer: str, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works of a layer that pass, in the file's order."""
        column, _ = geometry_column(self._database, layer)
        area = from_wgs84(selection.area, self.crs) if selection.area else None
        wanted, values = _conditions(layer, selection)
        wanted.append(IS_WORK)
        if area is not None:
            index = quoted(f"rtree_{layer}_{column}")
            wanted.append(
                f"rowid IN (SELECT id FROM {index} WHERE maxx >= ? AND minx <= ? "  # noqa: S608
                "AND maxy >= ? AND miny <= ?)"
            )
            west, south, east, north = area.bounds
            values += [west, east, south, north]
        with damage_told(self._path):
            for rows in self._rows(layer, [*_NAMES, column], wanted, values):
                yield from _batch(rows, selection, area)

    def unplaced(self, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works without a place that pass; none where a place is asked for."""
        if selection.area is not None:
            return
        wanted, values = _conditions(WORKS.name, selection)
        wanted.append("layer IS NULL")
        with damage_told(self._path):
            for rows in self._rows(WORKS.name, _NAMES, wanted, values):
                yield from _batch([(*row, None) for row in rows], selection, None)

    def origins(self, layer: str | None, selection: Selection) -> Iterator[Origin]:
        """Count works by where they come from: in the database, where it can tell which pass."""
        if selection.words or selection.area is not None:
            batches = self.batches(layer, selection) if layer else self.unplaced(selection)
            yield from origins_of(batches)
            return
        table = layer or WORKS.name
        wanted, values = _conditions(table, selection)
        wanted += [] if layer else ["layer IS NULL"]
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        names = ", ".join(f"{quoted(table)}.{quoted(name)}" for name in ORIGIN)
        query = f"SELECT {names}, count(*) FROM {quoted(table)}{where} GROUP BY 1, 2, 3"  # noqa: S608
        with damage_told(self._path):
            yield from map(Origin._make, self._database.execute(query, values))

    def table(self, table: Table) -> pd.DataFrame:
        """Give a table without geometry."""
        names = [column.name for column in table.columns]
        rows = (row for batch in self._rows(table.name, names, [], []) for row in batch)
        with damage_told(self._path):
            return stored_frame(rows, table.columns)

    def table_batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """Give a table without geometry batch by batch, in the file's order."""
        schema = arrow_schema(table.columns)
        names = [column.name for column in table.columns]
        with damage_told(self._path):
            for rows in self._rows(table.name, names, [], []):
                arrays = _arrays(rows, table.columns, schema)
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _rows(
        self, table: str, columns: list[str], wanted: list[str], values: list[Any]
    ) -> Iterator[list[tuple[Any, ...]]]:
        names = ", ".join(f"{quoted(table)}.{quoted(column)}" for column in columns)
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        query = f"SELECT {names} FROM {quoted(table)}{where} ORDER BY rowid"  # noqa: S608
        yield from _chunks(self._database.execute(query, values))


@contextmanager
def geopackage_source(path: Path, *, known: bool = False) -> Iterator[GeoPackageSource]:
    """Open a GeoPackage of ours; one that is `known` to be whole is not looked through again.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    opening = opened(path) if known else recognised(path)
    database = opening.__enter__()
    try:
        yield GeoPackageSource(path, database)
    finally:
        # What went wrong with the works once they were read is no damage of the file.
        opening.__exit__(None, None, None)


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    """Give rows in chunks of about as many bytes: a text may be a word or a whole document."""
    size = _FIRST_ROWS
    while rows := cursor.fetchmany(size):
        yield rows
        sample = rows[:_SAMPLE]
        held = sum(len(one) for row in sample for one in row if isinstance(one, str | bytes))
        size = max(1, min(BATCH_ROWS, _CHUNK_BYTES * len(sample) // max(held, 1)))


def _conditions(table: str, selection: Selection) -> tuple[list[str], list[Any]]:
    wanted, values = [], []
    for name, codes in selection.values.items():
        wanted.append(f"CAST({quoted(table)}.{quoted(name)} AS TEXT) IN ({_marks(len(codes))})")
        values += sorted(codes)
    return wanted, values


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _batch(
    rows: list[tuple[Any, ...]], selection: Selection, area: BaseGeometry | None
) -> Iterator[pa.RecordBatch]:
    """Give what of the rows passes by its words and its very shape, as one batch or none."""
    words = selection.words
    if words:
        rows = [row for row in rows if holds(searched_text(row[_NAME], row[_SENTENCE]), words)]
    shapes = geometries_of(row[-1] for row in rows)
    if area is not None:
        shapely.prepare(area)
        met = np.flatnonzero(shapely.intersects(area, shapes))
        rows, shapes = [rows[at] for at in met], shapes[met]
    if rows:
        yield _arrow(rows, shapes)


def _plain(values: Sequence[Any], kind: Kind) -> Sequence[Any]:
    """SQLite stores truth as 0 and 1."""
    return [None if one is None else bool(one) for one in values] if kind == "bool" else values


def _arrow(rows: list[tuple[Any, ...]], shapes: "np.ndarray[Any, Any]") -> pa.RecordBatch:
    arrays = _arrays(rows, COLUMNS, _SCHEMA)
    geometry = pa.array(shapely.to_wkb(shapes), type=pa.binary())
    return pa.RecordBatch.from_arrays([*arrays, geometry], schema=_SCHEMA)


def _arrays(
    rows: list[tuple[Any, ...]], columns: Sequence[Column], schema: pa.Schema
) -> list["pa.Array[Any]"]:
    """Turn rows into arrays of the stated types; values beyond the last column are left alone."""
    return [
        pa.array(_plain(values, one.kind), type=field.type)
        for values, one, field in zip(zip(*rows, strict=True), columns, schema, strict=False)
    ]
