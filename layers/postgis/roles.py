"""Who may read what is published: those named now, and those named before."""

from collections.abc import Iterable, Sequence
from typing import Final

from psycopg import sql

from geo.errors import DatabaseError
from layers.postgis.connection import Connection

PUBLIC: Final = "public"
"""The name that stands for every role."""


def refuse_unknown(connection: Connection, roles: Iterable[str]) -> None:
    """Refuse the name of a role that the server does not have.

    Raises
    ------
    DatabaseError
        With the name.
    """
    for role in roles:
        known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        if role != PUBLIC and known is None:
            raise DatabaseError(
                f"There is no role {role[:60]!r} to grant to; create it first (CREATE ROLE), or "
                "mend the name"
            )


def readers(connection: Connection, schema: str, table: str) -> list[str]:
    """Name the roles that may read a table beside its owner."""
    query = (
        "SELECT CASE a.grantee WHEN 0 THEN %s ELSE pg_get_userbyid(a.grantee)::text END "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a "
        "WHERE n.nspname = %s AND c.relname = %s AND a.privilege_type = 'SELECT' "
        "AND a.grantee <> c.relowner"
    )
    return [str(name) for (name,) in connection.execute(query, (PUBLIC, schema, table))]


def grant_reading(
    connection: Connection, schema: str, tables: Sequence[str], roles: Iterable[str]
) -> None:
    """Let roles read the tables of a schema, and nothing else."""
    names = sql.SQL(", ").join(sql.Identifier(schema, table) for table in tables)
    for role in roles:
        whom = role_name(role)
        usage = sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), whom)
        connection.execute(usage)
        connection.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(names, whom))


def role_name(role: str) -> sql.Composable:
    """Write a role in SQL."""
    return sql.SQL("PUBLIC") if role == PUBLIC else sql.Identifier(role)
