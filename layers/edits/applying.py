"""Corrections win over every build: each work and site as people left it, and what needs a look."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.errors import EditsError
from geo.model import (
    UNCERTAINTY_LIMITS_M,
    Candidate,
    PlacedWork,
    Precision,
    Quantity,
    Stage,
    Theme,
    Work,
)
from geo.script import to_simplified
from layers.build import EditNote, Plan
from layers.edits.stored import shown
from layers.edits.values import GEOMETRY, Change, Edit, Status

GONE: Final = "the plan names no such work any more"
CHANGED: Final = "its sentence has changed"
_REASON_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Applied:
    """Plans with their corrections, and for each correction in force why it is stale ("" if not).

    A correction is missing where none of the plans is of its document.
    """

    plans: tuple[Plan, ...]
    stale: Mapping[int, str]


def apply_edits(plans: Sequence[Plan], edits: Sequence[Edit]) -> Applied:
    """Apply corrections in their order, so that of two the later one wins.

    A correction of a work whose sentence has changed is applied and called stale; one of a work
    that is not there any more waits for it, stale as well.
    """
    by_work: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.applied:
            by_work[edit.correction.work_id].append(edit)
    drawn = [edit for edit in edits if edit.status is Status.CANDIDATE]
    return Applied(tuple(_plan(plan, by_work, drawn) for plan in plans), _stale(plans, by_work))


def _plan(plan: Plan, by_work: Mapping[str, Sequence[Edit]], drawn: Sequence[Edit]) -> Plan:
    placed = tuple(_with_drawn(_corrected(one, by_work), drawn) for one in plan.placed)
    sites = tuple(_corrected(one, by_work) for one in plan.sites)
    works = {one.work.work_id: one.work for one in placed}
    reading = replace(plan.reading, works=tuple(works[work.work_id] for work in plan.reading.works))
    own = {one.work.work_id for one in (*placed, *sites)}
    edits = [edit for work_id in by_work if work_id in own for edit in by_work[work_id]]
    return Plan(reading, placed, sites, tuple(note for edit in edits for note in _notes(edit)))


def _notes(edit: Edit) -> Iterator[EditNote]:
    author = edit.author
    for change in edit.applied:
        yield EditNote(
            number=edit.number,
            work_id=edit.correction.work_id,
            field=change.field,
            before=shown(change.before),
            after=shown(change.after),
            who=author.who,
            why=author.why,
            at=author.at,
        )


def _corrected(placed: PlacedWork, by_work: Mapping[str, Sequence[Edit]]) -> PlacedWork:
    own = by_work.get(placed.work.work_id, ())
    for edit in own:
        for change in edit.applied:
            placed = _changed(placed, change, edit)
    return replace(_consistent(placed), edited=True) if own else placed


def _changed(placed: PlacedWork, change: Change, edit: Edit) -> PlacedWork:
    if change.field == GEOMETRY:
        return _moved(placed, change.after, edit)
    try:
        return _CORRECTORS[change.field](placed, change.after)
    except (LookupError, ValueError) as error:
        raise EditsError(
            f"Correction {edit.number} gives {change.field} a value that this version does not "
            f"know ({str(change.after)[:40]}): revert it, or upgrade."
        ) from error


def _renamed(placed: PlacedWork, name: str) -> PlacedWork:
    return _work(placed, name=name, name_hans=to_simplified(name))


def _work(placed: PlacedWork, **values: Any) -> PlacedWork:  # noqa: ANN401  fields of a work
    return replace(placed, work=replace(placed.work, **values))


def _quantity(placed: PlacedWork, **values: Any) -> PlacedWork:  # noqa: ANN401  of a quantity
    """Correct the first printed number, which is the one that layers show."""
    first, *others = placed.work.quantities or (Quantity(0.0, "", "", ""),)
    return _work(placed, quantities=(replace(first, **values), *others))


_CORRECTORS: Final[Mapping[str, Callable[[PlacedWork, Any], PlacedWork]]] = {
    "name": _renamed,
    "theme": lambda placed, value: _work(placed, theme=Theme(value)),
    "stage": lambda placed, value: _work(placed, stage=Stage(value)),
    "quantity": lambda placed, value: _quantity(placed, value=float(value or 0)),
    "unit": lambda placed, value: _quantity(placed, unit=value or ""),
    "district": lambda placed, value: replace(placed, district=value or ""),
    "precision": lambda placed, value: replace(placed, precision=Precision(value)),
    "uncertainty_m": lambda placed, value: replace(placed, uncertainty_m=value),
    "source": lambda placed, value: replace(placed, source=value or ""),
    "licence": lambda placed, value: replace(placed, licence=value or ""),
    "verified": lambda placed, value: replace(placed, verified=bool(value)),
}


def _moved(placed: PlacedWork, shape: Any, edit: Edit) -> PlacedWork:  # noqa: ANN401  or None
    verb = "removed" if shape is None else "drawn"
    by = f"{verb} by hand: {edit.author.who}, {edit.author.day}"
    return replace(placed, geometry=shape, place=None, located_by=by)


def _consistent(placed: PlacedWork) -> PlacedWork:
    """Let geometry and precision agree, whichever of the two was corrected or reverted."""
    if placed.geometry is None:
        return replace(
            placed, precision=Precision.UNLOCATED, uncertainty_m=None, source="", licence=""
        )
    if placed.precision is not Precision.UNLOCATED and placed.uncertainty_m is not None:
        return placed
    known = placed.precision is not Precision.UNLOCATED
    precision = placed.precision if known else Precision.APPROXIMATE
    limit = UNCERTAINTY_LIMITS_M.get(precision, UNCERTAINTY_LIMITS_M[Precision.APPROXIMATE])
    return replace(placed, precision=precision, uncertainty_m=limit)


def _with_drawn(placed: PlacedWork, drawn: Sequence[Edit]) -> PlacedWork:
    """Offer what was drawn without an id to the works that bear its name."""
    known = {one.place_id for one in placed.candidates}
    named = (
        _candidate(edit, placed.work)
        for edit in drawn
        if edit.correction.name and to_simplified(edit.correction.name) == placed.work.name_hans
    )
    fitting = tuple(one for one in named if one.place_id not in known)
    return replace(placed, candidates=(*fitting, *placed.candidates)) if fitting else placed


def _candidate(edit: Edit, work: Work) -> Candidate:
    values = {change.field: change.after for change in edit.correction.changes}
    return Candidate(
        place_id=f"drawn-{edit.number}",
        name=edit.correction.name,
        kind=str(work.theme),
        within=str(values.get("district") or ""),
        precision=Precision(str(values.get("precision") or Precision.APPROXIMATE)),
        source=str(values.get("source") or f"drawn by hand: {edit.author.who}"),
        licence=str(values.get("licence") or edit.author.licence),
        score=1.0,
        reasons=(f"drawn by hand, correction {edit.number}",),
    )


def _stale(plans: Iterable[Plan], by_work: Mapping[str, Sequence[Edit]]) -> dict[int, str]:
    listed = list(plans)
    documents = {plan.reading.document.document_id for plan in listed}
    sentences = {
        placed.work.work_id: placed.work.sentence
        for plan in listed
        for placed in (*plan.placed, *plan.sites)
    }
    return {
        edit.number: _why_stale(edit, sentences.get(work_id))
        for work_id, own in by_work.items()
        for edit in own
        if work_id in sentences or edit.correction.document_id in documents
    }


def _why_stale(edit: Edit, sentence: str | None) -> str:
    if sentence is None:
        return GONE
    return "" if sentence == edit.correction.sentence else f"{CHANGED}: {sentence[:_REASON_LENGTH]}"
