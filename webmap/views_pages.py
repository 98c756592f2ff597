"""The pages of a work, a plan's text, and the table of all works."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from webmap.facets import facets_of
from webmap.listing import ROWS, rows_of
from webmap.ordering import order_of
from webmap.selection import find, page_selection
from webmap.views_shared import details_of, snapshot
from webmap.views_text import plan_text_of

blueprint = Blueprint("pages", __name__)


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
    found = find(
        snapshot().works, page_selection(request.args.items(multi=True)), snapshot().shapes
    )
    order = order_of(request.args.get("sort"), request.args.get("order"), "text")
    rows = rows_of(request.args.get("rows", ""))
    return render_template(
        "table.html",
        selection=found.selection,
        facets=facets_of(found, snapshot()),
        order=order,
        total=len(snapshot().works),
        found=len(found.works),
        works=order.sort(found.works)[:rows],
        more=rows + ROWS,
    )


def _details(work_id: str) -> dict[str, object]:
    details = details_of(work_id)
    if details is None:
        abort(404)
    return details
