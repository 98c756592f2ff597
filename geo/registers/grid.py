"""Tables as rows of cells: where the header is, and what stands below it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from geo.errors import RegisterError
from geo.registers.columns import Columns, columns_of

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
TOO_MANY: Final = f"more than {MOST_ROWS} rows, more than a list of sites has; split it."
# Lists of offices have a title, a subtitle and a line of dates above their header.
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its file holds it: the rows that are not empty, by number from 1."""

    name: str
    rows: Mapping[int, Sequence[str]]


def numbered(rows: Iterable[list[str]]) -> dict[int, list[str]]:
    """Number rows from 1, and keep those that hold anything, one more than a list may have."""
    filled = ((number, row) for number, row in enumerate(rows, start=1) if any(row))
    return dict(islice(filled, MOST_ROWS + 1))


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header: its number in the file, from 1, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table whose header is known."""

    columns: Columns
    rows: tuple[TableRow, ...]


def listing_of(path: Path, sheets: Iterator[Sheet]) -> Listing:
    """Give the first sheet that has a column for names.

    Raises
    ------
    RegisterError
        When none has, or it has more rows than a list of sites.
    """
    for sheet in sheets:
        for number, row in islice(sheet.rows.items(), _HEADER_WITHIN):
            columns = columns_of(path, tuple(row))
            if columns is not None:
                return Listing(columns, tuple(_below(path, sheet, number, columns)))
    raise RegisterError(
        f"{path}: no column holds names of sites; call one name (or 名称) in the row above them."
    )


def _below(path: Path, sheet: Sheet, header: int, columns: Columns) -> Iterator[TableRow]:
    if len(sheet.rows) > MOST_ROWS:
        raise RegisterError(f"{path}: {TOO_MANY}")
    for number, row in sheet.rows.items():
        if number > header:
            yield TableRow(number, columns.values(row))
