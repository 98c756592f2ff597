"""The project inside a GeoPackage, opened in real QGIS: what a double click shows."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from drawn_city import SITES, drawn_city
from in_qgis import PROGRAM, in_qgis

from layers.geopackage import write_geopackage
from layers.schema import FAMILIES, LAYERS
from layers.tables import TABLES_BY_NAME
from layers.titles import STAGES, THEMES

KEPT = Path(__file__).with_name("pictures") / "drawn_city.png"
# Of the parts of the picture where something is drawn. The same QGIS gives 0 each time, another
# smoothing of a few edges a little; one mark of another kind gives 0.005, a dash that is lost 0.04,
# a stage in another colour 0.13.
TOLERANCE = 0.004


@dataclass(frozen=True)
class Seen:
    """What QGIS says of the project in a file, in WGS-84, in EPSG:4549, and renamed."""

    plain: dict[str, Any]
    metric: dict[str, Any]
    picture: dict[str, Any]


@pytest.fixture(scope="module")
def seen(need_program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Write a city of every drawing in two reference systems and open both in QGIS."""
    need_program(*PROGRAM)
    folder = tmp_path_factory.mktemp("project")
    plain, metric = folder / "甲市 2020.gpkg", folder / "metric" / "works.gpkg"
    metric.parent.mkdir()
    write_geopackage(plain, [drawn_city()])
    write_geopackage(metric, [drawn_city()], crs="EPSG:4549")
    moved = folder / "elsewhere" / plain.name
    moved.parent.mkdir()
    shutil.move(plain, moved)  # a file finds its layers wherever it lies
    found = in_qgis("qgis_project.py", folder, folder / "picture.png", KEPT, moved, metric)
    return Seen(*found["files"], found["picture"])


@pytest.fixture(params=["plain", "metric"])
def project(request: pytest.FixtureRequest, seen: Seen) -> dict[str, Any]:
    found: dict[str, Any] = getattr(seen, request.param)
    return found


def test_the_project_opens_and_every_layer_is_there(project: dict[str, Any]) -> None:
    assert project["read"]
    assert project["invalid"] == []
    assert project["title"] == "规划工程 甲市 2020"
    for name, layer in project["layers"].items():
        title = (LAYERS.get(name) or TABLES_BY_NAME[name]).title
        assert (layer["name"], layer["title"]) == (title.hans, title.en)
        assert layer["features"] > 0


def test_the_project_has_the_reference_system_of_the_file(seen: Seen) -> None:
    for project, code in ((seen.plain, "EPSG:4326"), (seen.metric, "EPSG:4549")):
        assert project["crs"] == code
        spatial = [one for name, one in project["layers"].items() if name in LAYERS]
        assert {one["crs"] for one in spatial} == {code}
        assert project["units"] == "meters"
    assert (seen.plain["ellipsoid"], seen.metric["ellipsoid"]) == ("EPSG:7030", "EPSG:1024")


def test_groups_stand_in_the_themes_order_with_the_tables_last(project: dict[str, Any]) -> None:
    *themes, tables = project["groups"]
    expected = [f"{title.hans} {title.en}" for title in THEMES.values()]
    assert themes == [title for title in expected if title in themes]
    assert len(themes) == len({LAYERS[name].theme for name in project["order"]})
    assert tables == "表 tables"
    assert project["groups"]["公园 park"] == ["公园(面)", "公园(点)"]


def test_points_are_drawn_over_lines_and_lines_over_areas(project: dict[str, Any]) -> None:
    heights = [family.suffix for family in reversed(FAMILIES)]
    drawn = [LAYERS[name].family.suffix for name in project["order"]]
    assert drawn == sorted(drawn, key=heights.index)
    assert set(drawn) == set(heights)


def test_tables_are_read_only_and_what_only_programs_read_is_not_shown(
    project: dict[str, Any],
) -> None:
    read_only = {name for name, layer in project["layers"].items() if layer["read_only"]}
    assert read_only == {name for name in project["layers"] if name not in LAYERS}
    assert {"works", "clauses", "documents", "sites", "slots"} <= read_only
    assert not {"built", "build", "layer_styles", "candidates"} & set(project["layers"])


