"""A real PostgreSQL with PostGIS for the tests: a cluster of its own in a temporary folder."""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

# Nothing is kept, so nothing need reach the disk.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
PASSWORD = "open sesame/@1%"  # noqa: S105  of roles that live as long as a test run
_TEMPLATE = "with_postgis"
_SECONDS = 30


@dataclass
class Server:
    """A server that runs: the super user of its socket needs no password, others at TCP do."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"
    emptied_one: str = ""
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def database(self, *, postgis: bool = True) -> str:
        """Make a database and give its address."""
        name = f"gis_{next(self._numbers)}"
        template = sql.Identifier(_TEMPLATE if postgis else "template0")
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template)
        self.run(self.address("postgres"), statement)
        return self.address(name)

    def emptied(self) -> str:
        """Give the address of one database, the same each time, as if it were just made."""
        self.emptied_one = self.emptied_one or self.database()
        query = (
            "SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace "
            "WHERE nspname NOT LIKE 'pg|_%' ESCAPE '|' "
            "AND nspname NOT IN ('public', 'information_schema')"
        )
        for (statement,) in self.run(self.emptied_one, query):
            self.run(self.emptied_one, statement)
        self.run(self.emptied_one, "DROP TABLE IF EXISTS public.layer_styles")
        return self.emptied_one

    def address(self, database: str) -> str:
        """Give the address of a database for the super user."""
        host = str(self.folder).replace("/", "%2F")
        return f"postgresql://postgres@{host}:{self.port}/{database}"

    def address_for(self, role: str, address: str) -> str:
        """Give the address of the same database for a role of ours, by TCP."""
        name, password = address.rpartition("/")[2], quote(PASSWORD, safe="")
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{name}"

    def role(self) -> str:
        """Make a role that may log in and nothing else."""
        name = f"role_{next(self._numbers)}"
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(name), sql.Literal(PASSWORD)
        )
        self.run(self.address("postgres"), statement)
        return name

    def run(self, address: str, statement: str | sql.Composable, *values: object) -> list[Any]:
        """Run one statement as a transaction of its own and give its rows."""
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """Stop the server as one pulls its plug: its folder goes anyway."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(_SECONDS)


def programs() -> Path | None:
    """Find the newest server that has PostGIS; Debian keeps them off the PATH."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    homes += [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    return next((home for home in homes if _has_postgis(home)), None)


def _has_postgis(home: Path) -> bool:
    asked = [home / "pg_config", "--sharedir"]
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        folder = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        return Path(folder, "extension", "postgis.control").is_file()
    # pg_config lies in the development package; Debian's folders are known.
    shared = Path("/usr/share/postgresql", home.parent.name, "extension", "postgis.control")
    return (home / "postgres").is_file() and shared.is_file()


@contextlib.contextmanager
def running(home: Path) -> Iterator[Server]:
    """Run a server with a database template that has PostGIS; nothing is left of it after."""
    with tempfile.TemporaryDirectory(prefix="pg") as made:
        folder = Path(made)
        as_user = _user(folder)
        data = folder / "data"
        _initialise(home, data, as_user)
        server = _started(home, data, folder, as_user)
        try:
            _await(server)
            server.run(server.address("postgres"), f"CREATE DATABASE {_TEMPLATE}")
            server.run(server.address(_TEMPLATE), "CREATE EXTENSION postgis")
            yield server
        finally:
            server.stop()


def _user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: its own user then runs it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initialise(home: Path, data: Path, as_user: dict[str, Any]) -> None:
    command = [home / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--no-sync"]
    command += ["--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256"]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **as_user)


def _started(home: Path, data: Path, folder: Path, as_user: dict[str, Any]) -> Server:
    port = _free_port()
    settings = (*_FAST, f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1")
    command = [home / "postgres", "-D", data, "-p", str(port)]
    command += [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **as_user)
    return Server(folder, port, process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(server: Server) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            server.run(server.address("postgres"), "SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > end or server.process.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return
