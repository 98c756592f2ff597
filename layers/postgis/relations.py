"""Layers and tables as PostgreSQL's: types, keys, checks of codes, indexes and comments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from psycopg import sql

from layers.arrow import GEOMETRY
from layers.schema import COLUMNS, LAYERS, Column, Kind, Layer
from layers.tables import TABLES, Table
from layers.titles import Title

ROW_NUMBER: Final = "fid"
"""The column that keeps the order of the rows, named as in the GeoPackage.

What a person draws has no number and comes last: a sequence would ask for rights of its own, and
QGIS 3.22 looks for it in the wrong schema.
"""

_SQL_TYPES: Final[dict[Kind, str]] = {
    "text": "text",
    "int": "bigint",
    "float": "double precision",
    "bool": "boolean",
    "datetime": "timestamp with time zone",
    "blob": "bytea",
}
_KEYS: Final = {
    "sites": ("site_id",),
    "clauses": ("document_id", "number"),
    "quantities": ("work_id", "position"),
    "documents": ("document_id",),
    "places": ("place_id",),
    "candidates": ("work_id", "position"),
    "edits": ("number", "work_id", "field"),
    "build": ("key",),
}
_INDEXED: Final = ("document_id", "part_of", "theme", "stage", "district")
# What a work that a person draws has until they say otherwise.
_DRAWN: Final = {
    "work_id": "'drawn-' || gen_random_uuid()",
    "edited": "true",
    "verified": "false",
}
_GEOMETRY_TITLE: Final = Title("图形", "圖形", "geometry")
_ROW_NUMBER_TITLE: Final = Title("行号", "行號", "row number")


@dataclass(frozen=True, slots=True)
class Relation:
    """One table in the database: a layer (with `geometry_type`) or a table without geometry."""

    name: str
    title: Title
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    geometry_type: str | None = None

    @property
    def copied(self) -> tuple[str, ...]:
        """The columns that are filled from a file: row number, values, geometry."""
        shapes = (GEOMETRY,) if self.geometry_type else ()
        return (ROW_NUMBER, *(column.name for column in self.columns), *shapes)


def layer_relation(layer: Layer) -> Relation:
    """Give a layer as a table."""
    return Relation(layer.name, layer.title, COLUMNS, ("work_id",), layer.family.geometry_type)


def table_relation(table: Table) -> Relation:
    """Give a table without geometry."""
    return Relation(table.name, table.title, table.columns, _KEYS.get(table.name, ("work_id",)))


OURS: Final = frozenset({*LAYERS, *(table.name for table in TABLES)})
"""The names that our tables in a schema may have."""


def created(schema: str, relation: Relation, srid: int) -> sql.Composed:
    """Write the statement that makes a table.

    But for the key every column may be empty, so that a person can draw a work and fill it in
    later; a coded column that is filled holds a code of the schema.
    """
    columns = [sql.SQL("{} bigint").format(_name(ROW_NUMBER))]
    if relation.geometry_type:
        shape = sql.SQL(f"{{}} geometry({relation.geometry_type}, {srid})")
        columns.append(shape.format(_name(GEOMETRY)))
    columns += [_column(relation, column) for column in relation.columns]
    columns += [_check(relation, column) for column in relation.columns if column.values]
    keys = sql.SQL(", ").join(map(sql.Identifier, relation.key))
    columns.append(sql.SQL("PRIMARY KEY ({})").format(keys))
    return sql.SQL("CREATE TABLE {} ({})").format(
        sql.Identifier(schema, relation.name), sql.SQL(", ").join(columns)
    )


def _column(relation: Relation, column: Column) -> sql.Composed:
    default = _DRAWN.get(column.name) if relation.geometry_type else None
    told = f" DEFAULT {default}" if default else ""
    return sql.SQL(f"{{}} {_SQL_TYPES[column.kind]}{told}").format(_name(column.name))


def _check(relation: Relation, column: Column) -> sql.Composed:
    codes = sql.SQL(", ").join(sql.Literal(str(code)) for code, _ in column.values)
    return sql.SQL("CONSTRAINT {} CHECK ({} IN ({}))").format(
        _name(f"{relation.name}_{column.name}_is_known"), _name(column.name), codes
    )


def indexes(schema: str, relation: Relation) -> Iterator[sql.Composed]:
    """Write the statements that make a table's indexes; quicker once it is filled."""
    table = sql.Identifier(schema, relation.name)
    yield sql.SQL("CREATE UNIQUE INDEX ON {} ({})").format(table, _name(ROW_NUMBER))
    if relation.geometry_type:
        yield sql.SQL("CREATE INDEX ON {} USING gist ({})").format(table, _name(GEOMETRY))
    for column in relation.columns:
        if column.name in _INDEXED and column.name != relation.key[0]:
            yield sql.SQL("CREATE INDEX ON {} ({})").format(table, _name(column.name))


def comments(schema: str, relation: Relation) -> Iterator[sql.Composed]:
    """Write the statements that say in Chinese and English what a table and its columns hold."""
    table = sql.Identifier(schema, relation.name)
    words = sql.Literal(bilingual(relation.title))
    yield sql.SQL("COMMENT ON TABLE {} IS {}").format(table, words)
    titles = {ROW_NUMBER: _ROW_NUMBER_TITLE, GEOMETRY: _GEOMETRY_TITLE}
    titles |= {column.name: column.title for column in relation.columns}
    for name in relation.copied:
        column = sql.Identifier(schema, relation.name, name)
        words = sql.Literal(bilingual(titles[name]))
        yield sql.SQL("COMMENT ON COLUMN {} IS {}").format(column, words)


def bilingual(title: Title) -> str:
    """Give a title in Chinese and English."""
    return f"{title.hans} / {title.en}"


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)
