"""What people decide of corrections: resolve, revert, attach a drawn feature to a work."""

from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from geo.errors import EditsError
from layers.edits.comparing import same
from layers.edits.implying import implied
from layers.edits.log import EditLog
from layers.edits.values import GEOMETRY, Author, Change, Correction, Edit, State, Status
from layers.schema import EDITABLE

_POSITION = ("precision", "uncertainty_m", "source", "licence", "verified", "district")


def resolve(log: EditLog, number: int, *, edited: bool, author: Author) -> Edit:
    """Decide a conflict: for what the person drew, or for what is built.

    Raises
    ------
    EditsError
        When there is no correction of that number, or it is in no conflict.
    """
    edit = log.edit(number)
    if edit.status is not Status.CONFLICT:
        raise EditsError(f"Correction {number} is {edit.status}: only a conflict can be resolved.")
    status = Status.ACCEPTED if edited else Status.BUILT
    log.decide([(number, status, edit.stale)], author)
    return replace(edit, status=status)


def revert(log: EditLog, number: int, author: Author) -> Edit:
    """Take a correction out of all later builds; it stays in the log.

    Raises
    ------
    EditsError
        When there is no correction of that number, or it is reverted already.
    """
    edit = log.edit(number)
    if edit.status is Status.REVERTED:
        raise EditsError(f"Correction {number} is reverted already.")
    log.decide([(number, Status.REVERTED, "")], author)
    return replace(edit, status=Status.REVERTED)


def attach(log: EditLog, number: int, work_id: str, now: State, author: Author) -> Edit:
    """Make a feature that was drawn without an id the place of a work.

    Raises
    ------
    EditsError
        When there is no correction of that number, or it is no such feature.
    """
    edit = log.edit(number)
    if edit.status is not Status.CANDIDATE:
        raise EditsError(
            f"Correction {number} is {edit.status}: only a feature drawn without an id can be "
            "attached to a work."
        )
    said = {change.field: change.after for change in edit.correction.changes}
    placed = {name: said[name] for name in _POSITION if said.get(name) is not None}
    shape = said[GEOMETRY]
    if not isinstance(shape, BaseGeometry):
        raise EditsError(f"Correction {number} has no geometry: draw it again.")
    state = replace(now, geometry=shape, values={**now.values, **placed})
    correction = _correction(work_id, now, implied(now, state, edit.author))
    (added,) = log.add([correction], edit.author, edit.file)
    log.decide([(number, Status.REVERTED, "")], author)
    return added


def _correction(work_id: str, now: State, state: State) -> Correction:
    changes = tuple(
        Change(name, now.of(name), state.of(name), now.of(name))
        for name in (GEOMETRY, *EDITABLE)
        if not same(now.of(name), state.of(name))
    )
    return Correction(work_id, now.document_id, now.name, now.sentence, changes, Status.ACCEPTED)
