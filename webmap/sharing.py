"""What is handed on of a state of the map: its link, markup for other pages, a citation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from babel.dates import format_date
from markupsafe import escape

from layers.selection import FILTERS
from webmap.cards import DocumentCard, WorkCard
from webmap.facets import chips_of
from webmap.selection import find, page_selection
from webmap.store import Snapshot
from webmap.translation import gettext as _
from webmap.translation import language

_STATE: Final = (
    "q",
    *FILTERS,
    "bbox",
    "polygon",
    "sort",
    "order",
    "view",
    "script",
    "at",
    "base",
    "work",
)
_MOST_TITLES: Final = 3

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shared:
    """The address of a state, markup that shows it within another page, and how to cite it."""

    link: str
    embedding: str
    citation: str


def shared(root: str, asked: Pairs, present: Snapshot, today: date) -> Shared:
    """Give what is handed on of the state that an address asks for; `root` is the server's."""
    state = [(name, value) for name, value in asked if name in _STATE and value]
    link = f"{root}?{urlencode(state)}" if state else root
    frame = f"{root}embed?{urlencode([*state, ('lang', language())])}"
    work = present.work(dict(state).get("work", ""))
    source = _of_work(work, present) if work else _of_view(state, present)
    retrieved = format_date(today, format="long", locale=language().replace("-", "_"))
    citation = _("%(source)s In: Planned works map, %(link)s, retrieved %(date)s.") % {
        "source": source,
        "link": link,
        "date": retrieved,
    }
    return Shared(link, _frame(frame), citation)


def _frame(address: str) -> str:
    title = escape(_("Planned works map"))
    return (
        f'<iframe src="{escape(address)}" title="{title}" width="100%" height="560" '
        'style="border:0" loading="lazy" allowfullscreen></iframe>'
    )


def _of_work(work: WorkCard, present: Snapshot) -> str:
    plan = present.document(work.document_id)
    return _("%(plan)s, paragraph %(n)s: “%(sentence)s”") % {
        "plan": _plan(plan) if plan else work.city,
        "n": work.passage,
        "sentence": work.sentence,
    }


def _of_view(state: Pairs, present: Snapshot) -> str:
    found = find(present.works, page_selection(state), present.shapes)
    chosen = found.selection.of("document_id")
    plans = [plan for plan in present.documents if not chosen or plan.document_id in chosen]
    chips = [f"{chip.label} {chip.words}" for chip in chips_of(found.selection, present)]
    return _("%(plans)s. %(n)s works%(filters)s.") % {
        "plans": "; ".join(map(_plan, plans[:_MOST_TITLES])) + (" …" if plans[3:] else ""),
        "n": len(found.works),
        "filters": f" ({', '.join(chips)})" if chips else "",
    }


def _plan(plan: DocumentCard) -> str:
    facts = (plan.issuer or plan.city, plan.document_number, str(plan.year or ""))
    return f"《{plan.title}》 ({', '.join(filter(None, facts))})"
