"""The works that a page shows: those that pass the filters of its address."""

from collections.abc import Iterable

from geo.errors import SelectionError
from layers.selection import Selection, holds, passes, selection_of
from webmap.cards import WorkCard


def page_selection(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Read a selection from the address of a page; what cannot be used filters nothing."""
    return selection_of(pair for pair in pairs if _is_usable(pair))


def select(works: Iterable[WorkCard], selection: Selection) -> list[WorkCard]:
    """Give the works that pass, in their order; words are found in either script."""
    words = selection.words
    return [work for work in works if passes(work, selection) and holds(work.searched, words)]


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
