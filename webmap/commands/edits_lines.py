"""Corrections as lines of a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from layers.edits.stored import shown
from layers.edits.taking import Taken
from layers.edits.values import Change, Edit, Status, Value
from webmap.commands.tables import aligned, printable

_LONGEST: Final = 160
_KILOMETRE_M: Final = 1000


def listed(edits: Sequence[Edit]) -> Iterator[str]:
    """Yield a line for each correction; for a conflict, one for each side of each value."""
    if not edits:
        return
    header = ("no", "state", "work", "name", "changed", "by", "why")
    lines = iter(aligned([header, *map(_row, edits)]))
    yield next(lines)
    for edit, line in zip(edits, lines, strict=True):
        yield line
        if edit.status is Status.CONFLICT:
            yield from _conflicts(edit)


def details(edit: Edit, history: Iterable[tuple[str, str, str, str, str]]) -> Iterator[str]:
    """Yield all that the log holds of a correction."""
    one, author = edit.correction, edit.author
    yield f"Correction {edit.number} of {printable(one.name)} ({one.work_id or 'no work'})"
    yield f"state: {_state(edit)}"
    yield f"by {printable(author.who)} at {author.at} in {printable(edit.file)}"
    yield from (f"{name}: {printable(text)}" for name, text in _texts(edit) if text)
    for change in one.changes:
        yield from _sides(change, whole=True)
    for status, stale, who, why, at in history:
        reason = "; ".join(filter(None, (stale, why)))
        yield f"{at} {printable(who)}: {status}{f' ({printable(reason)})' if reason else ''}"


def taken_lines(taken: Taken) -> Iterator[str]:
    """Yield what a person must know of an import beside what was taken."""
    yield from (f"Note: {printable(str(note))}." for note in taken.notes)
    yield from (f"Left out: {printable(str(problem))}." for problem in taken.problems)
    for edit in taken.edits:
        if edit.status is Status.CANDIDATE:
            yield (
                f"Warning: {printable(edit.correction.name)} has no id and is kept as candidate "
                f"{edit.number}: make it the place of a work by planned-works edits attach."
            )


def summary(taken: Taken, path: Path, *, dry_run: bool) -> str:
    """Say how many corrections were taken, and what to do next."""
    counts = {status: sum(edit.status is status for edit in taken.edits) for status in Status}
    verb = "would be taken" if dry_run else "taken"
    words = f"{path}: {_counted(counts[Status.ACCEPTED], 'correction')} {verb}"
    if counts[Status.CONFLICT]:
        words += f", {counts[Status.CONFLICT]} in conflict (edits resolve decides)"
    if counts[Status.CANDIDATE]:
        words += f", {_counted(counts[Status.CANDIDATE], 'new feature')} kept as candidate"
    if taken.problems:
        words += f", {_counted(len(taken.problems), 'thing')} left out"
    return words


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _row(edit: Edit) -> tuple[str, ...]:
    one = edit.correction
    changed = ", ".join(change.field for change in one.changes)
    by = f"{edit.author.day} {edit.author.who}"
    why = "; ".join(filter(None, (edit.stale, edit.author.why)))
    return (str(edit.number), _state(edit), one.work_id or "-", one.name, changed, by, why)


def _state(edit: Edit) -> str:
    return f"{edit.status}, stale" if edit.stale else str(edit.status)


def _texts(edit: Edit) -> Iterator[tuple[str, str]]:
    yield "why", edit.author.why
    yield "licence", edit.author.licence
    yield "sentence", edit.correction.sentence
    yield "stale", edit.stale


def _conflicts(edit: Edit) -> Iterator[str]:
    for change in edit.correction.changes:
        if change.status is Status.CONFLICT:
            yield from _sides(change, whole=False)


def _sides(change: Change, *, whole: bool) -> Iterator[str]:
    apart = _apart(change.after, change.now)
    yield f"   {change.field}{f' ({apart} apart)' if apart else ''}"
    sides = {"before": change.before, "edited": change.after, "built now": change.now}
    for name, value in sides.items():
        if whole or name != "before":
            text = printable(shown(value)) or "-"
            yield f"      {name:9} {text if whole else _cut(text)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _apart(one: Value, other: Value) -> str:
    """Say how far the middles of two geometries lie apart."""
    if not (isinstance(one, BaseGeometry) and isinstance(other, BaseGeometry)):
        return ""
    (x1, y1), (x2, y2) = (shapely.centroid(shape).coords[0] for shape in (one, other))
    metres = Geod(ellps="WGS84").inv(x1, y1, x2, y2)[2]
    return f"{metres / _KILOMETRE_M:.1f} km" if metres >= _KILOMETRE_M else f"{metres:.0f} m"
