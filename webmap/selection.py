"""The works that a page shows: those that pass the filters of its address, and what else would."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SelectionError
from layers.selection import Selection, passes, selection_from, selection_of, value_of
from webmap.cards import WorkCard

PAGE_PARAMETERS: Final = frozenset(
    {
        "lang",
        "work",
        "near",
        "sort",
        "order",
        "rows",
        "page",
        "part",
        "view",
        "at",
        "base",
        "script",
        "fate",
        "reason",
    }
)
"""Parameters of our addresses that choose no works."""

FACETS: Final = (
    "theme",
    "stage",
    "district",
    "precision",
    "verified",
    "locatable",
    "section",
    "year",
    "city",
    "document_id",
)
"""Filters that a page offers, with how many works each of their values has."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The works that pass a selection, in the order of the plans' words.

    `facets` counts by filter and value the works that would pass if this filter chose nothing.
    `selection` is what links and downloads carry: where no work holds the very words of a query,
    `is_similar`, and the words may hold slips.
    """

    selection: Selection
    works: tuple[WorkCard, ...]
    facets: Mapping[str, Counts]
    is_similar: bool = False


def address_pairs(address: str) -> list[tuple[str, str]]:
    """Give the parameters of an address: a whole one, or what stands behind its question mark.

    Raises
    ------
    SelectionError
        When a part of it names no filter with a value.
    """
    is_whole = "://" in address.partition("?")[0] or address.startswith(("/", "?"))
    query = address.partition("?")[2] if is_whole else address
    try:
        return parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError as error:
        raise SelectionError(
            f"{address[:60]} is no filter: give one such as theme=metro."
        ) from error


def strict_selection(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Read a selection from the parameters of an address, of which each must be understood.

    Raises
    ------
    SelectionError
        When a name is neither a filter nor another parameter of our pages, or a value cannot be
        used.
    """
    return selection_from(urlencode([pair for pair in pairs if pair[0] not in PAGE_PARAMETERS]))


def page_selection(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Read a selection from the address of a page; what cannot be used filters nothing."""
    return selection_of(pair for pair in pairs if _is_usable(pair))


def find(
    works: Iterable[WorkCard], selection: Selection, shapes: Mapping[str, BaseGeometry]
) -> Found:
    """Find the works that pass, and count those that other values of a filter would let pass.

    `shapes` are the works' geometries by id, in EPSG:4326: a work without one lies in no area.
    """
    search = selection.search
    told = [work for work in works if search.finds(work.searched)]
    is_similar = not told and not search.slips and bool(selection.query)
    if is_similar:
        selection = selection.similar
        search = selection.search
        told = [work for work in works if search.finds(work.searched)]
    near = _in_area(told, selection.area, shapes)
    passing = tuple(work for work in near if passes(work, selection))
    return Found(selection, passing, _facets(near, passing, selection), is_similar and bool(told))


def select(
    works: Iterable[WorkCard], selection: Selection, shapes: Mapping[str, BaseGeometry]
) -> list[WorkCard]:
    """Give the works that pass, in their order: see `find`."""
    return list(find(works, selection, shapes).works)


def parameters(selection: Selection) -> dict[str, list[str]]:
    """Give the address parameters of a selection by name, as links are made of them."""
    found: dict[str, list[str]] = {}
    for name, value in selection.pairs:
        found.setdefault(name, []).append(value)
    return found


def counts(works: Iterable[WorkCard], name: str) -> Counter[str]:
    """Count works by the value of one filter, such as `theme`."""
    return Counter(value_of(work, name) for work in works)


def values_of(works: Iterable[WorkCard], name: str) -> Iterable[str]:
    """Give the values of one filter that works have, each once, in the works' order."""
    return dict.fromkeys(value_of(work, name) for work in works)


def without(selection: Selection, name: str, value: str) -> dict[str, list[str]]:
    """Give the address parameters of a selection that no longer asks for one value."""
    pairs = [pair for pair in selection.pairs if pair != (name, value)]
    return parameters(selection_of(pairs))


def _in_area(
    works: list[WorkCard], area: BaseGeometry | None, shapes: Mapping[str, BaseGeometry]
) -> list[WorkCard]:
    if area is None:
        return works
    placed = [work for work in works if work.work_id in shapes]
    met = shapely.intersects(area, [shapes[work.work_id] for work in placed])
    return [work for work, is_met in zip(placed, met, strict=True) if is_met]


def _facets(
    works: Iterable[WorkCard], passing: Iterable[WorkCard], selection: Selection
) -> Mapping[str, Counts]:
    """Count works by each filter: those that pass, and those that this filter alone keeps out."""
    found = {name: counts(passing, name) for name in FACETS}
    for work in works if selection.values else ():
        failing = [
            name for name, wanted in selection.values.items() if value_of(work, name) not in wanted
        ]
        if len(failing) == 1 and failing[0] in found:
            found[failing[0]][value_of(work, failing[0])] += 1
    return found


def _is_usable(pair: tuple[str, str]) -> bool:
    try:
        selection_of([pair])
    except SelectionError:
        return False
    return True
