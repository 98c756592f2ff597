"""The menu of plans in the bar of all pages: which are shown, and the way to each other one."""

from dataclasses import dataclass

from flask import Flask, request, url_for

from webmap.cards import DocumentCard
from webmap.plans import chosen_plans, is_of_plans
from webmap.selection import page_selection
from webmap.views_shared import snapshot


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A plan with the address of the present kind of page about it, and whether it is shown."""

    plan: DocumentCard
    address: str
    is_shown: bool


def init_app(app: Flask) -> None:
    """Give templates the menu."""
    app.jinja_env.globals.update(
        plan_links=plan_links, shown_plan=shown_plan, several_plans=several_plans
    )


def several_plans() -> bool:
    """Tell whether there is anything to choose from."""
    return len(snapshot().documents) > 1


def shown_plan() -> DocumentCard | None:
    """Give the one plan that the page is about; None where it is about several."""
    shown = _shown()
    return shown[0] if len(shown) == 1 else None


def plan_links() -> list[PlanLink]:
    """Give a link to each plan, by city and year."""
    plans = sorted(snapshot().documents, key=lambda plan: (plan.city, plan.year or 0, plan.title))
    one = shown_plan()
    return [PlanLink(plan, _address(plan), plan == one) for plan in plans]


def _shown() -> tuple[DocumentCard, ...]:
    own = snapshot().document((request.view_args or {}).get("document_id", ""))
    if own is not None:
        return (own,)
    selection = page_selection(request.args.items(multi=True))
    if is_of_plans(selection):
        return chosen_plans(snapshot(), selection)
    return snapshot().documents


def _address(plan: DocumentCard) -> str:
    """Stay on the table or the text; every other page leads to the map."""
    same = {"pages.table", "pages.document"}
    endpoint = str(request.endpoint) if request.endpoint in same else "map.index"
    return url_for(endpoint, document_id=plan.document_id)
