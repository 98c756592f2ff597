"""Notices that a file of places is in GCJ-02 or BD-09 without saying so, and refuses it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.crs import Datum, Verdict, detect_datum
from geo.errors import GazetteerError
from geo.gazetteer.library import Library, open_library
from geo.gazetteer.load import read_city
from geo.gazetteer.names import key
from geo.gazetteer.rows import read_rows
from geo.model import Place, Precision
from geo.paths import data_path

Position = tuple[float, float]

# No shift is longer (1.5 km); a place of the name further off is another place.
_REACH = 0.03
# What is wider has no position that two sources would agree on within a shift.
_WIDEST = 0.006
# A shift of no known kind is told only where places lie together more closely than this.
_TELLING_M = 150.0
_EXACT = frozenset({Precision.SURVEYED, Precision.STREET})
_MOST_LOOKED_UP, _MOST_PAIRS = 50_000, 5_000


class Spot(Protocol):
    """Whatever has a name and a geometry in EPSG:4326."""

    @property
    def name(self) -> str:
        """Its name, or ""."""

    @property
    def geometry(self) -> BaseGeometry:
        """Where it is said to lie."""


Found = TypeVar("Found", bound=Spot)


def unshifted(features: Iterable[Found], path: Path, library: Path, source: str) -> Iterator[Found]:
    """Pass features on, and refuse the file at its end if its places lie shifted.

    They are compared with places of the same name in the library (but not of the same `source`)
    and in the program's own files.

    Raises
    ------
    GazetteerError
        When they lie as in GCJ-02 or BD-09, or all alike somewhere else: with the evidence.
    """
    known = _Known(open_library(library), source)
    pairs: list[tuple[Position, Position]] = []
    with closing(known):
        for number, feature in enumerate(features):
            if number < _MOST_LOOKED_UP and len(pairs) < _MOST_PAIRS:
                pairs.extend(_pair(feature, known))
            yield feature
    both = np.array(pairs, dtype=float).reshape(-1, 2, 2)
    _refuse_shifted(path, detect_datum(both[:, 0], both[:, 1]))


def _refuse_shifted(path: Path, verdict: Verdict) -> None:
    if verdict.datum in {Datum.GCJ02, Datum.BD09}:
        raise GazetteerError(
            f"{path}: its places lie where {verdict.datum} shows them, not where they are "
            f"({verdict.evidence}); say so with --crs {verdict.datum}."
        )
    if verdict.is_elsewhere and verdict.tolerance_m < _TELLING_M:
        raise GazetteerError(
            f"{path}: its places all lie the same way beside those that are known "
            f"({verdict.evidence}); give the coordinate system that they are in with --crs."
        )


def _pair(feature: Spot, known: "_Known") -> Iterator[tuple[Position, Position]]:
    """Give the two positions of a place that is known by its name, and by one place alone."""
    here = _position(feature.geometry)
    if here and feature.name:
        there = known.positions(key(feature.name), here)
        if len(there) == 1:
            yield here, there.pop()


@dataclass(frozen=True, slots=True)
class _Known:
    """Places whose positions are known in WGS-84."""

    library: Library | None
    source: str

    def positions(self, name_key: str, near: Position) -> set[Position]:
        x, y = near
        bounds = (x - _REACH, y - _REACH, x + _REACH, y + _REACH)
        found = [position for position in _own().get(name_key, ()) if _lies_in(position, bounds)]
        places = self._in_library(name_key, bounds)
        found += [position for place in places if (position := _position(place.geometry))]
        return set(found)

    def close(self) -> None:
        if self.library:
            self.library.close()

    def _in_library(
        self, name_key: str, bounds: tuple[float, float, float, float]
    ) -> Iterator[Place]:
        entries = self.library.entries(name_key, bounds) if self.library else ()
        for entry in entries:
            is_other = f": {self.source}" not in entry.place.source
            if is_other and entry.place.precision in _EXACT:
                yield entry.place


@cache
def _own() -> Mapping[str, tuple[Position, ...]]:
    """Read the exact places that come with the program, of all cities that have files."""
    found: dict[str, set[Position]] = {}
    for row in read_rows(data_path("gazetteer", "cities.csv"), ("city", "boundaries", "places")):
        boundaries = [data_path("boundaries", file) for file in row.words("boundaries")]
        for place in read_city(
            boundaries, [data_path("gazetteer", file) for file in row.words("places")]
        ):
            position = _position(place.geometry)
            if position and place.verified and place.precision in _EXACT:
                for name in (place.name, *place.aliases):
                    found.setdefault(key(name), set()).add(position)
    return {name: tuple(positions) for name, positions in found.items()}


def _position(geometry: BaseGeometry) -> Position | None:
    """Give the middle of a geometry, or None for one that is too wide to have one."""
    west, south, east, north = geometry.bounds
    if max(east - west, north - south) > _WIDEST:
        return None
    middle = geometry.centroid
    return middle.x, middle.y


def _lies_in(position: Position, bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return west <= position[0] <= east and south <= position[1] <= north
