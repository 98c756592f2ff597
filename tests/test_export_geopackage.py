"""A GeoPackage of some of the works is a works file: whole, checked, served, exported again."""

from pathlib import Path

import pyogrio
import pytest
from click.testing import CliRunner
from exporting import (
    BRIDGE,
    LOST_PLANT,
    NORTH_PLANT,
    PLANTS,
    TOWN,
    plan_with_sites,
    source_rows,
    written,
)
from factories import document, placed, plan, work
from many_works import write_many
from pandas import DataFrame
from shapely.geometry import Point

from geo.errors import LayersFileError
from geo.model import Stage, Theme
from layers.build import Plan
from layers.check import check_geopackage
from layers.geopackage import read_geopackage, write_geopackage
from layers.tables import TABLES
from webmap import create_app
from webmap.cli import main

SELECTIONS = (
    "",
    "theme=metro",
    "theme=sewage",
    "precision=unlocated",
    "bbox=119.99,31.7,120.05,31.75",
    "polygon=POLYGON((103 10,104 10,104 12,103 10))",
    "q=建设",
)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites(), other_plan()])
    return path


def other_plan() -> Plan:
    doc = document("乙市2021年重點工作\n建成西湖公園。\n", "yi-2021", "乙市")
    park = work(doc, 2, "西湖公園", Theme.PARK, Stage.COMPLETE)
    return plan(doc, (placed(park, Point(120.3, 31.2)),))


@pytest.mark.parametrize("address", SELECTIONS)
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4549", "gcj02"])
def test_a_cut_file_has_no_violation(works: Path, tmp_path: Path, address: str, crs: str) -> None:
    assert check_geopackage(written(works, tmp_path, "gpkg", address, crs=crs)) == ()


def test_a_whole_export_holds_the_same_rows(works: Path, tmp_path: Path) -> None:
    before, after = read_geopackage(works), read_geopackage(written(works, tmp_path, "gpkg"))
    assert list(before.layers) == list(after.layers)
    for name, frame in before.layers.items():
        assert frame.equals(after.layers[name])
    for table in TABLES[:-1]:
        one, other = getattr(before, table.name), getattr(after, table.name)
        assert one.equals(other), table.name
    kept = after.build[~after.build["key"].str.startswith("export_")]
    assert kept.reset_index(drop=True).equals(before.build)


def test_only_what_passes_is_there_with_the_rows_that_belong_to_it(
    works: Path, tmp_path: Path
) -> None:
    file = read_geopackage(written(works, tmp_path, "gpkg", "stage=plan"))
    assert file.layers == {}
    assert ids(file.works) == ids(file.built) == ids(file.candidates) == {TOWN}
    assert list(file.documents["document_id"]) == ["jia-2020"]
    assert len(file.places) == len(file.quantities) == len(file.sites) == len(file.slots) == 0


def test_a_counted_work_brings_its_sites_and_a_site_its_counted_work(
    works: Path, tmp_path: Path
) -> None:
    box = "bbox=119.99,31.7,120.05,31.75&precision=surveyed"  # the site alone
    assert set(source_rows(works, box)) == {NORTH_PLANT}
    file = read_geopackage(written(works, tmp_path, "gpkg", box))
    assert ids(file.works) == {PLANTS}
    assert set(file.sites["site_id"]) == {NORTH_PLANT, LOST_PLANT}
    assert set(file.layers) == {"sewage_areas", "sewage_points"}
    assert ids(file.quantities) == ids(file.slots) == {PLANTS}
    assert ids(file.built) == {PLANTS, NORTH_PLANT, LOST_PLANT}


def test_places_are_those_that_the_works_name(works: Path, tmp_path: Path) -> None:
    file = read_geopackage(written(works, tmp_path, "gpkg", "q=南湖&year=2020"))
    assert ids(file.works) == {BRIDGE}
    assert list(file.places["place_id"]) == [f"place-{BRIDGE}"]


