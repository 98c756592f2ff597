"""The address of a database: read once, and never shown with its password."""

import re
from dataclasses import dataclass, field
from typing import Final, NoReturn
from urllib.parse import parse_qsl, quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from geo.errors import DatabaseError

_SCHEMES: Final = ("postgresql://", "postgres://")
_HELP: Final = (
    "write postgresql://user:password@host:port/database?schema=name, and in user and password "
    "%40 for @, %2F for /, %3F for ? and %25 for %"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, as libpq takes it, and the schema that is meant ("" for any).

    `label` is what people are shown: host, port and name of the database, without user and
    password.
    """

    conninfo: str = field(repr=False)
    schema: str
    label: str
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Give what people are shown."""
        return self.label


def is_address(text: str) -> bool:
    """Tell the address of a database from the path of a file.

    Any other address counts as one as well: a path that is not there would be quoted.
    """
    return "://" in text


def read_address(text: str) -> Address:
    """Read an address with the parameters that libpq knows, and `schema` beside them.

    What it leaves out (host, user, password ...) libpq takes from its environment variables, from
    its service file and from `~/.pgpass`.

    Raises
    ------
    DatabaseError
        When it is no such address. The message never quotes it: any part of an address that is
        written wrongly may be part of a password.
    """
    body = text.partition("://")[2]
    authority = re.split(r"[/?]", body, maxsplit=1)[0]
    if not text.startswith(_SCHEMES) or "\0" in text or "@" in body[len(authority) :]:
        _refuse()
    if authority.count("@") > 1:
        _refuse()
    start, _, query = body.partition("?")
    given = parse_qsl(query, keep_blank_values=True)
    others = [(name, value) for name, value in given if name != "schema"]
    options = f"?{urlencode(others, quote_via=quote)}" if others else ""
    conninfo = f"postgresql://{start}{options}"
    parts = _parts(conninfo)
    schema = dict(given).get("schema", "")
    return Address(conninfo, schema, _label(parts), parts.get("password", ""))


def _parts(conninfo: str) -> dict[str, str]:
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    except (psycopg.Error, UnicodeError):
        _refuse()
    if not re.fullmatch(r"[\d,]*", parts.get("port", "")):
        _refuse()
    return parts


def _refuse() -> NoReturn:
    raise DatabaseError(f"This is no address of a database that can be read: {_HELP}.") from None


def _label(parts: dict[str, str]) -> str:
    host = parts.get("host") or parts.get("hostaddr", "")
    shown = f"[{host}]" if ":" in host and "," not in host else quote(host, safe=",:")
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"postgresql://{shown}{port}/{quote(parts.get('dbname', ''))}"
