"""Three sides of each work: as it was built, as people left it, as it is built now."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from layers.edits.values import GEOMETRY, Change, Correction, State, Status
from layers.schema import EDITABLE

# A millimetre, in degrees: less is the rounding of a change of coordinates and back.
_SAME_DEGREES: Final = 1e-8
_SAME_SHARE: Final = 1e-9


# Values that only mean something together: where one is in conflict, all are.
_TOGETHER: Final = (
    frozenset({GEOMETRY, "precision", "uncertainty_m", "source", "licence", "verified"}),
    frozenset({"quantity", "unit"}),
)


def corrections(
    base: Mapping[str, State], theirs: Mapping[str, State], now: Mapping[str, State]
) -> Iterator[Correction]:
    """Give what people changed of each work, in the order of the build.

    What is so already is no change. A change is accepted where what is built now is what was built
    then. Where it is not, both have changed and a person must decide. A work that is not built any
    more keeps its changes: they come back with the work.
    """
    for work_id, built in base.items():
        if work_id not in theirs:
            continue
        present = now.get(work_id, built)
        changes = tuple(_changes(built, theirs[work_id], present))
        if changes:
            status = _status(changes)
            words = present.document_id, present.name, present.sentence
            yield Correction(work_id, *words, _together(changes), status)


def _changes(base: State, theirs: State, now: State) -> Iterator[Change]:
    for name in (GEOMETRY, *EDITABLE):
        before, after, present = base.of(name), theirs.of(name), now.of(name)
        if not same(before, after) and not same(present, after):
            status = Status.ACCEPTED if same(present, before) else Status.CONFLICT
            yield Change(name, before, after, present, status)


def _status(changes: Iterable[Change]) -> Status:
    in_conflict = any(change.status is Status.CONFLICT for change in changes)
    return Status.CONFLICT if in_conflict else Status.ACCEPTED


def _together(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    open_fields = {change.field for change in changes if change.status is Status.CONFLICT}
    held = open_fields.union(*(group for group in _TOGETHER if group & open_fields))
    return tuple(
        replace(change, status=Status.CONFLICT) if change.field in held else change
        for change in changes
    )


def same(one: Any, other: Any) -> bool:  # noqa: ANN401  values of any column, or geometries
    """Tell whether two values say the same; an empty text says nothing."""
    if isinstance(one, BaseGeometry) and isinstance(other, BaseGeometry):
        return _same_shape(one, other)
    if _is_number(one) and _is_number(other):
        return math.isclose(one, other, rel_tol=_SAME_SHARE)
    return bool((None if one == "" else one) == (None if other == "" else other))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _same_shape(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Compare vertex by vertex; parts and rings may come in another order."""
    if shapely.equals_exact(one, other, _SAME_DEGREES):
        return True
    if shapely.get_num_coordinates(one) != shapely.get_num_coordinates(other):
        return False
    return bool(shapely.equals_exact(one.normalize(), other.normalize(), _SAME_DEGREES))
