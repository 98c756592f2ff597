"""Take an edited file back: read it, leave out what cannot be right, compare, and keep the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shapely.geometry.base import BaseGeometry

from geo.errors import EditsError
from geo.gazetteer import load_gazetteer
from geo.sentences import Sentence, say
from layers.edits.comparing import corrections, same
from layers.edits.implying import implied
from layers.edits.inspecting import Inspected, inspect
from layers.edits.log import EditLog
from layers.edits.reading import Base, read_base, read_edited
from layers.edits.values import GEOMETRY, Author, Change, Correction, Drawn, Edit, State, Status
from layers.schema import EDITABLE

UNNAMED: Final = "(no name)"


@dataclass(frozen=True, slots=True)
class Source:
    """An edited file, what it is compared with, and in which system it was drawn.

    `base` is the works file that was edited, where the edited one is an export of it; `crs` names
    the system of changed geometries, where it is not their layer's own.
    """

    path: Path
    base: Path | None = None
    crs: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was kept of an edited file, and sentences about what was not or needs a look."""

    edits: tuple[Edit, ...]
    problems: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]


def take(
    source: Source, now: Mapping[str, State], author: Author, log: EditLog, *, keep: bool = True
) -> Taken:
    """Take corrections back and keep them in the log (not with `keep` = False: only to see).

    `now` is what is built at present, corrections in force included.

    Raises
    ------
    LayersFileError
        When the file cannot be read or has nothing of ours.
    EditsError
        When it is of other plans than `now`, or the log cannot be written.
    CrsError
        When the system of the source is unknown.
    """
    base = read_base(source.base or source.path)
    notes = tuple(_other_build(source.path, base, now))
    edited = read_edited(source.path, base, is_whole=source.base is None, crs=source.crs)
    inspected = inspect(edited, _cities(base))
    found = (*_corrections(base, inspected, now, author), *map(_candidate, inspected.drawn))
    new = _unknown(found, log)
    if len(new) < len(found):
        known = len(found) - len(new)
        notes += (say("%(count)s corrections were taken before and are in the log", count=known),)
    name = source.path.name
    kept = log.add(new, author, name) if keep else _shown(new, author, name)
    return Taken(kept, inspected.problems, notes)


def _corrections(
    base: Base, inspected: Inspected, now: Mapping[str, State], author: Author
) -> Iterator[Correction]:
    states = {
        work_id: implied(base.states[work_id], state, author)
        for work_id, state in inspected.states.items()
    }
    yield from corrections(base.states, states, now)


def _candidate(drawn: Drawn) -> Correction:
    values = {name: drawn.values.get(name) for name in EDITABLE}
    said = [Change(name, None, value, None) for name, value in values.items() if value is not None]
    name = str(drawn.values.get("name") or UNNAMED)
    changes = (Change(GEOMETRY, None, drawn.geometry, None), *said)
    return Correction("", "", name, "", changes, Status.CANDIDATE)


def _unknown(found: tuple[Correction, ...], log: EditLog) -> list[Correction]:
    """Leave out what the log holds already: a file may be given twice."""
    known = [edit.correction for edit in log.edits() if edit.status is not Status.REVERTED]
    return [one for one in found if not any(_is_same(one, other) for other in known)]


def _is_same(one: Correction, other: Correction) -> bool:
    if one.work_id != other.work_id or len(one.changes) != len(other.changes):
        return False
    return all(
        mine.field == its.field and same(mine.after, its.after) and _is_like(mine, its)
        for mine, its in zip(one.changes, other.changes, strict=True)
    )


def _is_like(one: Change, other: Change) -> bool:
    return one.status is other.status


def _shown(found: list[Correction], author: Author, file: str) -> tuple[Edit, ...]:
    return tuple(Edit(0, one, author, file, one.status) for one in found)


def _cities(base: Base) -> dict[str, BaseGeometry]:
    """Give the boundary of the city of each document, as far as it is known."""
    named = {row["document_id"]: row["city"] for row in base.works.values()}
    places = {document: load_gazetteer(city).city for document, city in named.items()}
    return {document: place.geometry for document, place in places.items() if place}


def _other_build(path: Path, base: Base, now: Mapping[str, State]) -> Iterator[Sentence]:
    """Say whether the file is of another build, and refuse one of other plans."""
    documents = {state.document_id for state in now.values()}
    own = {state.document_id for state in base.states.values()}
    if base.states and now and not own & documents and not base.states.keys() & now.keys():
        raise EditsError(
            f"{path} is of other plans ({', '.join(sorted(own))}) than the works it is compared "
            f"with ({', '.join(sorted(documents))}): name the right file by --against."
        )
    changed = sum(
        work_id not in now or not _is_built_alike(state, now[work_id])
        for work_id, state in base.states.items()
    )
    if changed:
        yield say(
            "%(file)s is of another build: %(changed)s of its %(count)s works are built otherwise "
            "now; what both have changed is in conflict",
            file=path.name,
            changed=changed,
            count=len(base.states),
        )


def _is_built_alike(one: State, other: State) -> bool:
    return all(same(one.of(name), other.of(name)) for name in (GEOMETRY, *EDITABLE))
