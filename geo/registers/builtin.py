"""The registers that come with the program, each for a work that it names by its promise."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geo.gazetteer.importing.records import RecordError
from geo.gazetteer.rows import Row, read_rows
from geo.model import Confidence, Theme
from geo.paths import data_path
from geo.registers.parsing import Usual, site_row
from geo.registers.row import BUILT_IN, Promise, Register, SiteRow

_WORKS = ("register", "city", "year", "theme", "value", "unit", "words", "files")
_REQUIRED = ("register", "name", "confidence", "source", "licence")
_USUAL = Usual("", "", Confidence.LOW, "", "EPSG:4326")


@cache
def built_in() -> tuple[Register, ...]:
    """Read the registers of `data/registers`, as `registers.csv` lists them.

    Raises
    ------
    GazetteerError
        When a file is missing or damaged: one sentence that names file, row and mending.
    """
    return tuple(map(_register, read_rows(data_path("registers", "registers.csv"), _WORKS)))


def _register(row: Row) -> Register:
    files = (data_path("registers", file) for file in row.words("files"))
    rows = tuple(site for file in files for site in _own_rows(file, row["register"]))
    if not rows:
        raise row.error(f"no row of its files is of the register {row['register']}; name one.")
    return Register(row["register"], _promise(row), BUILT_IN, rows)


def _promise(row: Row) -> Promise:
    try:
        return Promise(
            city=row["city"],
            year=int(row["year"]),
            theme=Theme(row["theme"]),
            value=float(row["value"]),
            unit=row["unit"],
            words=row.words("words"),
        )
    except ValueError as error:
        raise row.error(f"{error}; year and value are numbers, theme that of a work.") from error


def _own_rows(path: Path, register: str) -> Iterator[SiteRow]:
    """Yield the rows that are of a register."""
    for row in read_rows(path, _REQUIRED):
        if row["register"] == register:
            yield _site_row(row)


def _site_row(row: Row) -> SiteRow:
    missing = next((column for column in _REQUIRED if not row[column]), None)
    if missing:
        raise row.error(f"the column {missing} is empty; fill it in.")
    cells = {column: row[column] for column in row.fields if column}
    try:
        return site_row(0, cells, _USUAL, lambda: None)
    except RecordError as error:
        raise row.error(f"{error}; mend the row.") from error
