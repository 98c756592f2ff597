"""Keeps the pieces of things on disk until all are read, and gives them back by name."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import shapely

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
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    features: int = 0

    def add(self, feature: Feature) -> None:
        """Keep a feature; one without a name is kept under the numbers it bears."""
        if feature.name:
            self._rows.append(_row(feature, of_ref=False))
        for ref in feature.refs:
            names = (feature.name,) if feature.name else ()
            numbered = replace(
                feature, place_id=f"{feature.place_id}:{ref}", name=ref, aliases=names
            )
            self._rows.append(_row(numbered, of_ref=True))
        self.features += 1
        if len(self._rows) >= _BATCH:
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
        for (_, name_key, of_ref), group in groupby(rows, lambda row: row[:3]):
            yield Group(name_key, bool(of_ref), tuple(map(_feature, group)))

    def size(self, kind: str, name_key: str, *, of_ref: bool) -> int:
        """Count the pieces of a group."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM pieces WHERE kind = ? AND name_key = ? AND of_ref = ?",
            (kind, name_key, of_ref),
        ).fetchone()
        return int(count)

    def _flush(self) -> None:
        self._connection.executemany(_INSERT, self._rows)
        self._rows.clear()


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


def _row(feature: Feature, *, of_ref: bool) -> tuple[Any, ...]:
    return (
        feature.kind,
        key(feature.name),
        of_ref,
        feature.place_id,
        feature.name,
        json.dumps(feature.aliases, ensure_ascii=False),
        feature.precision.value,
        feature.uncertainty_m,
        feature.note,
        feature.merge_m,
        json.dumps(feature.refs),
        shapely.to_wkb(feature.geometry),
    )


def _feature(row: tuple[Any, ...]) -> Feature:
    kind, _, _, place_id, name, aliases, precision, uncertainty_m, note, merge_m, refs, wkb = row
    return Feature(
        place_id,
        name,
        tuple(json.loads(aliases)),
        kind,
        shapely.from_wkb(wkb),
        Precision(precision),
        uncertainty_m,
        note,
        merge_m,
        tuple(json.loads(refs)),
    )
