"""Writes one source's places into the library, all of them or none."""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely

from geo.errors import GazetteerError
from geo.gazetteer.library.schema import LIBRARY
from geo.gazetteer.library.source import SourceNote
from geo.gazetteer.names import key
from geo.homefile import transaction
from geo.model import Place

_BATCH = 5_000
_SHORTEST_KEY = 2


@dataclass(slots=True)
class LibraryWriter:
    """Takes the places of one source; their rows are written in batches."""

    _connection: sqlite3.Connection
    _source: int
    _next: int
    places: int = 0
    names: int = 0
    _places: list[Place] = field(default_factory=list)
    _names: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, place: Place) -> None:
        """Add a place, geometry in EPSG:4326, with all its names; `within` is not kept."""
        number = self._next + self.places
        self._places.append(place)
        spelled = [(key(words), number, words) for words in (place.name, *place.aliases)]
        names = [(*row, row[2] != place.name) for row in spelled if len(row[0]) >= _SHORTEST_KEY]
        self._names += names
        self.places += 1
        self.names += len(names)
        if len(self._places) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        marks = ",".join("?" * 15)
        first = self._next + self.places - len(self._places)
        rows = _rows(first, self._source, self._places)
        self._connection.executemany(f"INSERT INTO places VALUES ({marks})", rows)  # noqa: S608 (question marks)
        self._connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", self._names)
        self._places.clear()
        self._names.clear()


@contextmanager
def rewriting(path: Path, source: SourceNote) -> Iterator[LibraryWriter]:
    """Give a writer of a source's places; when the block ends well, they replace its older ones.

    Whatever ends the block otherwise, even a killed process, leaves the library as it was.

    Raises
    ------
    GazetteerError
        When the library cannot be written, or the source holds no place.
    """
    with LIBRARY.told(path), LIBRARY.writable(path) as connection, transaction(connection):
        _drop(connection, source.name)
        writer = LibraryWriter(connection, *_begin(connection, source))
        yield writer
        writer.flush()
        if not writer.places:
            raise GazetteerError(
                f"{source.name}: no named place of a known kind lies in it and in the chosen area; "
                "choose another file or area."
            )
        connection.execute(
            "UPDATE sources SET places = ? WHERE name = ?", (writer.places, source.name)
        )


def _drop(connection: sqlite3.Connection, source: str) -> None:
    known = connection.execute("SELECT id FROM sources WHERE name = ?", (source,)).fetchone()
    if known is None:
        return
    connection.execute(
        "DELETE FROM names WHERE place IN (SELECT id FROM places WHERE source = ?)", known
    )
    connection.execute("DELETE FROM places WHERE source = ?", known)
    connection.execute("DELETE FROM sources WHERE id = ?", known)


def _begin(connection: sqlite3.Connection, source: SourceNote) -> tuple[int, int]:
    """Note the source; give its number, and the number of its first place."""
    imported = source.imported or datetime.now(UTC).isoformat(timespec="seconds")
    # Never a number that an older import had: whoever has the library open would mistake them.
    number = time.time_ns()
    credit = source.name, source.title, source.licence, source.attribution, source.date, imported
    connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, 0)", (number, *credit))
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM places").fetchone()
    return number, int(last) + 1


def _rows(first: int, source: int, places: Sequence[Place]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of places; their geometries are measured and packed all at once."""
    shapes = np.array([place.geometry for place in places], dtype=object)
    bounds, packed = shapely.bounds(shapes).tolist(), shapely.to_wkb(shapes)
    for number, place in enumerate(places):
        yield (
            first + number,
            source,
            place.place_id,
            *bounds[number],
            place.name,
            place.name_hans,
            json.dumps(place.aliases, ensure_ascii=False) if place.aliases else "[]",
            place.kind,
            place.precision.value,
            place.uncertainty_m,
            place.note,
            packed[number],
        )
