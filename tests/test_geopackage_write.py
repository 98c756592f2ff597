"""The GeoPackage as other programs see it: standard tables, same bytes, right coordinates."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fiona
import pytest
from factories import document, example, placed, plan, work
from shapely.geometry import Point, shape

from geo.errors import OutputError, SchemaError
from geo.model import Stage, Theme
from layers.build import build_layers
from layers.geopackage import read_geopackage, write_geopackage
from layers.schema import COLUMNS, LAYERS
from layers.tables import TABLES

_WRITE = """
import sys
from pathlib import Path
from factories import example
from layers.geopackage import write_geopackage
write_geopackage(Path(sys.argv[1]), [example()])
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "works.gpkg"
    write_geopackage(path, [example()])
    return path


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        yield database


def test_the_file_calls_itself_a_geopackage_1_3(written: Path) -> None:
    with opened(written) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("PRAGMA user_version").fetchone() == (10300,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_contents_name_each_layer_in_chinese_and_english_with_its_extent(written: Path) -> None:
    layers = build_layers([example()])
    query = (
        "SELECT table_name, identifier, description, min_x, min_y, max_x, max_y, srs_id "
        "FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid"
    )
    with opened(written) as database:
        rows = database.execute(query).fetchall()
    assert [row[0] for row in rows] == list(layers)
    for name, hans, en, *bounds, code in rows:
        assert (hans, en) == (LAYERS[name].title.hans, LAYERS[name].title.en)
        assert bounds == pytest.approx(list(layers[name].total_bounds))
        assert code == 4326


def test_every_table_is_registered_with_attributes_and_no_other_is_there(written: Path) -> None:
    with opened(written) as database:
        rows = database.execute(
            "SELECT table_name, identifier FROM gpkg_contents WHERE data_type = 'attributes'"
        ).fetchall()
    expected = {table.name: table.title.hans for table in TABLES} | {"layer_styles": "图层样式"}
    assert dict(rows) == expected


def test_every_layer_has_one_geometry_type_and_an_index_that_holds_all_rows(written: Path) -> None:
    with opened(written) as database:
        registered = database.execute(
            "SELECT table_name, column_name, geometry_type_name, z, m FROM gpkg_geometry_columns"
        ).fetchall()
        assert {row[0] for row in registered} == set(build_layers([example()]))
        for name, column, kind, *dimensions in registered:
            assert kind == LAYERS[name].family.geometry_type.upper()
            assert dimensions == [0, 0]
            assert _count(database, name) == _count(database, f"rtree_{name}_{column}") > 0
        extensions = "SELECT table_name FROM gpkg_extensions WHERE extension_name = ?"
        names = database.execute(extensions, ("gpkg_rtree_index",)).fetchall()
    assert {name for (name,) in names} == {row[0] for row in registered}


def test_map_libraries_see_the_schema_as_stated(written: Path) -> None:
    with fiona.open(written, layer="metro_lines") as layer:
        assert layer.schema["geometry"] == "MultiLineString"
        assert list(layer.schema["properties"]) == [column.name for column in COLUMNS]


def test_a_style_for_each_layer_is_registered_as_qgis_looks_for_it(written: Path) -> None:
    query = (
        "SELECT f_table_name, f_geometry_column, f_table_catalog, f_table_schema, useAsDefault, "
        "update_time FROM layer_styles"
    )
    with opened(written) as database:
        rows = database.execute(query).fetchall()
    layers = [(name, "geom") for name in build_layers([example()])]
    assert [row[:2] for row in rows] == [*layers, *((table.name, "") for table in TABLES)]
    assert {row[2:] for row in rows} == {("", "", 1, "1970-01-01T00:00:00.000Z")}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, written: Path) -> None:
    write_geopackage(tmp_path / written.name, [example()])
    assert (tmp_path / written.name).read_bytes() == written.read_bytes()


def test_the_order_of_the_plans_does_not_matter(tmp_path: Path) -> None:
    plans = [plan(document(document_id=name), ()) for name in ("a", "b")]
    one, two = tmp_path / "works.gpkg", tmp_path / "turned" / "works.gpkg"
    two.parent.mkdir()
    write_geopackage(one, plans)
    write_geopackage(two, plans[::-1])
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("seed", ["1", "20"])
def test_other_processes_with_other_hashes_give_the_same_bytes(
    tmp_path: Path, written: Path, seed: str
) -> None:
    tests = Path(__file__).parent
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}",
        "TZ": f"UTC{seed}",
    }
    target = tmp_path / "works.gpkg"
    command = [sys.executable, "-c", _WRITE, str(target)]
    subprocess.run(command, env=environment, check=True)
    assert _digest(target) == _digest(written)


@pytest.mark.parametrize(
    ("crs", "x", "y"),
    [
        ("EPSG:4490", 120.0, 31.5),
        ("EPSG:4549", 500_000.0, 3_486_600.0),
        ("EPSG:3857", 13_358_338.9, 3_694_526.0),
    ],
)
def test_another_reference_system_moves_the_coordinates(
    tmp_path: Path, crs: str, x: float, y: float
) -> None:
    doc = document()
    one = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    write_geopackage(
        tmp_path / "works.gpkg", [plan(doc, (placed(one, Point(120, 31.5)),))], crs=crs
    )
    with fiona.open(tmp_path / "works.gpkg", layer="park_points") as layer:
        (feature,) = layer
        assert layer.crs.to_epsg() == int(crs.removeprefix("EPSG:"))
    (point,) = shape(feature.geometry).geoms
    assert (point.x, point.y) == pytest.approx((x, y), rel=2e-3)
    build = read_geopackage(tmp_path / "works.gpkg").build.set_index("key")["value"]
    assert build["crs"] == crs


def test_a_reference_system_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="'EPSG:99999999' is no coordinate reference system"):
        write_geopackage(tmp_path / "works.gpkg", [example()], crs="EPSG:99999999")
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_the_reference_system_is_not_defined_is_refused(tmp_path: Path) -> None:
    doc = document()
    one = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    elsewhere = plan(doc, (placed(one, Point(30, 0)),))
    with pytest.raises(SchemaError, match="is not defined"):
        write_geopackage(tmp_path / "works.gpkg", [elsewhere], crs="EPSG:4549")


def test_a_plan_without_works_gives_a_file_without_layers(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [plan(document(), ())])
    file = read_geopackage(tmp_path / "works.gpkg")
    assert file.layers == {}
    assert len(file.works) == 0
    assert set(file.clauses["outcome"]) == {"no_work"}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist; create it first"):
        write_geopackage(tmp_path / "nowhere" / "works.gpkg", [example()])


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file"):
        write_geopackage(tmp_path, [example()])


def _count(database: sqlite3.Connection, table: str) -> int:
    query = f'SELECT count(*) FROM "{table}"'
    return int(database.execute(query).fetchone()[0])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
