"""What is published in a database, as the web reads it: again whenever it has changed."""

import logging
import os
import time
import weakref
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from typing import Final

from geo.errors import DatabaseError
from layers.geopackage import WorksFile
from layers.postgis.address import Address
from layers.postgis.connection import Connection, connect, translated
from layers.postgis.publication import stamp_of
from layers.postgis.read import works_of
from layers.postgis.source import PostgisSource, postgis_source

_log = logging.getLogger(__name__)

PAUSE_S: Final = 5.0
"""How long a database that is away is left alone, so that pages need not wait for it."""

# Pages wait for the answer: one that takes longer counts as a database that is away.
_PATIENCE: Final = "2s"


class PostgisOrigin:
    """One schema of a database; safe from several threads, and in processes that fork.

    `read` and `source` raise DatabaseError when the database cannot be reached or holds no such
    schema of ours.
    """

    name = "works.gpkg"

    def __init__(self, address: Address) -> None:
        self._address = address
        self._lock = Lock()
        self._watch: Connection | None = None
        self._process = 0
        self._away_since: float | None = None

    def __str__(self) -> str:
        """Give the address without its password."""
        return str(self._address)

    def stamp(self) -> str | None:
        """Give a word that changes when the schema is published anew, or its rows are edited.

        None while the database is away, which the log says once.
        """
        with self._lock:
            now = time.monotonic()
            if self._away_since is not None and now - self._away_since < PAUSE_S:
                return None
            try:
                found = self._asked()
            except DatabaseError as error:
                if self._away_since is None:
                    _log.warning("The last works that were read stay in use: %s", error)
                self._away_since = now
                return None
            self._away_since = None
            return found

    def read(self) -> tuple[str, WorksFile]:
        """Read all works of one moment, with the stamp of that moment."""
        try:
            with self.source() as source:
                self._address = replace(self._address, schema=source.schema)
                return source.stamp, works_of(source)
        except DatabaseError:
            self._away_since = time.monotonic()
            raise

    def source(self) -> AbstractContextManager[PostgisSource]:
        """Open the schema to be read batch by batch."""
        return postgis_source(self._address)

    def _asked(self) -> str:
        """Ask on a connection that stays open, or on a new one where that one was lost."""
        if self._watch is not None and self._process == os.getpid():
            try:
                return self._stamp(self._watch)
            except DatabaseError:
                self._watch.close()
        self._watch, self._process = connect(self._address, autocommit=True), os.getpid()
        weakref.finalize(self, self._watch.close)
        with translated(self._address):
            self._watch.execute("SELECT set_config('statement_timeout', %s, false)", (_PATIENCE,))
        return self._stamp(self._watch)

    def _stamp(self, connection: Connection) -> str:
        with translated(self._address):
            return stamp_of(connection, self._address.schema)
