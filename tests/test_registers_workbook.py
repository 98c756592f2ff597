"""Excel workbooks as registers: what offices do in them, and what a hostile one may try."""

import re
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from geo.errors import RegisterError
from geo.registers import RegisterReading, Stated, read_register
from geo.registers import workbook as workbook_module


def read(path: Path) -> RegisterReading:
    return read_register(path, Stated(), path.parent / "gazetteer.sqlite")


def saved(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def changed(path: Path, member: str, *changes: tuple[str, str]) -> Path:
    """Rewrite a member of a workbook as no spreadsheet program would."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members[member].decode()
    for old, new in changes:
        assert re.search(old, text), old
        text = re.sub(old, lambda _, new=new: new, text, count=1)
    members[member] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_of_an_office_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    cover.append(["封面"])
    hidden = book.create_sheet("旧")
    hidden.append(["名称"])
    hidden.append(["旧厂"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("清单")
    sheet.append(["2020年污水处理厂清单"])
    sheet.merge_cells("A1:D1")
    sheet.append(["区县", "污水厂名称", "规模(万吨/日)", "进展"])
    sheet.append(["东山区", "清溪污水处理厂", 15, date(2020, 5, 1)])
    sheet.append([None, "白石污水处理厂", 2.5, None])
    sheet.merge_cells("A3:A4")
    sheet.append(["西州市", "南湖污水处理厂", "#REF!", True])
    sheet.append(["合计", "合计", 17.5, None])
    book.save(tmp_path / "own.xlsx")
    reading = read(tmp_path / "own.xlsx")
    assert [(one.name, one.district, one.quantity) for one in reading.rows] == [
        ("清溪污水处理厂", "东山区", 15),
        ("白石污水处理厂", "东山区", 2.5),
        ("南湖污水处理厂", "西州市", None),
    ]
    assert [one.unit for one in reading.rows] == ["万吨/日", "万吨/日", ""]
    assert [one.status for one in reading.rows] == ["2020-05-01", "", "yes"]
    assert [problem.split(":")[0] for problem in reading.problems] == ["row 6"]


def test_a_formula_gives_the_value_that_was_saved_or_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path / "own.xlsx", ["name", "quantity"], ["甲", "=1+1"], ["乙", "=2+2"])
    changed(path, SHEET, (r"<f>1\+1</f><v\s*/?>(</v>)?", "<f>1+1</f><v>2</v>"))
    assert [one.quantity for one in read(path).rows] == [2, None]


def test_whole_numbers_and_degrees_come_as_they_were_typed(tmp_path: Path) -> None:
    header = ["name", "count", "lon", "lat"]
    path = saved(tmp_path / "own.xlsx", header, ["甲", 21.0, 120.3, 31.51234])
    (site,) = read(path).rows
    assert site.count == 21
    assert site.position.geometry is not None
    assert site.position.geometry.wkt == "POINT (120.3 31.51234)"
    assert site.position.uncertainty_m == 2000


def test_a_workbook_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no column holds names"):
        read(saved(tmp_path / "own.xlsx", ["place"], ["甲"]))


def test_a_size_that_the_sheet_states_is_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path / "own.xlsx", ["name"], ["甲"], ["乙"])
    changed(path, SHEET, (r'<dimension ref="[^"]*"\s*/>', '<dimension ref="A1:A1"/>'))
    assert [one.name for one in read(path).rows] == ["甲", "乙"]
    changed(path, SHEET, (r'<dimension ref="[^"]*"\s*/>', '<dimension ref="A1:XFD1048576"/>'))
    assert [one.name for one in read(path).rows] == ["甲", "乙"]


def test_rows_far_below_and_wide_merges_cost_no_time(tmp_path: Path) -> None:
    path = saved(tmp_path / "own.xlsx", ["name"], ["甲"], ["乙"])
    far = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    merges = '<mergeCell ref="B2:XFD1048576"/>' * 5_000
    changed(path, SHEET, ("</sheetData>", f"{far}</sheetData><mergeCells>{merges}</mergeCells>"))
    begun = time.monotonic()
    assert [one.name for one in read(path).rows] == ["甲", "乙"]
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("limit", ["_MOST_BYTES", "_MOST_MEMBERS"])
def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    path = saved(tmp_path / "own.xlsx", ["name"], ["甲"])
    assert len(read(path).rows) == 1
    monkeypatch.setattr(workbook_module, limit, 3)
    with pytest.raises(RegisterError, match="unpacks to more than a list of sites ever is"):
        read(path)


def test_a_real_bomb_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "own.xlsx", ["name"], ["甲"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.xml", b"0" * 70_000_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(RegisterError, match="unpacks to more"):
        read(path)


def test_entities_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE worksheet [<!ENTITY l0 "lol">{lol}]>'
    cell = '<c r="B2" t="inlineStr"><is><t>&l11;</t></is></c>'
    path = saved(tmp_path / "own.xlsx", ["name"], ["甲"])
    more = ("</row></sheetData>", f"{cell}</row></sheetData>")
    changed(path, SHEET, ("<worksheet", f"{declared}<worksheet"), more)
    with pytest.raises(RegisterError, match="no readable workbook"):
        read(path)


def test_a_locked_or_older_file_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(RegisterError, match=r"save it again as \.xlsx, without a password"):
        read(tmp_path / "own.xlsx")
    (tmp_path / "own.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(RegisterError, match=r"no known format of a register; save it as \.xlsx"):
        read(tmp_path / "own.xls")
