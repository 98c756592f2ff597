"""A selection in the words of the page's language, as people would say what they asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from layers.searching import SIMILAR
from layers.selection import FILTERS, Selection
from layers.titles import LOCATABLES, PRECISIONS, STAGES, THEMES, Title
from webmap.store import Snapshot
from webmap.translation import gettext as _
from webmap.translation import title
from webmap.wording import number

CODED: Final[Mapping[str, Mapping[str, Title]]] = {
    "theme": {str(code): words for code, words in THEMES.items()},
    "stage": {str(code): words for code, words in STAGES.items()},
    "precision": {str(code): words for code, words in PRECISIONS.items()},
    "locatable": {str(code): words for code, words in LOCATABLES.items()},
}
"""Filters whose values are codes, and what each is called."""


@dataclass(frozen=True, slots=True)
class FilterWords:
    """One filter: its name in an address, what a person calls it, and its values in words."""

    name: str
    label: str
    values: str


def filter_words(selection: Selection, present: Snapshot) -> list[FilterWords]:
    """Give the filters of a selection, in the order of an address."""
    return list(_filters(selection, present))


def where_words(selection: Selection, cities: Sequence[str]) -> str:
    """Say where a selection was asked for: its districts, a drawn area, or the whole city."""
    districts = sorted(selection.of("district"))
    if selection.polygon is not None:
        area = _("a drawn area")
        return f"{_(', ').join(districts)} ({area})" if districts else area
    if selection.bbox is not None and not districts:
        return _("an area of the map")
    return _(", ").join(districts or sorted(selection.of("city")) or cities)


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
    if name in CODED:
        return title(CODED[name][value])
    plan, work = present.document(value), present.work(value)
    words = {
        "q": value.removeprefix(SIMILAR),
        "verified": _("confirmed") if value == "yes" else _("unverified"),
        "document_id": plan.title if plan else value,
        "work_id": work.name if work else value,
        "bbox": _("the map's section"),
        "polygon": _("drawn"),
    }
    return words.get(name, value)


def _filters(selection: Selection, present: Snapshot) -> Iterator[FilterWords]:
    if selection.query:
        yield FilterWords("q", label_of("q"), words_of("q", selection.query, present))
    for name in FILTERS:
        if chosen := sorted(selection.of(name)):
            values = (words_of(name, value, present) for value in chosen)
            yield FilterWords(name, label_of(name), _(", ").join(values))
    if selection.bbox is not None:
        edges = ", ".join(f"{edge:.5g}" for edge in selection.bbox)
        yield FilterWords("bbox", _("Area of the map"), edges)
    if selection.polygon is not None:
        words = _("%(n)s corners") % {"n": number(_corners(selection.polygon))}
        yield FilterWords("polygon", _("Drawn area"), words)


def _corners(area: BaseGeometry) -> int:
    """Count corners: each ring names its first one twice."""
    rings = shapely.get_parts(shapely.boundary(area))
    return int(shapely.get_num_coordinates(area)) - len(rings)
