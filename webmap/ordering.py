"""In which order pages list works, and under which headings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from geo.model import Precision, Stage, Theme
from layers.selection import Selection
from layers.titles import PRECISIONS, STAGES, THEMES
from webmap.cards import WorkCard
from webmap.selection import parameters
from webmap.translation import gettext as _
from webmap.translation import title

SORTS: Final = ("theme", "stage", "district", "precision", "name", "quantity", "text")
"""What works may be sorted by; the first four are also headings."""

_THEMES, _STAGES, _PRECISIONS = (
    {code: place for place, code in enumerate(codes)} for codes in (Theme, Stage, Precision)
)
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Group:
    """Works under one heading ("" for none); `count` is how many belong to it, listed or not."""

    heading: str
    works: tuple[WorkCard, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Order:
    """By what works are sorted, and whether backwards."""

    column: str
    descending: bool = False

    def sort(self, works: Iterable[WorkCard]) -> list[WorkCard]:
        """Give the works in this order; equal ones stay in the order of the text."""
        return sorted(works, key=_KEYS[self.column], reverse=self.descending)

    def parameters(self, column: str, selection: Selection) -> dict[str, str | list[str]]:
        """Give the address parameters of a column's head: it turns a column sorted already."""
        turned = column == self.column and not self.descending
        order = {"order": "desc"} if turned else {}
        return {**parameters(selection), "sort": column, **order}

    def groups(self, works: Sequence[WorkCard], rows: int) -> Iterator[Group]:
        """Put works in this order under headings; of the works only the first `rows` are listed."""
        left = rows
        for heading, found in groupby(
            self.sort(works), key=lambda work: heading_of(work, self.column)
        ):
            members = tuple(found)
            yield Group(heading, members[:left], len(members))
            left = max(0, left - len(members))


def order_of(column: str | None, direction: str | None, default: str) -> Order:
    """Read an order from an address; what is no order is the default."""
    return Order(column if column in SORTS else default, direction == "desc")


def heading_of(work: WorkCard, column: str) -> str:
    """Give the heading of a work where works are sorted by a column; "" where there are none."""
    match column:
        case "theme":
            return title(THEMES[work.theme])
        case "stage":
            return title(STAGES[work.stage])
        case "precision":
            return title(PRECISIONS[work.precision])
        case "district":
            return work.district or _("No district named")
        case _:
            return ""


def _quantity(work: WorkCard) -> tuple[object, ...]:
    first = work.quantities[0] if work.quantities else None
    return (first.unit, -first.value) if first else (_LAST, 0.0)


_KEYS: Final[Mapping[str, Callable[[WorkCard], tuple[object, ...]]]] = {
    "text": lambda work: (work.document_id, work.start),
    "name": lambda work: (work.name_hans,),
    "theme": lambda work: (_THEMES[work.theme],),
    "stage": lambda work: (_STAGES[work.stage],),
    "quantity": _quantity,
    "district": lambda work: (work.district or _LAST,),
    "precision": lambda work: (_PRECISIONS[work.precision], work.uncertainty_m or 0),
}
