"""Read the rows of a CSV file of the gazetteer, each with its number for messages."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import GazetteerError


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: where it stands, and its fields by column."""

    where: str
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give the trimmed text of a column ("" where the row is too short)."""
        return (self.fields.get(column) or "").strip()

    def words(self, column: str) -> tuple[str, ...]:
        """Give the space-separated words of a column."""
        return tuple(self[column].split())

    def error(self, what: str) -> GazetteerError:
        """Make the error that names this row."""
        return GazetteerError(f"{self.where}: {what}")


def read_text(path: Path) -> str:
    """Read a UTF-8 file of the gazetteer.

    Raises
    ------
    GazetteerError
        When the file is missing or no UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GazetteerError(
            f"{path.name}: cannot be read ({error.strerror}); put the file back in {path.parent}."
        ) from error
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{path.name}: byte {error.start} is no UTF-8 text; save the file as UTF-8."
        ) from error


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a CSV file that has at least these columns.

    Raises
    ------
    GazetteerError
        When the file cannot be read, lacks a column, or is no CSV.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise GazetteerError(f"{path.name}, row 1: no column {missing[0]}; add it to the header.")
    try:
        for fields in reader:
            yield Row(f"{path.name}, row {reader.line_num}", fields)
    except csv.Error as error:
        raise GazetteerError(
            f"{path.name}, row {reader.reader.line_num}: {error}; mend the quotes of this row."
        ) from error
