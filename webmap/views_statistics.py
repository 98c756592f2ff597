"""Statistics of a selection: how many works of each kind, and their numbers summed."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, render_template, request

from webmap.facets import facets_of
from webmap.quantities import Sum
from webmap.selection import find, page_selection
from webmap.selection_words import filter_words
from webmap.statistics import narrowed, statistics_of
from webmap.translation import gettext as _
from webmap.views_shared import snapshot
from webmap.wording import number

blueprint = Blueprint("statistics", __name__)

_MOST_PRINTED: Final = 12
"""Numbers of a sum that are listed as printed; the others are counted."""

_UNITS: Final[Mapping[str, Callable[[], str]]] = {
    "m": lambda: _("m"),
    "m2": lambda: _("m²"),
    "m3": lambda: _("m³"),
    "m3/d": lambda: _("m³ a day"),
    "W": lambda: _("W"),
    "J": lambda: _("J"),
    "V": lambda: _("V"),
    "kg": lambda: _("kg"),
    "kg/d": lambda: _("kg a day"),
    "kg/a": lambda: _("kg a year"),
    "CNY": lambda: _("yuan"),
    "USD": lambda: _("US dollars"),
    "HKD": lambda: _("Hong Kong dollars"),
    "EUR": lambda: _("euros"),
}
"""SI units and currencies in words; what is counted (座, 个) keeps the plan's own word."""


@blueprint.get("/statistics")
def page() -> str:
    """Show counts and sums of the works that pass the address' filters."""
    present = snapshot()
    found = find(present.works, page_selection(request.args.items(multi=True)), present.shapes)
    return render_template(
        "statistics.html",
        selection=found.selection,
        facets=facets_of(found, present),
        filters=filter_words(found.selection, present),
        statistics=statistics_of(found.works, present.documents),
        total=len(present.works),
        chart_titles=_chart_titles(),
        narrowed=narrowed,
        number=number,
        most_printed=_MOST_PRINTED,
        sum_words=_sum_words,
    )


def _chart_titles() -> dict[str, str]:
    return {
        "theme": _("Theme"),
        "stage": _("Stage"),
        "precision": _("Precision"),
        "district": _("District"),
        "city": _("City"),
        "year": _("Year"),
        "document_id": _("Plan"),
    }


def _sum_words(one: Sum) -> str:
    named = _UNITS.get(one.unit)
    return f"{number(one.value)} {named() if named else one.unit}".strip()
