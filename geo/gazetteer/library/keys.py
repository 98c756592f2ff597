"""Keeps the keys of stored names as `names.key` gives them, whatever version wrote them."""

import hashlib
import inspect
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version

from geo import script
from geo.gazetteer import names

_BATCH = 50_000


@cache
def key_version() -> str:
    """Tell one way of making keys from another: the rules themselves, and the script tables."""
    rules = inspect.getsource(names) + inspect.getsource(script)
    return hashlib.sha256(f"{rules}{version('OpenCC')}".encode()).hexdigest()[:16]


def renew_keys(connection: sqlite3.Connection, *, only_ask: bool = False) -> bool:
    """Make the keys anew where they were made by other rules, and say whether they were."""
    known = connection.execute("SELECT value FROM state WHERE name = 'keys'").fetchone()
    if known == (key_version(),):
        return False
    if not only_ask:
        _renew(connection)
        connection.execute("REPLACE INTO state VALUES ('keys', ?)", (key_version(),))
    return True


def _renew(connection: sqlite3.Connection) -> None:
    for changed in _changed(connection):
        connection.executemany(
            "DELETE FROM names WHERE name_key=? AND place=? AND words=?", changed
        )
        renewed = [(names.key(words), place, words) for _, place, words in changed]
        connection.executemany(
            "INSERT OR IGNORE INTO names SELECT ?1, ?2, ?3, name <> ?3 FROM places WHERE id = ?2",
            [row for row in renewed if row[0]],
        )


def _changed(connection: sqlite3.Connection) -> Iterator[list[tuple[str, int, str]]]:
    """Yield the rows whose key is another now; read wholly in steps, for rows are changed."""
    last = ("", 0, "")
    while True:
        rows = connection.execute(
            "SELECT name_key, place, words FROM names WHERE (name_key, place, words) > (?, ?, ?)"
            " ORDER BY name_key, place, words LIMIT ?",
            (*last, _BATCH),
        ).fetchall()
        if not rows:
            return
        last = rows[-1]
        yield [row for row in rows if names.key(row[2]) != row[0]]
