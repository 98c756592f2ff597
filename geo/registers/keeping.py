"""Keeps imported registers in one file that outlives upgrades, each whole or not at all."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import shapely

from geo.errors import RegisterError
from geo.homefile import HomeFile, transaction
from geo.model import Confidence, Precision
from geo.registers.row import Position, Register, SiteRow

# "PWRG" as a number: tells our file from any other SQLite file.
_APPLICATION_ID: Final = 0x50575247

_FIRST: Final = """
CREATE TABLE registers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    work_id TEXT NOT NULL,
    work_name TEXT NOT NULL,
    imported TEXT NOT NULL,
    UNIQUE (name, work_id)
);
CREATE TABLE sites (
    register INTEGER NOT NULL REFERENCES registers (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    district TEXT NOT NULL,
    town TEXT NOT NULL,
    geometry BLOB,
    near TEXT NOT NULL,
    precision TEXT,
    uncertainty_m REAL,
    position_source TEXT NOT NULL,
    position_licence TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    count INTEGER,
    quantity REAL,
    unit TEXT NOT NULL,
    status TEXT NOT NULL,
    confidence TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX sites_register ON sites (register);
"""

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST,)
"""Each lifts a file from the version that is its index to the next; never change one, add one."""

KEPT: Final = HomeFile(
    application_id=_APPLICATION_ID,
    migrations=MIGRATIONS,
    title="the file of registers",
    mend="move it away and import them again",
    error=RegisterError,
)
_COLUMNS: Final = (
    "number, name, district, town, geometry, near, precision, uncertainty_m, position_source, "
    "position_licence, is_group, count, quantity, unit, status, confidence, source, licence, note"
)


def keep(path: Path, name: str, work_id: str, work_name: str, rows: Sequence[SiteRow]) -> None:
    """Keep a register for a work; it replaces one of the same name for the same work.

    A killed process leaves what was kept before.

    Raises
    ------
    RegisterError
        When the file cannot be written, or is none of ours.
    """
    imported = datetime.now(UTC).isoformat(timespec="seconds")
    with KEPT.writable(path) as connection, transaction(connection):
        _drop(connection, name, work_id)
        cursor = connection.execute(
            "INSERT INTO registers (name, work_id, work_name, imported) VALUES (?, ?, ?, ?)",
            (name, work_id, work_name, imported),
        )
        marks = ", ".join("?" * 20)
        connection.executemany(
            f"INSERT INTO sites (register, {_COLUMNS}) VALUES ({marks})",  # noqa: S608 (constants)
            ((cursor.lastrowid, *_values(row)) for row in rows),
        )


def kept(path: Path) -> tuple[Register, ...]:
    """Give all registers that are kept, the newest first; none where nothing was imported yet.

    Raises
    ------
    RegisterError
        When the file is none of ours, is damaged, or is of a newer version of this program.
    """
    if not path.is_file():
        return ()
    with KEPT.told(path), closing(KEPT.readable(path)) as connection:
        connection.execute("BEGIN")  # all that is read is of one moment
        try:
            return tuple(_registers(connection))
        except (ValueError, TypeError) as error:
            raise RegisterError(
                f"{path}: {KEPT.title} is damaged ({error}); {KEPT.mend}."
            ) from error


def forget(path: Path, name: str) -> int:
    """Remove the registers of a name, for whatever works, and say how many they were.

    Raises
    ------
    RegisterError
        When the file cannot be written, or is none of ours.
    """
    if not path.is_file():
        return 0
    with KEPT.writable(path) as connection, transaction(connection):
        works = connection.execute("SELECT work_id FROM registers WHERE name = ?", (name,))
        ids = [work_id for (work_id,) in works.fetchall()]
        for work_id in ids:
            _drop(connection, name, work_id)
        return len(ids)


def _drop(connection: sqlite3.Connection, name: str, work_id: str) -> None:
    own = "SELECT id FROM registers WHERE name = ? AND work_id = ?"
    connection.execute(f"DELETE FROM sites WHERE register IN ({own})", (name, work_id))  # noqa: S608 (constants)
    connection.execute("DELETE FROM registers WHERE name = ? AND work_id = ?", (name, work_id))


def _registers(connection: sqlite3.Connection) -> Iterator[Register]:
    query = f"SELECT register, {_COLUMNS} FROM sites ORDER BY register, number, rowid"  # noqa: S608 (constants)
    by_register = groupby(connection.execute(query), key=lambda row: row[0])
    rows = {register: tuple(_row(row[1:]) for row in own) for register, own in by_register}
    columns = "id, name, work_id, imported, work_name"
    query = f"SELECT {columns} FROM registers ORDER BY imported DESC, id DESC"  # noqa: S608 (constants)
    for number, name, work_id, imported, work_name in connection.execute(query):
        yield Register(name, work_id, imported, rows.get(number, ()), work_name)


def _values(row: SiteRow) -> tuple[object, ...]:
    position = row.position
    shape = position.geometry
    return (
        row.number,
        row.name,
        row.district,
        row.town,
        shapely.to_wkb(shape) if shape is not None else None,
        position.near,
        str(position.precision) if position.precision else None,
        position.uncertainty_m,
        position.source,
        position.licence,
        row.is_group,
        row.count,
        row.quantity,
        row.unit,
        row.status,
        str(row.confidence),
        row.source,
        row.licence,
        row.note,
    )


def _row(values: tuple[Any, ...]) -> SiteRow:
    number, name, district, town, wkb, near, precision, metres, origin, terms, *others = values
    is_group, count, quantity, unit, status, confidence, source, licence, note = others
    shape = shapely.from_wkb(wkb) if wkb is not None else None
    known = Precision(precision) if precision else None
    return SiteRow(
        number=number,
        name=name,
        district=district,
        town=town,
        position=Position(shape, near, known, metres, origin, terms),
        is_group=bool(is_group),
        count=count,
        quantity=quantity,
        unit=unit,
        status=status,
        confidence=Confidence(confidence),
        source=source,
        licence=licence,
        note=note,
    )
