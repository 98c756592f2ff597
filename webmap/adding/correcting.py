"""Corrections of a draft's works: inspected like those of an edited file, kept in its own log."""

from collections.abc import Mapping
from dataclasses import replace

from geo.gazetteer import load_gazetteer
from geo.sentences import Sentence
from layers.edits.comparing import corrections
from layers.edits.implying import implied
from layers.edits.inspecting import inspect
from layers.edits.values import Author, Correction, Edited, State
from webmap.adding.offers import Offer
from webmap.adding.wishes import Wish, wished


def correct(
    base: State, work_id: str, wish: Wish, offers: Mapping[str, Offer], city: str
) -> tuple[State | None, tuple[Sentence, ...]]:
    """Give the state that a form asks for, or None with what cannot be right in it."""
    state = wished(base, wish, offers)
    if isinstance(state, Sentence):
        return None, (state,)
    boundary = load_gazetteer(city).city
    cities = {base.document_id: boundary.geometry} if boundary else {}
    inspected = inspect(Edited({work_id: base}, {work_id: state}), cities)
    if inspected.problems:
        return None, inspected.problems[:1]  # others follow from it
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
