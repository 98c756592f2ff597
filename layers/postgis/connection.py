"""A connection to the database, with what goes wrong told in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from geo.errors import DatabaseError
from layers.passing import quoted
from layers.postgis.address import Address

Connection = psycopg.Connection[tuple[Any, ...]]

# A server that is away must not hold a page or a command for minutes.
_DEFAULTS: Final = {
    "connect_timeout": ("10", "PGCONNECT_TIMEOUT"),
    "tcp_user_timeout": ("20000", ""),
    "application_name": ("planned-works", "PGAPPNAME"),
}
_LONGEST: Final = 200
_BUSY: Final = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
    errors.QueryCanceled,
    errors.ObjectInUse,
)


def connect(address: Address, *, autocommit: bool = False) -> Connection:
    """Open a connection; the caller closes it.

    Raises
    ------
    DatabaseError
        When the database cannot be reached, or does not let us in.
    """
    given = conninfo_to_dict(address.conninfo)
    more = {
        name: value
        for name, (value, variable) in _DEFAULTS.items()
        if name not in given and not os.environ.get(variable)
    }
    try:
        conninfo = make_conninfo(address.conninfo, client_encoding="UTF8", **more)
        return psycopg.connect(conninfo, autocommit=autocommit)
    except (psycopg.Error, UnicodeError) as error:
        raise DatabaseError(
            f"{address} cannot be reached ({reason(error, address)}); check host, port, name, user "
            "and password, and that the server runs"
        ) from error


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn what the database says into one sentence.

    Raises
    ------
    DatabaseError
        When the database refuses something, or goes away.
    """
    try:
        yield
    except psycopg.Error as error:
        raise DatabaseError(f"{address}: {_sentence(error, address)}") from error


def _sentence(error: psycopg.Error, address: Address) -> str:
    why = reason(error, address)
    if isinstance(error, errors.InsufficientPrivilege):
        return f"the user may not do this ({why}); ask the database's administrator for the right"
    if isinstance(error, _BUSY):
        return f"others work on the same tables ({why}); try again when they are done"
    if isinstance(error, errors.DependentObjectsStillExist):
        return f"something else is made of these tables ({why}); drop it first, or choose a schema"
    if isinstance(error, psycopg.OperationalError):
        return f"the connection was lost or the server has no room ({why}); try again"
    return f"the database refuses ({why})"


def reason(error: BaseException, address: Address) -> str:
    """Give what the server or libpq says in one short line, without the password."""
    told = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    line = " ".join(told.split())
    hidden = line.replace(address.password, "...") if address.password else line
    return hidden[:_LONGEST]


def settle(connection: Connection) -> None:
    """Let names without a schema be those of PostGIS, and values print the same everywhere.

    Raises
    ------
    DatabaseError
        When the database has no PostGIS.
    """
    settings = {
        "search_path": quoted(_postgis_schema(connection)),
        "extra_float_digits": "1",
        "bytea_output": "hex",
    }
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def _postgis_schema(connection: Connection) -> str:
    """Give the schema that the extension is installed in."""
    query = (
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
        "WHERE e.extname = 'postgis'"
    )
    found = connection.execute(query).fetchone()
    if found is None:
        raise DatabaseError(
            f"The database {connection.info.dbname} has no PostGIS; let its administrator run "
            "CREATE EXTENSION postgis; in it"
        )
    return str(found[0])
