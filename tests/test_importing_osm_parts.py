"""OpenStreetMap extracts: things that are brought together of many parts."""

from pathlib import Path

import pytest
from osm_files import OsmFile
from osm_importing import (
    EAST,
    FAR,
    FURTHER,
    found,
    imported,
    imported_summary,
    kinds,
)


def test_a_road_is_merged_along_its_name(osm: OsmFile, library_path: Path) -> None:
    osm.way(EAST, {"highway": "primary", "name": "青川路", "name:en": "Qingchuan Road"})
    osm.way(FURTHER, {"highway": "trunk", "name": "青川路"})
    (road,) = found(imported(osm, library_path), "青川路")
    assert road.geometry.geom_type == "LineString"
    assert road.geometry.length == pytest.approx(0.02)
    assert road.note == "way 1, way 2"
    assert road.aliases == ("Qingchuan Road",)


def test_far_apart_roads_of_one_name_stay_apart(osm: OsmFile, library_path: Path) -> None:
    for line in (EAST, FAR):
        osm.way(line, {"highway": "primary", "name": "人民路"})
    assert len(found(imported(osm, library_path), "人民路")) == 2


def test_a_motorway_is_found_by_name_and_by_number(osm: OsmFile, library_path: Path) -> None:
    for line in (EAST, FURTHER):
        osm.way(line, {"highway": "motorway", "name": "甲乙高速公路", "ref": "G 99"})
    library = imported(osm, library_path)
    for words in ("甲乙高速", "G99", "G99高速", "G99甲乙高速公路"):
        assert [place.name for place in found(library, words)] == ["甲乙高速公路"], words


def test_a_number_that_runs_over_several_names_is_a_road_of_its_own(
    osm: OsmFile, library_path: Path
) -> None:
    osm.way(EAST, {"highway": "trunk", "name": "青川路", "ref": "G912"})
    osm.way(FURTHER, {"highway": "trunk", "name": "白石路", "ref": "G912;S55"})
    osm.way([(120.02, 31.0), (120.03, 31.0)], {"highway": "trunk", "ref": "G912"})
    library = imported(osm, library_path)
    for words in ("G912", "912国道"):
        (road,) = found(library, words)
        assert road.geometry.length == pytest.approx(0.03)
        assert road.aliases == ()
    assert [road.name for road in found(library, "S55")] == ["白石路"]
    assert found(library, "青川路")[0].geometry.length == pytest.approx(0.01)


def test_a_part_of_a_road_with_a_number_does_not_lend_it_to_the_whole(
    osm: OsmFile, library_path: Path
) -> None:
    osm.way(EAST, {"highway": "trunk", "name": "青川路", "ref": "G912"})
    osm.way(FURTHER, {"highway": "trunk", "name": "青川路"})
    (numbered,) = found(imported(osm, library_path), "912国道")
    assert numbered.geometry.length == pytest.approx(0.01)


def test_an_area_with_a_hole_is_assembled_of_its_multipolygon(
    osm: OsmFile, library_path: Path
) -> None:
    outer, inner = osm.square(120.0, 31.0, 0.1), osm.square(120.04, 31.04, 0.02)
    osm.relation(
        [("w", outer, "outer"), ("w", inner, "inner")],
        {"type": "multipolygon", "natural": "water", "name": "南湖"},
    )
    (lake,) = found(imported(osm, library_path), "南湖")
    assert lake.geometry.area == pytest.approx(0.01 - 0.0004)
    assert lake.note == "relation 1"


def test_an_area_whose_ring_is_cut_into_ways_is_assembled(osm: OsmFile, library_path: Path) -> None:
    a, b, c, d = (osm.node(*p) for p in [(120, 31), (120.1, 31), (120.1, 31.1), (120, 31.1)])
    ways = osm.way_of([a, b, c]), osm.way_of([c, d, a])
    members = [("w", way, "outer") for way in ways]
    osm.relation(members, {"type": "multipolygon", "leisure": "park", "name": "南园"})
    assert found(imported(osm, library_path), "南园")[0].geometry.area == pytest.approx(0.01)


