"""The log as files: JSON lines, which hold all and can be taken back, and GeoJSON, to look at."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from shapely.errors import ShapelyError
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.errors import EditsError
from layers.edits.stored import plain_value, value_of
from layers.edits.values import GEOMETRY, Author, Change, Correction, Edit, Status
from layers.schema import EDITABLE

_SIDES: Final = ("before", "after", "now")


def json_lines(edits: Iterable[Edit]) -> Iterator[str]:
    """Give each entry of the log as a line of JSON, with geometries in hexadecimal WKB."""
    for edit in edits:
        yield json.dumps(_line(edit), ensure_ascii=False)


def read_json_lines(lines: Iterable[str]) -> Iterator[Edit]:
    """Read entries back from such lines, as they were in that log.

    Raises
    ------
    EditsError
        When a line is none of a log's, with its number.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _edit(json.loads(line))
            except (ValueError, TypeError, LookupError, ShapelyError) as error:
                raise EditsError(
                    f"Line {number} is no correction of an exported log: give a file that "
                    "planned-works edits export wrote."
                ) from error


def geojson(edits: Iterable[Edit]) -> str:
    """Give the geometries of corrections as GeoJSON, one feature for each side that has one.

    `side` says which: before, after (as the person drew it) or now (as it was built when the
    correction was taken).
    """
    features = [feature for edit in edits for feature in _features(edit)]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False)


def _line(edit: Edit) -> dict[str, Any]:
    one, author = edit.correction, edit.author
    return {
        "number": edit.number,
        "status": str(edit.status),
        "work_id": one.work_id,
        "document_id": one.document_id,
        "name": one.name,
        "sentence": one.sentence,
        "who": author.who,
        "why": author.why,
        "at": author.at,
        "licence": author.licence,
        "file": edit.file,
        "stale": edit.stale,
        "changes": [_change(change) for change in one.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    sides = {side: plain_value(getattr(change, side)) for side in _SIDES}
    return {"field": change.field, **sides, "status": str(change.status)}


def _edit(line: Mapping[str, Any]) -> Edit:
    status = Status(line["status"])
    correction = Correction(
        work_id=str(line["work_id"]),
        document_id=str(line["document_id"]),
        name=str(line["name"]),
        sentence=str(line["sentence"]),
        changes=tuple(map(_read_change, line["changes"])),
        status=status,
    )
    author = Author(str(line["who"]), str(line["why"]), str(line["at"]), str(line["licence"]))
    return Edit(int(line["number"]), correction, author, str(line["file"]), status)


def _read_change(one: Mapping[str, Any]) -> Change:
    field = str(one["field"])
    if field not in {GEOMETRY, *EDITABLE}:
        raise ValueError("this is no field that can be corrected")
    before, after, now = sides = tuple(value_of(one[side]) for side in _SIDES)
    if any(side is not None and _is_shape(side) != (field == GEOMETRY) for side in sides):
        raise ValueError("a geometry stands for another value")
    return Change(field, before, after, now, Status(one["status"]))


def _is_shape(value: object) -> bool:
    return isinstance(value, BaseGeometry)


def _features(edit: Edit) -> Iterator[dict[str, Any]]:
    for change in edit.correction.changes:
        if change.field != GEOMETRY:
            continue
        for side in _SIDES:
            shape = getattr(change, side)
            if isinstance(shape, BaseGeometry):
                yield {
                    "type": "Feature",
                    "geometry": mapping(shape),
                    "properties": _properties(edit, side),
                }


def _properties(edit: Edit, side: str) -> dict[str, Any]:
    changed = [one.field for one in edit.correction.changes]
    return {
        "number": edit.number,
        "side": side,
        "status": str(edit.status),
        "work_id": edit.correction.work_id,
        "name": edit.correction.name,
        "changed": ", ".join(changed),
        "who": edit.author.who,
        "why": edit.author.why,
        "at": edit.author.at,
        "stale": edit.stale,
    }
