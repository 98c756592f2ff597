"""What goes wrong with a database is one sentence, and no password is in it."""

import contextlib
import logging
import sqlite3
from pathlib import Path

import factories
import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from postgres_server import PASSWORD, Server

from geo.errors import DatabaseError
from layers.geopackage import write_geopackage
from layers.postgis import publish, read_address, read_postgis
from layers.postgis.connection import reason
from webmap.cli import main

SECRET = "s3cr3t"  # noqa: S105  of nobody


def refusal(*arguments: object) -> str:
    """Give the one line with which a command refuses."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 1, result.output
    lines = [line for line in result.output.splitlines() if not line.startswith("Publishing")]
    assert len(lines) == 1
    assert lines[0].startswith("Error: ")
    assert SECRET not in result.output
    assert PASSWORD not in result.output
    return lines[0]


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://user:{SECRET}@@localhost/gis",
        f"postgresql://user:x@{SECRET}@localhost/gis",
        f"postgresql://user:x/{SECRET}@localhost/gis",
        f"postgresql://user:5432/{SECRET}@localhost/gis",
        f"postgresql://user:x?{SECRET}@localhost/gis",
        f"postgresql://user:{SECRET}%zz@localhost/gis",
        f"postgresql://user:{SECRET}",
        f"postgresql://localhost:{SECRET}/gis",
        f"postgresql://localhost/gis?secret={SECRET}",
        f"postgresql://user:{SECRET}\0@localhost/gis",
        f"mysql://user:{SECRET}@localhost/gis",
        f"postgre://user:{SECRET}@localhost/gis",
        f"postgresql+psycopg://user:{SECRET}@localhost/gis",
        f"POSTGRESQL://user:{SECRET}@localhost/gis",
    ],
)
@pytest.mark.parametrize("command", ["publish", "serve", "check"])
def test_an_address_that_cannot_be_read_is_not_quoted(
    example: Path, command: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.commands.serve.refuse_taken_port", lambda *_: None)
    files = [example] if command == "publish" else []
    assert "write postgresql://user:password@host:port/database" in refusal(
        command, *files, address
    )


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
    parts=st.lists(st.sampled_from([*"@:/?#&=x[%", "%40"]), max_size=9),
)
def test_an_address_is_read_or_refused_and_its_password_is_never_shown(
    text: str, parts: list[str]
) -> None:
    shown = ""
    with contextlib.suppress(DatabaseError):
        shown = repr(read_address(f"postgresql://user:{SECRET}{''.join(parts)}{text}"))
    assert SECRET not in shown


def test_an_address_is_shown_without_user_and_password() -> None:
    address = read_address(f"postgres://me:{SECRET}@db.example:5433/gis?schema=a&connect_timeout=3")
    assert str(address) == "postgresql://db.example:5433/gis"
    assert SECRET not in repr(address)
    assert (address.schema, address.password) == ("a", SECRET)
    assert "connect_timeout=3" in address.conninfo
    assert "schema" not in address.conninfo
    assert str(read_address("postgresql:///gis?host=/run/pg")) == "postgresql://%2Frun%2Fpg/gis"
    assert str(read_address("postgresql://[::1]:5433/gis")) == "postgresql://[::1]:5433/gis"


def test_a_message_that_holds_the_password_is_shown_without_it() -> None:
    error = psycopg.OperationalError(f"cannot use\n  {SECRET} in this way")
    told = reason(error, read_address(f"postgresql://me:{SECRET}@localhost/gis"))
    assert told == "cannot use ... in this way"


def test_a_wrong_password_is_said_so(example: Path, postgres: Server, database: str) -> None:
    address = f"postgresql://{postgres.role()}:{SECRET}@127.0.0.1:{postgres.port}"
    said = refusal("publish", example, f"{address}/{database.rpartition('/')[2]}")
    assert "cannot be reached" in said
    assert "password authentication failed" in said
    assert "check host, port, name, user and password" in said


def test_a_database_that_does_not_exist_is_named(example: Path, postgres: Server) -> None:
    said = refusal("publish", example, postgres.address("nowhere"))
    assert "/nowhere cannot be reached" in said
    assert 'database "nowhere" does not exist' in said


def test_a_host_that_does_not_answer_is_named(example: Path) -> None:
    said = refusal("publish", example, f"postgresql://me:{SECRET}@127.0.0.1:1/gis")
    assert "postgresql://127.0.0.1:1/gis cannot be reached" in said
    said = refusal("publish", example, f"postgresql://me:{SECRET}@nowhere.invalid/gis")
    assert "postgresql://nowhere.invalid/gis cannot be reached" in said


def test_the_usual_environment_gives_what_the_address_leaves_out(
    example: Path,
    postgres: Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    publish(example, read_address(database))
    role = postgres.role()
    postgres.run(database, f"GRANT USAGE ON SCHEMA 甲市_2020 TO {role}")
    postgres.run(database, f"GRANT SELECT ON ALL TABLES IN SCHEMA 甲市_2020 TO {role}")
    name = database.rpartition("/")[2]
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(postgres.port))
    monkeypatch.setenv("PGUSER", role)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert len(read_postgis(read_address(f"postgresql:///{name}")).works) == 7
    monkeypatch.delenv("PGPASSWORD")
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:{role}:{escaped}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert len(read_postgis(read_address(f"postgresql:///{name}")).works) == 7


def test_a_database_without_postgis_says_what_to_run(example: Path, postgres: Server) -> None:
    bare = postgres.database(postgis=False)
    said = refusal("publish", example, bare)
    assert "CREATE EXTENSION postgis;" in said


def test_postgis_may_lie_in_a_schema_of_its_own(
    example: Path, postgres: Server, database: str
) -> None:
    database = postgres.database(postgis=False)
    postgres.run(database, 'CREATE SCHEMA "map tools"')
    postgres.run(database, 'CREATE EXTENSION postgis SCHEMA "map tools"')
    publish(example, read_address(database))
    assert len(read_postgis(read_address(database)).layers) == 6


def test_a_database_in_another_encoding_is_refused(example: Path, postgres: Server) -> None:
    postgres.run(
        postgres.address("postgres"),
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'",
    )
    assert "encoded in LATIN1" in refusal("publish", example, postgres.address("latin"))


def test_a_system_without_code_or_unknown_to_postgis_is_refused(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    path = tmp_path / "works.gpkg"
    local = "+proj=tmerc +lat_0=0 +lon_0=120.5 +k=1 +x_0=500000 +ellps=GRS80"
    write_geopackage(path, [factories.example()], crs=local)
    assert "without EPSG code" in refusal("publish", path, database)
    write_geopackage(path, [factories.example()], crs="EPSG:4490")
    database = postgres.database()
    postgres.run(database, "DELETE FROM spatial_ref_sys WHERE srid = 4490")
    assert "does not know the coordinate system EPSG:4490" in refusal("publish", path, database)


def test_a_file_whose_rows_do_not_fit_is_named(database: str, tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.example()])
    with contextlib.closing(sqlite3.connect(path)) as changed, changed:
        changed.execute("UPDATE works SET work_id = 'twice'")
    said = refusal("publish", path, database)
    assert f"run planned-works check {path}" in said


def test_a_missing_file_is_said_before_any_database_is_asked(tmp_path: Path) -> None:
    said = refusal("publish", tmp_path / "none.gpkg", "postgresql://127.0.0.1:1/gis")
    assert "none.gpkg does not exist" in said


@pytest.mark.parametrize("arguments", [[], ["works.gpkg"], ["a.gpkg", "b.gpkg", "postgresql:///x"]])
def test_wrong_arguments_are_wrong_usage(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["publish", *arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_nothing_published_or_too_much_is_said(example: Path, database: str) -> None:
    assert "holds nothing that was published" in refusal("check", database)
    publish(example, read_address(f"{database}?schema=one"))
    publish(example, read_address(f"{database}?schema=two"))
    assert "(one, two); add one to the address, such as ?schema=one" in refusal("check", database)
    assert "has no schema three" in refusal("check", f"{database}?schema=three")
    result = CliRunner().invoke(main, ["check", f"{database}?schema=two"])
    assert result.exit_code == 0
    assert result.output.endswith(": no violation\n")


def test_a_schema_of_another_version_is_not_read_but_replaced(
    example: Path, postgres: Server, database: str
) -> None:
    publish(example, read_address(database))
    table = "甲市_2020.publication"
    postgres.run(database, f"UPDATE {table} SET value = '0' WHERE key = 'schema_version'")
    assert "another version of this program; publish it again" in refusal("check", database)
    publish(example, read_address(database))
    assert len(read_postgis(read_address(database)).works) == 7


def test_a_column_that_someone_has_dropped_is_one_sentence(
    example: Path, postgres: Server, database: str
) -> None:
    publish(example, read_address(database))
    postgres.run(database, "ALTER TABLE 甲市_2020.works DROP COLUMN sentence")
    assert "sentence" in refusal("check", database)


@pytest.mark.parametrize("column", ["works.passage", "clauses.start", "quantities.shared"])
def test_a_value_that_someone_took_away_is_named(
    example: Path, postgres: Server, database: str, column: str
) -> None:
    publish(example, read_address(database))
    table, name = column.split(".")
    postgres.run(database, f"UPDATE 甲市_2020.{table} SET {name} = NULL")
    result = CliRunner().invoke(main, ["check", database])
    assert result.exit_code == 1
    assert f"{table} jia-2020" in result.output
    assert f"required: has no {name}" in result.output


def test_values_that_no_publication_wrote_are_one_sentence(
    example: Path, postgres: Server, database: str
) -> None:
    publish(example, read_address(database))
    postgres.run(database, "UPDATE 甲市_2020.works SET passage = NULL")
    with pytest.raises(DatabaseError, match="holds values that cannot be read"):
        read_postgis(read_address(database))


def test_no_log_of_ours_has_the_password(
    example: Path, postgres: Server, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        publish(example, read_address(database))
        read_postgis(read_address(postgres.address_for(superuser(postgres), database)))
    assert PASSWORD not in caplog.text


def superuser(postgres: Server) -> str:
    role = postgres.role()
    postgres.run(postgres.address("postgres"), f"ALTER ROLE {role} SUPERUSER")
    return role
