"""Reads places of a CSV file: names, and coordinates in two columns or as WKT."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.naming import NAME_TAGS
from geo.gazetteer.importing.records import NAME_COLUMNS, RecordError, Table, feature_of
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.texts import open_text

_EAST = ("lon", "lng", "long", "longitude", "x", "经度", "經度")
_NORTH = ("lat", "latitude", "y", "纬度", "緯度")
_WKT = ("wkt", "geometry", "geom", "the_geom", "几何")
_SEPARATORS = ",;\t"
_LONGEST_FIELD = 16 * 1024**2
_STEP = 500


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold the coordinates: two of them, or one with WKT."""

    east: str
    north: str
    wkt: str

    def shape(self, record: Mapping[str, str]) -> BaseGeometry:
        if not self.wkt:
            return point(record[self.east], record[self.north])
        return shape(record[self.wkt])


def read_table(path: Path, table: Table, report: Report) -> Iterator[Feature]:
    """Yield the places of a CSV file; a row that cannot be one is reported and left out.

    Raises
    ------
    GazetteerError
        When the file is no CSV, or has no columns for names or coordinates.
    """
    with open_text(path) as text:
        rows = csv_rows(path, text)
        header = [column.strip().lower() for column in next(rows, [])]
        columns = _columns(path, header)
        for number, row in enumerate(rows, start=2):
            if number % _STEP == 0:
                report.advance(0.5)
            yield from _feature(
                table, number, dict(zip(header, row, strict=False)), columns, report
            )


def csv_rows(path: Path, text: TextIO) -> Iterator[list[str]]:
    """Yield the rows of a text whose cells are parted by commas, semicolons or tabs.

    Raises
    ------
    GazetteerError
        When its quotes do not match.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(text, delimiter=_separator(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise GazetteerError(
            f"{path}, row {reader.line_num}: {error}; mend the quotes of this row."
        ) from error


def point(east: str, north: str) -> Point:
    """Make a point of two printed numbers.

    Raises
    ------
    RecordError
        When one of them is no number.
    """
    return Point(_number(east), _number(north))


def shape(wkt: str) -> BaseGeometry:
    """Make a geometry of its well-known text.

    Raises
    ------
    RecordError
        When it is none.
    """
    try:
        return shapely.from_wkt(wkt)
    except (ShapelyError, ValueError) as error:
        raise RecordError("its geometry is no WKT, such as POINT (120.3 31.5)") from error


def _feature(
    table: Table, number: int, row: Mapping[str, str], columns: _Columns, report: Report
) -> Iterator[Feature]:
    record = {column: value.strip() for column, value in row.items()}
    if not any(record.values()):
        return
    try:
        yield feature_of(table, number, record, columns.shape(record))
    except (RecordError, KeyError) as error:
        words = "it has too few columns" if isinstance(error, KeyError) else str(error)
        report.leave_out(f"row {number}: {words}")


def _separator(text: TextIO) -> str:
    line = text.readline(_LONGEST_FIELD)
    text.seek(0)
    return max(_SEPARATORS, key=line.count)


def _columns(path: Path, header: list[str]) -> _Columns:
    names = {*NAME_COLUMNS, *(tag.lower() for tag in NAME_TAGS)}
    if not names & set(header):
        raise GazetteerError(f"{path}: no column holds names; call one name (or 名称).")
    east, north, wkt = (
        next((c for c in known if c in header), "") for known in (_EAST, _NORTH, _WKT)
    )
    if not (east and north) and not wkt:
        raise GazetteerError(
            f"{path}: no columns hold coordinates; call them lon and lat (or 经度 and 纬度), or "
            "give the geometry as WKT in a column wkt."
        )
    return _Columns(east, north, "" if east and north else wkt)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise RecordError("its coordinates are no numbers")
    return value
