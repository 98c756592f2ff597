"""A selection in the words of the page's language, as people would say what they asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from layers.schema import COLUMNS
from layers.selection import FILTERS, Selection
from layers.titles import Title
from webmap.cards import DocumentCard
from webmap.translation import gettext as _
from webmap.translation import title
from webmap.wording import number

_COLUMNS: Final = {column.name: column for column in COLUMNS}
_CODES: Final[Mapping[str, Mapping[str, Title]]] = {
    name: {str(code): words for code, words in _COLUMNS[name].values}
    for name in FILTERS
    if name in _COLUMNS
}


@dataclass(frozen=True, slots=True)
class FilterWords:
    """One filter: its name in an address, what a person calls it, and its values in words."""

    name: str
    label: str
    values: str


def filter_words(selection: Selection, documents: Sequence[DocumentCard]) -> list[FilterWords]:
    """Give the filters of a selection, in the order of an address."""
    return list(_filters(selection, {one.document_id: one.title for one in documents}))


def where_words(selection: Selection, cities: Sequence[str]) -> str:
    """Say where a selection was asked for: its districts, a drawn area, or the whole city."""
    districts = sorted(selection.of("district"))
    if selection.polygon is not None:
        area = _("a drawn area")
        return f"{_(', ').join(districts)} ({area})" if districts else area
    if selection.bbox is not None and not districts:
        return _("an area of the map")
    return _(", ").join(districts or sorted(selection.of("city")) or cities)


def _filters(selection: Selection, documents: Mapping[str, str]) -> Iterator[FilterWords]:
    if selection.query:
        yield FilterWords("q", _("Search"), selection.query)
    for name in FILTERS:
        chosen = sorted(selection.of(name))
        if chosen:
            known = {code: title(words) for code, words in _CODES.get(name, {}).items()}
            named = {
                **known,
                **(documents if name == "document_id" else {}),
                **({"yes": _("confirmed"), "no": _("unverified")} if name == "verified" else {}),
            }
            values = _(", ").join(named.get(value, value) for value in chosen)
            yield FilterWords(name, _label(name), values)
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


def _label(name: str) -> str:
    if name == "document_id":
        return _("Plan")
    return title(_COLUMNS[name].title) if name in _COLUMNS else name
