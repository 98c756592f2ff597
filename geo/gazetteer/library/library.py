"""Reads the library of imported places: by key of a name, by part of a name, by area and kind."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.entry import Entry
from geo.gazetteer.library.schema import LIBRARY
from geo.gazetteer.library.source import SourceNote
from geo.model import Place, Precision

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees of EPSG:4326."""

WORLD: Final[Bounds] = (-180.0, -90.0, 180.0, 90.0)

# No name is borne by more places of one city; what is more is a list, not an answer.
_MOST = 1000
_PLACE: Final = (
    "p.place_id, p.name, p.name_hans, p.aliases, p.kind, p.geometry, p.precision, "
    "p.uncertainty_m, p.source, p.note"
)
_WITHIN: Final = "p.west <= ? AND p.south <= ? AND p.east >= ? AND p.north >= ?"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and the way its key resembles the one asked for: exact, begins or contains."""

    entry: Entry
    how: str


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """A library that is open for reading; all geometries in EPSG:4326."""

    path: Path
    _connection: sqlite3.Connection = field(repr=False)
    _sources: dict[int, SourceNote] = field(default_factory=dict, repr=False)

    def entries(self, name_key: str, bounds: Bounds) -> tuple[Entry, ...]:
        """Give the names spelled `name_key` whose places meet `bounds`, full names first.

        A place that several sources hold comes once, from the newest of them.
        """
        return self.entries_of((name_key,), bounds)

    def entries_of(self, name_keys: tuple[str, ...], bounds: Bounds) -> tuple[Entry, ...]:
        """Give the names spelled as any of `name_keys`, as `entries` does for one."""
        marks = ",".join("?" * len(name_keys))
        return self._entries(f"n.name_key IN ({marks})", name_keys, bounds, _MOST)

    def present(self, name_keys: Iterable[str]) -> frozenset[str]:
        """Give those of the keys that some name has, anywhere."""
        keys, found = list(name_keys), set[str]()
        for start in range(0, len(keys), _MOST):
            part = keys[start : start + _MOST]
            marks = ",".join("?" * len(part))
            sql = f"SELECT DISTINCT name_key FROM names WHERE name_key IN ({marks})"  # noqa: S608 (marks)
            found.update(name_key for (name_key,) in self._rows(sql, *part))
        return frozenset(found)

    def beginning(
        self, beginning: str, kinds: frozenset[str], bounds: Bounds, most: int
    ) -> tuple[Entry, ...]:
        """Give the names of places of some kinds that begin so; none where over `most` do."""
        span = "n.name_key >= ? AND n.name_key < ?"
        values = (beginning, beginning + "\U0010ffff")
        sql = f"SELECT count(*) FROM (SELECT 1 FROM names n WHERE {span} LIMIT ?)"  # noqa: S608 (constants)
        ((count,),) = self._rows(sql, *values, most + 1)
        if not 0 < count <= most:
            return ()
        marks = ",".join("?" * len(kinds))
        return self._entries(f"{span} AND p.kind IN ({marks})", (*values, *kinds), bounds, most)

    def search(self, name_key: str, bounds: Bounds, limit: int) -> tuple[Match, ...]:
        """Give at most `limit` names that are, begin with, or else contain `name_key`."""
        if not name_key:
            return ()
        beginning = "n.name_key > ? AND n.name_key < ?"
        ways = (
            ("exact", "n.name_key = ?", (name_key,)),
            ("begins", beginning, (name_key, name_key + "\U0010ffff")),
            ("contains", "instr(n.name_key, ?) > 1", (name_key,)),
        )
        found: list[Match] = []
        for how, condition, values in ways:
            wanted = limit - len(found)
            if wanted > 0:
                entries = self._entries(condition, values, bounds, wanted)
                found += [Match(entry, how) for entry in entries]
        return tuple(found)

    def places(self, area: BaseGeometry | None, kind: str | None, limit: int) -> tuple[Place, ...]:
        """Give at most `limit` places that meet an area (None: all), of one kind or of all."""
        sql = f"SELECT {_PLACE} FROM places p WHERE {_WITHIN} AND p.kind = ifnull(?, p.kind)"  # noqa: S608 (constants)
        met = (self._place(row) for row in self._met(sql, area, kind) if _meets(area, row[5]))
        return tuple(islice(met, limit))

    def counts(self, area: BaseGeometry | None = None) -> Mapping[str, int]:
        """Give how many places of each kind meet an area (None: all), most first."""
        if area is None:
            rows = self._rows("SELECT kind, count(*) FROM places GROUP BY 1")
            return dict(Counter(dict(rows)).most_common())
        sql = f"SELECT p.kind, p.geometry FROM places p WHERE {_WITHIN}"  # noqa: S608 (constants)
        met = Counter(kind for kind, wkb in self._met(sql, area) if _meets(area, wkb))
        return dict(met.most_common())

    def sources(self) -> tuple[SourceNote, ...]:
        """Give the imported sources, by name."""
        self._read_sources()
        return tuple(sorted(self._sources.values(), key=lambda source: source.name))

    def bounds(self) -> Bounds | None:
        """Give the bounds of all places, or None where there are none."""
        sql = "SELECT min(west), min(south), max(east), max(north) FROM places"
        (row,) = self._rows(sql)
        return None if row[0] is None else row

    def close(self) -> None:
        """Free the file."""
        self._connection.close()

    def _entries(
        self, condition: str, values: tuple[str, ...], bounds: Bounds, limit: int
    ) -> tuple[Entry, ...]:
        # CROSS JOIN keeps SQLite from beginning with the bounds, which hold far more places.
        sql = (
            f"SELECT {_PLACE}, n.words, n.is_alias FROM names n CROSS JOIN places p "  # noqa: S608 (constants)
            f"ON p.id = n.place WHERE {condition} AND {_WITHIN} ORDER BY n.is_alias, p.id LIMIT ?"
        )
        found: dict[str, Entry] = {}
        for row in self._newest_first(self._rows(sql, *values, *_met_by(bounds), limit)):
            if row[0] not in found:
                found[row[0]] = Entry(self._place(row), row[-2], bool(row[-1]))
        return tuple(sorted(found.values(), key=lambda entry: entry.is_alias))

    def _newest_first(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return sorted(rows, key=lambda row: self._source(row[8]).date, reverse=True)

    def _source(self, number: int) -> SourceNote:
        """Give a source; an import that ended since the library was opened has made new ones."""
        if number not in self._sources:
            self._read_sources()
        return self._sources[number]

    def _read_sources(self) -> None:
        columns = "id, name, title, licence, attribution, date, imported, places"
        rows = self._rows(f"SELECT {columns} FROM sources")  # noqa: S608 (constants)
        self._sources.clear()
        self._sources.update({row[0]: SourceNote(*row[1:]) for row in rows})

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with LIBRARY.told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _met(
        self, sql: str, area: BaseGeometry | None, *values: object
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of places whose bounds meet those of an area."""
        bounds = WORLD if area is None else area.bounds
        if area is not None:
            shapely.prepare(area)
        with LIBRARY.told(self.path):
            yield from self._connection.execute(sql, (*_met_by(bounds), *values))

    def _place(self, row: tuple[Any, ...]) -> Place:
        place_id, name, name_hans, aliases, kind, geometry, precision, uncertainty, source, note = (
            row[:10]
        )
        origin = self._source(source)
        return Place(
            place_id=place_id,
            name=name,
            name_hans=name_hans,
            aliases=tuple(json.loads(aliases)) if aliases != "[]" else (),
            kind=kind,
            geometry=shapely.from_wkb(geometry),
            precision=Precision(precision),
            uncertainty_m=uncertainty,
            within="",
            verified=True,
            source=origin.credit,
            licence=origin.licence,
            note=note,
        )


def open_library(path: Path) -> Library | None:
    """Open the library of imported places, or give None where nothing was imported yet.

    Raises
    ------
    GazetteerError
        When the file is no library, is damaged, or is of a newer version of this program.
    """
    if not path.is_file():
        return None
    return Library(path, LIBRARY.readable(path))


def _met_by(bounds: Bounds) -> Bounds:
    """Order bounds as the condition wants them: a place meets them that does not lie beside."""
    west, south, east, north = bounds
    return east, north, west, south


def _meets(area: BaseGeometry | None, wkb: bytes) -> bool:
    return area is None or bool(area.intersects(shapely.from_wkb(wkb)))
