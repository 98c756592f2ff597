"""Read a published schema back as frozen frames, all of one moment."""

import logging
from collections.abc import Iterable, Iterator

import geopandas as gpd

from layers.frames import stored_frame
from layers.geopackage import WorksFile
from layers.passing import IS_WORK, quoted
from layers.postgis.address import Address
from layers.postgis.relations import layer_relation, table_relation
from layers.postgis.source import SHAPE, PostgisSource, postgis_source, shapes_of
from layers.schema import COLUMNS, LAYERS
from layers.tables import TABLES

_log = logging.getLogger(__name__)


def read_postgis(address: Address) -> WorksFile:
    """Read all layers and tables of a schema, of one publication even if another comes meanwhile.

    A work that a person has drawn and not yet filled in is left out, and the log says so.

    Raises
    ------
    DatabaseError
        When the database cannot be reached, refuses, or holds no such schema of ours.
    """
    with postgis_source(address) as source:
        return works_of(source)


def works_of(source: PostgisSource) -> WorksFile:
    """Read all layers and tables of an open schema."""
    layers = {name: _layer(source, name) for name in source.layers}
    tables = {table.name: source.table(table) for table in TABLES}
    return WorksFile(layers={name: frame for name, frame in layers.items() if len(frame)}, **tables)


def incomplete(source: PostgisSource) -> Iterator[tuple[str, str, str]]:
    """Give table, first value and first missing column of each row that is not filled in."""
    relations = [layer_relation(LAYERS[name]) for name in source.layers]
    for one in (*relations, *map(table_relation, TABLES)):
        required = [column.name for column in one.columns if column.required]
        for rows in source.rows(one.name, [*map(quoted, required)], [_missing(required)]):
            for row in rows:
                missing = next(
                    name for name, value in zip(required, row, strict=True) if value is None
                )
                yield one.name, str(row[0]), missing


def _layer(source: PostgisSource, name: str) -> gpd.GeoDataFrame:
    columns = [*(quoted(column.name) for column in COLUMNS), SHAPE]
    whole = source.rows(name, columns, [IS_WORK])
    rows = [row for chunk in whole for row in chunk]
    left_out = source.count(name) - len(rows)
    if left_out:
        _log.warning(
            "%s of the schema %s: %s works are not filled in yet and left out",
            name,
            source.schema,
            left_out,
        )
    frame = stored_frame((row[:-1] for row in rows), COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=shapes_of(row[-1] for row in rows), crs=source.crs)


def _missing(required: Iterable[str]) -> str:
    return "(" + " OR ".join(f"{quoted(name)} IS NULL" for name in required) + ")"
