"""The tables of the library of imported places, and how older files are brought up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from shapely.errors import ShapelyError

from geo.errors import GazetteerError
from geo.gazetteer.library.keys import renew_keys

# "PWGZ" as a number: tells our file from any other SQLite file.
_APPLICATION_ID: Final = 0x5057475A
_MAPPED_BYTES = 2**30
_BUSY_SECONDS: Final = 30.0

_FIRST: Final = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT NOT NULL,
    date TEXT NOT NULL,
    imported TEXT NOT NULL,
    places INTEGER NOT NULL
);
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (id),
    place_id TEXT NOT NULL,
    west REAL NOT NULL,
    south REAL NOT NULL,
    east REAL NOT NULL,
    north REAL NOT NULL,
    name TEXT NOT NULL,
    name_hans TEXT NOT NULL,
    aliases TEXT NOT NULL,
    kind TEXT NOT NULL,
    precision TEXT NOT NULL,
    uncertainty_m REAL NOT NULL,
    note TEXT NOT NULL,
    geometry BLOB NOT NULL
);
CREATE TABLE names (
    name_key TEXT NOT NULL,
    place INTEGER NOT NULL REFERENCES places (id),
    words TEXT NOT NULL,
    is_alias INTEGER NOT NULL,
    PRIMARY KEY (name_key, place, words)
) WITHOUT ROWID;
"""
# A list of an area or of a kind reads this index alone, not the geometries.
_SECOND: Final = "CREATE INDEX places_box ON places (west, east, south, north, kind, source);"

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST, _SECOND)
"""Each lifts a file from the version that is its index to the next; never change one, add one."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in one sentence what is wrong with a file of places.

    Raises
    ------
    GazetteerError
        When SQLite cannot read or write it.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise GazetteerError(
            f"{path}: the library of places cannot be used ({error}); close other programs that "
            "use it and see that its folder can be written."
        ) from error
    except (sqlite3.DatabaseError, ShapelyError) as error:
        raise GazetteerError(
            f"{path}: the library of places is damaged ({error}); move it away and import again."
        ) from error


@contextmanager
def writable(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a library for writing, making it where there is none and bringing it up to date.

    Raises
    ------
    GazetteerError
        When it is no library, of a newer version, in use, or cannot be written.
    """
    with told(path):
        _make_folder(path)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        with closing(connection):
            _bring_up_to_date(path, connection)
            yield connection


def readable(path: Path) -> sqlite3.Connection:
    """Open a library for reading; one of an older version is brought up to date first.

    Raises
    ------
    GazetteerError
        When it is no library, of a newer version, or cannot be read.
    """
    with told(path):
        connection = _connected(path, "ro")
        if not _is_current(path, connection):
            connection.close()
            with writable(path):
                connection = _connected(path, "ro")
        return connection


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # Thousands of names are looked up all over the file: let the system keep its pages.
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"{path.parent}: the folder cannot be made ({error.strerror}); choose another by "
            "PLANNED_WORKS_HOME."
        ) from error


def _is_current(path: Path, connection: sqlite3.Connection) -> bool:
    _refuse_others(path, connection)
    return _version(connection) == len(MIGRATIONS) and not renew_keys(connection, only_ask=True)


def _bring_up_to_date(path: Path, connection: sqlite3.Connection) -> None:
    _refuse_others(path, connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _version(connection) == len(MIGRATIONS) and not renew_keys(connection, only_ask=True):
        return
    with transaction(connection):
        for version in range(_version(connection), len(MIGRATIONS)):
            for statement in filter(str.strip, MIGRATIONS[version].split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        renew_keys(connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that happens in the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_others(path: Path, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION_ID and tables:
        raise GazetteerError(
            f"{path}: this is another program's file, not the library of places; move it away."
        )
    if _version(connection) > len(MIGRATIONS):
        raise GazetteerError(
            f"{path}: a newer version of this program wrote this library of places; upgrade, or "
            "name another folder by PLANNED_WORKS_HOME."
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
