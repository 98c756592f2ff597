"""Plans that were uploaded and are not published yet: kept in the user's folder until they are."""

import json
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from geo.errors import DraftError
from geo.home import home_path
from geo.homefile import HomeFile, transaction
from layers.edits.log import EditLog
from layers.edits.values import now_text

_FIRST: Final = """
CREATE TABLE drafts (
    draft_id TEXT PRIMARY KEY,
    served TEXT NOT NULL,
    document_id TEXT NOT NULL,
    file TEXT NOT NULL,
    city TEXT NOT NULL,
    year INTEGER,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    content BLOB,
    state TEXT NOT NULL,
    progress TEXT NOT NULL,
    beat REAL NOT NULL
)
"""

DRAFTS: Final = HomeFile(
    title="the file of drafts",
    application_id=0x50574452,  # "PWDR" as a number
    migrations=(_FIRST,),
    error=DraftError,
    mend="move it away, or put a copy of it back",
)

MOST_DRAFTS: Final = 50
"""Drafts at a time for one served file; each holds an upload."""

_QUIET_S: Final = 60.0
_ID: Final = re.compile(r"[0-9a-f]{16}")
_COLUMNS: Final = "draft_id, served, document_id, file, city, year, who, at, state, progress, beat"


class State(StrEnum):
    """Where a draft is on its way."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    PUBLISHING = "publishing"
    PUBLISHED = "published"


WORKING: Final = frozenset({State.WAITING, State.READING, State.PUBLISHING})
"""States that a job is to lead out of."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: the step, `done` of `total`, the clauses read, and the works found so far.

    `failure` says in a sentence why a job has failed, `kind` names the error.
    """

    step: str = ""
    done: int = 0
    total: int = 0
    clauses: int = 0
    works: tuple[str, ...] = ()
    title: str = ""
    kind: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A plan as it came: its file's name and bytes, and what its sender says of city and year."""

    file: str
    content: bytes
    document_id: str
    city: str
    year: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An uploaded plan without its bytes; `beat` is when its job was last heard of (Unix time)."""

    draft_id: str
    served: str
    document_id: str
    file: str
    city: str
    year: int | None
    who: str
    at: str
    state: State
    progress: Progress
    beat: float

    @property
    def is_working(self) -> bool:
        """Whether a job is under way or waiting."""
        return self.state in WORKING

    @property
    def is_stuck(self) -> bool:
        """Whether a job has not been heard of for so long that it may have died."""
        return self.is_working and time.time() - self.beat > _QUIET_S


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts for one works file; others share their file in the home, and are not seen."""

    served: str
    path: Path = field(default_factory=lambda: home_path("drafts.sqlite"))

    def all(self) -> tuple[Draft, ...]:
        """Give all drafts, the latest first.

        Raises
        ------
        DraftError
            When the file of drafts cannot be read.
        """
        return tuple(self._found("1", ()))

    def draft(self, draft_id: str) -> Draft | None:
        """Find a draft."""
        if not _ID.fullmatch(draft_id):
            return None
        return next(self._found("draft_id = ?", (draft_id,)), None)

    def content(self, draft_id: str) -> bytes:
        """Give the bytes of a draft's file.

        Raises
        ------
        DraftError
            When the draft has been discarded or published.
        """
        query = "SELECT content FROM drafts WHERE draft_id = ? AND content IS NOT NULL"
        with DRAFTS.told(self.path), closing(DRAFTS.readable(self.path)) as connection:
            row = connection.execute(query, (draft_id,)).fetchone()
        if row is None:
            raise DraftError("This draft is not there any more: upload the plan again.")
        return bytes(row[0])

    def add(self, upload: Upload) -> str:
        """Keep an uploaded plan and give the id of its draft.

        Raises
        ------
        DraftError
            When the file cannot be written.
        """
        draft_id = secrets.token_hex(8)
        row = (
            *(draft_id, self.served, upload.document_id, upload.file, upload.city, upload.year),
            *(upload.who, now_text(), upload.content, State.WAITING, _written(Progress())),
            time.time(),
        )
        marks = ", ".join("?" * len(row))
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            connection.execute(f"INSERT INTO drafts VALUES ({marks})", row)  # noqa: S608
        return draft_id

    def note(self, draft_id: str, state: State, progress: Progress) -> None:
        """Note where a draft is now; one that was discarded meanwhile stays gone."""
        query = "UPDATE drafts SET state = ?, progress = ?, beat = ? WHERE draft_id = ?"
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            connection.execute(query, (state, _written(progress), time.time(), draft_id))

    def claim(self, draft_id: str, states: Sequence[State], state: State) -> bool:
        """Lead a draft from one of some states to another; tell whether it was in one of them."""
        marks = ", ".join("?" * len(states))
        query = f"UPDATE drafts SET state = ?, beat = ? WHERE draft_id = ? AND state IN ({marks})"  # noqa: S608
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            cursor = connection.execute(query, (state, time.time(), draft_id, *states))
            return cursor.rowcount == 1

    def say(self, draft_id: str, city: str, year: int | None) -> None:
        """Change what is said of a draft's city and year."""
        query = "UPDATE drafts SET city = ?, year = ? WHERE draft_id = ?"
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            connection.execute(query, (city, year, draft_id))

    def discard(self, draft_id: str) -> None:
        """Forget a draft with its corrections."""
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            connection.execute("DELETE FROM drafts WHERE draft_id = ?", (draft_id,))
        self._forget_log(draft_id)

    def finish(self, draft_id: str, progress: Progress) -> None:
        """Keep of a published draft only that it was there."""
        self.note(draft_id, State.PUBLISHED, progress)
        with DRAFTS.writable(self.path) as connection, transaction(connection):
            connection.execute("UPDATE drafts SET content = NULL WHERE draft_id = ?", (draft_id,))
        self._forget_log(draft_id)

    def log(self, draft_id: str) -> EditLog:
        """Give the corrections of a draft: a log of its own until it is published."""
        return EditLog(self.path.parent / "drafts" / f"{draft_id}.sqlite")

    def _forget_log(self, draft_id: str) -> None:
        path = self.log(draft_id).path
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    def _found(self, condition: str, values: Sequence[str]) -> Iterator[Draft]:
        if not self.path.exists():
            return
        query = (
            f"SELECT {_COLUMNS} FROM drafts WHERE served = ? AND {condition} "  # noqa: S608  ours
            "ORDER BY at DESC, rowid DESC"
        )
        with DRAFTS.told(self.path), closing(DRAFTS.readable(self.path)) as connection:
            rows = connection.execute(query, (self.served, *values)).fetchall()
        yield from map(_draft, rows)


def _draft(row: tuple[Any, ...]) -> Draft:
    draft_id, served, document_id, file, city, year, who, at, state, progress, beat = row
    return Draft(
        draft_id=draft_id,
        served=served,
        document_id=document_id,
        file=file,
        city=city,
        year=year,
        who=who,
        at=at,
        state=State(state),
        progress=_read(progress),
        beat=beat,
    )


def _written(progress: Progress) -> str:
    values = {name: getattr(progress, name) for name in Progress.__slots__}
    return json.dumps(values, ensure_ascii=False)


def _read(text: str) -> Progress:
    values = json.loads(text)
    return Progress(**{**values, "works": tuple(values["works"])})
