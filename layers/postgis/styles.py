"""The table `public.layer_styles`, in which QGIS looks for the default style of a layer."""

from collections.abc import Sequence
from typing import Any, Final

from psycopg import errors, sql

from layers.arrow import GEOMETRY
from layers.postgis.connection import Connection
from layers.postgis.roles import role_name
from layers.qgis import STYLES, style_rows
from layers.tables import TABLES

_TABLE: Final = sql.Identifier("public", "layer_styles")
# As QGIS itself makes it, so that it saves other styles beside ours.
_CREATED: Final = sql.SQL(
    "CREATE TABLE {} (id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, "
    "f_table_name varchar, f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, "
    "useasdefault boolean, description text, owner varchar(63) DEFAULT CURRENT_USER, ui xml, "
    "update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)"
).format(_TABLE)
_NAMES: Final = tuple(column.name.lower() for column in STYLES.columns)
_UNUSABLE: Final = (
    errors.InsufficientPrivilege,
    errors.InvalidSchemaName,
    errors.UndefinedColumn,
    errors.WrongObjectType,
)


def write_styles(
    connection: Connection, schema: str, layers: Sequence[str], roles: Sequence[str]
) -> str:
    """Put our default styles of layers and tables beside those of others; say why if it fails.

    A style that someone else has made the default of a layer stays it.
    """
    try:
        with connection.transaction():
            _make_table(connection, roles)
            _replace(connection, schema, layers)
    except _UNUSABLE as error:
        why = error.diag.message_primary
        return (
            f"layers are published without styles for QGIS ({why}): let an administrator publish "
            "once, or grant the right to write the table public.layer_styles"
        )
    return ""


def _make_table(connection: Connection, roles: Sequence[str]) -> None:
    (there,) = connection.execute("SELECT to_regclass('public.layer_styles')").fetchone() or (None,)
    if there is not None:
        return
    connection.execute(_CREATED)
    for role in roles:
        grant = sql.SQL("GRANT SELECT ON {} TO {}").format(_TABLE, role_name(role))
        connection.execute(grant)


def _replace(connection: Connection, schema: str, layers: Sequence[str]) -> None:
    where = sql.SQL(
        "FROM {} WHERE f_table_catalog = current_database() AND f_table_schema = %s AND "
    ).format(_TABLE)
    styles = _styles(layers)
    ours = list({style["stylename"] for style in styles})
    removed = sql.SQL("DELETE {} stylename = ANY(%s)").format(where)
    connection.execute(removed, (schema, ours))
    chosen = sql.SQL("SELECT f_table_name {} useasdefault").format(where)
    taken = {name for (name,) in connection.execute(chosen, (schema,))}
    names = sql.SQL(", ").join(map(sql.Identifier, _NAMES))
    values = sql.SQL(", ").join(map(sql.Placeholder, _NAMES))
    added = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(_TABLE, names, values)
    for style in styles:
        own = {
            "f_table_catalog": connection.info.dbname,
            "f_table_schema": schema,
            "f_geometry_column": style["f_geometry_column"] or None,
            "useasdefault": style["f_table_name"] not in taken,
            "owner": connection.info.user,
        }
        connection.execute(added, {**style, **own})


def _styles(layers: Sequence[str]) -> list[dict[str, Any]]:
    tables = [table.name for table in TABLES]
    rows = style_rows(layers, tables, geometry_column=GEOMETRY, time="now")
    return [dict(zip(_NAMES, row, strict=True)) for row in rows]
