"""The tables of the library of imported places, and how older files are brought up to date."""

from typing import Final

from geo.errors import GazetteerError
from geo.gazetteer.library.keys import renew_keys
from geo.homefile import HomeFile

_FIRST: Final = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT NOT NULL,
    date TEXT NOT NULL,
    imported TEXT NOT NULL,
    places INTEGER NOT NULL
);
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (id),
    place_id TEXT NOT NULL,
    west REAL NOT NULL,
    south REAL NOT NULL,
    east REAL NOT NULL,
    north REAL NOT NULL,
    name TEXT NOT NULL,
    name_hans TEXT NOT NULL,
    aliases TEXT NOT NULL,
    kind TEXT NOT NULL,
    precision TEXT NOT NULL,
    uncertainty_m REAL NOT NULL,
    note TEXT NOT NULL,
    geometry BLOB NOT NULL
);
CREATE TABLE names (
    name_key TEXT NOT NULL,
    place INTEGER NOT NULL REFERENCES places (id),
    words TEXT NOT NULL,
    is_alias INTEGER NOT NULL,
    PRIMARY KEY (name_key, place, words)
) WITHOUT ROWID;
"""
# A list of an area or of a kind reads this index alone, not the geometries.
_SECOND: Final = "CREATE INDEX places_box ON places (west, east, south, north, kind, source);"

LIBRARY: Final = HomeFile(
    title="the library of places",
    application_id=0x5057475A,  # "PWGZ" as a number
    migrations=(_FIRST, _SECOND),
    error=GazetteerError,
    mend="move it away and import again",
    is_stale=lambda connection: renew_keys(connection, only_ask=True),
    renew=renew_keys,
)
