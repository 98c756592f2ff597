"""Every format, read back by the libraries that others read it with, holds the same works."""

import zipfile
from dataclasses import replace
from pathlib import Path

import fiona
import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from export_readers import READERS, read_csv
from exporting import opened, plan_with_sites, source_rows, written
from factories import document, placed, plan, work
from hostility import hostile_plan
from openpyxl import load_workbook
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import Datum, convert
from geo.errors import CrsError
from geo.model import Stage, Theme
from layers.geopackage import write_geopackage
from webmap.exporting import FORMATS


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


def test_every_format_but_the_page_is_read_back_here() -> None:
    assert {*READERS, "html", "qgz"} == set(FORMATS)


@pytest.mark.parametrize("code", READERS)
@pytest.mark.parametrize("address", ["", "theme=metro&theme=sewage", "q=建设"])
def test_a_format_holds_the_works_that_pass_with_their_values_and_places(
    works: Path, tmp_path: Path, code: str, address: str
) -> None:
    expected = source_rows(works, address)
    if not FORMATS[code].holds_unplaced or code == "gpkg":  # there they are in a table
        expected = {one: row for one, row in expected.items() if row["geom"] is not None}
    found = READERS[code](written(works, tmp_path, code, address))
    assert set(found) == set(expected)
    for work_id, row in expected.items():
        for name in ("name", "theme", "stage", "sentence", "district", "licence"):
            assert (found[work_id][name] or None) == row[name], (work_id, name)
        assert int(found[work_id]["passage"]) == row["passage"]
        assert_same_place(found[work_id]["geom"], row["geom"])


def assert_same_place(found: BaseGeometry | None, expected: bytes | None) -> None:
    if expected is None or found is None:
        assert expected is None
        assert found is None or found.is_empty
    else:
        shape = shapely.from_wkb(expected)
        assert found.hausdorff_distance(shape) < 1e-6
        assert found.geom_type.removeprefix("Multi") == shape.geom_type.removeprefix("Multi")


@pytest.mark.parametrize("code", [one for one, form in FORMATS.items() if form.any_crs])
@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4549", "EPSG:3857"])
def test_another_system_moves_the_places_and_is_named_in_the_file(
    works: Path, tmp_path: Path, code: str, crs: str
) -> None:
    path = written(works, tmp_path, code, crs=crs)
    found = READERS[code](path)["jia-2020-006"]["geom"]
    at = gpd.GeoSeries([Point(119.9, 31.35)], crs="EPSG:4326").to_crs(crs).iloc[0]
    assert found.distance(at) < (1e-6 if crs == "EPSG:4490" else 0.01)
    assert told_system(path, code) == crs


def told_system(path: Path, code: str) -> str:
    if code == "csv":
        return read_csv(path)["jia-2020-006"]["crs"].split()[0]
    if code == "xlsx":
        rows = load_workbook(path).worksheets[1].iter_rows(values_only=True)
        return next(str(row[1]).split()[0] for row in rows if str(row[0]).startswith("坐标系"))
    if code == "shp":
        with zipfile.ZipFile(path) as archive:
            first = next(name for name in archive.namelist() if name.endswith(".shp"))
        with fiona.open(f"zip://{path}!{first}") as layer:
            return str(layer.crs.to_string())
    if code == "parquet":
        return str(gpd.read_parquet(path).crs.to_string())
    return str(pyogrio.read_info(path, layer=0)["crs"])


@pytest.mark.parametrize("code", [one for one, form in FORMATS.items() if form.any_crs])
def test_a_shifted_system_moves_the_places_and_is_never_taken_for_wgs84(
    works: Path, tmp_path: Path, code: str
) -> None:
    path = written(works, tmp_path, code, crs="gcj02")
    assert path.name == f"out.gcj02{FORMATS[code].ending}"
    found = READERS[code](path)["jia-2020-006"]["geom"]
    (moved,) = convert(shapely.get_coordinates(Point(119.9, 31.35)), Datum.WGS84, Datum.GCJ02)
    assert found.distance(Point(moved)) < 1e-6
    assert found.distance(Point(119.9, 31.35)) > 0.002
    system = told_system(path, code)
    assert "4326" not in system
    assert "GCJ-02" in system


@pytest.mark.parametrize("code", ["kml", "kmz", "html"])
def test_a_format_that_knows_only_wgs84_refuses_others(
    works: Path, tmp_path: Path, code: str
) -> None:
    with pytest.raises(CrsError, match="is always in WGS-84"):
        written(works, tmp_path, code, crs="EPSG:4490")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", FORMATS)
def test_every_export_says_whose_data_it_is_and_how_it_is_made_again(
    works: Path, tmp_path: Path, code: str
) -> None:
    path = written(works, tmp_path, code, "stage=start")
    if code in {"kmz", "qgz", "shp", "xlsx"}:
        with zipfile.ZipFile(path) as archive:
            data = b"".join(map(archive.read, archive.namelist()))
    elif code == "parquet":
        data = pq.read_metadata(path).metadata[b"planned_works"]
    else:
        data = path.read_bytes()
    text = data.decode("utf-8", errors="ignore").replace("&amp;", "&")
    for words in ("stage=start", "CC0-1.0", "field survey"):
        assert words in text, words
    if code != "csv":
        assert "planned-works export works.gpkg --where stage=start" in text


def test_odbl_is_credited_wherever_a_place_comes_from_openstreetmap(tmp_path: Path) -> None:
    one = placed(work(document(), 2, "甲", Theme.PARK, Stage.PLAN), Point(120, 31.5))
    one = replace(one, source="OpenStreetMap way 1", licence="ODbL-1.0")
    from_osm = plan(document(), (one,))
    write_geopackage(tmp_path / "osm.gpkg", [from_osm])
    with opened(tmp_path / "osm.gpkg", "csv") as export:
        told = export.note("attribution")
    assert "© OpenStreetMap contributors, ODbL 1.0" in told
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in told
    (row,) = read_csv(written(tmp_path / "osm.gpkg", tmp_path, "csv")).values()
    assert row["attribution"].startswith("© OpenStreetMap contributors")


@pytest.mark.parametrize("code", [*READERS, "html"])
def test_hostile_words_change_nothing_but_the_words(tmp_path: Path, code: str) -> None:
    write_geopackage(tmp_path / "works.gpkg", [hostile_plan()])
    path = written(tmp_path / "works.gpkg", tmp_path, code)
    if code == "html":
        return
    expected = source_rows(tmp_path / "works.gpkg")
    found = READERS[code](path)
    for work_id, row in found.items():
        assert row["name"].removeprefix("'") == expected[work_id]["name"]


@pytest.mark.parametrize("code", [*READERS])
def test_the_same_works_give_the_same_bytes(works: Path, tmp_path: Path, code: str) -> None:
    once = written(works, tmp_path, code).read_bytes()
    assert written(works, tmp_path, code).read_bytes() == once
