"""Two plans side by side."""

from flask import Blueprint, render_template, request

from webmap.cards import DocumentCard
from webmap.comparing import Comparison, compare
from webmap.views_shared import snapshot

blueprint = Blueprint("plans", __name__)

_TWO = 2


@blueprint.get("/compare", endpoint="compare")
def side_by_side() -> str:
    """Compare the two plans that `?document_id=` names; otherwise offer plans to choose from."""
    return render_template(
        "compare.html",
        comparison=_comparison(),
        wanted=request.args.getlist("document_id"),
        plans=sorted(snapshot().documents, key=lambda one: (one.city, one.year or 0, one.title)),
    )


def _comparison() -> Comparison | None:
    named = dict.fromkeys(request.args.getlist("document_id"))
    found = [plan for one in named if (plan := snapshot().document(one))]
    return _compared(*found) if len(found) == _TWO else None


def _compared(one: DocumentCard, other: DocumentCard) -> Comparison:
    works = {plan.document_id: snapshot().works_of(plan.document_id) for plan in (one, other)}
    return compare(one, other, works)