def test_an_area_whose_outline_is_not_whole_is_left_out_and_told(
    osm: OsmFile, tmp_path: Path
) -> None:
    half = osm.way([(120.0, 31.0), (120.1, 31.0), (120.1, 31.1)])
    tags = {"type": "multipolygon", "leisure": "park", "name": "南园"}
    osm.relation([("w", half, "outer"), ("w", 999, "outer")], tags)
    osm.square(120.0, 31.0, 0.01, {"leisure": "park", "name": "东园"})
    summary = imported_summary(osm, tmp_path)
    assert (summary.places, summary.left_out) == (1, 1)
    assert summary.problems == ("relation 1: its outline is not whole in this extract",)


def test_the_node_in_an_area_of_its_name_is_the_area(osm: OsmFile, library_path: Path) -> None:
    osm.square(120.0, 31.0, 0.01, {"leisure": "park", "name": "南园"})
    osm.node(120.005, 31.005, {"leisure": "park", "name": "南园", "alt_name": "小南园"})
    library = imported(osm, library_path)
    (park,) = found(library, "南园")
    assert park.geometry.geom_type == "Polygon"
    assert found(library, "小南园") == [park]


def test_a_metro_line_is_its_route_with_all_its_ways_and_stations(
    osm: OsmFile, library_path: Path
) -> None:
    ways = [osm.way(line, {"railway": "subway", "name": "轨道"}) for line in (EAST, FURTHER)]
    stops = [osm.node(120.0, 31.0, {"railway": "stop", "name": "东湖"})]
    stops.append(osm.node(120.02, 31.0, {"name": "西湖", "name:en": "West"}))
    for start, end in (("东湖", "西湖"), ("西湖", "东湖")):
        members = [("w", way, "") for way in ways] + [("n", stop, "stop") for stop in stops]
        tags = {"type": "route", "route": "subway", "ref": "9", "network": "甲州地铁"}
        osm.relation(members, tags | {"name": f"甲州地铁9号线: {start} => {end}"})
    library = imported(osm, library_path)
    for words in ("甲州地铁9号线", "地铁九号线", "9号线", "甲州轨道交通9号线"):
        (line,) = found(library, words)
        assert (line.name, line.kind) == ("甲州地铁9号线", "metro_line")
        assert line.geometry.length == pytest.approx(0.02)
    assert "2 stops" in line.note
    assert found(library, "轨道") == []
    for words in ("东湖", "东湖站", "西湖站", "west"):
        assert kinds(library, words) == ["metro_station"], words


def test_a_railway_route_draws_ways_without_a_name(osm: OsmFile, library_path: Path) -> None:
    ways = [osm.way(EAST, {"railway": "rail"}), osm.way(FURTHER, {"railway": "rail"})]
    tags = {"type": "route", "route": "railway", "name": "甲乙铁路"}
    osm.relation([("w", way, "") for way in ways], tags)
    (line,) = found(imported(osm, library_path), "甲乙铁路")
    assert (line.kind, line.geometry.length) == ("railway", pytest.approx(0.02))


def test_a_canal_is_drawn_by_its_relation(osm: OsmFile, library_path: Path) -> None:
    ways = [osm.way(line, {"waterway": "canal"}) for line in (EAST, FURTHER)]
    tags = {"type": "waterway", "waterway": "canal", "name": "甲运河"}
    osm.relation([("w", way, "main_stream") for way in ways], tags)
    assert kinds(imported(osm, library_path), "甲运河") == ["canal"]


def test_a_named_bridge_of_a_road_is_a_bridge_beside_the_road(
    osm: OsmFile, library_path: Path
) -> None:
    osm.way(EAST, {"highway": "trunk", "name": "青川路", "bridge": "yes", "bridge:name": "南大桥"})
    osm.way(FURTHER, {"highway": "trunk", "name": "北大桥", "bridge": "yes"})
    library = imported(osm, library_path)
    assert kinds(library, "青川路") == ["road"]
    assert kinds(library, "南大桥") == ["bridge"]
    assert kinds(library, "北大桥") == ["bridge"]


def test_a_way_with_missing_nodes_keeps_the_others(osm: OsmFile, library_path: Path) -> None:
    known = [osm.node(*point) for point in (*EAST, (120.02, 31.0))]
    osm.way_of([*known, 999], {"highway": "primary", "name": "青川路"})
    osm.way_of([998, 999], {"highway": "primary", "name": "白石路"})
    library = imported(osm, library_path)
    assert found(library, "青川路")[0].geometry.length == pytest.approx(0.02)
    assert found(library, "白石路") == []
