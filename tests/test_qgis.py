"""The styles in the file: made from the stated words and drawing, and understood by real QGIS."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from factories import CITY, document, example, placed, plan, work

from geo.model import Precision, Stage, Theme
from layers.build import Plan
from layers.drawing import DRAWINGS
from layers.geopackage import write_geopackage
from layers.qgis import STYLES, style_rows
from layers.schema import COLUMNS, LAYERS
from layers.titles import STAGE_COLOURS, STAGES, THEMES

BACKGROUND = "#f4f2ee"
PIXELS = 900 * 700
# The city's own layer lies lowest, so that its extent is the picture's.
DRAWN = (
    "sewage_areas",
    "safety_areas",
    "tourism_areas",
    "expressway_lines",
    "metro_lines",
    "bridge_crossing_points",
    "industry_points",
)


@dataclass(frozen=True)
class Seen:
    """What QGIS says of the layers, and the pixels of each colour in its picture of them."""

    layers: dict[str, dict[str, Any]]
    pixels: dict[str, int]


@pytest.fixture(scope="module")
def seen(need_program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Write the example and open it in QGIS."""
    need_program("qgis", "apt-get install qgis python3-qgis")
    folder = tmp_path_factory.mktemp("qgis")
    write_geopackage(folder / "works.gpkg", [example(), _somewhere_in_the_city()])
    script = Path(__file__).with_name("qgis_open.py")
    picture = folder / "picture.png"
    command = ["/usr/bin/python3", script, folder / "works.gpkg", picture, *DRAWN]
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    return Seen(report["layers"], report["pixels"])


def test_qgis_opens_every_layer(seen: Seen) -> None:
    assert set(seen.layers) == set(DRAWN)
    for layer in seen.layers.values():
        assert layer["valid"]
        assert layer["features"] == 1
        assert layer["crs"] == "EPSG:4326"


def test_qgis_loads_the_default_style_with_one_category_for_each_stage(seen: Seen) -> None:
    for layer in seen.layers.values():
        assert (layer["renderer"], layer["attribute"]) == ("categorizedSymbol", "stage")
        assert layer["categories"] == [str(stage) for stage in STAGES]
        assert layer["labels"] == [title.hans for title in STAGES.values()]
        assert layer["colours"] == [STAGE_COLOURS[stage] for stage in STAGES]


def test_qgis_shows_chinese_column_names_and_the_words_of_codes(seen: Seen) -> None:
    for layer in seen.layers.values():
        expected = {column.name: column.title.hans for column in COLUMNS}
        assert {name: layer["aliases"][name] for name in expected} == expected
        assert layer["widgets"] == {
            column.name: {title.hans: code for code, title in column.values}
            for column in COLUMNS
            if column.values
        }


def test_qgis_draws_the_works_in_their_stages_colours(seen: Seen) -> None:
    drawn = {"complete", "ongoing", "under_construction", "open_to_service", "start"}
    for stage in STAGES:
        assert (seen.pixels.get(STAGE_COLOURS[stage], 0) > 0) == (stage in drawn)


def test_qgis_never_fills_the_city_nor_an_area_as_large(seen: Seen) -> None:
    assert seen.pixels[BACKGROUND] > 0.9 * PIXELS


def test_every_layer_has_a_style_of_well_formed_markup() -> None:
    rows = list(style_rows(LAYERS, geometry_column="geom", time="1970-01-01T00:00:00.000Z"))
    names = [column.name for column in STYLES.columns]
    assert [row[names.index("f_table_name")] for row in rows] == list(LAYERS)
    for row in rows:
        assert _parsed(str(row[names.index("styleQML")])).tag == "qgis"
        assert "StyledLayerDescriptor" in _parsed(str(row[names.index("styleSLD")])).tag


def test_the_styles_draw_each_precision_as_stated() -> None:
    for family in ("sewage_areas", "metro_lines"):
        qml = _parsed(_style(family, "styleQML"))
        outline = qml.findall(".//symbol[@name='0']/layer[@class='SimpleLine']")[-1]
        expressions = {
            option.get("name"): option.find("Option[@name='expression']").get("value")  # type: ignore[union-attr]
            for option in outline.findall(".//Option[@name='properties']/Option")
        }
        for precision, drawing in DRAWINGS.items():
            width = f"\"precision\" = '{precision}' THEN {drawing.width * 0.75:g}"
            assert width in str(expressions["outlineWidth"])
            dashed = f"'{precision}'" in str(expressions["customDash"])
            assert dashed == bool(drawing.dash)


def test_only_known_ground_is_tinted_and_only_an_area_is_hatched() -> None:
    qml = _parsed(_style("sewage_areas", "styleQML"))
    shown = {
        layer.get("class"): set(re.findall(r"'(\w+)'", ET.tostring(layer, encoding="unicode")))
        for layer in qml.findall(".//symbol[@name='0']/layer")
        if layer.get("class") != "SimpleLine"
    }
    assert shown == {"SimpleFill": {"surveyed", "street"}, "HashLine": {"area"}}


def test_the_sld_has_a_rule_for_each_pair_and_fills_known_ground_only() -> None:
    sld = _style("sewage_areas", "styleSLD")
    rules = re.findall(r"<Rule>.*?</Rule>", sld)
    assert len(rules) == len(STAGES) * len(DRAWINGS)
    for rule in rules:
        filled = "<Fill>" in rule
        precision = Precision(rule.split("<Name>")[1].split("</Name>")[0].split()[1])
        assert filled == (DRAWINGS[precision].fill == "tint")


def test_surveyed_is_solid_and_schematic_is_dashed() -> None:
    assert DRAWINGS[Precision.SURVEYED].dash == ()
    assert DRAWINGS[Precision.SCHEMATIC].dash
    assert DRAWINGS[Precision.AREA].fill == "hatch"
    assert DRAWINGS[Precision.CITY].fill == DRAWINGS[Precision.OUTSIDE].fill == "none"
    assert set(DRAWINGS) == set(Precision) - {Precision.UNLOCATED}


def test_a_colour_changed_in_the_titles_changes_in_the_style(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = next(iter(STAGES))
    monkeypatch.setitem(STAGE_COLOURS, stage, "#010203")
    assert "1,2,3,255" in _style("metro_lines", "styleQML")
    assert "#010203" in _style("metro_lines", "styleSLD")


def test_the_written_style_is_the_made_one(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [example()])
    with contextlib.closing(sqlite3.connect(tmp_path / "works.gpkg")) as database:
        rows = database.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
    assert dict(rows) == {name: _style(name, "styleQML") for name, _ in rows}
    assert set(THEMES) >= {LAYERS[name].theme for name, _ in rows}


def _somewhere_in_the_city() -> Plan:
    doc = document(document_id="yi-2020")
    one = work(doc, 2, "甲", Theme.SAFETY, Stage.COMPLETE)
    return plan(doc, (placed(one, CITY, Precision.AREA, 50_000),))


def _parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  the markup is our own


def _style(layer: str, column: str) -> str:
    (row,) = style_rows([layer], geometry_column="geom", time="1970-01-01T00:00:00.000Z")
    return str(row[[one.name for one in STYLES.columns].index(column)])
