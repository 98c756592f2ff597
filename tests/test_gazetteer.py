"""The gazetteer: what it loads, how names are found, and what it refuses."""

import json
import time
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.load import read_city
from geo.gazetteer.names import forms, key
from geo.gazetteer.places import PLACE_COLUMNS
from geo.gazetteer.vocabulary import load_kinds, load_words

HEADER = ",".join(PLACE_COLUMNS)
ROW = 'a-1,东湖公园,东湖,park,street,200,yes,survey,CC0-1.0,,,"POINT (120.2 31.5)"'
SQUARE = [[[120, 31], [121, 31], [121, 32], [120, 32], [120, 31]]]


@pytest.fixture(scope="module")
def wuxi() -> Gazetteer:
    return load_gazetteer("无锡")


def districts(folder: Path, *features: dict[str, object]) -> Path:
    path = folder / "city.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def feature(place_id: str, kind: str, coordinates: object) -> dict[str, object]:
    properties = {
        "place_id": place_id,
        "name": {"city": "甲市", "urban_districts": "市区"}.get(kind, f"{place_id}区"),
        "aliases": "",
        "kind": kind,
        "precision": "approximate",
        "uncertainty_m": 500,
        "verified": "yes",
        "source": "survey",
        "licence": "CC0-1.0",
        "note": "",
    }
    geometry = coordinates and {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def places(folder: Path, *rows: str) -> Path:
    path = folder / "city.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_city_without_data_has_an_empty_gazetteer() -> None:
    gazetteer = load_gazetteer("云江")
    assert gazetteer.places == ()
    assert gazetteer.city is None
    assert gazetteer.urban is None
    assert gazetteer.search("公园") == ()
    assert gazetteer.title == "the gazetteer of 云江"


@pytest.mark.parametrize("name", ["无锡", "无锡市", "無錫", "無錫市", " 无锡 "])
def test_the_city_is_known_in_either_script_with_or_without_shi(name: str) -> None:
    assert load_gazetteer(name).city is not None


def test_it_loads_in_well_under_a_second() -> None:
    start = time.process_time()
    load_gazetteer("无锡")
    assert time.process_time() - start < 0.8


def test_the_city_is_the_union_of_its_districts(wuxi: Gazetteer) -> None:
    assert wuxi.city is not None
    assert wuxi.urban is not None
    assert len(wuxi.districts) == 7
    total = sum(place.geometry.area for place in wuxi.districts)
    assert wuxi.city.geometry.area == pytest.approx(total, rel=1e-4)
    county = [place for place in wuxi.districts if place.kind == "county_city"]
    assert {place.name for place in county} == {"江阴市", "宜兴市"}
    for place in county:
        shared = wuxi.urban.geometry.intersection(place.geometry).area
        assert shared < 0.001 * place.geometry.area


def test_every_place_lies_in_the_district_that_it_names(wuxi: Gazetteer) -> None:
    for place in wuxi.places:
        district = wuxi.district(place.within)
        if district is not None:
            assert place.geometry.distance(district.geometry) < 0.001, place.name


def test_a_place_is_as_precise_as_its_uncertainty_allows(wuxi: Gazetteer) -> None:
    limits = {"surveyed": 50, "street": 300, "approximate": 2000}
    for place in wuxi.places:
        assert place.uncertainty_m <= limits.get(place.precision, float("inf")), place.name


def test_the_base_map_holds_districts_waters_and_metro_lines(wuxi: Gazetteer) -> None:
    kinds = [place.kind for place in wuxi.base_map]
    assert kinds.count("metro_line") == 5
    assert {"district", "county_city", "lake", "river", "canal"} <= set(kinds)
    assert "metro_station" not in kinds


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("無錫地鐵3號線一期", "无锡地铁3号线一期"),
        ("地铁三号线1期", "无锡地铁3号线一期"),
        ("轨道交通4号线一期", "无锡地铁4号线一期"),
        ("G312", "312国道"),
        ("苏锡常南部高速", "苏锡常南部高速公路"),
        ("无锡（江阴）港", "无锡(江阴)港"),
        ("“無錫美術館”", "无锡美术馆"),
        ("博物院", "无锡博物院"),
        ("江阴市梦东方文化创意基地", "江阴梦东方文化创意基地"),
    ],
)
def test_spellings_of_one_name_find_one_place(wuxi: Gazetteer, words: str, name: str) -> None:
    assert [place.name for place in wuxi.search(words)] == [name]


def test_an_ambiguous_name_finds_all_its_places_full_names_first(wuxi: Gazetteer) -> None:
    assert [place.kind for place in wuxi.search("惠山")] == ["hill", "district"]
    assert {place.kind for place in wuxi.search("锡东")} == {"waste_plant", "new_town"}
    assert len(wuxi.search("博世")) == 3


