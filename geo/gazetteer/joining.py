"""One answer from two lists: the better known of a built-in and an imported place stays."""

from collections.abc import Callable, Iterable, Mapping

import shapely

from geo.gazetteer.entry import Entry
from geo.gazetteer.vocabulary import Kind
from geo.model import Place, Precision

_RANKS = {precision: rank for rank, precision in enumerate(Precision)}
_METRES_PER_DEGREE = 111_000
# Two lists draw one place at most this far apart, or as far as they are uncertain.
_SAME_M = 500.0

Names = Callable[[Place], Iterable[Entry]]


def joined(
    own: Iterable[Entry], imported: Iterable[Entry], namesakes: Names, kinds: Mapping[str, Kind]
) -> tuple[Entry, ...]:
    """Join the entries of one spelling: full names before aliases, the city's own before others.

    A built-in place gives way to the imported one (of `namesakes`) that is the same and better
    known; an imported place that is no better known than its built-in twin is left out.
    """
    entries = [_better(entry, namesakes(entry.place), kinds) for entry in own]
    known = [entry.place for entry in entries]
    new = [entry for entry in imported if not any(_same(entry.place, k, kinds) for k in known)]
    distinct: dict[str, Entry] = {}
    for entry in sorted((*entries, *new), key=lambda entry: entry.is_alias):
        distinct.setdefault(entry.place.place_id, entry)
    return tuple(distinct.values())


def _better(entry: Entry, namesakes: Iterable[Entry], kinds: Mapping[str, Kind]) -> Entry:
    """Give the entry with the imported place that is the same and better known, if there is one."""
    best = entry.place
    for other in namesakes:
        if _same(other.place, entry.place, kinds) and _rank(other.place) < _rank(best):
            best = other.place
    return Entry(best, entry.words, entry.is_alias)


def _same(place: Place, other: Place, kinds: Mapping[str, Kind]) -> bool:
    """Whether two places of one name are one thing: of kinds that meet, and near each other."""
    reach = max(_SAME_M, place.uncertainty_m, other.uncertainty_m) / _METRES_PER_DEGREE
    return _meet(kinds[place.kind], kinds[other.kind]) and bool(
        shapely.dwithin(place.geometry, other.geometry, reach)
    )


def _meet(kind: Kind, other: Kind) -> bool:
    if kind.name == other.name:
        return True
    return kind.extent == other.extent and bool(kind.themes & other.themes)


def _rank(place: Place) -> int:
    return _RANKS[place.precision]
