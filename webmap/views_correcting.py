"""Correcting one work of a draft: its name, stage, theme and place."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from werkzeug import Response as AnyResponse

from geo.model import Work
from geo.sentences import Sentence, say
from layers.build import Plan
from layers.edits.deciding import revert
from layers.edits.values import Author, now_text
from webmap.adding.correcting import correct, correction_of
from webmap.adding.drafts import Draft, State
from webmap.adding.offers import Offer, offers_for
from webmap.adding.preview import Preview
from webmap.adding.service import adding
from webmap.adding.wishes import DRAWABLE, KEEP, Wish
from webmap.basemap import base_map_of
from webmap.refusing import BUSY, NOT_FOUND, Refusal
from webmap.translation import gettext as _
from webmap.translation import language
from webmap.views_adding import (
    allowed_writer,
    draft_of,
    preview_of,
    readable_draft,
)
from webmap.views_edits import OWN_WORK

blueprint = Blueprint("correcting", __name__, url_prefix="/adding/<draft_id>")

_FORM_BYTES: Final = 1_000_000
_LONGEST: Final = 200


@blueprint.get("/works/<work_id>")
def form(draft_id: str, work_id: str) -> str:
    """Show a work with its sentence, and all of it that can be corrected."""
    return _page(readable_draft(draft_id), work_id, ())


@blueprint.post("/works/<work_id>")
def take(draft_id: str, work_id: str) -> AnyResponse | tuple[str, int]:
    """Keep a correction in the log of the draft."""
    who = allowed_writer(_FORM_BYTES)
    draft = draft_of(draft_id)
    plan, work, preview = _found(draft, work_id)
    base = preview.states[work_id]
    city = plan.reading.document.city
    offers = offers_for(city, work, _asked())
    state, problems = correct(base, work_id, _wish(), offers, city)
    if state is not None:
        why = request.form.get("why", "").strip()[:_LONGEST]
        author = Author(who, why, now_text(), OWN_WORK)
        found = correction_of(work_id, base, state, author)
        adding().drafts.log(draft_id).add(found, author, draft.file)
        problems = () if found else (say("Nothing was changed."),)
    if problems:
        return _page(draft, work_id, problems), 400
    return redirect(url_for("adding.page", draft_id=draft_id, _anchor=f"work-{work_id}"), 303)


@blueprint.post("/works/<work_id>/undo")
def undo(draft_id: str, work_id: str) -> AnyResponse:
    """Take the latest correction of a work back."""
    who = allowed_writer(_FORM_BYTES)
    draft = draft_of(draft_id)
    _plan, _work, preview = _found(draft, work_id)
    own = preview.corrections.get(work_id, ())
    if own:
        author = Author(who, "", now_text(), OWN_WORK)
        revert(adding().drafts.log(draft_id), own[-1].number, author)
    return redirect(url_for("correcting.form", draft_id=draft_id, work_id=work_id), 303)


@blueprint.get("/base.geojson")
def base(draft_id: str) -> Response:
    """Give the base map of the draft's city, which need not be one of the served file."""
    draft = readable_draft(draft_id)
    plan = adding().plan(draft)
    city = plan.reading.document.city if plan else draft.city
    return Response(base_map_of(city).geojson, mimetype="application/geo+json")


def _page(draft: Draft, work_id: str, problems: tuple[Sentence, ...]) -> str:
    plan, work, preview = _found(draft, work_id)
    offers = offers_for(plan.reading.document.city, work, _asked())
    return render_template(
        "correcting.html",
        draft=draft,
        preview=preview,
        work=preview.works[work_id],
        corrections=preview.corrections.get(work_id, ()),
        offers=offers,
        wish=_wish() if problems else None,
        asked=_asked(),
        problems=problems,
        precisions_to_draw=DRAWABLE,
        place_map=_map_data(draft, preview.shapes.get(work_id), offers),
    )


def _found(draft: Draft, work_id: str) -> tuple[Plan, Work, Preview]:
    plan = adding().plan(draft) if draft.state is State.READY else None
    preview = preview_of(draft) if plan else None
    if plan is None or preview is None:
        raise Refusal(BUSY, say("This draft is still being read: wait a little."), 5)
    work = next((one for one in plan.reading.works if one.work_id == work_id), None)
    if work is None:
        raise Refusal(NOT_FOUND, say("This draft has no such work."))
    return plan, work, preview


def _asked() -> str:
    return request.values.get("find", "").strip()[:_LONGEST]


def _wish() -> Wish:
    given = request.form
    return Wish(
        name=given.get("name", ""),
        theme=given.get("theme", ""),
        stage=given.get("stage", ""),
        place=given.get("place", KEEP),
        drawn=given.get("drawn", ""),
        precision=given.get("precision", ""),
    )


def _map_data(
    draft: Draft, present: BaseGeometry | None, offers: Mapping[str, Offer]
) -> dict[str, object]:
    """Give the page's script what its map shows, and its words."""
    return {
        "language": language(),
        "base": url_for("correcting.base", draft_id=draft.draft_id),
        "present": mapping(present) if present is not None else None,
        "places": {key: mapping(offer.drawing.geometry) for key, offer in offers.items()},
        "texts": {
            "point": _("Click the map to set the point."),
            "line": _("Click to begin, again for each corner, and on the last corner to end."),
            "close": _("Click for each corner, and on the first one to close the area."),
            "crossing": _("The edges of an area may not cross."),
        },
    }