def test_the_ledger_keeps_every_clause_and_says_which_works_are_left_out(
    works: Path, tmp_path: Path
) -> None:
    file = read_geopackage(written(works, tmp_path, "gpkg", "theme=metro"))
    whole = read_geopackage(works).clauses
    whole = whole[whole["document_id"] == "jia-2020"].set_index("number")
    clauses = file.clauses.set_index("number")
    assert list(clauses.index) == list(whole.index)
    assert clauses["works"].dropna().to_dict() == {2: "jia-2020-002"}
    assert clauses.loc[6, "reason"] == f"not in this selection: {BRIDGE}"
    assert clauses.loc[8, "reason"].endswith(f"; not in this selection: {TOWN}")
    assert clauses.loc[9, "reason"] == "policy"
    assert list(clauses["outcome"]) == list(whole["outcome"])


def test_the_table_build_counts_what_is_there_and_says_what_was_asked_for(
    works: Path, tmp_path: Path
) -> None:
    build = read_geopackage(written(works, tmp_path, "gpkg", "theme=sewage")).build
    told = dict(zip(build["key"], build["value"], strict=True))
    assert (told["works"], told["counted"], told["placed"]) == ("1", "1", "0")
    assert told["documents"] == "1"
    assert told["export_query"] == "theme=sewage"


def test_an_export_of_an_export_notes_the_last_one(works: Path, tmp_path: Path) -> None:
    first = written(works, tmp_path, "gpkg", "theme=metro&theme=sewage")
    folder = tmp_path / "second"
    folder.mkdir()
    build = read_geopackage(written(first, folder, "gpkg", "theme=metro")).build
    assert list(build[build["key"] == "export_query"]["value"]) == ["theme=metro"]


def test_corrections_made_in_the_cut_file_can_be_told_from_what_was_built(
    works: Path, tmp_path: Path
) -> None:
    file = read_geopackage(written(works, tmp_path, "gpkg", "theme=metro", crs="EPSG:4490"))
    (built,) = file.built.to_dict("records")
    (shape,) = file.layers["metro_lines"].geometry
    assert built["geometry"] == shape.wkb
    assert (
        built["attributes"]
        == read_geopackage(works).built.set_index("work_id").loc[built["work_id"], "attributes"]
    )


def test_a_shifted_file_says_so_in_its_layers_and_is_not_served(
    works: Path, tmp_path: Path
) -> None:
    path = written(works, tmp_path, "gpkg", crs="gcj02")
    info = pyogrio.read_info(path, layer="metro_lines")
    assert info["crs"].startswith('GEOGCS["GCJ-02 (shifted')
    assert "GCJ-02" in read_geopackage(path).build.set_index("key").loc["export_system", "value"]
    with pytest.raises(LayersFileError, match="is in GCJ-02"):
        create_app({"WORKS_FILE": path})


def test_a_shifted_file_comes_back_to_wgs84_to_the_millimetre(works: Path, tmp_path: Path) -> None:
    shifted = written(works, tmp_path, "gpkg", "theme=metro", crs="gcj02")
    folder = tmp_path / "back"
    folder.mkdir()
    back = read_geopackage(written(shifted, folder, "gpkg"))
    one = read_geopackage(works).layers["metro_lines"].geometry.iloc[0]
    assert back.layers["metro_lines"].geometry.iloc[0].hausdorff_distance(one) < 1e-8
    assert back.layers["metro_lines"].crs.to_epsg() == 4326


def test_the_file_that_is_exported_is_never_overwritten(works: Path) -> None:
    before = works.read_bytes()
    result = CliRunner().invoke(main, ["export", str(works), "-o", str(works)])
    assert result.exit_code == 1
    assert "choose another name" in result.stderr
    assert works.read_bytes() == before


def test_a_cut_of_many_works_is_whole_too(tmp_path: Path) -> None:
    write_many(tmp_path / "many.gpkg", 3_000)
    path = written(tmp_path / "many.gpkg", tmp_path, "gpkg", "district=第3区")
    assert check_geopackage(path) == ()
    assert len(read_geopackage(path).works) == 333


def ids(frame: DataFrame) -> set[str]:
    return set(frame["work_id"])
