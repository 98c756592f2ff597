"""Read a file that people have edited: what each of our works is in it, and what was drawn anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import CrsError, LayersFileError
from geo.sentences import Sentence, say
from layers.edits.comparing import same
from layers.edits.rows import Row, edited_rows, unusable
from layers.edits.sides import Record, built_states, plain, records, texts_of
from layers.edits.values import Drawn, Edited, State, Value
from layers.geopackage.database import refuse_damaged
from layers.geopackage.read import read_table
from layers.geopackage.recognise import recognised
from layers.schema import COLUMNS
from layers.tables import BUILD, BUILT, SITES, WORKS

# What says which words a work comes from; `name_hans` and `edited` follow from other columns.
_FIXED: Final = tuple(
    one.name for one in COLUMNS if not one.editable and one.name not in {"name_hans", "edited"}
)


@dataclass(frozen=True, slots=True)
class Base:
    """What was built into a file: its states, its rows of `works` by id, the notes of the build."""

    states: Mapping[str, State]
    works: Mapping[str, Record]
    build: Mapping[str, str]


def read_base(path: Path) -> Base:
    """Read what was built into a GeoPackage of ours, whatever people did to its layers.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    with recognised(path) as database:
        tables = {one.name: records(read_table(database, one)) for one in (WORKS, SITES, BUILT)}
        build = read_table(database, BUILD)
    notes = dict(zip(build["key"], build["value"], strict=True))
    texts = texts_of(tables["works"], tables["sites"])
    try:
        states = built_states(tables["built"], texts, str(notes.get("crs")))
    except (ValueError, ShapelyError, CrsError) as error:
        refuse_damaged(path, error)
    return Base(states, {row["work_id"]: row for row in tables["works"]}, notes)


def read_edited(path: Path, base: Base, *, is_whole: bool, crs: str = "") -> Edited:
    """Read an edited file against what was built.

    Parameters
    ----------
    path
        A GeoPackage of ours, or another map file with a column `work_id`.
    is_whole
        Whether a work that is in no layer has lost its place; else nothing is said of it.
    crs
        The system in which changed geometries were drawn, where it is not the layer's own.

    Raises
    ------
    LayersFileError
        When no map library can read the file, or it holds no works of ours.
    """
    problems: list[Sentence] = []
    rows = list(edited_rows(path, problems))
    if not rows and not problems and not is_whole:
        raise LayersFileError(f"{path} holds no layer with a column work_id; give an edited export")
    single, doubled = _by_id(rows)
    problems += [_twice(base, work_id, count) for work_id, count in sorted(doubled.items())]
    states = {}
    for work_id, built in base.states.items():
        row = single.get(work_id)
        if work_id in doubled or not (row or is_whole or built.geometry is None):
            continue
        states[work_id] = _state(built, row, base.works.get(work_id), crs, problems)
        problems += _fixed(base.works.get(work_id), row)
    drawn = [_drawn(row, crs) for row in rows if row.work_id not in base.states]
    return Edited(base.states, states, tuple(drawn), tuple(problems))


def _by_id(rows: Sequence[Row]) -> tuple[dict[str, Row], dict[str, int]]:
    """Give the features of ids that come once, and how often the other ids come."""
    counts = Counter(row.work_id for row in rows if row.work_id)
    single = {row.work_id: row for row in rows if counts[row.work_id] == 1}
    return single, {work_id: count for work_id, count in counts.items() if count > 1}


def _twice(base: Base, work_id: str, count: int) -> Sentence:
    return say(
        "%(name)s (%(work_id)s) is there %(count)s times: keep one feature of each work (merge the "
        "parts of a split one); none of its changes was taken",
        name=base.states[work_id].name if work_id in base.states else "?",
        work_id=work_id,
        count=count,
    )


def _state(
    built: State, row: Row | None, work: Record | None, crs: str, problems: list[Sentence]
) -> State:
    own, listed = row.values if row else {}, plain(work or {})
    values = {
        name: _merged(built, name, own.get(name, value), listed.get(name, value), problems)
        for name, value in built.values.items()
    }
    return replace(built, geometry=_geometry(built, row, crs, problems), values=values)


def _merged(built: State, name: str, own: Value, listed: Value, problems: list[Sentence]) -> Value:
    """Give what the layer says, else what the table `works` says; people may correct either."""
    before = built.of(name)
    if same(listed, before) or same(listed, own):
        return own
    if same(own, before):
        return listed
    problems.append(
        say(
            "%(field)s of %(name)s was changed in its layer and otherwise in the table works: "
            "correct one of them; neither was taken",
            field=name,
            name=built.name,
        )
    )
    return before


def _geometry(
    built: State, row: Row | None, crs: str, problems: list[Sentence]
) -> BaseGeometry | None:
    if row is None:
        return None
    reason = unusable(row, "")
    if not reason and same(row.geometry(), built.geometry):
        return built.geometry
    if crs:
        reason = unusable(row, crs)
    if reason:
        problems.append(say("%(name)s was not moved: %(why)s", name=built.name, why=reason))
        return built.geometry
    return row.geometry(crs)


def _fixed(work: Record | None, row: Row | None) -> Iterator[Sentence]:
    """Say which read-only columns of a work differ from what the table `works` says."""
    if work is None or row is None:
        return
    own = row.properties
    changed = [name for name in _FIXED if name in own and not same(own[name], work[name])]
    if changed:
        yield say(
            "%(fields)s of %(name)s say where it comes from: they stay as they were",
            fields=", ".join(changed),
            name=work["name"],
        )


def _drawn(row: Row, crs: str) -> Drawn:
    shape = None if unusable(row, crs) else row.geometry(crs)
    return Drawn(row.layer, shape, row.values, row.work_id)