@pytest.mark.parametrize("word", ["新建", "改造", "北延", "市", "", "路", "一"])
def test_a_word_about_works_is_never_a_place(wuxi: Gazetteer, word: str) -> None:
    assert wuxi.search(word) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("二十一号线", "21号线"),
        ("十号线", "10号线"),
        ("３號線", "3号线"),
        ("S122省道", "122省道"),
        ("G104国道", "104国道"),
        ("一、二期", "一二期"),
        ("国道G312线", "312国道"),
        ("G228国道", "228国道"),
        ("省道230", "S230"),
        ("X201县道", "县道201"),
        ("S48公路", "S48"),
        ("G42甲乙高速公路", "甲乙高速"),
        ("地铁3号线: 甲山 → 乙湖", "轨道交通三号线"),
        ("地铁1号线(甲山-乙湖)", "轨道交通1号线"),
        ("S1线", "S1号线"),
        ("甲乙高速铁路", "甲乙高铁"),
    ],
)
def test_a_key_is_the_same_for_all_spellings(left: str, right: str) -> None:
    assert key(left) == key(right)


def test_a_motorway_reference_is_no_national_road() -> None:
    assert key("G42高速公路") == key("G42") == "G42"
    assert key("G2503") == "G2503"


def test_words_about_works_come_off_the_end_longest_first() -> None:
    words = load_words()
    texts = [form.text for form in forms(key("东江路快速化改造工程"), words)]
    assert texts[0] == "东江路快速化改造工程"
    assert texts[-1] == "东江路"
    assert list(forms(key("东江路建成通车"), words))[-1].text == "东江路"
    last = list(forms(key("5号线二期北延工程"), words))[-1]
    assert (last.text, last.phase, last.loose) == ("5号线", "二期", "extension")


def test_every_kind_of_the_places_fits_some_theme_or_any(wuxi: Gazetteer) -> None:
    kinds = load_kinds()
    for place in wuxi.places:
        assert kinds[place.kind].themes | kinds[place.kind].also, place.kind


def test_another_city_needs_only_its_files(tmp_path: Path) -> None:
    boundaries = districts(
        tmp_path,
        feature("c", "city", None),
        feature("u", "urban_districts", None),
        feature("东", "district", SQUARE),
        feature("西", "county", [[[119, 31], [120, 31], [120, 32], [119, 32], [119, 31]]]),
    )
    known_by_district = "a-2,甲厂,,industrial_project,area,,no,press,own,,东区,"
    read = read_city([boundaries], [places(tmp_path, ROW, known_by_district)])
    gazetteer = Gazetteer("甲", read, load_kinds(), load_words())
    assert gazetteer.city is not None
    assert gazetteer.city.geometry.bounds == (119, 31, 121, 32)
    assert gazetteer.urban is not None
    assert gazetteer.urban.geometry.bounds == (120, 31, 121, 32)
    assert [place.name for place in gazetteer.search("東湖")] == ["东湖公园"]
    assert gazetteer.search("甲厂")[0].geometry.equals(gazetteer.districts[0].geometry)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace("POINT (120.2 31.5)", "PIONT (120.2 31.5)"), "WKT"),
        (ROW.replace("POINT (120.2 31.5)", "POINT (530000 3490000)"), "WGS-84"),
        (ROW.replace("POINT (120.2 31.5)", "POINT EMPTY"), "empty"),
        (ROW.replace("POINT (120.2 31.5)", "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"), "crosses"),
        (ROW.replace("POINT (120.2 31.5)", ""), "no geometry"),
        (ROW.replace(",park,", ",parkk,"), "kinds.csv"),
        (ROW.replace(",street,", ",exact,"), "precision"),
        (ROW.replace(",street,", ",city,"), "precision"),
        (ROW.replace(",200,", ",far,"), "metres"),
        (ROW.replace(",200,", ",-1,"), "metres"),
        (ROW.replace(",200,", ",nan,"), "metres"),
        (ROW.replace(",yes,", ",maybe,"), "yes or no"),
        (ROW.replace("survey", ""), "source"),
        (ROW.replace("CC0-1.0", ""), "licence"),
        (ROW.replace('31.5)"', '31.5)"x'), "quotes"),
        ("a-1", "name is empty"),
    ],
)
def test_a_damaged_row_is_named_with_its_mending(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=rf"^city\.csv, row 2: .*{message}"):
        read_city([], [places(tmp_path, row)])


def test_an_id_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="a-1: two places"):
        read_city([], [places(tmp_path, ROW, ROW.replace("东湖", "西湖"))])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing, binary, headless = tmp_path / "no.csv", tmp_path / "bin.csv", tmp_path / "head.csv"
    binary.write_bytes(b"place_id\xff\xfe")
    headless.write_text("name,kind\n")
    with pytest.raises(GazetteerError, match=r"no\.csv: cannot be read"):
        read_city([], [missing])
    with pytest.raises(GazetteerError, match=r"bin\.csv: byte 8 .* UTF-8"):
        read_city([], [binary])
    with pytest.raises(GazetteerError, match=r"head\.csv, row 1: no column place_id"):
        read_city([], [headless])


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"features": [1]}',
        '{"features": [{}]}',
        '{"features": [{"properties": null, "geometry": null}]}',
    ],
)
def test_a_boundary_file_that_is_no_geojson_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "city.geojson"
    path.write_text(text)
    with pytest.raises(GazetteerError, match=r"city\.geojson: no GeoJSON"):
        read_city([path], [])


def test_a_boundary_with_a_broken_shape_is_named(tmp_path: Path) -> None:
    path = districts(
        tmp_path, feature("东", "district", [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]])
    )
    with pytest.raises(GazetteerError, match=r"city\.geojson, feature 1: .*crosses"):
        read_city([path], [])
