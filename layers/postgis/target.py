"""The database and schema that are published to, looked at before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from psycopg import sql

from geo.errors import DatabaseError
from layers.postgis.connection import Connection, settle
from layers.postgis.publication import fingerprint, publication_of, recorded
from layers.schema import SCHEMA_VERSION

_EPSG: Final = "EPSG:"
_SHOWN: Final = 5
# How long to wait for others who write to the same tables.
_PATIENCE: Final = "30s"


@dataclass(frozen=True, slots=True)
class Target:
    """A schema of a database, and what this program has published there before.

    `tables` are those of ours that are still there; `is_usable` says whether they have the columns
    and the reference system (`srid`, the EPSG code) that are to be written.
    """

    schema: str
    srid: int
    exists: bool
    tables: Mapping[str, str]
    is_usable: bool


def srid_of(crs: str, path: Path) -> int:
    """Give the number under which PostGIS knows the reference system of a file.

    Raises
    ------
    DatabaseError
        When the system has no EPSG code.
    """
    code = crs.removeprefix(_EPSG)
    if not crs.startswith(_EPSG) or not code.isdigit():
        raise DatabaseError(
            f"{path} has a coordinate system without EPSG code, which PostGIS cannot name; build "
            "it with one, such as --crs EPSG:4490"
        )
    return int(code)


def prepare(connection: Connection, schema: str, srid: int) -> Target:
    """Look at the database and take the schema for this transaction: other publishers wait.

    Raises
    ------
    DatabaseError
        When the database cannot hold the layers, or the schema is another's.
    """
    _refuse_other_encoding(connection)
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (_PATIENCE,))
    lock = "SELECT pg_advisory_xact_lock(hashtextextended('planned-works ' || %s, 0))"
    connection.execute(lock, (schema,))
    settle(connection)
    _refuse_unknown_srid(connection, srid)
    held = _held(connection, schema)
    publication = publication_of(connection, schema) if held else None
    if held and publication is None:
        raise DatabaseError(
            f"The schema {schema} holds {held[0]} and was not published by this program; choose "
            "another with --schema"
        )
    noted = publication or {}
    tables = {name: told for name, told in recorded(noted).items() if name in (held or ())}
    _lock(connection, schema, tables)
    same = (noted.get("schema_version"), noted.get("crs")) == (SCHEMA_VERSION, f"{_EPSG}{srid}")
    return Target(schema, srid, held is not None, tables, same)


def refuse_edited(connection: Connection, target: Target) -> None:
    """Refuse where someone has changed rows since they were published: they would be lost.

    Raises
    ------
    DatabaseError
        With the names of the tables.
    """
    edited = [
        name
        for name, told in target.tables.items()
        if fingerprint(connection, target.schema, name) != told
    ]
    if edited:
        more = f" and {len(edited) - _SHOWN} more" if len(edited) > _SHOWN else ""
        raise DatabaseError(
            f"{', '.join(edited[:_SHOWN])}{more} of the schema {target.schema} were changed in the "
            "database since they were published; keep a copy of what is to stay, then publish with "
            "--discard-edits, or to another schema"
        )


def _lock(connection: Connection, schema: str, names: Iterable[str]) -> None:
    """Let nobody change a row between this look and the commit; reading goes on."""
    for name in names:
        table = sql.Identifier(schema, name)
        connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(table))


def _refuse_other_encoding(connection: Connection) -> None:
    (encoding,) = connection.execute("SHOW server_encoding").fetchone() or ("",)
    if encoding != "UTF8":
        raise DatabaseError(
            f"The database {connection.info.dbname} is encoded in {encoding}; publish to one in "
            "UTF8 (CREATE DATABASE ... ENCODING 'UTF8')"
        )


def _refuse_unknown_srid(connection: Connection, srid: int) -> None:
    query = "SELECT FROM spatial_ref_sys WHERE srid = %s AND auth_name = 'EPSG'"
    if connection.execute(query, (srid,)).fetchone() is None:
        raise DatabaseError(
            f"The database's PostGIS does not know the coordinate system EPSG:{srid}; build the "
            "file with another (--crs), or add it to the table spatial_ref_sys"
        )


def _held(connection: Connection, schema: str) -> list[str] | None:
    """Name the tables and other objects of a schema; None where there is no such schema."""
    query = (
        "SELECT n.oid, array_remove(array_agg(o.name ORDER BY o.name), NULL) FROM pg_namespace n "
        "LEFT JOIN (SELECT relnamespace AS held_by, relname::text AS name FROM pg_class UNION ALL "
        "SELECT pronamespace, proname::text FROM pg_proc UNION ALL "
        "SELECT typnamespace, typname::text FROM pg_type) AS o ON o.held_by = n.oid "
        "WHERE n.nspname = %s GROUP BY n.oid"
    )
    found = connection.execute(query, (schema,)).fetchone()
    return None if found is None else [str(name) for name in found[1]]
