"""A workbook for planners: words beside codes, a filter on each column, notes on a sheet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from geo.errors import OutputError
from layers.export.batches import everything
from layers.export.legend import MEANING_TITLES, meanings
from layers.export.model import Export
from layers.export.rows import Row, axes, rows_of
from layers.schema import COLUMNS, Column
from layers.spreadsheets import MOST_CHARACTERS

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet of Excel, below the one of titles."""

_SETTINGS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
# The same works give the same bytes: a workbook says when it was made, and this one never does.
_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS: Final = {"name": 32, "sentence": 60, "located_by": 28, "source": 28, "section": 24}
_USUAL_WIDTH: Final = 13
_HEAD: Final = {"bold": True, "bg_color": "#e8e4da", "bottom": 1}
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class _Cells:
    """A column of the sheet: its title, its width, and what it shows of a work."""

    title: str
    width: int
    value: Callable[[Row], Any]


def write_xlsx(export: Export, path: Path) -> None:
    """Write works on one sheet and the notes, the licences and the words of the codes on another.

    Texts are always texts, never formulas or links. A text that is longer than a cell holds is cut
    with a mark; a shape that is longer is left out, which the second sheet says.

    Raises
    ------
    OutputError
        When the workbook cannot be written.
    """
    try:
        with Workbook(path, {**_SETTINGS, "tmpdir": str(path.parent)}) as book:
            book.use_zip64()
            book.set_properties({"created": _NO_TIME, "comments": export.note("attribution")})
            head = book.add_format(_HEAD)
            left_out = _works(book.add_worksheet("工程 works"), export, head)
            _about(book.add_worksheet("说明 about"), export, head, left_out)
    except XlsxWriterException as error:
        raise OutputError(f"The workbook cannot be written ({error}).") from error


def _works(sheet: Worksheet, export: Export, head: CellFormat) -> int:
    """Write the sheet of works; give how many shapes are too long for a cell."""
    columns = list(_columns(export))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, head)
    sheet.freeze_panes(1, 2)
    number, left_out = 0, 0
    for number, row in enumerate(_rows(export), start=1):
        _write_row(sheet, number, [column.value(row) for column in columns])
        left_out += len(row.wkt) > MOST_CHARACTERS
    sheet.autofilter(0, 0, number, len(columns) - 1)
    return left_out


def _rows(export: Export) -> Iterator[Row]:
    for batch in everything(export):
        yield from rows_of(batch, export)


def _columns(export: Export) -> Iterator[_Cells]:
    """Give the columns: the name first, then the schema's, each code behind its words."""
    places = {column.name: place for place, column in enumerate(COLUMNS)}
    order = sorted(COLUMNS, key=lambda column: column.name != "name")
    for column in order:
        width = _WIDTHS.get(column.name, _USUAL_WIDTH)
        if column.values:
            yield _Cells(column.title.hans, width, _words(column, places[column.name]))
        title = f"{column.title.hans}(代码)" if column.values else column.title.hans
        yield _Cells(title, width, _plain(places[column.name]))
    x, y = axes(export.system)
    yield _Cells(f"代表点 {x}", _USUAL_WIDTH, lambda row: row.x)
    yield _Cells(f"代表点 {y}", _USUAL_WIDTH, lambda row: row.y)
    yield _Cells("图形 WKT", _USUAL_WIDTH, lambda row: _short(row.wkt))


def _plain(place: int) -> Callable[[Row], Any]:
    return lambda row: row.values[place]


def _words(column: Column, place: int) -> Callable[[Row], Any]:
    words = {str(code): title.hans for code, title in column.values}
    return lambda row: words.get(row.values[place])


def _short(wkt: str) -> str:
    return wkt if len(wkt) <= MOST_CHARACTERS else ""


def _write_row(sheet: Worksheet, number: int, values: Sequence[Any]) -> None:
    for place, value in enumerate(values):
        if isinstance(value, bool):
            sheet.write_boolean(number, place, value)
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value)
        elif value:
            sheet.write_string(number, place, _held(str(value)))


def _held(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + _CUT


def _about(sheet: Worksheet, export: Export, head: CellFormat, left_out: int) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 4, 32)
    lines = [*_notes(export, left_out), (), MEANING_TITLES, *map(astuple, meanings())]
    for number, line in enumerate(lines):
        _write_line(sheet, number, line, head if line is MEANING_TITLES else None)


def _notes(export: Export, left_out: int) -> Iterator[tuple[str, ...]]:
    for note in export.notes:
        for place, line in enumerate(note.text.split("\n")):
            yield ("" if place else f"{note.title.hans} {note.title.en}", line)
    if left_out:
        why = f"{left_out} 项的图形超过单元格的 {MOST_CHARACTERS} 字, 未写入; 请用其他格式导出."
        yield "图形 WKT", f"{why} {left_out} shapes are too long for a cell: take another format."


def _write_line(
    sheet: Worksheet, number: int, cells: Iterable[str], head: CellFormat | None
) -> None:
    for place, cell in enumerate(cells):
        if cell:
            sheet.write_string(number, place, _held(cell), head)
