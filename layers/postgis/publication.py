"""The table `publication`: by what, when and how a schema was published, and what it then held."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Final

from psycopg import sql

from layers.postgis.connection import Connection
from layers.postgis.relations import OURS, bilingual
from layers.schema import SCHEMA_VERSION
from layers.titles import Title

PUBLICATION: Final = "publication"
_PROGRAM: Final = "planned-works"
_ROWS: Final = "rows "
"""Before the name of a table: the number and a hash of the rows that were published."""
_TITLE: Final = Title("发布信息", "發布資訊", "what was published here, and when")


def publication_of(connection: Connection, schema: str) -> dict[str, str] | None:
    """Give what the table of a schema says; None where the schema has none of ours."""
    query = (
        "SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relname = %s AND c.relkind = 'r' AND a.attnum > 0"
    )
    (columns,) = connection.execute(query, (schema, PUBLICATION)).fetchone() or (None,)
    if columns != ["key", "value"]:
        return None
    table = sql.Identifier(schema, PUBLICATION)
    rows = connection.execute(sql.SQL("SELECT key::text, value::text FROM {}").format(table))
    found: dict[str, str] = dict(rows.fetchall())
    return found if found.get("program") == _PROGRAM else None


def published_schemas(connection: Connection) -> list[str]:
    """Name the schemas of the database that this program has published and that can be read."""
    query = (
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relname = %s AND c.relkind = 'r' AND has_schema_privilege(n.oid, 'USAGE') "
        "AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"
    )
    names = [str(name) for (name,) in connection.execute(query, (PUBLICATION,))]
    return [name for name in names if publication_of(connection, name)]


def note(connection: Connection, schema: str, crs: str, names: Iterable[str]) -> None:
    """Write anew what is published: a stamp of its own for each time, and what tables hold."""
    table = sql.Identifier(schema, PUBLICATION)
    shape = sql.SQL("CREATE TABLE IF NOT EXISTS {} (key text PRIMARY KEY, value text NOT NULL)")
    words = sql.SQL("COMMENT ON TABLE {} IS {}")
    connection.execute(shape.format(table))
    connection.execute(words.format(table, sql.Literal(bilingual(_TITLE))))
    connection.execute(sql.SQL("DELETE FROM {}").format(table))
    facts = {
        "program": _PROGRAM,
        "program_version": version("planned-works"),
        "schema_version": SCHEMA_VERSION,
        "crs": crs,
        "stamp": uuid.uuid4().hex,
        **{f"{_ROWS}{name}": fingerprint(connection, schema, name) for name in names},
    }
    parameters = sql.Identifier(schema.replace("%", "%%"), PUBLICATION)  # beside placeholders
    adding = sql.SQL("INSERT INTO {} (key, value) VALUES (%s, %s)").format(parameters)
    with connection.cursor() as cursor:
        cursor.executemany(adding, list(facts.items()))


def fingerprint(connection: Connection, schema: str, name: str) -> str:
    """Give the number of a table's rows and a hash of all their values, in whatever order."""
    query = sql.SQL(
        "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {} AS t"
    ).format(sql.Identifier(schema, name))
    (found,) = connection.execute(query).fetchone() or ("",)
    return str(found)


def recorded(publication: Mapping[str, str]) -> dict[str, str]:
    """Give the tables that were published, each with the number and hash of its rows."""
    return {
        key.removeprefix(_ROWS): value
        for key, value in publication.items()
        if key.startswith(_ROWS) and key.removeprefix(_ROWS) in OURS
    }


def changes(connection: Connection, schema: str) -> int:
    """Count the rows that were added, changed or removed since the server keeps count."""
    query = (
        "SELECT coalesce(sum(pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid)"
        " + pg_stat_get_tuples_deleted(c.oid)), 0) FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r'"
    )
    (found,) = connection.execute(query, (schema,)).fetchone() or (0,)
    return int(found)


def stamp_of(connection: Connection, schema: str) -> str:
    """Give a word that changes when a schema is published anew, or its rows are edited."""
    query = sql.SQL("SELECT value FROM {} WHERE key = 'stamp'")
    table = sql.Identifier(schema, PUBLICATION)
    (published,) = connection.execute(query.format(table)).fetchone() or ("",)
    return stamp(published, changes(connection, schema))


def stamp(published: str, changed: int) -> str:
    """Join the mark of a publication and the number of changes to one short word."""
    return hashlib.sha256(f"{published} {changed}".encode()).hexdigest()[:16]
