"""Whether two places of one name are one thing twice, and which of the two is better known."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import shapely

from geo.gazetteer.store import Entry
from geo.gazetteer.vocabulary import Kind
from geo.model import Place, Precision

Kinds = Mapping[str, Kind]

_PRECISIONS = {precision: rank for rank, precision in enumerate(Precision)}
_METRES_PER_DEGREE = 111_000
# Maps draw one thing twice (its ground and its gate) at most this far apart.
_SAME_M = 500.0
# A plan of a city means the road that is so many times as long as its namesakes.
_OUTWEIGHS = 5.0
_MOST = 20


def is_same(place: Place, other: Place, kinds: Kinds) -> bool:
    """Whether two places of one name may be one thing: alike, and as near as they are uncertain."""
    if not _alike(kinds[place.kind], kinds[other.kind]):
        return False
    reach = max(_SAME_M, place.uncertainty_m, other.uncertainty_m) / _METRES_PER_DEGREE
    return bool(shapely.dwithin(place.geometry, other.geometry, reach))


def _alike(kind: Kind, other: Kind) -> bool:
    if kind.name == other.name:
        return True
    return kind.extent == other.extent and bool(kind.themes & other.themes)


def distinct(entries: Iterable[Entry], kinds: Kinds) -> tuple[Entry, ...]:
    """Give one entry for each thing, the best known that the list has of it, in their order.

    Of a name that very many places bear only the first are looked at: it means none of them.
    """
    kept: list[Entry] = []
    for entry in islice(entries, _MOST):
        places = enumerate(old.place for old in kept)
        twin = next((n for n, old in places if is_same(old, entry.place, kinds)), None)
        if twin is None:
            kept.append(entry)
        elif _knowledge(entry.place) < _knowledge(kept[twin].place):
            kept[twin] = entry
    return tuple(kept)


def best_known(entry: Entry, others: Iterable[Entry], kinds: Kinds) -> Entry:
    """Give the entry of the same thing whose position is best known."""
    same = [other for other in others if is_same(entry.place, other.place, kinds)]
    return min((entry, *same), key=lambda one: _knowledge(one.place))


def outweighing(entries: Sequence[Entry]) -> Entry | None:
    """Give the line that is many times as long as all others of its name, if there is one."""
    shapes = [entry.place.geometry for entry in entries]
    if not all(shape.geom_type.endswith("LineString") for shape in shapes):
        return None
    first, second, *_ = sorted(range(len(entries)), key=lambda n: -shapes[n].length)
    longer = shapes[first].length >= _OUTWEIGHS * shapes[second].length
    return entries[first] if longer else None


def _knowledge(place: Place) -> tuple[int, bool]:
    """Order places of one thing: by precision, then a ground before its gate."""
    return _PRECISIONS[place.precision], not place.geometry.geom_type.endswith("Polygon")