def test_relations_find_the_document_the_clause_and_the_work(project: dict[str, Any]) -> None:
    relations = project["relations"]
    assert [name for name, one in relations.items() if not one["valid"]] == []
    for name in ("metro_lines", "park_areas", "works"):
        assert relations[f"{name}_documents"]["found"] == relations[f"{name}_documents"]["rows"] > 0
    assert relations["works_clauses"]["fields"] == {
        "document_id": "document_id",
        "clause": "number",
    }
    for name in ("works_clauses", "metro_lines_works", "sites_works", "quantities_works"):
        assert relations[name]["found"] == relations[name]["rows"] > 0
    assert relations["sewage_points_sites"]["found"] == SITES + 1


def test_forms_of_works_and_documents_show_what_belongs_to_them(project: dict[str, Any]) -> None:
    layers = project["layers"]
    assert layers["documents"]["relations"] == ["works_documents", "clauses_documents"]
    assert layers["works"]["relations"] == ["sites_works", "slots_works", "quantities_works"]
    assert layers["clauses"]["relations"] == ["works_clauses"]


def test_drawing_snaps_to_vertices_and_segments_of_all_layers(project: dict[str, Any]) -> None:
    assert project["snapping"] == {
        "enabled": True,
        "all_layers": True,
        "vertex": True,
        "segment": True,
        "tolerance": 10,
        "pixels": True,
    }
    assert project["topological"] is False


def test_the_map_shows_the_city_first_and_not_what_lies_outside(seen: Seen) -> None:
    west, south, east, north = seen.plain["extent"]
    assert (west, south) == pytest.approx((119.6, 31.0), abs=0.1)
    assert (east, north) == pytest.approx((120.4, 31.5), abs=0.1)
    assert west > 119.5
    assert 450_000 < seen.metric["extent"][0] < seen.metric["extent"][2] < 550_000


def test_the_legend_shows_only_the_stages_that_there_are(project: dict[str, Any]) -> None:
    words = {str(stage): title.hans for stage, title in STAGES.items()}
    assert project["legend"]["metro_lines"] == [words["plan"]]
    assert project["legend"]["culture_heritage_points"] == [
        words["preliminary_work"],
        words["start"],
    ]


def test_owners_are_named_on_the_map_and_sources_in_the_projects_history(
    project: dict[str, Any],
) -> None:
    assert project["owners"] == "© OpenStreetMap 贡献者"
    assert "位置 places: OpenStreetMap [ODbL-1.0]" in project["history"]
    assert project["layers"]["sewage_points"]["rights"] == ["© OpenStreetMap contributors"]
    assert project["layers"]["metro_lines"]["rights"] == []


def test_the_picture_is_the_kept_one_within_its_tolerance(seen: Seen) -> None:
    assert seen.picture["difference"] <= TOLERANCE
    assert seen.picture["named"] > 10 * TOLERANCE  # and the measure sees what is more: the names


def test_names_stand_beside_the_works_and_none_over_another(seen: Seen) -> None:
    labels = {label["text"].strip("\u2002"): label["box"] for label in seen.picture["labels"]}
    assert {"地铁1号线", "南湖公园", "北湖湿地", "市民中心", "博物院"} <= set(labels)
    straight = [box for text, box in labels.items() if text not in _curved(seen)]
    assert [pair for pair in combinations(straight, 2) if _overlap(*pair)] == []


def test_sites_at_one_place_do_not_pile_up_their_names(seen: Seen) -> None:
    sites = [
        label["box"]
        for label in seen.picture["labels"]
        if label["layer"].endswith("sewage_points") and f"第{SITES}污" not in label["text"]
    ]
    assert 2 <= len(sites) < SITES
    assert [pair for pair in combinations(sites, 2) if _overlap(*pair)] == []


def test_counted_works_show_their_printed_number(seen: Seen) -> None:
    texts = {label["text"].strip("\u2002") for label in seen.picture["labels"]}
    badges = {"48座污水处理厂提标改造", "190万平方米 老旧小区改造", "25个 美丽乡村"}
    assert len(texts & badges) >= 2


def _curved(seen: Seen) -> Iterator[str]:
    """Name the labels along lines, whose rectangles say nothing of where their letters stand."""
    for label in seen.picture["labels"]:
        if label["layer"].endswith("_lines"):
            yield label["text"]


def _overlap(one: list[float], other: list[float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and along > 0
