"""The places that a name may mean, ranked, each with the reason: for a person who looks one up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.gazetteer.entry import Entry
from geo.gazetteer.library import Library
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.names import key
from geo.gazetteer.store import Gazetteer
from geo.model import Place, Precision

_RANKS = {precision: rank for rank, precision in enumerate(Precision)}
_WAYS = ("exact", "begins", "contains")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with the words that resemble the name, and how: `exact`, `begins` or `contains`."""

    place: Place
    words: str
    is_alias: bool
    how: str

    @property
    def why(self) -> str:
        """Why it is listed, in words."""
        if self.how == "exact":
            return f"other name {self.words}" if self.is_alias else "full name"
        return f"{self.how} {'in other name' if self.is_alias else 'in name'}: {self.words}"


def candidates(
    name: str, library: Library | None, gazetteer: Gazetteer | None, limit: int
) -> tuple[Candidate, ...]:
    """Give at most `limit` places that the name may mean, the likeliest first.

    Exact names come before beginnings and parts of names, full names before other names, better
    known places before others. With a gazetteer only its city's places, built in and imported.
    """
    spelled = key(name)
    found = (
        _in_city(spelled, gazetteer, library, limit) if gazetteer else _in(library, spelled, limit)
    )
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault(candidate.place.place_id, candidate)
    return tuple(best.values())[:limit]


def _rank(candidate: Candidate) -> tuple[int, bool, int, int, str]:
    place = candidate.place
    way, words = _WAYS.index(candidate.how), len(candidate.words)
    return way, candidate.is_alias, words, _RANKS[place.precision], place.place_id


def _in(library: Library | None, spelled: str, limit: int) -> Iterator[Candidate]:
    for match in library.search(spelled, WORLD, limit) if library else ():
        yield _candidate(match.entry, match.how)


def _in_city(
    spelled: str, gazetteer: Gazetteer, library: Library | None, limit: int
) -> Iterator[Candidate]:
    for entry in gazetteer.entries(spelled):
        yield _candidate(entry, "exact")
    yield from _resembling(spelled, gazetteer.places)
    if library and gazetteer.city:
        area = gazetteer.city.geometry
        for match in library.search(spelled, area.bounds, limit * 10):
            if match.how != "exact" and area.intersects(match.entry.place.geometry):
                yield _candidate(match.entry, match.how)


def _resembling(spelled: str, places: Iterable[Place]) -> Iterator[Candidate]:
    for place in places:
        for words in (place.name, *place.aliases):
            at = key(words).find(spelled) if spelled else -1
            if at >= 0 and key(words) != spelled:
                is_alias = words != place.name
                yield Candidate(place, words, is_alias, _WAYS[1] if at == 0 else _WAYS[2])


def _candidate(entry: Entry, how: str) -> Candidate:
    return Candidate(entry.place, entry.words, entry.is_alias, how)
