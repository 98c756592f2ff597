"""Keeps the pieces of things on disk until all are read, and gives them back by name."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.names import key
from geo.model import Precision

_TABLE: Final = """
CREATE TABLE pieces (
    kind TEXT, name_key TEXT, of_ref INTEGER, place_id TEXT, name TEXT, aliases TEXT,
    precision TEXT, uncertainty_m REAL, note TEXT, merge_m REAL, refs TEXT, geometry BLOB
)
"""
_INSERT: Final = "INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BATCH: Final = 5_000
# No name holds it: see `naming`.
_SEPARATOR: Final = "\n"
_PRECISIONS: Final = {precision.value: precision for precision in Precision}


@dataclass(frozen=True, slots=True)
class Group:
    """All pieces of one kind that share a name, or (`of_ref`) the number of a road."""

    name_key: str
    of_ref: bool
    pieces: tuple[Feature, ...]


@dataclass(slots=True)
class Spool:
    """Takes features in any order; a road is put under its name and under each number."""

    _connection: sqlite3.Connection
    _waiting: list[tuple[Feature, bool]] = field(default_factory=list)
    features: int = 0

    def add(self, feature: Feature) -> None:
        """Keep a feature; one without a name is kept under the numbers it bears."""
        if feature.name:
            self._waiting.append((feature, False))
        for ref in feature.refs:
            names = (feature.name,) if feature.name else ()
            number = f"{feature.place_id}:{ref}"
            self._waiting.append((replace(feature, place_id=number, name=ref, aliases=names), True))
        self.features += 1
        if len(self._waiting) >= _BATCH:
            self._flush()

    def groups(self) -> Iterator[Group]:
        """Yield the groups, always in the same order, and their pieces by id."""
        self._flush()
        self._connection.execute(
            "CREATE INDEX by_name ON pieces (kind, name_key, of_ref, place_id)"
        )
        rows = self._connection.execute(
            "SELECT * FROM pieces ORDER BY kind, name_key, of_ref, place_id"
        )
        by_name = groupby(_features(rows), lambda pair: (pair[1].kind, *pair[0]))
        for (_, name_key, of_ref), group in by_name:
            yield Group(name_key, of_ref, tuple(feature for _, feature in group))

    def size(self, kind: str, name_key: str, *, of_ref: bool) -> int:
        """Count the pieces of a group."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM pieces WHERE kind = ? AND name_key = ? AND of_ref = ?",
            (kind, name_key, of_ref),
        ).fetchone()
        return int(count)

    def _flush(self) -> None:
        shapes = np.array([feature.geometry for feature, _ in self._waiting], dtype=object)
        rows = (
            _row(feature, wkb, of_ref=of_ref)
            for (feature, of_ref), wkb in zip(self._waiting, shapely.to_wkb(shapes), strict=True)
        )
        self._connection.executemany(_INSERT, rows)
        self._waiting.clear()


@contextmanager
def spooling() -> Iterator[Spool]:
    """Give an empty spool; what it held on disk is gone after the block."""
    with TemporaryDirectory(prefix="planned-works-") as folder:
        path = Path(folder, "pieces.sqlite")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            yield Spool(connection)


def _row(feature: Feature, wkb: bytes, *, of_ref: bool) -> tuple[Any, ...]:
    return (
        feature.kind,
        key(feature.name),
        of_ref,
        feature.place_id,
        feature.name,
        _SEPARATOR.join(feature.aliases),
        feature.precision.value,
        feature.uncertainty_m,
        feature.note,
        feature.merge_m,
        _SEPARATOR.join(feature.refs),
        wkb,
    )


def _features(cursor: sqlite3.Cursor) -> Iterator[tuple[tuple[str, bool], Feature]]:
    """Yield the pieces, each with the key and kind of its group; geometries are read in batches."""
    while rows := cursor.fetchmany(_BATCH):
        shapes = shapely.from_wkb(np.array([row[-1] for row in rows], dtype=object))
        for row, shape in zip(rows, shapes, strict=True):
            yield (row[1], bool(row[2])), _feature(row, shape)


def _feature(row: tuple[Any, ...], shape: BaseGeometry) -> Feature:
    kind, _, _, place_id, name, aliases, precision, uncertainty_m, note, merge_m, refs, _ = row
    return Feature(
        place_id,
        name,
        _split(aliases),
        kind,
        shape,
        _PRECISIONS[precision],
        uncertainty_m,
        note,
        merge_m,
        _split(refs),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()
