"""What a GeoPackage says of itself: words of columns and codes, sources, licences, the project."""

import contextlib
import io
import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from click.testing import CliRunner
from drawn_city import drawn_city
from factories import document, example, plan
from hypothesis import given
from hypothesis import strategies as st

from layers.check import check_geopackage
from layers.geopackage import read_geopackage, write_geopackage
from layers.geopackage.finish import finish
from layers.markup import legal
from layers.qgis import metadata
from layers.schema import COLUMNS, LAYERS
from layers.tables import TABLES
from webmap.cli import main

VALIDATOR = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("companions") / "works.gpkg"
    write_geopackage(path, [drawn_city()])
    return path


@pytest.fixture(scope="module")
def validated(need_program: Callable[[str, str], str]) -> Callable[[Path], tuple[int, str]]:
    """Give a function that runs GDAL's validator: its exit status, and what it says."""
    if not VALIDATOR.is_file():
        need_program(VALIDATOR.name, "apt-get install python3-gdal")

    def run(path: Path) -> tuple[int, str]:
        command = ["/usr/bin/python3", "-W", "ignore", str(VALIDATOR), "-k", "--extra"]
        command += ["--warning-as-error", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        yield database


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4549", "+proj=tmerc +lon_0=121 +ellps=krass"])
def test_gdals_own_validator_finds_nothing(
    validated: Callable[[Path], tuple[int, str]], tmp_path: Path, crs: str
) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [drawn_city(), plan(document(document_id="empty"), ())], crs=crs)
    assert validated(path) == (0, "")


