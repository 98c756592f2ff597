"""OpenStreetMap extracts: what becomes a place, with which names, and what makes one thing."""

from pathlib import Path
from typing import get_args

import pytest
from osm_files import OsmFile, Tags

from geo.gazetteer.importing import ImportSummary, import_file
from geo.gazetteer.importing.kinds import Form
from geo.gazetteer.library import Library, open_library
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.names import key
from geo.model import Place, Precision

EAST = [(120.0, 31.0), (120.01, 31.0)]
FURTHER = [(120.01, 31.0), (120.02, 31.0)]
FORMS: tuple[Form, ...] = get_args(Form)
FAR = [(120.5, 31.0), (120.51, 31.0)]


def imported(osm: OsmFile, path: Path, ending: str = ".osm.pbf") -> Library:
    import_file(osm.write(path.with_name(f"jia{ending}")), library=path)
    library = open_library(path)
    assert library is not None
    return library


def opened(folder: Path) -> Library:
    library = open_library(folder / "gazetteer.sqlite")
    assert library is not None
    return library


def found(library: Library, name: str) -> list[Place]:
    return [entry.place for entry in library.entries(key(name), WORLD)]


def kinds(library: Library, name: str) -> list[str]:
    return [place.kind for place in found(library, name)]


def imported_summary(osm: OsmFile, folder: Path, **options: object) -> ImportSummary:
    path = osm.write(folder / "jia.osm.pbf")
    return import_file(path, library=folder / "gazetteer.sqlite", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", [".osm.pbf", ".osm", ".osm.gz", ".osm.bz2"])
def test_every_form_of_extract_is_read(osm: OsmFile, library_path: Path, ending: str) -> None:
    osm.node(120.1, 31.1, {"leisure": "park", "name": "清溪公园"})
    assert kinds(imported(osm, library_path, ending), "清溪公园") == ["park"]


def test_a_place_keeps_its_source_licence_and_number(osm: OsmFile, library_path: Path) -> None:
    osm.node(120.1, 31.1, {"leisure": "park", "name": "清溪公园"})
    library = imported(osm, library_path)
    (park,) = found(library, "清溪公园")
    (source,) = library.sources()
    assert (park.licence, park.note, park.place_id) == ("ODbL-1.0", "node 1", "osm-n1")
    assert park.source.startswith("OpenStreetMap: jia.osm.pbf of 20")
    assert (source.attribution, source.places) == ("© OpenStreetMap contributors", 1)


def test_names_in_all_scripts_and_other_names_find_it(osm: OsmFile, library_path: Path) -> None:
    tags = {
        "name": "清溪公園",
        "name:zh": "清溪公园",
        "name:zh-Hans": "溪园",
        "name:zh-Hant": "溪園",
        "name:en": "Clear Brook Park",
        "alt_name": "北园;小北园",
        "old_name": "人民园",
        "short_name": "清园",
        "official_name": "甲州市清溪公园",
        "leisure": "park",
    }
    osm.node(120.1, 31.1, tags)
    library = imported(osm, library_path)
    words = ("清溪公园", "溪園", "clear brook park", "北园", "小北园", "人民园", "清园")
    for name in (*words, "甲州市清溪公园"):
        assert [place.name for place in found(library, name)] == ["清溪公園"], name


def test_a_bracket_that_is_no_part_of_the_name_may_be_left_out(
    osm: OsmFile, library_path: Path
) -> None:
    osm.node(120.1, 31.1, {"amenity": "university", "name": "甲州研究所 (JRI)"})
    osm.way(EAST, {"highway": "motorway", "name": "甲乙高速公路(北向)"})
    library = imported(osm, library_path)
    assert kinds(library, "甲州研究所") == ["university"]
    assert kinds(library, "甲乙高速") == ["expressway"]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "motorway"}, "expressway"),
        ({"highway": "trunk"}, "road"),
        ({"highway": "residential"}, "road"),
        ({"highway": "construction", "construction": "motorway"}, "expressway"),
        ({"railway": "rail"}, "railway"),
        ({"railway": "construction", "construction": "rail"}, "railway"),
        ({"railway": "subway"}, "metro_line"),
        ({"waterway": "river"}, "river"),
        ({"waterway": "canal"}, "canal"),
    ],
)
def test_lines_are_known_by_their_tags(
    osm: OsmFile, library_path: Path, tags: Tags, kind: str
) -> None:
    osm.way(EAST, tags | {"name": "青川线"})
    (line,) = found(imported(osm, library_path), "青川线")
    assert (line.kind, line.geometry.geom_type) == (kind, "LineString")
    assert (line.precision, line.uncertainty_m) == (Precision.SURVEYED, 50)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "proposed", "proposed": "primary"}, "road"),
        ({"railway": "planned", "planned": "rail"}, "railway"),
    ],
)
def test_what_is_only_proposed_is_not_surveyed(
    osm: OsmFile, library_path: Path, tags: Tags, kind: str
) -> None:
    osm.way(EAST, tags | {"name": "青川线"})
    (line,) = found(imported(osm, library_path), "青川线")
    assert line.kind == kind
    assert (line.precision, line.uncertainty_m) == (Precision.APPROXIMATE, 1000)


