"""Shapefiles as old programs open them: short names, whole characters, a legend beside them."""

import csv
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import fiona
import pytest
from exporting import plan_with_sites, written
from factories import document, placed, plan, unlocated, work
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.model import Stage, Theme
from layers.export.shapefile import LONGEST, cut_text
from layers.export.shapefile_names import MOST_LETTERS, field_name, renamed
from layers.geopackage import write_geopackage
from layers.qgis.qml import layer_qml
from layers.schema import COLUMNS, LAYERS
from layers.titles import STAGES

_LOOK = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(sys.argv[1], "works", "ogr")
fields = layer.fields()
renderer = layer.renderer()
print(json.dumps({
    "valid": layer.isValid(),
    "encoding": layer.dataProvider().encoding(),
    "renderer": renderer.type(),
    "categories": [one.value() for one in renderer.categories()],
    "aliases": {one.name(): one.alias() for one in fields},
    "name": next(layer.getFeatures())["name"],
}))
del layer
application.exitQgis()
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shp")
    write_geopackage(folder / "works.gpkg", [plan_with_sites()])
    return written(folder / "works.gpkg", folder, "shp")


def members(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        return opened.namelist()


def text(path: Path, member: str) -> str:
    with zipfile.ZipFile(path) as opened:
        return opened.read(member).decode("utf-8-sig")


def test_every_layer_has_its_shapefile_with_encoding_system_and_styles(archive: Path) -> None:
    names = members(archive)
    stems = {name[:-4] for name in names if name.endswith(".shp")}
    assert "metro_lines" in stems
    for stem in stems:
        for ending in ("shp", "shx", "dbf", "prj", "cpg", "qml", "sld"):
            assert f"{stem}.{ending}" in names
        assert text(archive, f"{stem}.cpg") == "UTF-8"


def test_names_of_columns_are_short_ascii_readable_and_unlike_each_other() -> None:
    names = [field_name(column.name) for column in COLUMNS]
    assert all(len(name) <= MOST_LETTERS and name.isascii() for name in names)
    assert len({name.lower() for name in names}) == len(COLUMNS)
    for column in COLUMNS:
        assert len(column.name) > MOST_LETTERS or field_name(column.name) == column.name


def test_the_columns_have_these_names_in_the_file(archive: Path) -> None:
    with fiona.open(f"zip://{archive}!metro_lines.shp") as layer:
        assert list(layer.schema["properties"]) == [field_name(column.name) for column in COLUMNS]
        (row,) = layer
    assert (row.properties["edited"], row.properties["verified"]) == (0, 1)


def test_the_legend_names_each_column_and_the_words_of_each_code(archive: Path) -> None:
    lines = list(csv.reader(io.StringIO(text(archive, "字段说明_fields.csv"))))
    assert ["uncert_m", "uncertainty_m", "", "误差(米)", "uncertainty (m)"] in lines
    for stage, title in STAGES.items():
        assert ["stage", "stage", str(stage), title.hans, title.en] in lines


def test_the_readme_names_licences_and_what_is_left_out(archive: Path) -> None:
    told = text(archive, "说明与许可_README.txt")
    assert "CC0-1.0: field survey" in told
    assert "works without a place are left out" in told


def test_long_texts_are_cut_between_characters_and_counted(tmp_path: Path) -> None:
    doc = document("甲市2020年重點工作\n" + "建" * 300 + "。\n")
    one = placed(work(doc, 2, "甲路", Theme.ROAD, Stage.START), Point(120, 31))
    lost = unlocated(work(doc, 1, "乙路", Theme.ROAD, Stage.START))
    write_geopackage(tmp_path / "works.gpkg", [plan(doc, (one, lost))])
    path = written(tmp_path / "works.gpkg", tmp_path, "shp")
    with fiona.open(f"zip://{path}!road_points.shp") as layer:
        (row,) = layer
    assert row.properties["sentence"] == "建" * (LONGEST // 3)
    assert "1 texts of sentence are cut at 254 bytes" in text(path, "说明与许可_README.txt")


@given(st.text(max_size=300))
def test_a_cut_text_fits_and_begins_the_text(words: str) -> None:
    short = cut_text(words)
    assert len(short.encode()) <= LONGEST
    assert words.startswith(short)
    assert short == words or len(words.encode()) > LONGEST - 4


@pytest.mark.parametrize("layer", ["park_areas", "park_lines", "park_points"])
def test_a_style_speaks_of_the_short_names_only(layer: str) -> None:
    qml = renamed(layer_qml(LAYERS[layer]), field_name)
    for column in COLUMNS:
        if field_name(column.name) != column.name:
            assert f'"{column.name}"' not in qml.replace("&quot;", '"')
            assert field_name(column.name) in qml


def test_a_style_keeps_everything_else() -> None:
    one = '<qgis><a name="stage_words" b="&quot;uncertainty_m&quot; &gt; 5">document_id</a></qgis>'
    assert renamed(one, field_name) == (
        '<qgis><a name="stage_word" b="&quot;uncert_m&quot; &gt; 5">doc_id</a></qgis>'
    )


def test_qgis_opens_a_shapefile_drawn_and_explained(
    archive: Path, tmp_path: Path, need_program: Callable[[str, str], str]
) -> None:
    need_program("qgis", "apt-get install qgis python3-qgis")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = ["/usr/bin/python3", "-c", _LOOK, str(tmp_path / "metro_lines.shp")]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["valid"]
    assert report["encoding"] == "UTF-8"
    assert report["renderer"] == "categorizedSymbol"
    assert report["categories"][: len(STAGES)] == [str(stage) for stage in STAGES]
    assert report["aliases"]["uncert_m"] == "误差(米)"
    assert report["name"] == "地鐵1號線一期"
