"""Publish a GeoPackage of ours to PostGIS: layers, tables and styles, all or nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
from psycopg import errors, sql

from geo.errors import DatabaseError
from layers.geopackage.source import geopackage_source
from layers.postgis.address import Address
from layers.postgis.connection import Connection, connect, reason, translated
from layers.postgis.copying import copy_rows
from layers.postgis.naming import schema_name, usable
from layers.postgis.publication import PUBLICATION, note
from layers.postgis.relations import (
    Relation,
    comments,
    created,
    indexes,
    layer_relation,
    table_relation,
)
from layers.postgis.roles import grant_reading, readers, refuse_unknown
from layers.postgis.styles import write_styles
from layers.postgis.target import Target, prepare, refuse_edited, srid_of
from layers.schema import LAYERS
from layers.selection import Selection
from layers.source import WorksSource
from layers.tables import DOCUMENTS, TABLES

Progress = Callable[[Sequence[Relation]], Iterable[Relation]]
"""Gives the tables one by one, and shows how far it has come."""

_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the schema and its layers; `note` says what was left out ("" if all)."""

    schema: str
    layers: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How to publish: `schema` "" for one named by city and year, `roles` that may then read.

    Rows that someone has changed in the database since they were published are lost only where
    `discard_edits` says so.
    """

    schema: str = ""
    roles: tuple[str, ...] = ()
    discard_edits: bool = False


def publish(
    path: Path, address: Address, wish: Wish | None = None, progress: Progress = iter
) -> Published:
    """Write the layers and tables of a file to a schema of a database, in one transaction.

    Whoever reads meanwhile sees what was published before, whole, until all is there. Tables stay
    the same where their columns and reference system do, so that rights, views and projects which
    use them stay whole; a layer that has no works any more stays as an empty table.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    DatabaseError
        When the database cannot be reached, refuses, or holds what is not to be replaced.
    """
    wanted = wish or Wish()
    with geopackage_source(path) as source:
        srid = srid_of(source.crs, path)
        named = wanted.schema or address.schema
        documents = source.table(DOCUMENTS)
        schema = usable(named) if named else schema_name(documents)
        with translated(address), _fitting(path, address), connect(address) as connection:
            target = prepare(connection, schema, srid)
            refuse_unknown(connection, wanted.roles)
            if not wanted.discard_edits:
                refuse_edited(connection, target)
            done = _replace(connection, target, source, wanted, progress)
            _describe(connection, schema, list(documents["title"]))
            return done


@contextmanager
def _fitting(path: Path, address: Address) -> Iterator[None]:
    """Say which file it is whose rows a table does not take, such as one id for two works."""
    try:
        yield
    except (errors.IntegrityError, errors.DataError) as error:
        raise DatabaseError(
            f"{path} does not fit the tables of a database ({reason(error, address)}); run "
            f"planned-works check {path} and mend what it names"
        ) from error


def _replace(
    connection: Connection, target: Target, source: WorksSource, wish: Wish, progress: Progress
) -> Published:
    schema = target.schema
    roles = sorted({*wish.roles, *readers(connection, schema, PUBLICATION)})
    relations = [layer_relation(LAYERS[name]) for name in source.layers]
    relations += map(table_relation, TABLES)
    kept = _clear(connection, target)
    for relation in progress(relations):
        is_new = relation.name not in kept
        if is_new:
            connection.execute(created(schema, relation, target.srid))
        rows = _batches(source, relation)
        copy_rows(connection, schema, relation, rows, target.srid)
        _finish(connection, schema, relation, is_new=is_new)
    names = sorted({*kept, *(relation.name for relation in relations)})
    note(connection, schema, f"EPSG:{target.srid}", names)
    grant_reading(connection, schema, [*names, PUBLICATION], roles)
    styled = [name for name in names if name in LAYERS]
    left_out = write_styles(connection, schema, styled, roles)
    return Published(schema, tuple(source.layers), left_out)


def _clear(connection: Connection, target: Target) -> set[str]:
    """Make room; give the tables that are kept, empty, because they are still as they should be.

    Rows are deleted and not truncated: a reader of the state before sees them until its end.
    """
    schema = target.schema
    if not target.exists:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    for name in target.tables:
        table = sql.Identifier(schema, name)
        way = sql.SQL("DELETE FROM {}") if target.is_usable else sql.SQL("DROP TABLE {}")
        connection.execute(way.format(table))
    return set(target.tables) if target.is_usable else set()


def _describe(connection: Connection, schema: str, titles: Sequence[str]) -> None:
    """Say at the schema which plans it holds; one that an administrator made keeps its comment."""
    words = sql.Literal(f"规划工程 / planned works: {'; '.join(titles)}"[:_LONGEST])
    comment = sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(schema), words)
    with suppress(errors.InsufficientPrivilege), connection.transaction():
        connection.execute(comment)


def _finish(connection: Connection, schema: str, relation: Relation, *, is_new: bool) -> None:
    if is_new:
        statements = (*indexes(schema, relation), *comments(schema, relation))
        connection.execute(sql.SQL("; ").join(statements))
    table = sql.Identifier(schema, relation.name)
    connection.execute(sql.SQL("ANALYZE {}").format(table))


def _batches(source: WorksSource, relation: Relation) -> Iterator[pa.RecordBatch]:
    if relation.geometry_type:
        return source.batches(relation.name, Selection())
    table = next(table for table in TABLES if table.name == relation.name)
    return source.table_batches(table)
