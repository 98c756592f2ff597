"""A published schema, read batch by batch at one moment: a million works in little memory."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import shapely
from psycopg import sql

from geo.errors import DatabaseError, PlannedWorksError
from layers.arrow import BATCH_ROWS, GEOMETRY, arrow_schema
from layers.frames import stored_frame
from layers.geopackage.database import SIGNS_OF_DAMAGE
from layers.origins import Origin, origins_of
from layers.passing import IS_WORK, NAMES, Asked, Row, Shapes, batch_of, conditions, passing, quoted
from layers.postgis.address import Address
from layers.postgis.connection import Connection, connect, reason, settle, translated
from layers.postgis.publication import (
    changes,
    publication_of,
    published_schemas,
    recorded,
    stamp,
)
from layers.postgis.relations import ROW_NUMBER
from layers.schema import LAYERS, SCHEMA_VERSION
from layers.selection import Selection
from layers.tables import DOCUMENTS, Table

_SHOWN = 10
_TEXTS = 100
"""Whole documents that are in memory at once."""
SHAPE = f"ST_AsBinary({quoted(GEOMETRY)})"
"""A layer's geometry in SQL, as well-known binary."""


class PostgisSource:
    """Reads one published schema: see `layers.source.WorksSource`.

    The connection is within a transaction that sees one moment, of which `stamp` is the mark;
    `changed` is what the server counted before it.
    """

    def __init__(self, connection: Connection, schema: str, changed: int) -> None:
        self._connection = connection
        self._numbers = count()
        self._schema = quoted(schema).replace("%", "%%")
        self.schema = schema
        self.publication = _publication(connection, schema)
        self.stamp = stamp(self.publication.get("stamp", ""), changed)
        self.crs = self.publication["crs"]
        self._asked = Asked(self.crs)
        self.layers = tuple(self._filled())

    def batches(self, layer: str, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works of a layer that pass, in the order in which they were published."""
        area = self._asked.area(selection)
        if area is not None and area.is_empty:
            return
        wanted, values = conditions(layer, selection, "%s")
        if area is not None:
            wanted.append(f"{quoted(GEOMETRY)} && ST_MakeEnvelope(%s, %s, %s, %s, %s)")
            values += [*area.bounds, int(self.crs.removeprefix("EPSG:"))]
        wanted.append(IS_WORK)
        for rows in self.rows(layer, [*map(quoted, NAMES), SHAPE], wanted, values):
            yield from passing(rows, shapes_of, selection, area)

    def everywhere(self, selection: Selection) -> Iterator[tuple[str, pa.RecordBatch]]:
        """Give the works of all layers that pass, each batch with the name of its layer."""
        for name in self.layers:
            yield from ((name, batch) for batch in self.batches(name, selection))

    def unplaced(self, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works without a place that pass; none where a place is asked for."""
        if selection.area is not None:
            return
        wanted, values = conditions("works", selection, "%s")
        wanted.append("layer IS NULL")
        for rows in self.rows("works", [*map(quoted, NAMES), "NULL"], wanted, values):
            yield from passing(rows, shapes_of, selection, None)

    def origins(self, layer: str | None, selection: Selection) -> Iterator[Origin]:
        """Count the works of a layer that pass by where they come from; without it the unplaced."""
        yield from origins_of(self.batches(layer, selection) if layer else self.unplaced(selection))

    def table(self, table: Table) -> pd.DataFrame:
        """Give a table without geometry."""
        names = [quoted(column.name) for column in table.columns]
        rows = (row for batch in self.rows(table.name, names) for row in batch)
        return stored_frame(rows, table.columns)

    def table_batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """Give a table without geometry batch by batch, in the order of its rows."""
        schema = arrow_schema(table.columns)
        names = [quoted(column.name) for column in table.columns]
        for rows in self.rows(table.name, names):
            yield batch_of(rows, schema)

    def count(self, layer: str) -> int:
        """Count the rows of a layer."""
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(self.schema, layer))
        (found,) = self._connection.execute(query).fetchone() or (0,)
        return int(found)

    def rows(
        self,
        table: str,
        columns: Sequence[str],
        wanted: Sequence[str] = (),
        values: Sequence[Any] = (),
    ) -> Iterator[list[Row]]:
        """Give rows chunk by chunk; columns and conditions are SQL with `%s` for the values."""
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        query = (
            f"SELECT {', '.join(columns)} FROM {self._schema}.{quoted(table)}"  # noqa: S608
            f"{where} ORDER BY {quoted(ROW_NUMBER)}"
        )
        with self._connection.cursor(f"rows_{next(self._numbers)}") as cursor:
            cursor.execute(query.encode(), values, binary=True)
            while rows := cursor.fetchmany(_TEXTS if table == DOCUMENTS.name else BATCH_ROWS):
                yield rows

    def _filled(self) -> Iterator[str]:
        """Name the layers that have works, in the schema's order."""
        published = recorded(self.publication)
        for name in LAYERS:
            if name in published:
                query = sql.SQL("SELECT EXISTS (SELECT FROM {})")
                filled = query.format(sql.Identifier(self.schema, name))
                if self._connection.execute(filled).fetchone() == (True,):
                    yield name


@contextmanager
def postgis_source(address: Address) -> Iterator[PostgisSource]:
    """Open what is published at an address: its schema, or the only one of the database.

    Raises
    ------
    DatabaseError
        When the database cannot be reached, refuses, or holds no such schema of ours.
    """
    with (
        translated(address),
        _tampering_told(address),
        connect(address, autocommit=True) as connection,
    ):
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        schema = address.schema or _only_schema(connection, address)
        settle(connection)
        changed = changes(connection, schema)  # before the rows: what comes between is read again
        with connection.transaction():
            yield PostgisSource(connection, schema, changed)


@contextmanager
def _tampering_told(address: Address) -> Iterator[None]:
    """Say in one sentence that rows hold what no publication wrote, such as an empty passage."""
    try:
        yield
    except PlannedWorksError:
        raise
    except SIGNS_OF_DAMAGE as error:
        why = reason(error, address)
        raise DatabaseError(
            f"{address} holds values that cannot be read ({why}); mend them, or publish again"
        ) from error


def shapes_of(binaries: Iterable[bytes | None]) -> Shapes:
    """Give the geometries of a column of well-known binary (None where a row has none)."""
    return np.asarray(shapely.from_wkb(np.array(list(binaries), dtype=object)), dtype=object)


def _publication(connection: Connection, schema: str) -> dict[str, str]:
    publication = publication_of(connection, schema)
    if publication is None:
        raise DatabaseError(
            f"The database {connection.info.dbname} has no schema {schema[:60]} that this program "
            "published; publish it first, or mend the name"
        )
    if publication.get("schema_version") != SCHEMA_VERSION:
        raise DatabaseError(
            f"The schema {schema} was published by another version of this program; publish it "
            "again"
        )
    return publication


def _only_schema(connection: Connection, address: Address) -> str:
    found = published_schemas(connection)
    if not found:
        raise DatabaseError(f"{address} holds nothing that was published; publish a file first")
    if len(found) > 1:
        named = ", ".join(found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else "")
        raise DatabaseError(
            f"{address} holds several published schemas ({named}); add one to the address, such as "
            f"?schema={found[0]}"
        )
    return found[0]
