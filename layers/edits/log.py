"""The log of corrections: who changed what, when and why; nothing is forgotten."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import EditsError
from geo.homefile import HomeFile, transaction
from layers.edits.stored import read_value, written_value
from layers.edits.values import Author, Change, Correction, Edit, Status, now_text

_FIRST: Final = """
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    work_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sentence TEXT NOT NULL,
    status TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    licence TEXT NOT NULL,
    file TEXT NOT NULL
);
CREATE TABLE changes (
    correction INTEGER NOT NULL REFERENCES corrections (number),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    now TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (correction, position)
) WITHOUT ROWID;
CREATE TABLE decisions (
    correction INTEGER NOT NULL REFERENCES corrections (number),
    status TEXT NOT NULL,
    stale TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX decisions_of ON decisions (correction);
"""

LOG: Final = HomeFile(
    title="the log of corrections",
    application_id=0x50574544,  # "PWED" as a number
    migrations=(_FIRST,),
    error=EditsError,
    mend="move it away, or put a copy of it back",
)

_CORRECTION: Final = (
    "number, work_id, document_id, name, sentence, status, who, why, at, licence, file"
)


@dataclass(frozen=True, slots=True)
class EditLog:
    """The log at a path; there need be no file yet. Corrections are numbered from 1."""

    path: Path

    def edits(self) -> tuple[Edit, ...]:
        """Give all entries, the oldest first, each in its present state.

        Raises
        ------
        EditsError
            When the file cannot be read.
        """
        if not self.path.exists():
            return ()
        with LOG.told(self.path), closing(LOG.readable(self.path)) as connection:
            try:
                return tuple(_edits(connection))
            except ValueError as error:
                raise EditsError(f"{self.path}: {LOG.title} is damaged; {LOG.mend}.") from error

    def edit(self, number: int) -> Edit:
        """Give one entry.

        Raises
        ------
        EditsError
            When there is none of that number.
        """
        found = next((edit for edit in self.edits() if edit.number == number), None)
        if found is None:
            raise EditsError(f"There is no correction {number}: see planned-works edits list.")
        return found

    def add(self, corrections: Sequence[Correction], author: Author, file: str) -> tuple[Edit, ...]:
        """Keep corrections of one file, all or none, and give them as entries.

        Raises
        ------
        EditsError
            When the file cannot be written.
        """
        if not corrections:
            return ()
        with LOG.writable(self.path) as connection, transaction(connection):
            numbers = [_add(connection, one, author, file) for one in corrections]
        return tuple(
            Edit(number, one, author, file, one.status)
            for number, one in zip(numbers, corrections, strict=True)
        )

    def decide(self, decisions: Iterable[tuple[int, Status, str]], author: Author) -> None:
        """Give entries another state, all or none: number, state, why it is stale ("" if not).

        What an entry was stays in the log.

        Raises
        ------
        EditsError
            When the file cannot be written.
        """
        rows = [
            (number, str(status), stale, author.who, author.why, author.at)
            for number, status, stale in decisions
        ]
        if rows:
            with LOG.writable(self.path) as connection, transaction(connection):
                connection.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)", rows)

    def note_stale(self, edits: Iterable[Edit], stale: Mapping[int, str]) -> None:
        """Note which corrections a build has found to be stale, or fresh again.

        Raises
        ------
        EditsError
            When the file cannot be written.
        """
        changed = [
            (edit.number, edit.status, stale[edit.number])
            for edit in edits
            if edit.number in stale and stale[edit.number] != edit.stale
        ]
        self.decide(changed, Author("planned-works build", "", now_text(), ""))

    def history(self, number: int) -> tuple[tuple[str, str, str, str, str], ...]:
        """Give what was decided of an entry, in order: state, why stale, who, why, when."""
        query = (
            "SELECT status, stale, who, why, at FROM decisions WHERE correction = ? ORDER BY rowid"
        )
        with LOG.told(self.path), closing(LOG.readable(self.path)) as connection:
            return tuple(connection.execute(query, (number,)))


def _add(connection: sqlite3.Connection, one: Correction, author: Author, file: str) -> int:
    row = (one.work_id, one.document_id, one.name, one.sentence, str(one.status))
    by = (author.who, author.why, author.at, author.licence, file)
    cursor = connection.execute(
        f"INSERT INTO corrections ({_CORRECTION}) VALUES (NULL{', ?' * 10})",  # noqa: S608
        (*row, *by),
    )
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, at, *_change(change)) for at, change in enumerate(one.changes)],
    )
    return number


def _change(change: Change) -> tuple[str, str | None, str | None, str | None, str]:
    values = (written_value(value) for value in (change.before, change.after, change.now))
    before, after, now = values
    return change.field, before, after, now, str(change.status)


def _edits(connection: sqlite3.Connection) -> Iterator[Edit]:
    changes: dict[int, list[Change]] = {}
    query = "SELECT correction, field, before, after, now, status FROM changes ORDER BY 1, position"
    for number, field, before, after, now, status in connection.execute(query):
        sides = read_value(before), read_value(after), read_value(now)
        changes.setdefault(number, []).append(Change(field, *sides, Status(status)))
    decided = {
        number: (Status(status), stale)
        for number, status, stale in connection.execute(
            "SELECT correction, status, stale FROM decisions ORDER BY rowid"
        )
    }
    for row in connection.execute(f"SELECT {_CORRECTION} FROM corrections ORDER BY number"):  # noqa: S608
        number, status = row[0], Status(row[5])
        made = tuple(changes.get(number, ()))
        own = Correction(row[1], row[2], row[3], row[4], made, status)
        state, stale = decided.get(number, (status, ""))
        yield Edit(number, own, Author(*row[6:10]), row[10], state, stale)
