"""Places of the user's library that lie in a city, answered by key, with their districts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.entry import Entry
from geo.model import Place

# Boundaries are generalised by up to this many degrees (about 2 km).
_TOLERANCE = 0.02
# A line leads somewhere: one that ends this near the city, in degrees, may be meant.
_LINE_MARGIN = 0.05
_REMEMBERED = 200_000


class Names(Protocol):
    """Whatever answers names by key and bounds, as the library of imported places does."""

    def entries_of(
        self, name_keys: tuple[str, ...], bounds: tuple[float, float, float, float]
    ) -> tuple[Entry, ...]:
        """Give the names spelled as any of the keys whose places meet the bounds (EPSG:4326)."""

    def present(self, name_keys: Iterable[str]) -> frozenset[str]:
        """Give those of the keys that some name has, anywhere."""

    def beginning(
        self,
        beginning: str,
        kinds: frozenset[str],
        bounds: tuple[float, float, float, float],
        most: int,
    ) -> tuple[Entry, ...]:
        """Give the names of places of some kinds that begin so; none where over `most` do."""


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """The imported places of one city: `city` is its polygon, `districts` those inside it."""

    names: Names
    city: BaseGeometry
    districts: tuple[Place, ...]
    kinds: frozenset[str]
    _bounds: tuple[float, float, float, float] = field(init=False, repr=False)
    _absent: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for shape in (self.city, *(district.geometry for district in self.districts)):
            shapely.prepare(shape)
        west, south, east, north = self.city.bounds
        margin = _LINE_MARGIN
        bounds = west - margin, south - margin, east + margin, north + margin
        object.__setattr__(self, "_bounds", bounds)
        object.__setattr__(self, "_absent", set())

    def entries(self, name_keys: Iterable[str]) -> tuple[Entry, ...]:
        """Give the names of places in the city, or, where there is none, just beside it."""
        keys = tuple(one for one in dict.fromkeys(name_keys) if one not in self._absent)
        if not keys:
            return ()
        return self._own(self.names.entries_of(keys, self._bounds))

    def expect(self, name_keys: Iterable[str]) -> None:
        """Ask at once which of many keys no name has, so that they are not looked up one by one."""
        if len(self._absent) > _REMEMBERED:
            self._absent.clear()
        unknown = set(name_keys) - self._absent
        self._absent.update(unknown - self.names.present(unknown))

    def lacks(self, name_keys: Iterable[str]) -> bool:
        """Whether it is known that no name has any of the keys."""
        return self._absent.issuperset(name_keys)

    def beginning(self, beginning: str, kinds: frozenset[str], most: int) -> tuple[Entry, ...]:
        """Give the names that begin so, of places in the city or just beside it."""
        return self._own(self.names.beginning(beginning, kinds, self._bounds, most))

    def _own(self, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        if not found:
            return ()
        near = [e for e in found if e.place.kind in self.kinds and self._is_near(e.place.geometry)]
        inside = [entry for entry in near if self.city.intersects(entry.place.geometry)]
        return tuple(map(self._held, inside or near))

    def _is_near(self, geometry: BaseGeometry) -> bool:
        margin = _LINE_MARGIN if geometry.geom_type.endswith("LineString") else _TOLERANCE
        return bool(shapely.dwithin(self.city, geometry, margin))

    def _held(self, entry: Entry) -> Entry:
        """Say which district holds the place; a line that leaves it is held by none."""
        geometry = entry.place.geometry
        is_line = geometry.geom_type.endswith("LineString")
        part = geometry if is_line else geometry.representative_point()
        for district in self.districts:
            if district.geometry.covers(part):
                place = replace(entry.place, within=district.name_hans)
                return replace(entry, place=place)
        return entry