@pytest.mark.parametrize(
    ("tags", "name", "kind"),
    [
        ({"leisure": "park"}, "东湖园", "park"),
        ({"leisure": "nature_reserve"}, "东山保护区", "protection_zone"),
        ({"leisure": "nature_reserve"}, "东湖湿地", "wetland"),
        ({"natural": "wetland"}, "东荡", "wetland"),
        ({"natural": "water"}, "东湖", "lake"),
        ({"natural": "water"}, "东湖水库", "reservoir"),
        ({"natural": "water", "water": "river"}, "东水", "river"),
        ({"natural": "water"}, "東運河", "canal"),
        ({"power": "plant"}, "东电", "power_plant"),
        ({"power": "plant"}, "东山垃圾发电厂", "waste_plant"),
        ({"man_made": "wastewater_plant"}, "东厂", "sewage_plant"),
        ({"man_made": "water_works"}, "东水厂", "water_works"),
        ({"man_made": "water_works"}, "东污水处理厂", "sewage_plant"),
        ({"man_made": "works"}, "东钢", "industrial_project"),
        ({"amenity": "university"}, "东大", "university"),
        ({"amenity": "school"}, "东小", "school"),
        ({"amenity": "hospital"}, "东院", "hospital"),
        ({"tourism": "museum"}, "东馆", "museum"),
        ({"leisure": "stadium"}, "东场", "stadium"),
        ({"landuse": "industrial"}, "东山产业园", "industrial_park"),
        ({"landuse": "industrial"}, "东山开发区", "development_zone"),
        ({"landuse": "residential"}, "东山花园", "residential"),
        ({"place": "suburb"}, "东山新城", "new_town"),
        ({"place": "suburb"}, "東山街道", "town"),
        ({"place": "village"}, "东山里", "village"),
        ({"aeroway": "aerodrome"}, "东机场", "airport"),
    ],
)
def test_areas_are_known_by_their_tags_and_the_end_of_their_name(
    osm: OsmFile, library_path: Path, tags: Tags, name: str, kind: str
) -> None:
    osm.square(120.0, 31.0, 0.01, tags | {"name": name})
    (area,) = found(imported(osm, library_path), name)
    assert (area.kind, area.geometry.geom_type) == (kind, "Polygon")


def test_a_node_is_less_exact_than_a_drawn_thing(osm: OsmFile, library_path: Path) -> None:
    osm.node(120.1, 31.1, {"amenity": "hospital", "name": "东院"})
    osm.node(120.1, 31.1, {"place": "town", "name": "东镇"})
    library = imported(osm, library_path)
    known = [(found(library, name)[0].precision) for name in ("东院", "东镇")]
    assert known == [Precision.STREET, Precision.APPROXIMATE]


def test_what_is_no_place_of_a_plan_is_left_out(osm: OsmFile, library_path: Path) -> None:
    osm.node(120.1, 31.1, {"amenity": "toilets", "name": "东厕"})
    osm.node(120.1, 31.1, {"highway": "bus_stop", "name": "东站台"})
    osm.node(120.1, 31.1, {"leisure": "park"})
    osm.node(120.1, 31.1, {"leisure": "park", "name": "东园"})
    assert imported(osm, library_path).counts() == {"park": 1}


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
