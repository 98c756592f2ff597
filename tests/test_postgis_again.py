"""Publishing again: nothing half, nothing of a person lost, nobody kept waiting."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import factories
import psycopg
import pytest
from postgres_server import Server
from psycopg import sql
from published import SCHEMA, assert_same, command, fewer, put, written

from layers.geopackage import read_geopackage
from layers.postgis import read_address, read_postgis


def test_publishing_again_replaces_what_was_there(
    example: Path, database: str, tmp_path: Path
) -> None:
    put(example, database)
    path = written(tmp_path, fewer())
    put(path, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(path))
    put(example, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(example))


def test_a_file_in_another_system_replaces_the_tables_themselves(
    example: Path, database: str, tmp_path: Path, postgres: Server
) -> None:
    put(example, database)
    moved = written(tmp_path, factories.example(), crs="EPSG:4490")
    put(moved, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(moved))
    postgres.run(database, f"CREATE VIEW mine AS SELECT name FROM {SCHEMA}.metro_lines")
    result = command(example, database)
    assert result.exit_code == 1
    assert "something else is made of these tables" in result.output
    assert_same(read_postgis(read_address(database)), read_geopackage(moved))


def test_rights_views_and_own_tables_outlive_a_publication(
    example: Path, database: str, tmp_path: Path, postgres: Server
) -> None:
    put(example, database)
    editor = postgres.role()
    postgres.run(database, f"GRANT USAGE ON SCHEMA {SCHEMA} TO {editor}")
    postgres.run(database, f"GRANT SELECT, UPDATE ON {SCHEMA}.metro_lines TO {editor}")
    postgres.run(database, f"CREATE VIEW {SCHEMA}.mine AS SELECT name FROM {SCHEMA}.tourism_areas")
    postgres.run(database, f"CREATE TABLE {SCHEMA}.notes AS SELECT 1 AS one")
    put(written(tmp_path, fewer()), database)
    assert postgres.run(database, f"SELECT * FROM {SCHEMA}.mine") == []
    assert postgres.run(database, f"SELECT * FROM {SCHEMA}.notes") == [(1,)]
    theirs = postgres.address_for(editor, database)
    postgres.run(theirs, f"UPDATE {SCHEMA}.metro_lines SET name = name")


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE {}.metro_lines SET name = 'mended'",
        "UPDATE {}.metro_lines SET geom = ST_Translate(geom, 0.001, 0)",
        "DELETE FROM {}.metro_lines",
        "INSERT INTO {}.metro_lines (name) VALUES ('drawn')",
        "ALTER TABLE {}.metro_lines ADD COLUMN note text DEFAULT 'mine'",
    ],
)
def test_what_a_person_has_changed_is_not_lost_unasked(
    example: Path, database: str, postgres: Server, edit: str
) -> None:
    put(example, database)
    postgres.run(database, edit.format(SCHEMA))
    table = sql.Identifier(SCHEMA, "metro_lines")
    before = postgres.run(database, sql.SQL("SELECT * FROM {}").format(table))
    result = command(example, database)
    assert result.exit_code == 1
    assert f"metro_lines of the schema {SCHEMA} were changed in the database" in result.output
    assert postgres.run(database, sql.SQL("SELECT * FROM {}").format(table)) == before
    assert command(example, database, "--discard-edits").exit_code == 0
    assert_same(read_postgis(read_address(database)), read_geopackage(example))


def test_an_edit_that_is_not_saved_yet_is_waited_for_and_not_lost(
    example: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(example, database)
    monkeypatch.setattr("layers.postgis.target._PATIENCE", "200ms")
    with psycopg.connect(database) as editing:
        editing.execute(f"INSERT INTO {SCHEMA}.metro_lines (name) VALUES ('drawn')")
        for option in ((), ("--discard-edits",)):
            result = command(example, database, *option)
            assert result.exit_code == 1
            assert "others work on the same tables" in result.output
    assert "were changed in the database" in command(example, database).output


def test_a_killed_publication_leaves_the_old_state(
    example: Path, database: str, tmp_path: Path, postgres: Server
) -> None:
    put(example, database)
    path = written(tmp_path, fewer())
    with psycopg.connect(database) as holding:  # the last table waits, the others are written
        holding.execute(f"LOCK TABLE {SCHEMA}.publication IN EXCLUSIVE MODE")
        arguments = [sys.executable, "-m", "webmap", "publish", str(path), database]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as publishing:
            await_lock(database, postgres)
            publishing.send_signal(signal.SIGKILL)
    assert publishing.returncode == -signal.SIGKILL
    assert_same(read_postgis(read_address(database)), read_geopackage(example))
    put(path, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(path))


def await_lock(database: str, postgres: Server) -> None:
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
        "AND datname = current_database()"
    )
    for _ in range(600):
        if postgres.run(database, waiting) == [(1,)]:
            return
        time.sleep(0.05)
    pytest.fail("the publication never waited")


def test_a_reader_sees_the_old_state_or_the_new_one_and_never_half(
    example: Path, database: str, tmp_path: Path
) -> None:
    states = [example, written(tmp_path, fewer())]
    put(example, database)
    seen: list[tuple[int, int, str]] = []
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                file = read_postgis(read_address(database))
                counted = dict(zip(file.build["key"], file.build["value"], strict=True))
                rows = sum(map(len, file.layers.values()))
                seen.append((rows, len(file.works), counted["works"]))
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 7):
        put(states[number % 2], database)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert set(seen) == {(6, 7, "7"), (2, 2, "2")}


def test_two_publications_at_once_take_turns(example: Path, database: str, tmp_path: Path) -> None:
    paths = [example, written(tmp_path, fewer())]
    results: list[BaseException | None] = []

    def run(path: Path) -> None:
        try:
            put(path, database)
            results.append(None)
        except BaseException as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(path,)) for path in paths * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [None] * 4
    assert len(read_postgis(read_address(database)).works) in {2, 7}
