"""The pages of a work, a plan's text, and the table of all works."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from geo.model import Precision, Stage, Theme
from layers.selection import Selection
from webmap.cards import WorkCard
from webmap.selection import counts, page_selection, parameters, select
from webmap.views_shared import details_of, snapshot
from webmap.views_text import plan_text_of

blueprint = Blueprint("pages", __name__)

SORTS = ("text", "name", "theme", "stage", "quantity", "district", "precision")


@blueprint.get("/works/<work_id>")
def work(work_id: str) -> str:
    """Show one work, or one site of a counted work."""
    return render_template("work.html", **_details(work_id))


@blueprint.get("/works/<work_id>/panel")
def panel(work_id: str) -> str:
    """Give the details of one work or site alone, for the map's script."""
    details = _details(work_id)
    return render_template(str(details["panel"]), **details)


@blueprint.get("/documents/")
def documents() -> Response:
    """Lead to the first plan."""
    if not snapshot().documents:
        abort(404)
    first = snapshot().documents[0].document_id
    return redirect(url_for("pages.document", document_id=first))


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """Show a plan's text with each of its works marked."""
    plan = snapshot().document(document_id)
    if plan is None:
        abort(404)
    return render_template("document.html", in_map=False, plan=plan_text_of(plan))


@blueprint.get("/table")
def table() -> str:
    """Show works as rows; address parameters filter and sort."""
    works = snapshot().works
    selection = page_selection(request.args.items(multi=True))
    order = _order_of(request.args.get("sort"), request.args.get("order"))
    return render_template(
        "table.html",
        selection=selection,
        order=order,
        total=len(works),
        works=order.sort(select(works, selection, snapshot().shapes)),
        theme_counts=counts(works, "theme"),
        stage_counts=counts(works, "stage"),
        precision_counts=counts(works, "precision"),
    )


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the table is sorted, and whether backwards."""

    column: str = "text"
    descending: bool = False

    def sort(self, works: list[WorkCard]) -> list[WorkCard]:
        """Give the works in this order; equal ones stay in the order of the text."""
        return sorted(works, key=lambda work: _key(work, self.column), reverse=self.descending)

    def parameters(self, column: str, selection: Selection) -> dict[str, str | list[str]]:
        """Give the address parameters of a column's head: it turns a column sorted already."""
        turned = column == self.column and not self.descending
        order = {"order": "desc"} if turned else {}
        return {**parameters(selection), "sort": column, **order}


def _order_of(column: str | None, direction: str | None) -> Order:
    return Order(column if column in SORTS else "text", direction == "desc")


def _key(work: WorkCard, column: str) -> tuple[object, ...]:
    quantity = work.quantities[0] if work.quantities else None
    keys: dict[str, tuple[object, ...]] = {
        "text": (work.document_id, work.start),
        "name": (work.name_hans,),
        "theme": (list(Theme).index(work.theme),),
        "stage": (list(Stage).index(work.stage),),
        "quantity": (quantity.unit, quantity.value) if quantity else ("", 0.0),
        "district": (work.district,),
        "precision": (list(Precision).index(work.precision), work.uncertainty_m or 0),
    }
    return keys[column]


def _details(work_id: str) -> dict[str, object]:
    details = details_of(work_id)
    if details is None:
        abort(404)
    return details
