"""The works that a page shows: those that pass the filters of its address."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SelectionError
from layers.selection import Selection, holds, passes, selection_from, selection_of
from webmap.cards import WorkCard

PAGE_PARAMETERS: Final = frozenset({"lang", "work", "sort", "order", "view"})
"""Parameters of our addresses that choose no works."""


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


def select(
    works: Iterable[WorkCard], selection: Selection, shapes: Mapping[str, BaseGeometry]
) -> list[WorkCard]:
    """Give the works that pass, in their order; words are found in either script.

    `shapes` are the works' geometries by id, in EPSG:4326: a work without one lies in no area.
    """
    words = selection.words
    found = [work for work in works if passes(work, selection) and holds(work.searched, words)]
    area = selection.area
    if area is None:
        return found
    shapely.prepare(area)
    return [
        work
        for work in found
        if work.work_id in shapes and shapely.intersects(area, shapes[work.work_id])
    ]


def parameters(selection: Selection) -> dict[str, list[str]]:
    """Give the address parameters of a selection by name, as links are made of them."""
    found: dict[str, list[str]] = {}
    for name, value in selection.pairs:
        found.setdefault(name, []).append(value)
    return found


def counts(works: Iterable[WorkCard], name: str) -> dict[str, int]:
    """Count works by the value of one attribute, such as `theme`."""
    found: dict[str, int] = {}
    for work in works:
        value = str(getattr(work, name))
        found[value] = found.get(value, 0) + 1
    return found


def _is_usable(pair: tuple[str, str]) -> bool:
    try:
        selection_of([pair])
    except SelectionError:
        return False
    return True
