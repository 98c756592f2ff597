"""The cells of an Excel workbook (.xlsx) as text, read in little memory and within bounds."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from geo.errors import RegisterError
from geo.registers.grid import MOST_COLUMNS, MOST_ROWS, Sheet, numbered

_MOST_BYTES: Final = 64 * 1024**2
_MOST_MEMBERS: Final = 2_000
_MOST_FILLED: Final = 1_000_000
_LAST_ROW: Final = 1_048_576
_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell [^<>]{0,40}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)

Grid = dict[int, list[str]]


def workbook_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook; a formula gives the value that was saved with it.

    Cells that were merged hold, each, what their first one holds.

    Raises
    ------
    RegisterError
        When the file is no workbook, is damaged or locked, or unpacks to more than a list of sites.
    """
    _refuse_bomb(path)
    try:
        # Excel and its kin add parts that openpyxl warns of, and that hold no cells.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _sheets(path)
    except RegisterError:
        raise
    except Exception as error:  # a hostile file raises many kinds
        raise RegisterError(
            f"{path}: no readable workbook; open it in Excel and save it again as .xlsx, without a "
            "password."
        ) from error


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RegisterError(
            f"{path}: no readable workbook; open it in Excel and save it again as .xlsx, without a "
            "password."
        ) from error
    # What a member states of its size is what zipfile reads of it at most.
    if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_BYTES:
        raise RegisterError(
            f"{path}: unpacks to more than a list of sites ever is; copy the list into a new "
            "workbook."
        )


def _sheets(path: Path) -> Iterator[Sheet]:
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        for sheet in book.worksheets:
            if isinstance(sheet, ReadOnlyWorksheet) and sheet.sheet_state == "visible":
                grid = _grid(sheet)
                member: str = sheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001
                _fill_merged(grid, _merged(path, member))
                yield Sheet(sheet.title, grid)


def _grid(sheet: ReadOnlyWorksheet) -> Grid:
    # With bounds of our own, for the size that the file states may be a lie.
    rows = sheet.iter_rows(  # type: ignore[misc]  # lent by the class of other sheets
        max_row=_LAST_ROW, max_col=MOST_COLUMNS, values_only=True
    )
    return numbered(_texts(rows))


def _texts(rows: Iterable[tuple[object, ...]]) -> Iterator[list[str]]:
    """Yield the texts of rows; for those that a sheet leaves out one and the same row comes."""
    last: tuple[object, ...] | None = None
    for row in rows:
        yield [] if row is last else [_text(cell) for cell in row]
        last = row


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.15g}"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    words = str(cell).strip()
    return "" if words in _ERRORS else words


def _merged(path: Path, member: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merged ranges of a sheet: columns and rows from 1, first and last."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(member)
    for found in _MERGED.finditer(xml):
        west, north, east, south = range_boundaries(found[1].decode())
        if west and north and east and south:
            yield west, north, east, south


def _fill_merged(grid: Grid, ranges: Iterator[tuple[int, int, int, int]]) -> None:
    """Give all cells of a range the text of its first one, in the rows that hold anything."""
    left = _MOST_FILLED
    for west, north, east, south in ranges:
        last = min(south, north + MOST_ROWS)
        left -= last - north + 1
        words = grid[north][west - 1] if north in grid and west <= MOST_COLUMNS else ""
        if left < 0:
            return
        for row in (grid[number] for number in range(north, last + 1) if words and number in grid):
            own = slice(west - 1, min(east, len(row)))
            row[own] = [words] * len(row[own])
