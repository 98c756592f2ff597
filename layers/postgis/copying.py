"""Rows of a file into a table of the database, by COPY in its binary form."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, Final

import pyarrow as pa
import shapely
from psycopg import sql

from layers.postgis.connection import Connection
from layers.postgis.relations import Relation
from layers.schema import Kind

_WIRE_TYPES: Final[dict[Kind, str]] = {
    "text": "text",
    "int": "int8",
    "float": "float8",
    "bool": "bool",
    "datetime": "timestamptz",
    "blob": "bytea",
}


def copy_rows(
    connection: Connection,
    schema: str,
    relation: Relation,
    batches: Iterable[pa.RecordBatch],
    srid: int,
) -> None:
    """Add the rows of batches whose columns are the relation's, geometry (WKB) last."""
    query = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(schema, relation.name),
        sql.SQL(", ").join(map(sql.Identifier, relation.copied)),
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(_types(relation))
        numbers = count(1)
        for batch in batches:
            for row in _rows(batch, relation, srid):
                copy.write_row((next(numbers), *row))


def _types(relation: Relation) -> list[str]:
    """Name the types on the wire; PostGIS takes a geometry's bytes as they are."""
    shapes = ["bytea"] if relation.geometry_type else []
    return ["int8", *(_WIRE_TYPES[column.kind] for column in relation.columns), *shapes]


def _rows(batch: pa.RecordBatch, relation: Relation, srid: int) -> Iterator[Sequence[Any]]:
    columns = [column.to_pylist() for column in batch.columns]
    if relation.geometry_type:
        columns[-1] = _with_srid(columns[-1], srid)
    return zip(*columns, strict=True)


def _with_srid(binaries: Sequence[bytes | None], srid: int) -> list[Any]:
    """Give geometries, flat as the layers are, as EWKB that names its system."""
    shapes = shapely.set_srid(shapely.force_2d(shapely.from_wkb(binaries)), srid)
    return list(shapely.to_wkb(shapes, include_srid=True))
