"""The gazetteer of one city: its places, indexed by every spelling of their names."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geo.gazetteer.entry import Entry
from geo.gazetteer.imported import Imported, Names
from geo.gazetteer.joining import joined
from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import DISTRICT_KINDS, Kind, Words
from geo.model import Place

__all__ = ["Entry", "Gazetteer"]

_SHORTEST_KEY = 2
# A name without its city must still be a name: 甲城东站 does not become 东站.
_SHORTEST_WITHOUT_CITY = 3
_REMEMBERED = 100_000
_ADMINISTRATIVE = DISTRICT_KINDS | {"city", "urban_districts"}


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The places of one city, geometries in EPSG:4326; empty for a city without data.

    `city` is the polygon of the whole city, `urban` that of its urban districts (the city without
    its county-level cities and counties); both are None where no boundary is known.
    `library` holds imported places; those in the city are answered beside the city's own.
    """

    city_name: str
    places: tuple[Place, ...]
    kinds: Mapping[str, Kind]
    words: Words
    library: Names | None = None
    _full_districts: tuple[str, ...] = field(init=False, repr=False)
    _districts: tuple[Place, ...] = field(init=False, repr=False)
    _short_districts: tuple[str, ...] = field(init=False, repr=False)
    _city_names: tuple[str, ...] = field(init=False, repr=False)
    _reserved: frozenset[str] = field(init=False, repr=False)
    _index: Mapping[str, tuple[Entry, ...]] = field(init=False, repr=False)
    _remembered: Callable[[str], tuple[Entry, ...]] = field(init=False, repr=False)
    _outside: Imported | None = field(init=False, repr=False)
    _nothing: set[str] = field(init=False, repr=False)
    _sorted: Sequence[str] = field(init=False, repr=False)
    _imported: Callable[[str], tuple[Entry, ...]] = field(init=False, repr=False)
    _imported_beginning: Callable[[str, frozenset[str], int], tuple[Entry, ...]] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_districts", tuple(filter(_is_district, self.places)))
        full = tuple(key(place.name) for place in self.districts)
        words = self.words
        reserved = {*words.works, *words.extensions, *words.near, *words.own, *words.tails}
        object.__setattr__(self, "_full_districts", full)
        object.__setattr__(self, "_short_districts", tuple(name[:-1] for name in full))
        object.__setattr__(self, "_city_names", self._names_of_city())
        object.__setattr__(self, "_reserved", frozenset(reserved))
        object.__setattr__(self, "_index", self._build_index())
        object.__setattr__(self, "_sorted", sorted(self._index))
        object.__setattr__(self, "_remembered", lru_cache(_REMEMBERED)(self._entries))
        imported = self._in_library()
        object.__setattr__(self, "_outside", imported)
        object.__setattr__(self, "_nothing", set())
        object.__setattr__(self, "_imported", lru_cache(_REMEMBERED)(self._looked_up(imported)))
        beginning = lru_cache(_REMEMBERED)(imported.beginning) if imported else _none
        object.__setattr__(self, "_imported_beginning", beginning)

    @property
    def title(self) -> str:
        """What the gazetteer is called in messages."""
        return f"the gazetteer of {self.city_name}"

    @property
    def city(self) -> Place | None:
        """The whole city as a polygon."""
        return self._first("city")

    @property
    def urban(self) -> Place | None:
        """The union of the urban districts as a polygon."""
        return self._first("urban_districts")

    @property
    def districts(self) -> tuple[Place, ...]:
        """Districts, county-level cities and counties, as polygons; the cities of a province."""
        return self._districts

    @property
    def base_map(self) -> tuple[Place, ...]:
        """What a light base map draws: districts, big waters, rivers and canals, metro lines.

        A city without districts is drawn itself.
        """
        alone = self.city if not self.districts else None
        return tuple(
            place
            for place in self.places
            if place is alone or (self.kinds[place.kind].base_map and not _lies_in_district(place))
        )

    def district(self, name: str) -> Place | None:
        """Give the district of this full name (甲州市)."""
        return next((place for place in self.districts if place.name_hans == name), None)

    def search(self, name: str) -> tuple[Place, ...]:
        """Give the places of this name, in any script and spelling; full names before aliases."""
        return tuple(dict.fromkeys(entry.place for entry in self.entries(key(name))))

    def entries(self, name_key: str) -> tuple[Entry, ...]:
        """Give the names that are spelled `name_key` (see `names.key`), full names first."""
        return () if name_key in self._nothing else self._remembered(name_key)

    def _entries(self, name_key: str) -> tuple[Entry, ...]:
        for spelling in self._spellings(name_key, self._leads()):
            own, imported = self._index.get(spelling, ()), self._imported(spelling)
            if imported or (own and self.library):
                return joined(own, imported, self._namesakes, self.kinds)
            if own:
                return own
        return ()

    def expect(self, name_keys: Iterable[str]) -> None:
        """Say which keys will be asked for: many at once are looked up faster than one by one."""
        if self._outside is None:
            return
        if len(self._nothing) > _REMEMBERED:
            self._nothing.clear()
        leads, wide = self._leads(), dict[str, tuple[str, ...]]()
        for name_key in set(name_keys) - self._nothing:
            spelled = tuple(self._spellings(name_key, leads))
            if not any(one in self._index for one in spelled):
                wide[name_key] = tuple(w for one in spelled for w in self._wider(one))
        self._outside.expect({one for spelled in wide.values() for one in spelled})
        self._nothing.update(k for k, spelled in wide.items() if self._outside.lacks(spelled))

    def beginning(self, beginning: str, kinds: frozenset[str], most: int) -> tuple[Entry, ...]:
        """Give the names of places of some kinds that begin so, with or without the city.

        None where over `most` names begin so: then the beginning says too little.
        """
        found: dict[tuple[str, str], Entry] = {}
        for lead in ("", *self._city_names):
            for entry in self._both_beginning(lead + beginning, kinds, most):
                found.setdefault((entry.place.place_id, entry.words), entry)
        return tuple(found.values())

    def _both_beginning(self, beginning: str, kinds: frozenset[str], most: int) -> Iterator[Entry]:
        start = bisect_left(self._sorted, beginning)
        end = bisect_left(self._sorted, beginning + "\U0010ffff")
        for name_key in self._sorted[start : min(end, start + most)]:
            yield from (entry for entry in self._index[name_key] if entry.place.kind in kinds)
        yield from self._imported_beginning(beginning, kinds, most)

    def _first(self, kind: str) -> Place | None:
        return next((place for place in self.places if place.kind == kind), None)

    def _build_index(self) -> Mapping[str, tuple[Entry, ...]]:
        index: dict[str, list[Entry]] = {}
        leads = self._city_names
        for entry in sorted(self._names(), key=lambda entry: entry.is_alias):
            for spelling in self._spellings(key(entry.words), leads):
                known = index.setdefault(spelling, [])
                if spelling not in self._reserved and all(
                    old.place != entry.place for old in known
                ):
                    known.append(entry)
        return {spelling: tuple(known) for spelling, known in index.items() if known}

    def _in_library(self) -> Imported | None:
        city = self.city
        if self.library is None or city is None:
            return None
        kinds = frozenset(self.kinds) - _ADMINISTRATIVE
        return Imported(self.library, city.geometry, self.districts, kinds)

    def _looked_up(self, imported: Imported | None) -> Callable[[str], tuple[Entry, ...]]:
        """Give what looks a spelling up among the imported places of the city."""
        if imported is None:
            return lambda _: ()

        def look_up(spelling: str) -> tuple[Entry, ...]:
            return () if spelling in self._reserved else imported.entries(self._wider(spelling))

        return look_up

    def _wider(self, spelling: str) -> Iterator[str]:
        """Yield the keys that have this spelling: with the city, or the full district, before."""
        yield spelling
        if len(spelling) >= _SHORTEST_WITHOUT_CITY:
            yield from (lead + spelling for lead in self._city_names)
        if not spelling.startswith(self._short_districts):
            return
        for full in self._full_districts:
            if spelling.startswith(full[:-1]) and not spelling.startswith(full):
                yield full + spelling.removeprefix(full[:-1])

    def _namesakes(self, place: Place) -> Iterator[Entry]:
        for words in (place.name, *place.aliases):
            yield from self._imported(key(words))

    def _names(self) -> Iterator[Entry]:
        for place in self.places:
            yield Entry(place, place.name, is_alias=False)
            yield from (Entry(place, alias, is_alias=True) for alias in place.aliases)

    def _spellings(self, name_key: str, leads: tuple[str, ...]) -> Iterator[str]:
        """Yield a key, then without the city's name before it, then with a short district."""
        if len(name_key) >= _SHORTEST_KEY:
            yield name_key
        for lead in leads:
            rest = name_key.removeprefix(lead)
            if rest != name_key and len(rest) >= _SHORTEST_WITHOUT_CITY:
                yield rest
        if not name_key.startswith(self._full_districts):
            return
        for full in self._full_districts:
            if name_key.startswith(full) and name_key != full:
                yield full[:-1] + name_key.removeprefix(full)

    def _names_of_city(self) -> tuple[str, ...]:
        """Give what may stand before the name of the city's own: 甲市, 甲州, 甲."""
        if not self.city_name:
            return ()
        own = (self.city.name, *self.city.aliases) if self.city else ()
        longer = (name for name in map(key, own) if name.startswith(self.city_name))
        return tuple(dict.fromkeys((f"{self.city_name}市", *longer, self.city_name)))

    def _leads(self) -> tuple[str, ...]:
        return (*self._city_names, *self.words.own)


def _is_district(place: Place) -> bool:
    return place.kind in DISTRICT_KINDS and not _lies_in_district(place)


def _lies_in_district(place: Place) -> bool:
    """Whether this is a district of a city that is itself only one of a province's."""
    return place.kind in DISTRICT_KINDS and place.within not in {"", place.name_hans}


def _none(_beginning: str, _kinds: frozenset[str], _most: int) -> tuple[Entry, ...]:
    return ()
