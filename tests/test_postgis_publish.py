"""Layers and tables in a real PostGIS: whole, named by city and year, and described."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import factories
import pytest
import shapely
from click.testing import CliRunner
from postgres_server import Server
from psycopg import errors
from published import SCHEMA, assert_same, command, put, written

from geo.model import Stage, Theme
from layers.geopackage import read_geopackage
from layers.postgis import publish, read_address, read_postgis
from layers.schema import COLUMNS
from layers.tables import TABLES
from webmap.cli import main


@pytest.fixture(scope="module")
def published(postgres: Server, example: Path) -> str:
    """Address of a database in which the example is published; tests only look at it."""
    address = postgres.database()
    put(example, address)
    return address


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:4549"])
def test_what_is_published_comes_back_as_the_file_holds_it(
    database: str, tmp_path: Path, crs: str
) -> None:
    here = factories.example()  # 丙國 lies where a strip of China has no coordinates
    path = written(tmp_path, factories.plan(here.reading.document, here.placed[:5]), crs=crs)
    put(path, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(path))


def test_hostile_words_come_back_unchanged(database: str, tmp_path: Path) -> None:
    path = written(tmp_path, factories.hostile())
    put(path, database)
    assert_same(read_postgis(read_address(database)), read_geopackage(path))


def test_a_document_with_the_end_mark_of_a_copy_comes_back_whole(
    database: str, tmp_path: Path
) -> None:
    text = "甲市2020年重點工作\n\\.\n,\"'\t\\N\\\\\r\n建成甲公園。\n"
    doc = factories.document(text)
    one = factories.work(doc, 4, "甲公園", Theme.PARK, Stage.COMPLETE)
    path = written(tmp_path, factories.plan(doc, (factories.placed(one, factories.CITY),)))
    put(path, database)
    assert read_postgis(read_address(database)).documents["full_text"].tolist() == [text]


def test_heights_that_a_person_drew_are_left_out(
    example: Path, database: str, tmp_path: Path
) -> None:
    path = tmp_path / "works.gpkg"
    path.write_bytes(example.read_bytes())
    high = shapely.to_wkb(shapely.from_wkt("MULTILINESTRING Z ((120 31 7, 120.1 31.1 8))"))
    with contextlib.closing(sqlite3.connect(path)) as changed, changed:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in changed.execute(triggers).fetchall():
            changed.execute(f'DROP TRIGGER "{name}"')
        header = b"GP\0\x01" + (4326).to_bytes(4, "little")
        changed.execute("UPDATE metro_lines SET geom = ?", (header + high,))
    put(path, database)
    (shape,) = read_postgis(read_address(database)).layers["metro_lines"].geometry
    assert shape.wkt == "MULTILINESTRING ((120 31, 120.1 31.1))"


def test_the_command_names_the_schema_by_city_and_year(example: Path, database: str) -> None:
    result = command(example, database)
    assert result.exit_code == 0, result.output
    assert f"schema {SCHEMA}, 6 layers of {example}" in result.output


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ((("無錫", 2020),), "无锡_2020"),
        ((("無錫", 2021), ("無錫", 2019), ("無錫", 2020)), "无锡_2019_2021"),
        ((("無錫", None),), "无锡"),
        ((('x"; DROP--', 2020),), "x_drop_2020"),
    ],
)
def test_a_schema_has_the_name_of_its_city_and_years(
    database: str, tmp_path: Path, documents: tuple[tuple[str, int], ...], expected: str
) -> None:
    plans = []
    for number, (city, year) in enumerate(documents):
        doc = replace(factories.document(document_id=f"plan-{number}", city=city), year=year)
        plans.append(factories.plan(doc, ()))
    assert publish(written(tmp_path, *plans), read_address(database)).schema == expected


def test_plans_of_several_cities_need_a_schema_named_for_them(
    database: str, tmp_path: Path
) -> None:
    both = [factories.document(document_id=f"plan-{city}", city=city) for city in ("甲", "乙")]
    path = written(tmp_path, *(factories.plan(doc, ()) for doc in both))
    result = command(path, database)
    assert result.exit_code == 1
    assert "乙, 甲: name the schema with --schema" in result.output
    assert command(path, database, "--schema", "both cities").exit_code == 0


@pytest.mark.parametrize("name", ["pg_mine", "information_schema", "a" * 64, "城" * 22, "a\nb"])
def test_a_name_that_no_schema_can_have_is_refused(example: Path, database: str, name: str) -> None:
    result = command(example, database, "--schema", name)
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert len(result.output.splitlines()) == 1


def test_several_cities_live_in_one_database(example: Path, database: str, tmp_path: Path) -> None:
    other = factories.document(document_id="yi-2021", city="乙市")
    park = factories.work(other, 2, "乙公園", Theme.PARK, Stage.START)
    second = written(tmp_path, factories.plan(other, (factories.placed(park, factories.CITY),)))
    put(example, database)
    put(second, database)
    for schema, path in ((SCHEMA, example), ("乙市_2020", second)):
        address = read_address(f"{database}?schema={schema}")
        assert_same(read_postgis(address), read_geopackage(path))


def test_every_table_has_a_key_and_layers_have_their_indexes(
    postgres: Server, published: str
) -> None:
    query = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = %s"
    found: dict[str, str] = {}
    for table, definition in postgres.run(published, query, SCHEMA):
        found[table] = found.get(table, "") + definition + "\n"
    names = {*read_postgis(read_address(published)).layers, *(table.name for table in TABLES)}
    assert set(found) == {*names, "publication"}
    assert all("_pkey" in definitions for definitions in found.values())
    for column in ("document_id", "part_of", "theme", "stage", "district"):
        assert f"({column})" in found["metro_lines"]
    assert "(work_id)" in found["metro_lines"]
    assert "gist (geom)" in found["metro_lines"]


def test_geometry_has_its_type_and_system(postgres: Server, published: str) -> None:
    query = "SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = %s"
    found = {name: (kind, srid) for name, kind, srid in postgres.run(published, query, SCHEMA)}
    assert found["metro_lines"] == ("MULTILINESTRING", 4326)
    assert found["sewage_areas"] == ("MULTIPOLYGON", 4326)
    assert found["bridge_crossing_points"] == ("MULTIPOINT", 4326)


def test_everything_says_what_it_holds_in_chinese_and_english(
    postgres: Server, published: str
) -> None:
    (comment,) = postgres.run(published, "SELECT obj_description(%s::regnamespace)", SCHEMA)[0]
    assert comment == "规划工程 / planned works: 甲市2020年重點工作"
    query = (
        "SELECT c.relname, a.attname, coalesce(col_description(c.oid, a.attnum), '') "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 "
        "WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' AND c.relname <> 'publication'"
    )
    rows = postgres.run(published, query, SCHEMA)
    assert [row for row in rows if " / " not in row[2]] == []
    stage = next(column for column in COLUMNS if column.name == "stage").title
    assert ("metro_lines", "stage", f"{stage.hans} / {stage.en}") in rows
    tables = postgres.run(
        published,
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' "
        "AND coalesce(obj_description(oid), '') NOT LIKE '%% / %%'",
        SCHEMA,
    )
    assert tables == []


def test_a_person_can_draw_a_work_and_fill_it_in_later(
    example: Path, database: str, postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    put(example, database)
    layer = f"{SCHEMA}.metro_lines"
    drawn = "ST_GeomFromText('MULTILINESTRING((120 31, 120.1 31.1))', 4326)"
    postgres.run(database, f"INSERT INTO {layer} (geom) VALUES ({drawn})")
    assert len(read_postgis(read_address(database)).layers["metro_lines"]) == 1
    assert "1 works are not filled in yet" in caplog.text
    result = CliRunner().invoke(main, ["check", database])
    assert result.exit_code == 1
    assert "required: has no name" in result.output


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("stage = 'someday'", errors.CheckViolation),
        ("theme = '<b>'", errors.CheckViolation),
        ("confidence = 'sure'", errors.CheckViolation),
        ("work_id = NULL", errors.NotNullViolation),
        ("passage = 'two'", errors.InvalidTextRepresentation),
        ("geom = ST_SetSRID(ST_Point(1, 2), 4326)", errors.DatabaseError),
        ("geom = ST_SetSRID(geom, 4490)", errors.DatabaseError),
    ],
)
def test_what_the_schema_does_not_know_cannot_be_stored(
    postgres: Server, published: str, change: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        postgres.run(published, f"UPDATE {SCHEMA}.metro_lines SET {change}")
