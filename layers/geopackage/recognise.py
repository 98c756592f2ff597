"""Tell a GeoPackage of ours from any other file, before a map library opens it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geo.errors import LayersFileError
from layers.geopackage.database import opened, refuse_damaged
from layers.schema import SCHEMA_VERSION
from layers.tables import TABLES

_SQLITE_MAGIC: Final = b"SQLite format 3\0"


@contextmanager
def recognised(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a whole GeoPackage of ours to read only, as it is at this moment.

    A build that replaces the file meanwhile is not seen.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    _refuse_no_sqlite(path)
    with opened(path) as database:
        _refuse_no_geopackage(path, database)
        _refuse_other_program(path, database)
        _refuse_broken_pages(path, database)
        _refuse_other_schema(path, database)
        yield database


def _refuse_no_sqlite(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except FileNotFoundError as error:
        raise LayersFileError(f"{path} does not exist; build it first") from error
    except OSError as error:
        raise LayersFileError(f"{path} cannot be read ({error.strerror})") from error
    if not start:
        raise LayersFileError(f"{path} is empty; build it again")
    if start != _SQLITE_MAGIC:
        raise LayersFileError(f"{path} is no GeoPackage; give a file made by planned-works build")


def _tables(database: sqlite3.Connection) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    return {str(name) for (name,) in database.execute(query)}


def _refuse_no_geopackage(path: Path, database: sqlite3.Connection) -> None:
    if not {"gpkg_contents", "gpkg_spatial_ref_sys"} <= _tables(database):
        raise LayersFileError(
            f"{path} is a database but no GeoPackage; give a file made by planned-works build"
        )


def _refuse_other_program(path: Path, database: sqlite3.Connection) -> None:
    missing = {table.name for table in TABLES} - _tables(database)
    if missing:
        raise LayersFileError(
            f"{path} is a GeoPackage of another program (it has no table {min(missing)}); "
            "give a file made by planned-works build"
        )


def _refuse_broken_pages(path: Path, database: sqlite3.Connection) -> None:
    (result,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if result != "ok":
        refuse_damaged(path, result)


def _refuse_other_schema(path: Path, database: sqlite3.Connection) -> None:
    query = "SELECT value FROM build WHERE key = 'schema_version'"
    found = database.execute(query).fetchone()
    if found != (SCHEMA_VERSION,):
        raise LayersFileError(f"{path} was made by another version of this program; build it again")
