"""Registers as offices keep them: tables, workbooks, layers; what goes in, and what is told."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.errors import PlannedWorksError, RegisterError
from geo.gazetteer.importing.records import RecordError
from geo.model import Confidence, Precision
from geo.registers import RegisterReading, Stated, read_register
from geo.registers.parsing import Usual, site_row
from geo.registers.row import SiteRow

SPOT = Point(120.31234, 31.51234)
NOTHING = Stated()


def read(path: Path, stated: Stated = NOTHING) -> RegisterReading:
    return read_register(path, stated, path.parent / "gazetteer.sqlite")


def rows(folder: Path, *lines: str, encoding: str = "utf-8") -> list[SiteRow]:
    return read(table(folder, *lines, encoding=encoding)).rows


def table(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "own.csv") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_a_row_says_all_that_its_columns_do(tmp_path: Path) -> None:
    (site,) = rows(
        tmp_path,
        "name,district,town,near,precision,uncertainty_m,count,quantity,unit,group,status,"
        "confidence,source,licence,note",
        "清溪厂,东区,白石镇,清溪桥,street,200,2,15,万吨/日,no,"
        "in use,high,a paper,CC0-1.0,by the river",
    )
    assert (site.name, site.district, site.town, site.number) == ("清溪厂", "东区", "白石镇", 2)
    assert (site.count, site.quantity, site.unit, site.is_group) == (2, 15, "万吨/日", False)
    assert (site.status, site.confidence) == ("in use", Confidence.HIGH)
    assert (site.source, site.licence, site.note) == ("a paper", "CC0-1.0", "by the river")
    assert site.position.near == "清溪桥"
    assert (site.position.precision, site.position.uncertainty_m) == (Precision.STREET, 200)


def test_chinese_headers_and_words_are_understood_in_both_scripts(tmp_path: Path) -> None:
    (site,) = rows(
        tmp_path,
        "項目名稱,區縣,所屬街道,經度,緯度,面積(萬平方米),是否合計,把握,進展,備註",
        "清溪苑,東區,白石街道,120.31234,31.51234,15.5,否,高,在建,说明",
    )
    assert (site.name, site.district, site.town) == ("清溪苑", "東區", "白石街道")
    assert (site.quantity, site.unit, site.confidence) == (15.5, "萬平方米", Confidence.HIGH)
    assert (site.status, site.note) == ("在建", "说明")
    assert site.position.geometry == SPOT


def test_what_a_row_does_not_say_is_what_the_user_states_of_all(tmp_path: Path) -> None:
    path = table(tmp_path, "name,source,confidence", "甲,,", "乙,a paper,low")
    plain = read(path).rows[0]
    assert (plain.source, plain.licence, plain.confidence) == ("own.csv", "own data", "medium")
    first, second = read(path, Stated("the office", "CC-BY-4.0", Confidence.HIGH)).rows
    assert (first.source, first.licence, first.confidence) == ("the office", "CC-BY-4.0", "high")
    assert (second.source, second.licence, second.confidence) == ("a paper", "CC-BY-4.0", "low")
    assert (first.count, first.is_group) == (1, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_a_table_is_read_in_every_encoding_of_plans(tmp_path: Path, encoding: str) -> None:
    names = ["清溪污水處理廠", "白石污水處理廠", "東山社區公園", "雲嶺幼兒園"]
    found = rows(tmp_path, "名稱;區縣", *(f"{name};東山區" for name in names), encoding=encoding)
    assert [one.name for one in found] == names


def test_titles_above_the_header_and_empty_rows_keep_their_numbers(tmp_path: Path) -> None:
    reading = read(
        table(tmp_path, "2020年清单,,", "单位:座,,", ",,", "名称,个数,备注", "甲,1,", ",,", "乙,x,")
    )
    assert [(one.name, one.number) for one in reading.rows] == [("甲", 5)]
    assert reading.problems == ["row 7: its count is no number: x; left out"]


BAD = {
    "甲,,,x,,": "its quantity is no number: x",
    "甲,,,-5,,": "its quantity is no number: -5",
    "甲,,,nan,,": "its quantity is no number: nan",
    "甲,120.3,,,,": "it has only one of longitude and latitude",
    "甲,31.5,120.3,,,": "its longitude and latitude are the wrong way round",
    "甲,far,31.5,,,": "its coordinates are no numbers",
    "甲,200,99,,,": "its coordinates are no degrees, or not those of EPSG:4326",
    ",120.3,31.5,,,": "it has no name",
    "合计,,,48,,": (
        "it is a total of other rows; name what it counts and mark it in the column group"
    ),
    "甲,,,,是,": "it is a group without a count or quantity",
    "甲,,,,perhaps,": "its group is perhaps, none of yes, no",
    "甲,,,,,certain": "its confidence is certain, none of high, medium, low",
    "甲" * 121 + ",,,,,": "its name is longer than 120 characters",
    "甲\ufffd,,,,,": "its name has a damaged character",
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_gets_one_sentence_and_the_others_go_in(tmp_path: Path, line: str) -> None:
    reading = read(table(tmp_path, "name,lon,lat,quantity,group,confidence", "好,,,,,", line))
    assert [one.name for one in reading.rows] == ["好"]
    assert reading.problems == [f"row 3: {BAD[line]}; left out"]


def test_a_precision_that_no_site_has_is_told(tmp_path: Path) -> None:
    reading = read(table(tmp_path, "name,precision,count", "好,,", "甲,city,", "乙,,0", "丙,,1.5"))
    assert [problem.split(": ")[1].split(",")[0] for problem in reading.problems] == [
        "its precision is city",
        "its count is 0; a site is at least one; left out",
        "its count is no whole number",
    ]


def test_a_register_without_a_usable_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"no row can be used \(first: row 2: its quantity"):
        read(table(tmp_path, "name,quantity", "甲,x"))
    with pytest.raises(RegisterError, match="no row can be used; mend"):
        read(table(tmp_path, "name,quantity"))


def test_a_table_without_names_or_with_two_meanings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="call one name"):
        read(table(tmp_path, "place,lon,lat", "甲,120,31"))
    with pytest.raises(RegisterError, match=r"建筑面积.* and 用地面积.* may both be quantity"):
        read(table(tmp_path, "名称,建筑面积(平方米),用地面积(平方米)", "甲,1,2"))
    (site,) = rows(tmp_path, "名称,面积,用地面积(平方米),备注,说明", "甲,15 公顷,2,a,b")
    assert (site.quantity, site.unit, site.note) == (15, "公顷", "a; b")


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("面积(万平方米)", "1,234.5", (1234.5, "万平方米")),
        ("面积(平方米)", "约15万", (15, "万平方米")),
        ("长度", "3.2公里", (3.2, "公里")),
        ("处理能力", "５万吨／日", (5, "万吨/日")),
        ("数量", "-", (None, "")),
        ("数量", "无", (None, "")),
    ],
)
def test_a_quantity_has_its_unit_from_the_cell_or_the_header(
    tmp_path: Path, header: str, cell: str, expected: tuple[float | None, str]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["名称", header], ["甲", cell]])
    (tmp_path / "own.csv").write_text(text.getvalue(), encoding="utf-8")
    (site,) = read(tmp_path / "own.csv").rows
    assert (site.quantity, site.unit) == expected


def test_a_group_is_known_by_its_number(tmp_path: Path) -> None:
    (group,) = rows(tmp_path, "name,district,count,group", "各镇污水厂,西州市,21座,是")
    assert (group.is_group, group.count, group.district) == (True, 21, "西州市")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, (Precision.APPROXIMATE, 2000)),
        ({"uncertainty_m": "100"}, (Precision.STREET, 100)),
        ({"uncertainty_m": "20"}, (Precision.STREET, 20)),
        ({"uncertainty_m": "9000"}, (Precision.AREA, 9000)),
        ({"precision": "surveyed"}, (Precision.SURVEYED, 50)),
        ({"precision": "surveyed", "uncertainty_m": "200"}, (Precision.STREET, 200)),
        ({"precision": "实测", "uncertainty_m": "2500"}, (Precision.AREA, 2500)),
        ({"precision": "area"}, (Precision.AREA, 5000)),
        ({"precision": "schematic"}, (Precision.APPROXIMATE, 2000)),
        ({"lon": "120.3", "lat": "31.5", "precision": "surveyed"}, (Precision.AREA, 5550)),
        ({"lon": "120.31", "lat": "31.5"}, (Precision.APPROXIMATE, 2000)),
        ({"lon": "120.3123", "lat": "31.5", "precision": "street"}, (Precision.STREET, 300)),
    ],
)
def test_a_position_never_claims_more_than_its_row_says_and_its_numbers_show(
    cells: dict[str, str], expected: tuple[Precision, float]
) -> None:
    where = {"name": "甲", "lon": "120.31234", "lat": "31.51234", **cells}
    position = site_row(2, where, USUAL, lambda: None).position
    assert (position.precision, pytest.approx(position.uncertainty_m)) == expected


USUAL = Usual("own.csv", "own data", Confidence.MEDIUM, "", "EPSG:4326")


def test_a_position_names_its_own_source_and_licence(tmp_path: Path) -> None:
    first, second = rows(
        tmp_path,
        "name,lon,lat,source,licence,position_source,position_licence",
        "甲,120.31234,31.5,a paper,CC0-1.0,OpenStreetMap,ODbL-1.0",
        "乙,120.31234,31.5,a paper,CC0-1.0,,",
    )
    assert (first.position.source, first.position.licence) == ("OpenStreetMap", "ODbL-1.0")
    assert (second.position.source, second.position.licence) == ("a paper", "CC0-1.0")
    assert first.source == "a paper"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("own.doc", b"x", "no known format of a register"),
        ("own.csv", b"", "no column holds names"),
        ("own.csv", b'name\n"a', "mend the quotes"),
        ("own.csv", bytes(range(256)) * 20, "own.csv"),
        ("own.xlsx", b"", "no readable workbook"),
        ("own.xlsx", b"PK\x03\x04 broken", "no readable workbook"),
        ("own.gpkg", b"x", "this is no GPKG file"),
        ("own.geojson", b"[1]", "no GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_register_is_named_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PlannedWorksError, match=words):
        read(tmp_path / name)
    with pytest.raises(RegisterError, match="there is no such file"):
        read(tmp_path / "other.csv")


def test_more_rows_than_a_list_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.registers.grid.MOST_ROWS", 3)
    assert len(rows(tmp_path, "name", "甲", "乙")) == 2
    with pytest.raises(RegisterError, match="more than a list of sites has; split it"):
        rows(tmp_path, "name", "甲", "乙", "丙", "丁")


def test_what_would_steer_a_page_or_terminal_is_plain_text(tmp_path: Path) -> None:
    hostile = "a\x1b[31m\u202eb\x00c\u2028d\x85\ud800"
    feature = {"properties": {"name": hostile, "note": "=cmd|'x'!A1"}, "geometry": None}
    (tmp_path / "own.json").write_text(json.dumps({"features": [feature]}))
    (site,) = read(tmp_path / "own.json").rows
    assert site.name == "a [31m b c d"
    assert site.name.isprintable()
    assert site.note == "=cmd|'x'!A1"


COLUMNS = [
    *("name", "district", "town", "near", "lon", "lat", "wkt", "precision", "uncertainty_m"),
    *("count", "quantity", "unit", "group", "status", "confidence", "source", "note"),
]


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=40)))
def test_any_cells_make_a_row_or_a_sentence(cells: dict[str, str]) -> None:
    try:
        site = site_row(1, cells, USUAL, lambda: None)
    except RecordError:
        return
    texts = (site.name, site.district, site.town, site.unit, site.status, site.source, site.note)
    assert all(text.isprintable() for text in texts)
    assert site.name
    assert site.count is None or site.count >= 0
    assert (site.position.geometry is None) or site.position.uncertainty_m is not None


@given(
    st.one_of(st.none(), st.sampled_from(["surveyed", "street", "approximate", "area"])),
    st.one_of(st.none(), st.floats(0, 50_000)),
    st.integers(0, 6),
)
def test_precision_and_uncertainty_always_fit(
    precision: str | None, uncertainty: float | None, decimals: int
) -> None:
    cells = {
        "name": "甲",
        "lon": f"{120.3333333:.{decimals}f}",
        "lat": f"{31.5555555:.{decimals}f}",
        "precision": precision or "",
        "uncertainty_m": f"{uncertainty:f}" if uncertainty is not None else "",
    }
    position = site_row(1, cells, USUAL, lambda: None).position
    assert position.precision is not None
    assert position.uncertainty_m is not None
    limit = {"surveyed": 50, "street": 300, "approximate": 2000}.get(position.precision)
    assert limit is None or position.uncertainty_m <= limit
    assert position.uncertainty_m >= (float(cells["uncertainty_m"]) if uncertainty else 0)
