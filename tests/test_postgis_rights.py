"""Who may read what is published, and what a publication never touches."""

from dataclasses import replace
from pathlib import Path

import pytest
from postgres_server import Server
from psycopg import errors
from published import SCHEMA, assert_same, command, fewer, put, written

from layers.geopackage import read_geopackage
from layers.postgis import read_address, read_postgis


def test_a_granted_role_may_read_and_not_write(
    example: Path, database: str, postgres: Server, tmp_path: Path
) -> None:
    reader, stranger = postgres.role(), postgres.role()
    assert command(example, database, "--grant", reader).exit_code == 0
    theirs = postgres.address_for(reader, database)
    other = postgres.address_for(stranger, database)
    assert len(read_postgis(read_address(theirs)).works) == 7
    for statement in ("DELETE FROM {}", "UPDATE {} SET name = 'x'", "DROP TABLE {}"):
        with pytest.raises(errors.InsufficientPrivilege):
            postgres.run(theirs, statement.format(f"{SCHEMA}.works"))
    with pytest.raises(errors.InsufficientPrivilege):
        postgres.run(other, f"SELECT FROM {SCHEMA}.works")
    put(written(tmp_path, fewer()), database)
    put(example, database)
    assert len(read_postgis(read_address(theirs)).works) == 7  # and so for each layer that is new


def test_a_layer_that_is_new_can_be_read_by_those_who_read_the_others(
    example: Path, database: str, postgres: Server, tmp_path: Path
) -> None:
    reader = postgres.role()
    put(written(tmp_path, fewer()), database, roles=(reader,))
    put(example, database)
    theirs = postgres.address_for(reader, database)
    assert len(read_postgis(read_address(theirs)).layers) == 6


def test_every_role_can_be_let_in(example: Path, database: str, postgres: Server) -> None:
    assert command(example, database, "--grant", "PUBLIC").exit_code == 0
    anyone = postgres.address_for(postgres.role(), database)
    assert len(read_postgis(read_address(anyone)).works) == 7


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE {}.roads (id int)",
        "CREATE TABLE {}.publication (key text, value text)",
        "CREATE TABLE {}.publication (program text)",
        "CREATE FUNCTION {}.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE {}.colour AS ENUM ('red')",
        "CREATE VIEW {}.publication AS SELECT 'program'::text AS key, 'planned-works' AS value",
    ],
)
def test_a_schema_of_someone_else_is_never_touched(
    example: Path, database: str, postgres: Server, made: str
) -> None:
    postgres.run(database, f"CREATE SCHEMA {SCHEMA}")
    postgres.run(database, made.format(SCHEMA))
    result = command(example, database)
    assert result.exit_code == 1
    assert "was not published by this program; choose another with --schema" in result.output
    assert command(example, database, "--schema", "public").exit_code == 1


def test_an_empty_schema_that_was_made_for_us_is_used(
    example: Path, database: str, postgres: Server
) -> None:
    publisher = postgres.role()
    postgres.run(database, f"CREATE SCHEMA {SCHEMA}")
    postgres.run(database, f"GRANT USAGE, CREATE ON SCHEMA {SCHEMA} TO {publisher}")
    theirs = postgres.address_for(publisher, database)
    result = command(example, theirs)
    assert result.exit_code == 0, result.output
    assert "Note: layers are published without styles for QGIS" in result.output
    assert_same(read_postgis(read_address(theirs)), read_geopackage(example))


def test_a_role_that_may_make_no_schema_is_told_so(
    example: Path, database: str, postgres: Server
) -> None:
    theirs = postgres.address_for(postgres.role(), database)
    result = command(example, theirs)
    assert result.exit_code == 1
    assert "ask the database's administrator for the right" in result.output


def test_hostile_names_of_schema_and_role_stay_names(example: Path, database: str) -> None:
    name = "x\"; DROP TABLE %s {}'"
    put(example, database, schema=name)
    assert len(read_postgis(replace(read_address(database), schema=name)).works) == 7
    result = command(example, database, "--grant", name)
    assert "There is no role" in result.output
