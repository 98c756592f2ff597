"""What was written is read back; what is not ours is refused with one sentence."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import fiona
import geopandas as gpd
import pandas as pd
import pytest
from factories import document, example, hostile, placed, plan, tables_of, work
from hypothesis import HealthCheck, given, settings
from hypothesis import example as also
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.errors import LayersFileError
from geo.model import Stage, Theme
from layers.build import Plan, build_layers
from layers.geopackage import read_geopackage, write_geopackage
from layers.tables import TABLES

# Any text but null and half characters, which no file can hold.
_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("read") / "works.gpkg"
    write_geopackage(path, [example()])
    return path


def test_layers_and_tables_come_back_as_they_were_built(written: Path) -> None:
    _assert_comes_back(written, example())


def test_markup_quotes_and_braces_come_back_as_they_are(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [hostile()])
    _assert_comes_back(tmp_path / "works.gpkg", hostile())


def test_layers_stand_in_the_schemas_order(written: Path) -> None:
    assert list(read_geopackage(written).layers) == list(build_layers([example()]))


def test_missing_text_is_none_and_a_missing_number_is_not_a_number(written: Path) -> None:
    works = read_geopackage(written).works.set_index("work_id")
    assert works.loc["jia-2020-008", "place_id"] is None
    assert pd.isna(works.loc["jia-2020-008", "uncertainty_m"])


def test_a_document_without_a_year_comes_back_without_one(tmp_path: Path) -> None:
    undated = plan(replace(document(), year=None), ())
    write_geopackage(tmp_path / "works.gpkg", [undated])
    years = read_geopackage(tmp_path / "works.gpkg").documents["year"]
    assert years.isna().all()
    assert years.dtype == "Int64"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=_TEXT, sentence=_TEXT, reason=_TEXT)
@also(name="'\"; DROP TABLE works; --", sentence="{{7*7}}${x}%s", reason="<b>&amp;</b>")
@also(name="\ufeff甲\r\n\t乙", sentence="\u202e𠮷👷🏽‍♀️e\u0301", reason="nan")
@also(name="NULL", sentence="{}", reason="[]")
def test_any_text_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, sentence: str, reason: str
) -> None:
    doc = document(f"甲\n{sentence}")
    one = replace(
        work(doc, 1, name, Theme.PARK, Stage.PLAN), start=2, end=len(doc.text), sentence=sentence
    )
    where = replace(placed(one, Point(120, 31.5)), located_by=reason)
    path = tmp_path_factory.mktemp("text") / "works.gpkg"
    write_geopackage(path, [plan(doc, (where,))])
    _assert_comes_back(path, plan(doc, (where,)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    _refused(tmp_path / "none.gpkg", "does not exist; build it first")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path, "cannot be read")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    path.touch()
    _refused(path, "is empty; build it again")


def test_a_renamed_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    path.write_text("甲市2020年重點工作", encoding="utf-8")
    _refused(path, "is no GeoPackage; give a file made by planned-works build")


def test_a_database_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE works (work_id TEXT)")
        database.commit()
    _refused(path, "is a database but no GeoPackage")


def test_a_geopackage_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    frame = gpd.GeoDataFrame({"name": ["甲"]}, geometry=[Point(120, 31)], crs="EPSG:4326")
    frame.to_file(path, driver="GPKG", layer="metro_points")
    _refused(path, "is a GeoPackage of another program")


def test_a_file_of_another_schema_version_is_refused(written: Path, tmp_path: Path) -> None:
    path = _copy(written, tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE build SET value = '0' WHERE key = 'schema_version'")
        database.commit()
    _refused(path, "made by another version of this program; build it again")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("ALTER TABLE works DROP COLUMN sentence", "no such column: works.sentence"),
        ("UPDATE works SET passage = NULL", "int"),
        ("UPDATE works SET uncertainty_m = 'far'", "could not convert string to float"),
        ("UPDATE metro_lines SET geom = x'00'", "a geometry is no GeoPackage geometry"),
        ("UPDATE metro_lines SET geom = x'4750000BE6100000'", "unknown kind of bounding box"),
        ("UPDATE metro_lines SET geom = x'47500001E6100000'", "WKB"),
        ("DELETE FROM gpkg_geometry_columns", "layer metro_lines has no geometry"),
        ("DROP TABLE gpkg_geometry_columns", "no such table"),
    ],
)
def test_damaged_content_is_refused(written: Path, tmp_path: Path, damage: str, words: str) -> None:
    path = _copy(written, tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(damage)
        database.commit()
    _refused(path, "is damaged")
    _refused(path, words)


def test_a_geometry_that_was_deleted_comes_back_as_none(written: Path, tmp_path: Path) -> None:
    path = _copy(written, tmp_path)
    with fiona.open(path, layer="metro_lines") as layer:
        (feature,) = layer
    with fiona.open(path, "a", layer="metro_lines") as layer:
        layer.write({"geometry": None, "properties": dict(feature.properties)})
    assert list(read_geopackage(path).layers["metro_lines"].geometry.isna()) == [False, True]


@pytest.mark.parametrize("part", [0.001, 0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused(written: Path, tmp_path: Path, part: float) -> None:
    path = tmp_path / "works.gpkg"
    data = written.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    _refused(path, "build it again")


@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 0.999), noise=st.binary(min_size=1, max_size=5000))
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_program(
    written: Path, tmp_path_factory: pytest.TempPathFactory, place: float, noise: bytes
) -> None:
    data = bytearray(written.read_bytes())
    start = int(len(data) * place)
    data[start : start + len(noise)] = noise
    path = tmp_path_factory.mktemp("noise") / "works.gpkg"
    path.write_bytes(data)
    with contextlib.suppress(LayersFileError):
        read_geopackage(path)


def _refused(path: Path, words: str) -> None:
    with pytest.raises(LayersFileError) as caught:
        read_geopackage(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def _copy(source: Path, folder: Path) -> Path:
    target = folder / "works.gpkg"
    target.write_bytes(source.read_bytes())
    return target


def _assert_comes_back(path: Path, plan: Plan) -> None:
    file = read_geopackage(path)
    for name, frame in build_layers([plan]).items():
        pd.testing.assert_frame_equal(pd.DataFrame(file.layers[name]), pd.DataFrame(frame))
        assert file.layers[name].crs == frame.crs
    tables = tables_of(plan)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(file, table.name), tables[table.name])
