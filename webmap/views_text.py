"""A plan's text and ledger: as pages of their own, and beside the map."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request

from layers.ledger import FATES, REASONS
from webmap.cards import DocumentCard
from webmap.ledger import Ledger, ledger_of, ledger_query
from webmap.scripts import asked_script
from webmap.text_parts import PlanText, plan_text
from webmap.views_shared import snapshot

blueprint = Blueprint("text", __name__)


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """Give templates the words of what becomes of clauses."""
    return {"fates": FATES, "reasons": REASONS}


VIEWS: Final = ("text", "ledger")
"""What may stand beside the map, by the address' `view`."""

_LONGEST_NUMBER: Final = 8


@blueprint.get("/documents/<document_id>/text")
def text(document_id: str) -> str:
    """Give a plan's text alone, for the map's script; `?part=` gives one part of a long one."""
    plan = _plan(document_id)
    template = "_text_part.html" if "part" in request.args else "_text.html"
    return render_template(template, in_map=True, plan=plan_text_of(plan))


@blueprint.get("/documents/<document_id>/clauses")
def clauses(document_id: str) -> str:
    """Give a page of a plan's ledger alone, for the map's script."""
    ledger = _ledger(_plan(document_id))
    return render_template("_ledger.html", in_map=True, ledger=ledger)


@blueprint.get("/documents/<document_id>/ledger")
def ledger(document_id: str) -> str:
    """Show every clause of a plan and what became of it; address parameters filter."""
    ledger = _ledger(_plan(document_id))
    return render_template("ledger.html", in_map=False, ledger=ledger)


@blueprint.app_template_global()
def with_changes(**changes: object) -> str:
    """Give the present address with other parameters, relative to the page; "" drops one."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in changes]
    return "?" + urlencode([*kept, *((name, value) for name, value in changes.items() if value)])


def beside_map() -> Mapping[str, object]:
    """Give what the page of the map shows of a plan's text, where its address asks for it."""
    view, plan = request.args.get("view"), _plan_of_map()
    if view not in VIEWS or plan is None:
        return {"view": "", "plan_beside": plan}
    own = {"plan": plan_text_of(plan)} if view == "text" else {"ledger": _ledger(plan)}
    return {"view": view, "plan_beside": plan, "in_map": True, **own}


def plan_text_of(plan: DocumentCard) -> PlanText:
    """Give a plan's text as the address asks for it."""
    document_id = plan.document_id
    return plan_text(
        plan,
        snapshot().works_of(document_id),
        snapshot().clauses_of(document_id),
        asked_script(),
        _number("part"),
    )


def _ledger(plan: DocumentCard) -> Ledger:
    document_id = plan.document_id
    return ledger_of(
        plan,
        snapshot().works_of(document_id),
        snapshot().clauses_of(document_id),
        ledger_query(request.args, _number("page")),
        asked_script(),
    )


def _number(name: str) -> int | None:
    """Give a whole number of the address, from 1; None for anything else."""
    value = request.args.get(name, "")
    is_number = value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER
    return int(value) or None if is_number else None


def _plan(document_id: str) -> DocumentCard:
    plan = snapshot().document(document_id)
    if plan is None:
        abort(404)
    return plan


def _plan_of_map() -> DocumentCard | None:
    """Give the plan that the map's address means: the one it names, or that of the chosen work."""
    present, chosen = snapshot(), request.args.get("work", "")
    site = present.site(chosen)
    work = site.work if site else present.work(chosen)
    named = [request.args.get("document_id", ""), work.document_id if work else ""]
    found = (present.document(one) for one in named)
    return next((plan for plan in found if plan), next(iter(present.documents), None))