def test_the_built_in_plan_passes_the_validator_and_our_own_check(
    validated: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    path = tmp_path / "works.gpkg"
    built = CliRunner().invoke(main, ["build", "-o", str(path)])
    assert built.exit_code == 0, built.output
    assert validated(path) == (0, "")
    assert check_geopackage(path) == ()


def test_the_validator_sees_a_breach(
    validated: Callable[[Path], tuple[int, str]], written: Path, tmp_path: Path
) -> None:
    path = tmp_path / "works.gpkg"
    path.write_bytes(written.read_bytes())
    with opened(path) as database:
        database.execute("UPDATE gpkg_metadata_reference SET timestamp = 'yesterday'")
        database.commit()
    assert validated(path)[0] != 0


def test_the_file_is_whole_and_its_extents_are_those_of_the_rows(written: Path) -> None:
    layers = read_geopackage(written).layers
    with opened(written) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        query = (
            "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents "
            "WHERE data_type = 'features'"
        )
        extents = {name: bounds for name, *bounds in database.execute(query)}
    assert set(extents) == set(layers)
    for name, frame in layers.items():
        assert extents[name] == pytest.approx(list(frame.total_bounds), abs=1e-9)
        assert len(frame) > 0  # no empty layers


def test_every_column_is_described_and_coded_ones_name_their_list(written: Path) -> None:
    query = "SELECT table_name, column_name, title, constraint_name FROM gpkg_data_columns"
    with opened(written) as database:
        described = {(table, name): words for table, name, *words in database.execute(query)}
        layers = [name for name in LAYERS if (name, "name") in described]
        assert layers == list(read_geopackage(written).layers)
    for table, columns in [
        *((name, COLUMNS) for name in layers),
        *((table.name, table.columns) for table in TABLES),
    ]:
        for column in columns:
            domain = column.name if column.values else None
            assert described[table, column.name] == [column.title.hans, domain]


def test_every_code_has_its_words(written: Path) -> None:
    query = (
        "SELECT constraint_name, value, description FROM gpkg_data_column_constraints "
        "WHERE constraint_type = 'enum'"
    )
    with opened(written) as database:
        found = set(database.execute(query).fetchall())
    columns = [*COLUMNS, *(column for table in TABLES for column in table.columns)]
    assert found == {
        (one.name, str(code), title.hans) for one in columns for code, title in one.values
    }


def test_map_libraries_read_the_file_without_a_warning(written: Path) -> None:
    for name in read_geopackage(written).layers:
        info = pyogrio.read_info(written, layer=name)
        assert info["layer_metadata"]["IDENTIFIER"] == LAYERS[name].title.hans


def test_a_layer_names_the_sources_of_its_own_rows_and_no_others(written: Path) -> None:
    sites, metro = (_plain(written, name) for name in ("sewage_points", "metro_lines"))
    assert "© OpenStreetMap contributors" in sites["rights"]
    assert "ODbL-1.0 https://opendatacommons.org/licenses/odbl/1-0/" in sites["rights"]
    assert metro["rights"] == ["CC0-1.0 https://creativecommons.org/publicdomain/zero/1.0/"]
    assert "位置 places: field survey [CC0-1.0]" in metro["source"]


def test_the_file_names_all_sources_and_the_plans_with_their_hash(written: Path) -> None:
    about = _plain(written, None)
    sha256 = read_geopackage(written).documents["sha256"][0]
    assert any(sha256 in line and "甲市2020年重點工作" in line for line in about["source"])
    assert {"位置 places: field survey [CC0-1.0]", "位置 places: OpenStreetMap [ODbL-1.0]"} <= set(
        about["source"]
    )
    assert about["title"] == ["规划工程 甲市 2020", "planned works 甲市 2020"]
    assert about["coverage"] == ["甲市 2020"]
    assert about["creator"][0].startswith("Planned works ")


def test_each_layer_is_described_in_both_forms_below_the_file(written: Path) -> None:
    query = (
        "SELECT table_name, md_standard_uri, md_parent_id IS NULL FROM gpkg_metadata_reference "
        "JOIN gpkg_metadata ON id = md_file_id"
    )
    with opened(written) as database:
        found = database.execute(query).fetchall()
    names = [None, *read_geopackage(written).layers]
    standards = (DUBLIN_CORE, metadata.STANDARD)
    assert sorted(found, key=str) == sorted(
        ((name, uri, int(name is None)) for name in names for uri in standards), key=str
    )


def test_a_part_of_the_works_says_only_what_is_true_of_the_part(
    written: Path, tmp_path: Path
) -> None:
    path = tmp_path / "part.gpkg"
    layer = pyogrio.read_dataframe(written, layer="metro_lines")
    pyogrio.write_dataframe(layer, path, layer="metro_lines", geometry_type="MultiLineString")
    finish(path, ["metro_lines"])
    about = _plain(path, None)
    assert about["source"][0] == "位置 places: field survey [CC0-1.0]"
    assert not any("OpenStreetMap" in line for line in (*about["source"], *about["rights"]))
    assert [source for source, _ in _sources(path)] == ["./part.gpkg"]


def test_the_project_names_the_file_that_it_lies_in(tmp_path: Path) -> None:
    path = tmp_path / "甲市 <2020> & more.gpkg"
    write_geopackage(path, [example()])
    assert {source for source, _ in _sources(path)} == {f"./{path.name}"}


def test_the_project_is_registered_as_qgis_and_geopackage_look_for_it(written: Path) -> None:
    with opened(written) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(qgis_projects)")]
        (row,) = database.execute("SELECT name, metadata FROM qgis_projects").fetchall()
        query = "SELECT extension_name FROM gpkg_extensions WHERE table_name = 'qgis_projects'"
        assert database.execute(query).fetchall() == [("qgis_projects",)]
    assert columns == ["name", "metadata", "content"]  # QGIS inserts by position
    assert row[0] == "planned-works"
    assert json.loads(row[1])["last_modified_time"].startswith("1970-01-01")


def test_a_hostile_title_breaks_no_document(tmp_path: Path) -> None:
    title = "</title>\x0b\x1b]]>&<script>alert(1)</script>'\"\ufffe"
    doc = replace(document(document_id="hostile"), title=title, city="<b>\x01甲市")
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [plan(doc, ())])
    about = _plain(path, None)
    assert any("<script>alert(1)</script>" in line for line in about["source"])
    assert _project(path).findtext("title") == "规划工程 <b>\ufffd甲市 2020"


@given(st.text())
def test_any_text_can_stand_in_a_document(value: str) -> None:
    element = ET.Element("a")
    element.text = legal(value)
    assert ET.fromstring(ET.tostring(element)).text in {  # noqa: S314  the markup is our own
        legal(value).replace("\r\n", "\n").replace("\r", "\n") or None,
        legal(value) or None,
    }


def _plain(path: Path, layer: str | None) -> dict[str, list[str]]:
    """Give the elements of the Dublin Core of a layer, or of the file."""
    query = (
        "SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON id = md_file_id "
        "WHERE md_standard_uri = ? AND table_name IS ?"
    )
    with opened(path) as database:
        (text,) = database.execute(query, (DUBLIN_CORE, layer)).fetchone()
    found: dict[str, list[str]] = {"rights": [], "source": []}
    for element in ET.fromstring(text):  # noqa: S314  the markup is our own
        found.setdefault(element.tag.rpartition("}")[2], []).append(element.text or "")
    return found


def _project(path: Path) -> ET.Element:
    with opened(path) as database:
        (content,) = database.execute("SELECT content FROM qgis_projects").fetchone()
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as archive:
        (name,) = archive.namelist()
        return ET.fromstring(archive.read(name))  # noqa: S314  the markup is our own


def _sources(path: Path) -> list[tuple[str, str]]:
    """Give file and layer of each source in the project."""
    texts = [source.text or "" for source in _project(path).iter("datasource")]
    return [(text.split("|")[0], text.split("=")[1]) for text in texts]
