"""What the list beside the map shows: filters, order, works under headings, and the meter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from webmap.cards import WorkCard
from webmap.facets import chips_of, facets_of
from webmap.legend import legend_of
from webmap.meter import meter
from webmap.ordering import Group, Order, order_of
from webmap.plans import chosen_plans
from webmap.selection import find, page_selection
from webmap.views_shared import snapshot

ROWS: Final = 300
"""Works that the list shows at first: thousands would make it slow."""

_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Works on the map under headings, then those counted, then those not located.

    Of all of them only so many rows are listed; `hidden` says how many are not, and `rows` how
    many would be listed next.
    """

    groups: tuple[Group, ...]
    counted: Group
    unlocated: Group
    hidden: int
    rows: int


def listing_values(asked: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Give templates the works that pass the filters of an address, and all that lists them."""
    present = snapshot()
    found = find(present.works, page_selection(asked), present.shapes)
    given = dict(asked)
    order = order_of(given.get("sort"), given.get("order"), "theme")
    plans = {plan.document_id for plan in chosen_plans(present, found.selection)}
    own = [work for work in present.works if work.document_id in plans]
    return {
        "selection": found.selection,
        "found": found.works,
        "is_similar": found.is_similar,
        "ids": "*" if len(found.works) == len(present.works) else _ids(found.works),
        "facets": facets_of(found, present),
        "chips": chips_of(found.selection, present),
        "legend": legend_of(found),
        "order": order,
        "listing": _listing(found.works, order, rows_of(given.get("rows", ""))),
        "meter": meter(own),
    }


def _ids(works: Iterable[WorkCard]) -> str:
    return " ".join(work.work_id for work in works)


def rows_of(text: str) -> int:
    """Read from an address how many works are listed."""
    return min(int(text), _MOST_ROWS) if text.isascii() and text.isdigit() else ROWS


def _listing(works: Sequence[WorkCard], order: Order, rows: int) -> Listing:
    mapped = [work for work in works if work.mapped]
    counted = order.sort(work for work in works if work.counted)
    others = order.sort(work for work in works if not work.mapped and not work.counted)
    left = max(0, rows - len(mapped))
    return Listing(
        groups=tuple(group for group in order.groups(mapped, rows) if group.works),
        counted=Group("", tuple(counted[:left]), len(counted)),
        unlocated=Group("", tuple(others[: max(0, left - len(counted))]), len(others)),
        hidden=max(0, len(works) - rows),
        rows=rows + ROWS,
    )
