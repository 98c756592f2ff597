"""GeoNames dumps, CSV files and map layers: what becomes a place, and what is refused."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.crs import from_wgs84
from geo.errors import CrsError, GazetteerError
from geo.gazetteer.importing import Given, ImportSummary, import_file
from geo.gazetteer.importing.kinds import code_rule_of, kind_by_name
from geo.gazetteer.importing.records import RecordError, Table, feature_of
from geo.gazetteer.library import Library, open_library
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.names import key
from geo.model import Place, Precision

SPOT = Point(120.3, 31.5)
BOWTIE = "POLYGON ((120 31, 121 32, 121 31, 120 32, 120 31))"


NOTHING = Given()


def run(path: Path, given: Given = NOTHING) -> ImportSummary:
    return import_file(path, library=path.parent / "gazetteer.sqlite", given=given)


def library(folder: Path) -> Library:
    opened = open_library(folder / "gazetteer.sqlite")
    assert opened is not None
    return opened


def found(folder: Path, name: str) -> list[Place]:
    return [entry.place for entry in library(folder).entries(key(name), WORLD)]


def csv(folder: Path, *lines: str, name: str = "own.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def dump_line(number: int, names: str, code: str, lat: float, lon: float) -> str:
    name, _, others = names.partition(",")
    feature_class, feature_code = code.split(".")
    rest = ["CN", "", "04", "", "", "", "0", "", "5", "Asia/Shanghai", "2024-01-31"]
    fields = [f"{number}", name, name, others, f"{lat}", f"{lon}", feature_class, feature_code]
    return "\t".join([*fields, *rest])


DUMP = "\n".join(
    (
        dump_line(1, "Qingchuan,Ch'ing-ch'uan,青川镇,青川鎮,чин", "P.PPL", 31.5, 120.3),
        dump_line(2, "Nan Hu,南湖,なんこ", "H.LK", 31.4, 120.2),
        dump_line(3, "Bai He,白河", "H.STM", 31.3, 120.1),
        dump_line(4, "A Hotel,某酒店", "S.HTL", 31.3, 120.1),
    )
)


# GeoNames


def test_a_geonames_dump_gives_places_by_all_their_names(tmp_path: Path) -> None:
    (tmp_path / "CN.txt").write_text(DUMP, encoding="utf-8")
    summary = run(tmp_path / "CN.txt")
    assert summary.places == 3
    (town,) = found(tmp_path, "青川鎮")
    assert (town.name, town.kind, town.licence) == ("青川镇", "town", "CC-BY-4.0")
    assert (town.place_id, town.geometry.wkt) == ("geonames-1", "POINT (120.3 31.5)")
    assert found(tmp_path, "qingchuan") == [town]
    assert "чин" not in town.aliases
    (source,) = library(tmp_path).sources()
    assert (source.title, source.attribution) == ("GeoNames", "GeoNames (geonames.org)")


def test_a_point_for_a_river_or_lake_is_never_a_site(tmp_path: Path) -> None:
    (tmp_path / "CN.txt").write_text(DUMP, encoding="utf-8")
    run(tmp_path / "CN.txt")
    (river,) = found(tmp_path, "白河")
    assert (river.kind, river.precision, river.uncertainty_m) == ("river", Precision.AREA, 10000)
    assert found(tmp_path, "南湖")[0].precision is Precision.AREA


def test_a_dump_is_read_inside_its_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "CN.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "see the web")
        archive.writestr("CN.txt", DUMP)
    assert run(tmp_path / "CN.zip").places == 3


def test_lines_of_a_dump_that_are_damaged_are_left_out_and_counted(tmp_path: Path) -> None:
    lines = [DUMP, "5\tshort", dump_line(6, ",", "P.PPL", 31, 120)]
    lines.append(dump_line(7, "Far,远镇", "P.PPL", 95, 120))
    (tmp_path / "CN.txt").write_text("\n".join(lines), encoding="utf-8")
    summary = run(tmp_path / "CN.txt")
    assert (summary.places, summary.left_out) == (3, 3)
    assert summary.problems == (
        "line 5 has 2 columns, not 19",
        "line 6 has no name",
        "line 7 has no coordinates",
    )


def test_a_code_means_a_kind_by_the_end_of_the_name() -> None:
    kinds = [code_rule_of("P.PPL", name) for name in ("东镇", "東鄉", "东村", "东")]
    assert [rule and rule.kind for rule in kinds] == ["town", "town", "village", "village"]
    assert code_rule_of("S.HTL", "东酒店") is None


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "CN.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CN.txt", b"\t" * 300_000_000)
    with pytest.raises(GazetteerError, match="unpacked it would be 300 MB"):
        run(tmp_path / "CN.zip")


def test_archives_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no archive")
    with pytest.raises(GazetteerError, match="cannot be unpacked"):
        run(tmp_path / "no.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("map.png", b"x")
    with pytest.raises(GazetteerError, match=r"holds no \.txt or \.csv"):
        run(tmp_path / "other.zip")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("CN.txt", DUMP * 20)
    (tmp_path / "cut.zip").write_bytes(packed.getvalue().replace("南湖".encode(), b"xxxxxx", 1))
    with pytest.raises(GazetteerError, match="cannot be unpacked"):
        run(tmp_path / "cut.zip")


def test_a_text_that_is_no_dump_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("加快青云大桥建设。", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no GeoNames dump"):
        run(tmp_path / "plan.txt")


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "lines",
    [
        ("name,lon,lat", "青川公园,120.3,31.5"),
        ("名称,经度,纬度", "青川公园,120.3,31.5"),
        ("名称;Longitude;Latitude", "青川公园;120.3;31.5"),
        ("name\tWKT", "青川公园\tPOINT (120.3 31.5)"),
    ],
)
def test_a_table_has_coordinates_in_two_columns_or_as_wkt(
    tmp_path: Path, encoding: str, lines: tuple[str, ...]
) -> None:
    run(csv(tmp_path, *lines, encoding=encoding))
    (park,) = found(tmp_path, "青川公园")
    assert (park.kind, park.geometry) == ("park", SPOT)
    assert (park.precision, park.uncertainty_m) == (Precision.STREET, 300)
    assert park.licence == "own data"


def test_other_columns_give_names_kind_exactness_id_and_note(tmp_path: Path) -> None:
    header = "name,alt_name,name_en,aliases,kind,uncertainty_m,id,note,lon,lat"
    run(csv(tmp_path, header, "青川,北川;北川院,Q,川,museum,20,m-7,seen,120.3,31.5"))
    for words in ("青川", "北川", "北川院"):
        (museum,) = found(tmp_path, words)
        assert museum.name == "青川"
    assert (museum.kind, museum.precision, museum.note) == ("museum", Precision.SURVEYED, "seen")
    assert museum.place_id == "own.csv-m-7"


def test_the_kind_is_stated_by_row_or_by_table_or_told_by_tags_or_name(tmp_path: Path) -> None:
    rows = ["甲公园,,,120,31", "乙,museum,,120,31", "丙,,school,120,31", "丁,,,120,31"]
    run(csv(tmp_path, "name,kind,amenity,lon,lat", *rows))
    kinds = [found(tmp_path, f"{name}")[0].kind for name in ("甲公园",)]
    shown = {place.name: place.kind for place in library(tmp_path).places(None, None, 9)}
    assert kinds == ["park"]
    assert shown == {"甲公园": "park", "乙": "museum", "丙": "school", "丁": "facility"}
    run(csv(tmp_path, "name,kind,amenity,lon,lat", *rows), Given(kind="theatre"))
    shown = {place.name: place.kind for place in library(tmp_path).places(None, None, 9)}
    assert shown == {"甲公园": "theatre", "乙": "museum", "丙": "theatre", "丁": "theatre"}


@pytest.mark.parametrize("crs", ["gcj02", "bd09", "EPSG:4490", "EPSG:4549"])
def test_coordinates_in_another_system_are_kept_in_wgs84(tmp_path: Path, crs: str) -> None:
    spot = from_wgs84(SPOT, crs)
    run(csv(tmp_path, "name,lon,lat", f"青川公园,{spot.x!r},{spot.y!r}"), Given(crs=crs))
    assert found(tmp_path, "青川公园")[0].geometry.distance(SPOT) < 1e-6


def test_an_unknown_system_is_named(tmp_path: Path) -> None:
    path = csv(tmp_path, "name,lon,lat", "青川公园,120.3,31.5")
    with pytest.raises((CrsError, GazetteerError), match="no known coordinate system"):
        run(path, Given(crs="EPSG:999999"))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",120.3,31.5,", "row 2: it has no name"),
        ("甲,120.3,,", "row 2: its coordinates are no numbers"),
        ("甲,nan,31,", "row 2: its coordinates are no numbers"),
        ("甲,540000,3490000,", "row 2: its coordinates are no degrees"),
        ("甲", "row 2: it has too few columns"),
    ],
)
def test_a_row_that_is_no_place_is_left_out_with_its_reason(
    tmp_path: Path, row: str, problem: str
) -> None:
    summary = run(csv(tmp_path, "name,lon,lat,note", row, "青川公园,120.3,31.5,", ""))
    assert (summary.places, summary.left_out) == (1, 1)
    assert summary.problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        (BOWTIE, "its geometry is not valid"),
        ("POINT EMPTY", "it has no geometry"),
        ("PIONT (1 2)", "its geometry is no WKT"),
    ],
)
def test_a_geometry_that_cannot_be_used_is_named(tmp_path: Path, shape: str, problem: str) -> None:
    with pytest.raises(GazetteerError, match=rf"no named place.*row 2: {problem}"):
        run(csv(tmp_path, "name,wkt", f'甲,"{shape}"'))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("name,x1,y1", "甲,1,2"), "no columns hold coordinates"),
        (("title,lon,lat", "甲,1,2"), "no column holds names"),
        (("name,lon,lat", '甲,"1,2'), "mend the quotes"),
        (("name,lon,lat",), "no named place"),
        (("",), "no column holds names"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(GazetteerError, match=rf"own\.csv.*{message}"):
        run(csv(tmp_path, *lines))


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"name,lon,lat\n\xff\xff\xff,1,2\n")
    with pytest.raises(GazetteerError, match="neither UTF-8 nor GB18030"):
        run(path)


@given(
    st.dictionaries(
        st.sampled_from(["name", "kind", "uncertainty_m", "id", "alt_name"]), st.text()
    ),
    st.floats(),
    st.floats(),
)
def test_any_record_is_a_sound_place_or_is_refused_with_a_reason(
    record: dict[str, str], x: float, y: float
) -> None:
    try:
        feature = feature_of(Table("t", "EPSG:4326"), 1, record, Point(x, y))
    except RecordError:
        return
    assert 0 < len(feature.name) <= 120
    assert abs(feature.geometry.x) <= 180
    assert abs(feature.geometry.y) <= 90
    assert feature.uncertainty_m >= 0


def test_the_longest_ending_of_a_name_tells_its_kind() -> None:
    names = ("甲州污水處理廠", "甲大桥", "甲路", "甲湿地公园", "甲")
    known = [kind_by_name(name) for name in names]
    assert known == ["sewage_plant", "bridge", "road", "wetland", None]


# map layers


def test_a_dump_may_be_named_otherwise(tmp_path: Path) -> None:
    (tmp_path / "CN.txt").write_text(DUMP, encoding="utf-8")
    run(tmp_path / "CN.txt", Given(name="China"))
    (source,) = library(tmp_path).sources()
    assert (source.name, source.licence) == ("China", "CC-BY-4.0")
