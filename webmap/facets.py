"""The filters that a page offers: each value in words, with how many works it would leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from layers.selection import Selection
from webmap.selection import Found, without
from webmap.selection_words import CODED, label_of, words_of
from webmap.store import Snapshot

_SHORT: Final = 24


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: its words, and how many works it would leave."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with the values that works have."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set, in words, and the address parameters without it."""

    label: str
    words: str
    parameters: Mapping[str, list[str]]


def facets_of(found: Found, present: Snapshot) -> tuple[Facet, ...]:
    """Give the filters that tell works of this snapshot apart."""
    facets = (_facet(name, found, present) for name in found.facets)
    return tuple(facet for facet in facets if len(facet.options) > 1 or facet.chosen)


def chips_of(selection: Selection, present: Snapshot) -> tuple[Chip, ...]:
    """Give all that a selection asks for, one by one."""
    return tuple(
        Chip(label_of(name), _short(name, value, present), without(selection, name, value))
        for name, value in selection.pairs
    )


def _facet(name: str, found: Found, present: Snapshot) -> Facet:
    chosen = found.selection.of(name)
    options = (
        Option(value, words_of(name, value, present), found.facets[name].get(value, 0), is_chosen)
        for value in _values(name, found, present)
        if (is_chosen := value in chosen) or value in found.facets[name]
    )
    return Facet(name, label_of(name), tuple(options))


def _values(name: str, found: Found, present: Snapshot) -> Iterator[str]:
    """Give values in a lasting order: that of the codes, of the text, or of their numbers."""
    if name in CODED:
        yield from CODED[name]
    elif name == "verified":
        yield from ("yes", "no")
    else:
        values = present.values[name]
        ordered = sorted(values) if name in {"year", "district"} else values
        unknown = found.selection.of(name).difference(values)
        yield from (value for value in (*ordered, *sorted(unknown)) if value not in {"", "None"})


def _short(name: str, value: str, present: Snapshot) -> str:
    words = words_of(name, value, present)
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
