"""A GeoPackage of ours, read batch by batch: a million works in little memory."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from layers.arrow import BATCH_ROWS, arrow_schema
from layers.frames import stored_frame
from layers.geopackage.blobs import geometries_of
from layers.geopackage.database import damage_told, opened
from layers.geopackage.read import geometry_columns, present_layers
from layers.geopackage.recognise import recognised
from layers.origins import ORIGIN, Origin, origins_of
from layers.passing import (
    IS_WORK,
    NAMES,
    Asked,
    Row,
    batch_at,
    batch_of,
    conditions,
    kept,
    passing,
    quoted,
)
from layers.schema import LAYERS
from layers.selection import Selection
from layers.tables import WORKS, Table

# What is read of a file stays at hand: a box of works lies on few pages, but in many layers.
_CACHE_KB: Final = 64_000
_FIRST_ROWS: Final = 100
_SAMPLE: Final = 50
_CHUNK_BYTES: Final = 4_000_000
_FEW: Final = 2_000
"""Works that are looked at together."""
_MEETS: Final = "maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"


class GeoPackageSource:
    """Reads one open file: see `layers.source.WorksSource`.

    Each method raises LayersFileError where the rows show that the file is damaged.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path = path
        self._database = database
        database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        present = set(present_layers(database))
        self.layers = tuple(name for name in LAYERS if name in present)
        self._geometry = geometry_columns(database, self.layers)
        self.crs = self._geometry[self.layers[0]][1] if self.layers else "EPSG:4326"
        self._asked = Asked(self.crs)

    def batches(self, layer: str, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works of a layer that pass, in the file's order."""
        area = self._asked.area(selection)
        if area is None or not area.is_empty:
            with damage_told(self._path):
                for rows in self._near(layer, selection, area):
                    yield from passing(rows, geometries_of, selection, area)

    def everywhere(self, selection: Selection) -> Iterator[tuple[str, pa.RecordBatch]]:
        """Give the works of all layers that pass, each batch with the name of its layer.

        Those of a small area are looked at all together: a few works lie in many layers.
        """
        area = self._asked.area(selection)
        found = self._layers_near(area) if area is not None and not area.is_empty else None
        if found is None:
            for name in self.layers:
                yield from ((name, batch) for batch in self.batches(name, selection))
            return
        rows, owners = list[Row](), list[str]()
        with damage_told(self._path):
            for name in found:
                rows += (row for chunk in self._near(name, selection, area) for row in chunk)
                owners += [name] * (len(rows) - len(owners))
            places, shapes = kept(rows, geometries_of, selection, area)
            batch, start = batch_at(rows, places, shapes), 0
        for name, own in groupby(owners[at] for at in places):
            count = len(list(own))
            yield name, batch.slice(start, count)
            start += count

    def _near(
        self, layer: str, selection: Selection, area: BaseGeometry | None
    ) -> Iterator[list[Row]]:
        """Give rows that may pass: those whose bounds meet the area's, chunk by chunk."""
        column, _ = self._geometry[layer]
        wanted, values = conditions(layer, selection, "?")
        wanted.append(IS_WORK)
        if area is not None:
            index = quoted(f"rtree_{layer}_{column}")
            wanted.append(f"rowid IN (SELECT id FROM {index} WHERE {_MEETS})")  # noqa: S608
            values += _edges(area)
        yield from self._rows(layer, [*NAMES, column], wanted, values)

    def _layers_near(self, area: BaseGeometry) -> list[str] | None:
        """Name the layers with works near an area; None where these are many works."""
        looks = " UNION ALL ".join(
            f"SELECT {at} FROM {quoted(f'rtree_{name}_{column}')} WHERE {_MEETS}"  # noqa: S608
            for at, (name, (column, _)) in enumerate(self._geometry.items())
        )
        if not looks:
            return []
        query = f"{looks} LIMIT {_FEW + 1}"
        found = self._database.execute(query, _edges(area) * len(self.layers)).fetchall()
        places = sorted({at for (at,) in found})
        return None if len(found) > _FEW else [self.layers[at] for at in places]

    def unplaced(self, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works without a place that pass; none where a place is asked for."""
        if selection.area is not None:
            return
        wanted, values = conditions(WORKS.name, selection, "?")
        wanted.append("layer IS NULL")
        with damage_told(self._path):
            for rows in self._rows(WORKS.name, NAMES, wanted, values):
                shapeless = [(*row, None) for row in rows]
                yield from passing(shapeless, geometries_of, selection, None)

    def origins(self, layer: str | None, selection: Selection) -> Iterator[Origin]:
        """Count works by where they come from: in the database, where it can tell which pass."""
        if selection.search.words or selection.area is not None:
            batches = self.batches(layer, selection) if layer else self.unplaced(selection)
            yield from origins_of(batches)
            return
        table = layer or WORKS.name
        wanted, values = conditions(table, selection, "?")
        wanted += [IS_WORK] if layer else ["layer IS NULL"]
        where = f" WHERE {' AND '.join(wanted)}"
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
                yield batch_of(rows, schema)

    def _rows(
        self, table: str, columns: Sequence[str], wanted: list[str], values: list[Any]
    ) -> Iterator[list[Row]]:
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        query = f"{_selecting(table, tuple(columns))}{where} ORDER BY rowid"
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


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[Row]]:
    """Give rows in chunks of about as many bytes: a text may be a word or a whole document."""
    size = _FIRST_ROWS
    while rows := cursor.fetchmany(size):
        yield rows
        sample = rows[:_SAMPLE]
        held = sum(len(one) for row in sample for one in row if isinstance(one, str | bytes))
        size = max(1, min(BATCH_ROWS, _CHUNK_BYTES * len(sample) // max(held, 1)))


def _edges(area: BaseGeometry) -> list[float]:
    """Give the values for `_MEETS`."""
    west, south, east, north = area.bounds
    return [west, east, south, north]


@lru_cache(maxsize=256)
def _selecting(table: str, columns: tuple[str, ...]) -> str:
    """Write the begin of a query; columns are named with their table, as in `read`."""
    names = ", ".join(f"{quoted(table)}.{quoted(column)}" for column in columns)
    return f"SELECT {names} FROM {quoted(table)}"  # noqa: S608
