"""CSV and workbook as a planner opens them: readable, filtered, and never run as a formula."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exporting import TOWN, plan_with_sites, written
from factories import document, placed, plan, unlocated, work
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from shapely.geometry import LineString, Point

from geo.model import Stage, Theme
from layers.geopackage import write_geopackage
from layers.schema import COLUMNS
from layers.spreadsheets import MOST_CHARACTERS, safe_cell
from layers.titles import STAGES

NAMES = [column.name for column in COLUMNS]
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "＝1")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(path: Path, number: int = 0) -> list[tuple[Any, ...]]:
    return list(load_workbook(path).worksheets[number].iter_rows(values_only=True))


def test_the_csv_opens_in_excel_with_the_columns_of_the_file_and_its_own(
    works: Path, tmp_path: Path
) -> None:
    path = written(works, tmp_path, "csv", "theme=metro")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = rows_of(path)
    assert list(row) == [*NAMES, "lon", "lat", "crs", "attribution", "query", "wkt"]
    assert row["query"] == "theme=metro"
    assert row["attribution"] == "field survey, CC0-1.0"
    assert row["wkt"].startswith("MULTILINESTRING ((119.8 31.3")


def test_the_point_of_a_row_lies_on_its_place(works: Path, tmp_path: Path) -> None:
    rows = {row["work_id"]: row for row in rows_of(written(works, tmp_path, "csv"))}
    assert (rows["jia-2020-006"]["lon"], rows["jia-2020-006"]["lat"]) == ("119.9", "31.35")
    hill = rows["jia-2020-004"]
    assert 120.1 < float(hill["lon"]) < 120.3
    assert rows[TOWN]["lon"] == rows[TOWN]["wkt"] == rows[TOWN]["crs"] == ""


def test_metres_are_called_x_and_y(works: Path, tmp_path: Path) -> None:
    (row,) = rows_of(written(works, tmp_path, "csv", "theme=metro", crs="EPSG:4549"))
    assert 400_000 < float(row["x"]) < 600_000
    assert "lon" not in row


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_of_the_csv_begins_a_formula(tmp_path: Path, words: str) -> None:
    for row in rows_of(written(dangerous(tmp_path, words), tmp_path, "csv")):
        for name, cell in row.items():
            if name not in {"lon", "lat"}:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), name
        assert row["name"] == f"'{words}"


@pytest.mark.parametrize("words", [*DANGEROUS, "http://example.org/", "file:///etc/passwd", "{=1}"])
def test_every_text_of_the_workbook_is_a_text(tmp_path: Path, words: str) -> None:
    path = written(dangerous(tmp_path, words), tmp_path, "xlsx")
    book = load_workbook(path)
    for one in book.worksheets:
        for row in one.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content
            assert b"<hyperlink" not in content
            assert "externalLink" not in name
    # XML has one kind of line break, and a workbook spells the others out.
    assert str(sheet(path)[1][0]).replace("_x000D_", "\r") == words


def dangerous(folder: Path, words: str) -> Path:
    doc = document()
    one = replace(work(doc, 2, words, Theme.INDUSTRY, Stage.START), stage_words=words)
    at = placed(one, Point(120, 31.5))
    at = replace(at, district=words, located_by=words, source=words, licence=words)
    path = folder / "works.gpkg"
    write_geopackage(path, [plan(doc, (at,))])
    return path


@given(st.text())
def test_a_safe_cell_keeps_its_text_and_begins_no_formula(text: str) -> None:
    safe = str(safe_cell(text))
    assert safe.endswith(text)
    assert safe[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_the_workbook_has_chinese_titles_that_stay_and_can_be_filtered(
    works: Path, tmp_path: Path
) -> None:
    path = written(works, tmp_path, "xlsx")
    first = load_workbook(path).worksheets[0]
    titles = [cell.value for cell in next(first.iter_rows(max_row=1))]
    assert titles[:3] == ["名称", "工程编号", "名称(简体)"]
    assert len(titles) == len(set(titles))
    assert first.freeze_panes == "C2"
    assert first.auto_filter.ref.startswith("A1:")
    assert first.auto_filter.ref.endswith(str(first.max_row))


def test_words_stand_beside_the_codes(works: Path, tmp_path: Path) -> None:
    head, row = sheet(written(works, tmp_path, "xlsx", "theme=metro"))
    told = dict(zip(head, row, strict=True))
    assert told["阶段"] == STAGES[Stage.OPEN_TO_SERVICE].hans
    assert told["阶段(代码)"] == "open_to_service"
    assert (told["段落"], told["位置已核实"]) == (2, True)
    assert isinstance(told["误差(米)"], int | float)


def test_the_second_sheet_explains_filters_licences_and_codes(works: Path, tmp_path: Path) -> None:
    lines = sheet(written(works, tmp_path, "xlsx", "theme=metro"), 1)
    told = {str(line[0]): line[1] for line in lines if line[0]}
    assert told["筛选条件 filters"] == "theme=metro"
    assert told["位置的许可与来源 licences and sources of the places"] == "CC0-1.0: field survey"
    assert ("stage", "stage", "start", "开工启动", "starting") in [line[:5] for line in lines]


def test_a_shape_that_is_too_long_for_a_cell_is_left_out_and_said_so(tmp_path: Path) -> None:
    doc = document()
    line = LineString([(119 + step / 10_000, 31 + step % 7 / 10_000) for step in range(4_000)])
    long = placed(work(doc, 2, "甲路", Theme.ROAD, Stage.START), line)
    write_geopackage(tmp_path / "works.gpkg", [plan(doc, (long,))])
    path = written(tmp_path / "works.gpkg", tmp_path, "xlsx")
    assert sheet(path)[1][-1] is None
    assert any("1 shapes are too long" in str(line[1]) for line in sheet(path, 1))
    (row,) = rows_of(written(tmp_path / "works.gpkg", tmp_path, "csv"))
    assert len(row["wkt"]) > MOST_CHARACTERS


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    doc = document()
    reason = "长" * (MOST_CHARACTERS + 5)
    lost = unlocated(work(doc, 2, "甲路", Theme.ROAD, Stage.START), reason)
    write_geopackage(tmp_path / "works.gpkg", [plan(doc, (lost,))])
    head, row = sheet(written(tmp_path / "works.gpkg", tmp_path, "xlsx"))
    cell = dict(zip(head, row, strict=True))["定位依据"]
    assert len(cell) == MOST_CHARACTERS
    assert cell.endswith("…")


def test_line_breaks_stay_inside_a_cell(tmp_path: Path) -> None:
    path = dangerous(tmp_path, 'a\n"b",c\r\nd')
    (row,) = rows_of(written(path, tmp_path, "csv"))
    assert row["name"] == 'a\n"b",c\r\nd'
    assert len(list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))) == 2
