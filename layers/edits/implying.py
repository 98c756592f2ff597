"""What follows from a correction without being said: how exact a place is, and whose it is."""

from dataclasses import replace
from typing import Any, Final

import shapely

from geo.model import UNCERTAINTY_LIMITS_M, Precision
from layers.edits.comparing import same
from layers.edits.values import Author, State, Value

# A drawing says nothing of how exact it is meant to be, unless the person does.
_UNSAID: Final = Precision.APPROXIMATE
_UNSAID_M: Final = UNCERTAINTY_LIMITS_M[_UNSAID]
_CORRECTED_BY: Final = "; corrected by hand: "


def implied(base: State, state: State, author: Author) -> State:
    """Give what a person left with what follows from it.

    A place that was taken away leaves a work that is not located. A place drawn anew is as exact as
    the person says, else approximate (2 km) where its shape has become another one; it names who
    drew it beside the old source, and keeps the old licence, because it may be derived from it.
    """
    geometry = state.geometry
    values = dict(state.values)
    if geometry is None or _is_taken_away(base, values):
        return replace(state, geometry=None, values=_without_place(base, values))
    if not same(geometry, base.geometry):
        values.update(_drawn(base, state, author))
    values["uncertainty_m"] = _uncertainty(values)
    values["licence"] = values["licence"] or base.of("licence") or author.licence
    return replace(state, values=values)


def _is_taken_away(base: State, values: dict[str, Value]) -> bool:
    return (
        values["precision"] == Precision.UNLOCATED and base.of("precision") != Precision.UNLOCATED
    )


def _without_place(base: State, values: dict[str, Value]) -> dict[str, Value]:
    if base.geometry is None:
        kept = ("precision", "uncertainty_m", "source", "licence", "verified")
        return {**values, **{name: base.of(name) for name in kept}}
    gone = {"uncertainty_m": None, "source": None, "licence": None, "verified": False}
    return {**values, "precision": str(Precision.UNLOCATED), **gone}


def _drawn(base: State, state: State, author: Author) -> dict[str, Value]:
    said: dict[str, Value] = {}
    if same(state.of("precision"), base.of("precision")) and _is_another_shape(base, state):
        said.update(precision=str(_UNSAID), uncertainty_m=_UNSAID_M)
    if same(state.of("source"), base.of("source")):
        said["source"] = _source(str(base.of("source") or ""), author)
    return said


def _is_another_shape(base: State, state: State) -> bool:
    """Tell whether a place was drawn where none was, or a site in place of an area."""
    before: Any = base.geometry
    return before is None or bool(
        shapely.get_dimensions(before) != shapely.get_dimensions(state.geometry)
    )


def _source(before: str, author: Author) -> str:
    """Name who drew a place, and what it was drawn from as long as that may still show."""
    old = before.partition(_CORRECTED_BY)[0]
    by = f"{author.who}, {author.day}"
    return f"{old}{_CORRECTED_BY}{by}" if old else f"drawn by hand: {by}"


def _uncertainty(values: dict[str, Value]) -> Value:
    """Keep an uncertainty within what the precision promises, where the person did not say one."""
    stated = values["uncertainty_m"]
    limit = UNCERTAINTY_LIMITS_M.get(str(values["precision"]))
    if not isinstance(stated, int | float):
        return limit or _UNSAID_M
    return limit if limit is not None and stated > limit else stated
