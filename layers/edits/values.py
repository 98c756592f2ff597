"""What passes between the steps of taking corrections back: all frozen, geometries in EPSG:4326."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from shapely.geometry.base import BaseGeometry

from geo.sentences import Sentence

GEOMETRY: Final = "geometry"
"""Name of what is corrected where it is no column but the shape itself."""


def now_text() -> str:
    """Give the present time in UTC (ISO 8601, to the second)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


Value = str | float | bool | BaseGeometry | None


class Status(StrEnum):
    """What has become of a correction, or of one value in it."""

    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    BUILT = "built"
    CANDIDATE = "candidate"
    REVERTED = "reverted"


@dataclass(frozen=True, slots=True)
class State:
    """A work or site as one side has it: its geometry (None where unlocated) and editable values.

    `name` is how people call it, `document_id` and `sentence` are the words it was read from.
    """

    geometry: BaseGeometry | None
    values: Mapping[str, Value]
    document_id: str = ""
    sentence: str = ""

    @property
    def name(self) -> str:
        """How people call the work."""
        return str(self.values.get("name") or "")

    def of(self, name: str) -> Value:
        """Give a value by its column's name, or the geometry."""
        return self.geometry if name == GEOMETRY else self.values.get(name)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature that a person drew without an id, or under one that there is not."""

    layer: str
    geometry: BaseGeometry | None
    values: Mapping[str, Value]
    work_id: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edited file holds of our works: `states` by id, and features drawn anew.

    `base` is what was built into the file; an id of it that `states` lacks could not be read.
    `problems` are sentences about what was not taken.
    """

    base: Mapping[str, State]
    states: Mapping[str, State]
    drawn: tuple[Drawn, ...] = ()
    problems: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a person changed: as it was built, as it is in the file, as it is built now.

    `field` is a column, or the geometry. `status` is accepted where the build has not changed it
    since, else conflict.
    """

    field: str
    before: Value
    after: Value
    now: Value
    status: Status = Status.ACCEPTED


@dataclass(frozen=True, slots=True)
class Author:
    """Who made corrections, why, when (ISO 8601), and the licence of what was drawn anew."""

    who: str
    why: str
    at: str
    licence: str

    @property
    def day(self) -> str:
        """The day of the correction."""
        return self.at[:10]


@dataclass(frozen=True, slots=True)
class Correction:
    """All that a person changed of one work or site in one file, with the words it was read from.

    A feature that was drawn without an id is a correction of no work: `work_id` is "" and what was
    drawn are changes from nothing.
    """

    work_id: str
    document_id: str
    name: str
    sentence: str
    changes: tuple[Change, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry of the log: a correction under its number, its author, its file and its state.

    `built` means that the present build was preferred where the two were in conflict. `stale` says
    why a person should look at the entry again ("" where none need).
    """

    number: int
    correction: Correction
    author: Author
    file: str
    status: Status
    stale: str = ""

    @property
    def applied(self) -> tuple[Change, ...]:
        """The changes that builds take over."""
        match self.status:
            case Status.ACCEPTED:
                return self.correction.changes
            case Status.CONFLICT | Status.BUILT:
                changes = self.correction.changes
                return tuple(one for one in changes if one.status is Status.ACCEPTED)
            case _:
                return ()
