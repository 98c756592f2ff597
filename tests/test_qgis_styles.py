"""The styles in the file: well formed, made from the stated words and drawing, and no other."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from drawn_city import drawn_city

from geo.model import Precision
from layers.drawing import DRAWINGS
from layers.geopackage import write_geopackage
from layers.qgis import STYLES, style_rows
from layers.qgis.expressions import text
from layers.schema import LAYERS
from layers.tables import TABLES
from layers.titles import STAGES, THEMES

LARGEST_STYLE = 120_000
TESTS = Path(__file__).parent

# Changes the titles before anything else knows them; says what QGIS, the file and the page show.
_CHANGED = """
import contextlib, json, sqlite3, sys
from pathlib import Path
from layers import titles
from geo.model import Stage
titles.STAGES[Stage.PLAN] = titles.Title("改过的", "改過的", "changed")
titles.STAGE_COLOURS[Stage.PLAN] = "#010203"
from factories import example
from layers.geopackage import write_geopackage
from webmap import create_app
path = Path(sys.argv[1])
write_geopackage(path, [example()])
with contextlib.closing(sqlite3.connect(path)) as database:
    qml, sld = database.execute("SELECT styleQML, styleSLD FROM layer_styles").fetchone()
    query = "SELECT description FROM gpkg_data_column_constraints WHERE value = 'plan'"
    (domain,) = database.execute(query).fetchone()
client = create_app({"WORKS_FILE": path}).test_client(use_cookies=False)
page = client.get("/?lang=zh-Hans").get_data(as_text=True)
print(json.dumps({"qml": qml, "sld": sld, "domain": domain, "page": page}))
"""
TABLE_NAMES = [table.name for table in TABLES]


def test_every_layer_and_table_has_a_style_of_well_formed_markup() -> None:
    rows = list(style_rows(LAYERS, TABLE_NAMES, geometry_column="geom", time=""))
    names = [column.name for column in STYLES.columns]
    assert [row[names.index("f_table_name")] for row in rows] == [*LAYERS, *TABLE_NAMES]
    for row in rows:
        qml, sld = str(row[names.index("styleQML")]), str(row[names.index("styleSLD")])
        assert parsed(qml).tag == "qgis"
        assert len(qml) < LARGEST_STYLE
        assert not sld or "StyledLayerDescriptor" in parsed(sld).tag


def test_the_geometry_column_of_a_table_is_empty_as_qgis_looks_for_it() -> None:
    rows = list(style_rows(["metro_lines"], ["works"], geometry_column="geom", time=""))
    column = [one.name for one in STYLES.columns].index("f_geometry_column")
    assert [row[column] for row in rows] == ["geom", ""]


def test_a_line_is_as_wide_and_dashed_as_its_precision_states() -> None:
    width, dash = (defined("metro_lines", name) for name in ("outlineWidth", "customDash"))
    for precision, drawing in DRAWINGS.items():
        assert value_for(precision, width) == f"{drawing.width * 0.75:g}"
        pattern = ";".join(f"{length * 0.75:g}" for length in drawing.dash)
        assert value_for(precision, dash) == (f"'{pattern}'" if pattern else "NULL")


def test_layers_differ_by_their_theme_alone() -> None:
    metro, road = (style(f"{theme}_lines", "styleQML") for theme in ("metro", "road"))
    assert metro != road
    assert metro == road.replace("'road'", "'metro'")


def test_the_sld_has_a_rule_for_each_pair_and_fills_known_ground_only() -> None:
    rules = re.findall(r"<Rule>.*?</Rule>", style("sewage_areas", "styleSLD"))
    assert len(rules) == len(STAGES) * len(DRAWINGS)
    for rule in rules:
        precision = Precision(rule.split("<Name>")[1].split("</Name>")[0].split()[1])
        assert ("<Fill>" in rule) == (DRAWINGS[precision].fill == "tint")


def test_surveyed_is_solid_and_schematic_is_dashed() -> None:
    assert DRAWINGS[Precision.SURVEYED].dash == ()
    assert DRAWINGS[Precision.SCHEMATIC].dash
    assert DRAWINGS[Precision.AREA].fill == "hatch"
    assert DRAWINGS[Precision.CITY].fill == DRAWINGS[Precision.OUTSIDE].fill == "none"
    assert set(DRAWINGS) == set(Precision) - {Precision.UNLOCATED}


def test_a_text_in_an_expression_is_quoted_whatever_it_holds() -> None:
    assert text("a'b\\n") == "'a''b\\\\n'"


def test_a_colour_or_word_changed_once_changes_in_qgis_and_on_the_web(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHANGED, str(tmp_path / "works.gpkg")],
        env={**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert 'label="改过的"' in seen["qml"]  # the legend
    assert 'name="改过的" type="QString" value="plan"' in seen["qml"]  # the list of codes
    assert "'改过的'" in seen["qml"]  # the tip
    assert "1,2,3,255" in seen["qml"]
    assert "#010203" in seen["sld"]
    assert seen["domain"] == "改过的"
    legend = seen["page"].split('id="legend"')[1].split("</details>")[0]
    assert "改过的" in legend
    assert "--plan: #010203" in seen["page"]
    settings = json.loads(re.findall(r'id="settings">(.*?)</script>', seen["page"], re.DOTALL)[0])
    assert settings["stageColours"]["plan"] == "#010203"
    assert settings["stageNames"]["plan"] == "改过的"


def test_the_written_style_is_the_made_one(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [drawn_city()])
    with contextlib.closing(sqlite3.connect(tmp_path / "works.gpkg")) as database:
        rows = database.execute(
            "SELECT f_table_name, styleQML FROM layer_styles WHERE f_geometry_column <> ''"
        ).fetchall()
    assert dict(rows) == {name: style(name, "styleQML") for name, _ in rows}
    assert set(THEMES) >= {LAYERS[name].theme for name, _ in rows}


def defined(layer: str, name: str) -> str:
    """Give the expression of a property of the last line of a layer's first symbol."""
    qml = parsed(style(layer, "styleQML"))
    outline = qml.findall(".//symbol[@name='0']/layer[@class='SimpleLine']")[-1]
    option = outline.find(f".//Option[@name='{name}']/Option[@name='expression']")
    assert option is not None
    return option.get("value", "")


def value_for(precision: str, expression: str) -> str:
    """Give what a CASE over precisions gives for one of them."""
    for codes, value in re.findall(
        r"WHEN precision(?: IN |=)(\([^)]*\)|'\w+') THEN (\S+)", expression
    ):
        if f"'{precision}'" in codes:
            return str(value)
    return str(re.findall(r"ELSE (\S+?) END", expression)[-1])


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314  the markup is our own


def style(layer: str, column: str) -> str:
    (row,) = style_rows([layer], geometry_column="geom", time="1970-01-01T00:00:00.000Z")
    return str(row[[one.name for one in STYLES.columns].index(column)])
