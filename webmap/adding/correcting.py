"""Corrections of a draft's works: inspected like those of an edited file, kept in its own log."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.candidates import weighed_places
from geo.gazetteer.library import open_library
from geo.gazetteer.searching import candidates as search
from geo.home import home_path
from geo.model import Candidate, Place, Work
from geo.sentences import Sentence
from layers.build import Plan
from layers.edits.comparing import corrections
from layers.edits.implying import implied
from layers.edits.inspecting import inspect
from layers.edits.values import Author, Correction, Edited, State
from webmap.adding.wishes import Wish, wished

_MOST_FOUND: Final = 10

Offered = tuple[Candidate, Place]


def work_of(plan: Plan, work_id: str) -> Work | None:
    """Find a work as it was read."""
    return next((work for work in plan.reading.works if work.work_id == work_id), None)


def offered_places(plan: Plan, work: Work, asked: str) -> list[Offered]:
    """Give the places that a work may be: those weighed for it, and those found by other words."""
    gazetteer = load_gazetteer(plan.reading.document.city)
    weighed = list(weighed_places(gazetteer, work))
    known = {candidate.place_id for candidate, _ in weighed}
    found = [_found(place) for place in _searched(gazetteer, asked) if place.place_id not in known]
    return [*found, *weighed]


def correct(
    base: State, work_id: str, wish: Wish, places: Mapping[str, Place], city: str
) -> tuple[State | None, tuple[Sentence, ...]]:
    """Give the state that a form asks for, or None with what cannot be right in it."""
    state = wished(base, wish, places)
    if isinstance(state, Sentence):
        return None, (state,)
    boundary = load_gazetteer(city).city
    cities = {base.document_id: boundary.geometry} if boundary else {}
    inspected = inspect(Edited({work_id: base}, {work_id: state}), cities)
    if inspected.problems:
        return None, inspected.problems
    return inspected.states[work_id], ()


def correction_of(
    work_id: str, base: State, state: State, author: Author
) -> tuple[Correction, ...]:
    """Give what a person has changed of a work; nothing where nothing is."""
    after = implied(base, state, author)
    if state.geometry is not None and state.geometry is not base.geometry:
        # A place comes with its precision from this form, whatever shape it had before.
        said = {name: state.values[name] for name in ("precision", "uncertainty_m")}
        after = replace(after, values={**after.values, **said})
    return tuple(corrections({work_id: base}, {work_id: after}, {work_id: base}))


def _searched(gazetteer: Gazetteer, asked: str) -> list[Place]:
    if not asked.strip():
        return []
    library = open_library(home_path("gazetteer.sqlite"))
    return [one.place for one in search(asked, library, gazetteer, _MOST_FOUND)]


def _found(place: Place) -> Offered:
    candidate = Candidate(
        place_id=place.place_id,
        name=place.name,
        kind=place.kind,
        within=place.within,
        precision=place.precision,
        source=place.source,
        licence=place.licence,
        score=0.0,
        reasons=(),
    )
    return candidate, place
