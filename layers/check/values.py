"""Missing values, values of a wrong type and codes outside their domain, column by column."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from layers.check.expected import columns_of
from layers.check.violation import Violation
from layers.passing import quoted
from layers.schema import Column, Kind

_STORED_AS: Final[dict[Kind, tuple[str, ...]]] = {
    "text": ("text",),
    "int": ("integer",),
    "float": ("real", "integer"),
    "bool": ("integer",),
    "datetime": ("text",),
    "blob": ("blob",),
}
# What names a row, where it is not the id of a work.
_KEY: Final = {
    "sites": "site_id",
    "clauses": "document_id || ' ' || number",
    "documents": "document_id",
    "places": "place_id",
    "build": "key",
}


def value_violations(database: sqlite3.Connection) -> tuple[Violation, ...]:
    """Look at the values of every column of every layer and table, as they are stored."""
    return tuple(
        violation
        for name, columns in columns_of(database)
        for column in columns
        for violation in _column(database, name, column)
    )


def _column(database: sqlite3.Connection, table: str, column: Column) -> Iterator[Violation]:
    if column.required:
        for row, _ in _rows(database, table, column, "{value} IS NULL"):
            yield Violation(table, row, "required", f"has no {column.name}")
    kinds = ", ".join(f"'{kind}'" for kind in (*_STORED_AS[column.kind], "null"))
    for row, value in _rows(database, table, column, f"typeof({{value}}) NOT IN ({kinds})"):
        yield Violation(table, row, "type", f"{column.name} holds {value!r}, no {column.kind}")
    yield from _codes(database, table, column)


def _codes(database: sqlite3.Connection, table: str, column: Column) -> Iterator[Violation]:
    if not column.values:
        return
    known = {str(code) for code, _ in column.values}
    for row, value in _rows(database, table, column, "{value} IS NOT NULL"):
        if value not in known:
            yield Violation(table, row, "domain", f"{column.name} holds an unknown code: {value}")


def _rows(
    database: sqlite3.Connection, table: str, column: Column, condition: str
) -> Iterator[tuple[str, str]]:
    """Give key and value (shortened) of the rows that meet a condition on the value."""
    value = quoted(column.name)
    key = _KEY.get(table, "work_id")
    query = (
        f"SELECT coalesce({key}, '(no id)'), substr({value}, 1, 40) "  # noqa: S608  names are ours
        f"FROM {quoted(table)} WHERE {condition.format(value=value)} ORDER BY rowid"
    )
    for found, content in database.execute(query):
        yield str(found), str(content)
