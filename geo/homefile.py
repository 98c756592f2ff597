"""SQLite files of the user's own that outlive a build: opened and brought up to date."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shapely.errors import ShapelyError

from geo.errors import PlannedWorksError

_BUSY_SECONDS: Final = 30.0
_MAPPED_BYTES: Final = 2**30


def _never(_connection: sqlite3.Connection) -> bool:
    return False


def _nothing(_connection: sqlite3.Connection) -> None:
    pass


@dataclass(frozen=True, slots=True)
class HomeFile:
    """One kind of file: what people call it, how it is told from others, and its tables.

    `migrations` lift a file from the version that is their index to the next; never change one, add
    one. `is_stale` tells whether something derived in a file must be made anew, which `renew` does.
    `error` is what is raised, `mend` says what to do about a damaged file.
    """

    title: str
    application_id: int
    migrations: tuple[str, ...]
    error: type[PlannedWorksError]
    mend: str
    is_stale: Callable[[sqlite3.Connection], bool] = _never
    renew: Callable[[sqlite3.Connection], object] = _nothing

    @contextmanager
    def told(self, path: Path) -> Iterator[None]:
        """Say in one sentence what is wrong with a file, whatever SQLite cannot do with it."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self.error(
                f"{path}: {self.title} cannot be used ({error}); close other programs that "
                "use it and see that its folder can be written."
            ) from error
        except (sqlite3.DatabaseError, ShapelyError) as error:
            raise self.error(f"{path}: {self.title} is damaged ({error}); {self.mend}.") from error

    @contextmanager
    def writable(self, path: Path) -> Iterator[sqlite3.Connection]:
        """Open a file for writing, making it where there is none and bringing it up to date.

        Raises the kind's own error when it is another's file, of a newer version, in use, or cannot
        be written.
        """
        with self.told(path):
            self._make_folder(path)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            with closing(connection):
                self._bring_up_to_date(path, connection)
                yield connection

    def readable(self, path: Path) -> sqlite3.Connection:
        """Open a file for reading; one of an older version is brought up to date first.

        Raises the kind's own error when it is another's, of a newer version, or cannot be read.
        """
        with self.told(path):
            connection = _connected(path)
            if not self._is_current(path, connection):
                connection.close()
                with self.writable(path):
                    connection = _connected(path)
            return connection

    def _make_folder(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self.error(
                f"{path.parent}: the folder cannot be made ({error.strerror}); choose another by "
                "PLANNED_WORKS_HOME."
            ) from error

    def _is_current(self, path: Path, connection: sqlite3.Connection) -> bool:
        self._refuse_others(path, connection)
        return _version(connection) == len(self.migrations) and not self.is_stale(connection)

    def _bring_up_to_date(self, path: Path, connection: sqlite3.Connection) -> None:
        self._refuse_others(path, connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if self._is_current(path, connection):
            return
        with transaction(connection):
            for version in range(_version(connection), len(self.migrations)):
                for statement in filter(str.strip, self.migrations[version].split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute(f"PRAGMA application_id = {self.application_id}")
            self.renew(connection)

    def _refuse_others(self, path: Path, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != self.application_id and tables:
            raise self.error(
                f"{path}: this is another program's file, not {self.title}; move it away."
            )
        if _version(connection) > len(self.migrations):
            raise self.error(
                f"{path}: a newer version of this program wrote {self.title}; upgrade, or "
                "name another folder by PLANNED_WORKS_HOME."
            )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that happens in the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _connected(path: Path) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # Thousands of rows may be looked up all over the file: let the system keep its pages.
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
