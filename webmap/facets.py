"""The filters that a page offers: each value in words, with how many works it would leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from layers.selection import Selection
from layers.titles import LOCATABLES, PRECISIONS, STAGES, THEMES, Title
from webmap.selection import Found, without
from webmap.store import Snapshot
from webmap.translation import gettext as _
from webmap.translation import title

_CODED: Final[Mapping[str, Mapping[str, Title]]] = {
    "theme": {str(code): words for code, words in THEMES.items()},
    "stage": {str(code): words for code, words in STAGES.items()},
    "precision": {str(code): words for code, words in PRECISIONS.items()},
    "locatable": {str(code): words for code, words in LOCATABLES.items()},
}
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


def label_of(name: str) -> str:
    """Name a filter."""
    labels = {
        "q": _("Search"),
        "theme": _("Theme"),
        "stage": _("Stage"),
        "district": _("District"),
        "precision": _("Precision"),
        "verified": _("Confirmed"),
        "locatable": _("Kind of promise"),
        "section": _("Section"),
        "year": _("Year"),
        "city": _("City"),
        "document_id": _("Plan"),
        "work_id": _("Work"),
        "bbox": _("Area"),
        "polygon": _("Area"),
    }
    return labels[name]


def words_of(name: str, value: str, present: Snapshot) -> str:
    """Give a value of a filter in the words of the page's language, or the plan's."""
    if name in _CODED:
        return title(_CODED[name][value])
    plan, work = present.document(value), present.work(value)
    words = {
        "q": value.removeprefix("~"),
        "verified": _("confirmed") if value == "yes" else _("unverified"),
        "document_id": plan.title if plan else value,
        "work_id": work.name if work else value,
        "bbox": _("the map's section"),
        "polygon": _("drawn"),
    }
    return words.get(name, value)


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
    if name in _CODED:
        yield from _CODED[name]
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
