"""OpenStreetMap extracts: what becomes a place, how well it is known, and with which names."""

from pathlib import Path

import pytest
from osm_files import OsmFile, Tags
from osm_importing import EAST, found, imported, kinds

from geo.model import Precision


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
