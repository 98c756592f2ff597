"""What all pages share: the snapshot of their request and the words that templates use."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from layers.drawing import CASING_COLOUR, DRAWINGS, MARK_RADIUS, RING_RADIUS
from layers.tables import OUTCOMES
from layers.titles import CONFIDENCES, PRECISIONS, STAGE_COLOURS, STAGES, THEMES
from webmap import scripts, slot_words, wording
from webmap.adding import words
from webmap.assets import is_offline
from webmap.colours import DARK_STAGE_COLOURS
from webmap.edit_words import changed_words, edit_status
from webmap.editing import is_enabled
from webmap.found_by import found_by
from webmap.icons import theme_sprite
from webmap.neighbours import DISTANCES_KM, distance_km
from webmap.selection import page_selection, parameters
from webmap.store import Snapshot, works_store

_KEPT = ("sort", "order", "view", "at", "base", "script")


def init_app(app: Flask) -> None:
    """Give templates the coded values, their drawing and the sentences about works."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        themes=THEMES,
        stages=STAGES,
        stage_colours=STAGE_COLOURS,
        dark_stage_colours=DARK_STAGE_COLOURS,
        precisions=PRECISIONS,
        drawings=DRAWINGS,
        mark_radius=MARK_RADIUS,
        ring_radius=RING_RADIUS,
        casing_colour=CASING_COLOUR,
        theme_sprite=theme_sprite,
        found_by=found_by,
        parameters=parameters,
        edit_status=edit_status,
        changed_words=changed_words,
        can_edit=is_enabled,
        state_words=words.state_words,
        step_words=words.step_words,
        failure_words=words.failure_words,
        outcomes=OUTCOMES,
        place_words=wording.place_words,
        distance_words=wording.distance_words,
        near_distances=DISTANCES_KM,
        around=scripts.shown_around,
        confidences=CONFIDENCES,
        slot_number=slot_words.slot_number,
        slot_words=slot_words.slot_words,
        amount_words=slot_words.amount_words,
        normalised=wording.normalised,
        sentence_segments=scripts.shown_sentence,
        writing_of_sentence=scripts.writing_of_sentence,
        in_language=in_language,
        present_query=present_query,
        map_link=map_link,
        kept_parameters=kept_parameters,
        listing_parameters=listing_parameters,
    )
    app.context_processor(lambda: {"snapshot": snapshot(), "offline": is_offline()})


def snapshot() -> Snapshot:
    """Give the snapshot of the present request, one and the same from its begin to its end."""
    if "snapshot" not in g:
        g.snapshot = works_store().current()
    return cast("Snapshot", g.snapshot)


def details_of(work_id: str) -> dict[str, object] | None:
    """Give what the panel of a work or site shows, and its template; None for an unknown id."""
    present = snapshot()
    work, site = present.work(work_id), present.site(work_id)
    if work is not None:
        km = distance_km(request.args.get("near"))
        return {
            "panel": "_panel.html",
            "work": work,
            "beside": present.beside(work),
            "near_km": km,
            "neighbours": present.neighbours.of(work, km),
        }
    if site is not None and not site.is_group:
        return {"panel": "_site.html", "site": site, "work": site.work}
    return None


def map_link(filters: Mapping[str, list[str]] | None = None, /, **values: Any) -> str:  # noqa: ANN401
    """Give the address of a state of the map; a saved page has its states behind the hash."""
    named = {**(filters or {}), **values}
    if is_offline():
        return f"#{urlencode(named, doseq=True)}"
    if not named and len(snapshot().documents) > 1:
        return url_for("map.index", view="map")  # the bare address lists the plans
    return url_for("map.index", **named)


def kept_parameters() -> dict[str, str]:
    """Give what of a page's state stays when its filters change: view, place and order."""
    return {name: request.args[name] for name in _KEPT if name in request.args}


def listing_parameters() -> dict[str, list[str]]:
    """Give the filters and what else of a page's state stays."""
    kept = {name: [value] for name, value in kept_parameters().items()}
    return {**parameters(page_selection(request.args.items(multi=True))), **kept}


def present_query() -> str:
    """Give the present address' parameters with their question mark; "" without any."""
    query = urlencode(list(request.args.items(multi=True)))
    return f"?{query}" if query else ""


def in_language(tag: str) -> str:
    """Give the present page's address in another language, relative to the page."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return "?" + urlencode([*others, ("lang", tag)])
