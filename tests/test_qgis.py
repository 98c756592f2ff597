"""Layers opened alone in real QGIS: drawn, named, filled in and edited as the schema states."""

from collections.abc import Callable
from typing import Any

import pytest
from drawn_city import HOSTILE, drawn_city
from in_qgis import PROGRAM, in_qgis

from geo.model import UNCERTAINTY_LIMITS_M
from layers.geopackage import write_geopackage
from layers.qgis.forms import TABS
from layers.schema import COLUMNS, LAYERS
from layers.tables import WORKS
from layers.titles import NO_STAGE, NO_STAGE_COLOUR, STAGE_COLOURS, STAGES

BACKGROUND = "#f6f4ef"
PIXELS = 900 * 700
# The city's own layer lies lowest, so that its extent is the picture's.
DRAWN = (
    "sewage_areas",
    "greening_areas",
    "wetland_areas",
    "park_areas",
    "railway_lines",
    "metro_lines",
    "culture_heritage_points",
    "park_points",
)


@pytest.fixture(scope="module")
def seen(
    need_program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Write a city of every drawing and open its layers in QGIS."""
    need_program(*PROGRAM)
    folder = tmp_path_factory.mktemp("qgis")
    write_geopackage(folder / "works.gpkg", [drawn_city()])
    return in_qgis("qgis_layers.py", folder, folder / "works.gpkg", *DRAWN)


@pytest.fixture(scope="module")
def layers(seen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = seen["layers"]
    return found


def test_qgis_opens_every_layer(layers: dict[str, dict[str, Any]]) -> None:
    assert set(layers) == set(DRAWN)
    for layer in layers.values():
        assert layer["valid"]
        assert layer["features"] > 0
        assert layer["crs"] == "EPSG:4326"


def test_qgis_loads_the_default_style_with_one_category_for_each_stage(
    layers: dict[str, dict[str, Any]],
) -> None:
    for layer in layers.values():
        assert (layer["renderer"], layer["attribute"]) == ("categorizedSymbol", "stage")
        assert layer["categories"] == [*map(str, STAGES), ""]
        assert layer["labels"] == [*(title.hans for title in STAGES.values()), NO_STAGE.hans]
        assert layer["colours"] == [*(STAGE_COLOURS[stage] for stage in STAGES), NO_STAGE_COLOUR]


def test_areas_label_counted_works_by_a_rule_of_their_own(
    layers: dict[str, dict[str, Any]],
) -> None:
    kinds = {name.rsplit("_", 1)[1]: layer["labeling"] for name, layer in layers.items()}
    assert kinds == {"areas": "rule-based", "lines": "simple", "points": "simple"}


def test_qgis_shows_chinese_column_names_and_the_words_of_codes(
    layers: dict[str, dict[str, Any]],
) -> None:
    for layer in layers.values():
        expected = {column.name: column.title.hans for column in COLUMNS}
        assert {name: layer["aliases"][name] for name in expected} == expected
        assert layer["codes"] == {
            column.name: {title.hans: code for code, title in column.values}
            for column in COLUMNS
            if column.values
        }


def test_a_table_opened_alone_has_its_words_too_and_is_read_only(seen: dict[str, Any]) -> None:
    table = seen["table"]
    assert {column.name: column.title.hans for column in WORKS.columns}.items() <= table[
        "aliases"
    ].items()
    assert set(table["codes"]) == {column.name for column in WORKS.columns if column.values}
    assert table["read_only"] is True


def test_each_column_has_the_widget_of_its_kind(layers: dict[str, dict[str, Any]]) -> None:
    for layer in layers.values():
        widgets = layer["widgets"]
        assert (widgets["verified"], widgets["edited"]) == ("CheckBox", "CheckBox")
        assert (widgets["year"], widgets["stage"]) == ("Range", "ValueMap")
        assert layer["sentence"]["IsMultiline"] is True


def test_what_says_where_a_work_comes_from_is_read_only(
    layers: dict[str, dict[str, Any]],
) -> None:
    fixed = {"fid", *(column.name for column in COLUMNS if not column.editable)}
    for layer in layers.values():
        assert set(layer["read_only"]) == fixed
    assert {"sentence", "work_id", "document_id", "located_by"} <= fixed
    assert not {"name", "stage", "precision", "source", "verified"} & fixed


def test_the_form_has_tabs_and_each_column_stands_in_one_of_them(
    layers: dict[str, dict[str, Any]],
) -> None:
    for layer in layers.values():
        assert layer["tabs"] == {title: list(names) for title, names in TABS.items()}
    shown = [name for names in TABS.values() for name in names]
    assert sorted(shown) == sorted(column.name for column in COLUMNS)


def test_the_attribute_table_begins_with_the_name_and_hides_what_only_programs_read(
    layers: dict[str, dict[str, Any]],
) -> None:
    for layer in layers.values():
        assert layer["table"][:4] == ["name", "stage", "precision", "uncertainty_m"]
        assert {"fid", "start", "end"} <= set(layer["hidden"])
        assert not {"name", "sentence", "source", "licence"} & set(layer["hidden"])
        assert layer["display"] == '"name"'


def test_nothing_keeps_a_person_from_saving(layers: dict[str, dict[str, Any]]) -> None:
    assert {name: layer["hard"] for name, layer in layers.items()} == {name: [] for name in DRAWN}


def test_a_tip_tells_name_stage_precision_with_radius_doubt_and_sentence(
    layers: dict[str, dict[str, Any]],
) -> None:
    sure, doubtful = layers["culture_heritage_points"]["tips"]
    for words in ("市民中心", "前期工作", "街道级(±300 米)", "推进市民中心。"):
        assert words in sure
    assert "未核实" not in sure
    assert "约略位置(±1.5 公里) · 未核实" in doubtful


def test_a_tip_shows_a_hostile_name_as_text(layers: dict[str, dict[str, Any]]) -> None:
    (tip,) = layers["park_points"]["tips"]
    assert "<script" not in tip
    assert "&lt;script&gt;alert('1')&lt;/script&gt; &amp; &quot;甲&quot; [% 1 + 1 %] \\n" in tip
    assert HOSTILE not in tip


def test_qgis_shows_sources_licences_and_lineage_of_a_layer(
    layers: dict[str, dict[str, Any]],
) -> None:
    about = layers["metro_lines"]["metadata"]
    assert about["title"] == "地铁(线) · metro (lines)"
    assert about["crs"] == "EPSG:4326"
    assert any("SHA-256" in line for line in about["history"])
    assert "位置 places: field survey [CC0-1.0]" in about["history"]
    assert about["licences"] == ["CC0-1.0 https://creativecommons.org/publicdomain/zero/1.0/"]
    assert about["rights"] == []


def test_qgis_draws_the_works_in_their_stages_colours(seen: dict[str, Any]) -> None:
    drawn = {"plan", "preliminary_work", "start", "complete", "open_to_service", "ongoing"}
    for stage in STAGES:
        assert (seen["pixels"].get(STAGE_COLOURS[stage], 0) > 0) == (stage in drawn)


def test_qgis_never_fills_the_city_nor_an_area_as_large(seen: dict[str, Any]) -> None:
    assert seen["pixels"][BACKGROUND] > 0.85 * PIXELS


def test_the_default_style_brings_back_all_that_was_changed(seen: dict[str, Any]) -> None:
    assert seen["restored"] == {
        "done": True,
        "renderer": "categorizedSymbol",
        "labels": True,
        "tip": True,
        "theme": "'metro'",
    }


def test_a_new_feature_is_filled_in_with_what_the_layer_knows(seen: dict[str, Any]) -> None:
    made = seen["edit"]["made"]
    assert made["theme"] == LAYERS["park_points"].theme
    assert (made["precision"], made["uncertainty_m"]) == (
        "approximate",
        UNCERTAINTY_LIMITS_M["approximate"],
    )
    assert (made["edited"], made["verified"]) == (True, False)
    assert (made["city"], made["year"]) == ("甲市", 2020)
    assert made["work_id"] is None


def test_a_person_can_add_one_work_move_another_and_save(seen: dict[str, Any]) -> None:
    edit = seen["edit"]
    assert edit["steps"] == [True, True, True]
    assert [line for line in edit["errors"] if not line.startswith("SUCCESS")] == []
    assert edit["features"] == 2
    assert edit["moved"] == "MultiPoint ((120.1 31.3))"
    assert edit["edited"] is True
