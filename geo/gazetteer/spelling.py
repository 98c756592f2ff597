"""How closely a place's name may differ from a work's and still mean it, one step after another."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from geo.gazetteer.generics import Split, equivalents, groups_of, kinds_of, split
from geo.gazetteer.names import key
from geo.gazetteer.store import Entry, Gazetteer

_SHORTEST_CORE = 2
# So many names that begin alike say that the beginning is no name.
_MOST_ALIKE = 500
_REMEMBERED = 10_000
# One of the grounds that an owner of this name has.
_GROUNDS = frozenset({"校区", "院区"})
_ORDINAL = re.compile(r"第[一二三四五六七八九十]+")
_SHORT_SCHOOL = re.compile(r"^(\w*?)第?([一二三四五六七八九]?十?[一二三四五六七八九])中$")
_METRO = re.compile(r"^(?:地铁)?((?:\d+|[A-Z]\d+)号线|.+线)$")


class Closeness(IntEnum):
    """How close a place's name is to the work's, closest (least) first."""

    SAME = 0
    EQUIVALENT = 1
    SIMILAR = 2
    ONE_OF = 3


REASONS = {
    Closeness.SAME: "same name",
    Closeness.EQUIVALENT: "same name but for its last word",
    Closeness.SIMILAR: "similar name",
    Closeness.ONE_OF: "one of several numbered alike",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the gazetteer that a work's name may mean, and how close it is."""

    entry: Entry
    closeness: Closeness


Step = Callable[[Gazetteer, str], Iterable[Match]]


def same(gazetteer: Gazetteer, name_key: str) -> Iterator[Match]:
    """Yield the places of this very name."""
    for entry in gazetteer.entries(name_key):
        yield Match(entry, Closeness.SAME)


def equivalent(gazetteer: Gazetteer, name_key: str) -> Iterator[Match]:
    """Yield places whose names differ in a last word that means the same for their kind."""
    if len(name_key) <= _SHORTEST_CORE:
        return
    for spelling, kinds in other_spellings(name_key):
        for entry in gazetteer.entries(spelling):
            if entry.place.kind in kinds:
                yield Match(entry, Closeness.EQUIVALENT)


def similar(gazetteer: Gazetteer, name_key: str) -> Iterator[Match]:
    """Yield places of the same kind whose names differ in a general word or a number inside."""
    parts = split(name_key)
    beginning = _without_modifiers(gazetteer, parts.core)
    if not parts.word or len(beginning) < _SHORTEST_CORE:
        return
    wanted = _bare(gazetteer, parts.core)
    kinds = kinds_of(name_key)
    for entry in gazetteer.beginning(beginning, kinds, _MOST_ALIKE):
        closeness = _similarity(gazetteer, wanted, parts.word, entry)
        if closeness is not None:
            yield Match(entry, closeness)


STEPS: tuple[Step, ...] = (same, equivalent, similar)
"""The order in which names are tried: a closer one that fits decides."""


@lru_cache(_REMEMBERED)
def other_spellings(name_key: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Give the spellings that mean the same for places of some kinds."""
    return tuple(_other_spellings(name_key))


def _other_spellings(name_key: str) -> Iterator[tuple[str, frozenset[str]]]:
    yield from equivalents(name_key)
    school = _SHORT_SCHOOL.match(name_key)
    if school:
        yield f"{school[1]}第{school[2]}中学", frozenset({"school"})
    line = _METRO.match(name_key)
    if line:
        for spelling in (line[1], f"地铁{line[1]}"):
            if spelling != name_key:
                yield spelling, frozenset({"metro_line"})


def _similarity(gazetteer: Gazetteer, wanted: str, word: str, entry: Entry) -> Closeness | None:
    parts = split(key(entry.words))
    if parts.word in _GROUNDS and parts.core.startswith(wanted + word):
        return Closeness.ONE_OF
    if not _same_kind(word, parts, entry):
        return None
    found = _bare(gazetteer, parts.core)
    if found == wanted:
        return Closeness.EQUIVALENT
    plain, other = (_without_modifiers(gazetteer, core) for core in (wanted, found))
    if plain == other:
        return Closeness.SIMILAR
    if not _ORDINAL.search(plain) and _ORDINAL.sub("", other) == plain:
        return Closeness.ONE_OF
    return None


def _same_kind(word: str, parts: Split, entry: Entry) -> bool:
    shared = set(groups_of(word)) & set(groups_of(parts.word))
    return any(entry.place.kind in group.kinds for group in shared)


def _bare(gazetteer: Gazetteer, core: str) -> str:
    """Take the city's name out of a core, wherever another word is left."""
    for name in (f"{gazetteer.city_name}市", gazetteer.city_name):
        rest = core.replace(name, "") if name else core
        if len(rest) >= _SHORTEST_CORE:
            core = rest
    return core


def _without_modifiers(gazetteer: Gazetteer, core: str) -> str:
    core = _bare(gazetteer, core)
    for modifier in gazetteer.words.modifiers:
        rest = core.replace(modifier, "")
        if len(rest) >= _SHORTEST_CORE:
            core = rest
    return core
