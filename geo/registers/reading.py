"""Reads a register: the sites of a counted work, from a table, a workbook or a map layer."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Final

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import to_wgs84
from geo.decoding import decode
from geo.errors import RegisterError
from geo.gazetteer.importing.geojson import geojson_records
from geo.gazetteer.importing.layers import DRIVERS, layer_records
from geo.gazetteer.importing.records import Record, RecordError, usable
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.shifted import unshifted
from geo.gazetteer.importing.table import csv_rows
from geo.model import Confidence
from geo.registers.columns import columns_of
from geo.registers.grid import MOST_COLUMNS, MOST_ROWS, TOO_MANY, Sheet, listing_of, numbered
from geo.registers.parsing import Shape, Usual, site_row
from geo.registers.row import SiteRow
from geo.registers.workbook import workbook_sheets

TABLES: Final = (".csv", ".tsv", ".txt")
WORKBOOKS: Final = (".xlsx", ".xlsm")
_GEOJSON: Final = (".geojson", ".json")
_MOST_BYTES: Final = 64 * 1024**2
_WGS84: Final = "EPSG:4326"
_OWN: Final = "own data"


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of all rows of a file that do not say it themselves ("" where nothing is).

    `crs` is the system of its coordinates, also `gcj02` and `bd09`.
    """

    source: str = ""
    licence: str = ""
    confidence: Confidence = Confidence.MEDIUM
    crs: str = ""


@dataclass(slots=True)
class RegisterReading:
    """The usable rows of a file, and a sentence on each of the others."""

    rows: list[SiteRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row as its file holds it: what messages call it, its cells by column, its geometry."""

    where: str
    number: int
    cells: Mapping[str, str]
    usual: Usual
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Spot:
    """A row with coordinates as what is compared with known places."""

    name: str
    geometry: BaseGeometry


def read_register(path: Path, stated: Stated, library: Path) -> RegisterReading:
    """Read the rows of a CSV file, an .xlsx workbook, a GeoPackage, GeoJSON, Shapefile or
    FlatGeobuf; a row that cannot be used is told and left out.

    Parameters
    ----------
    library
        The file of imported places, by which shifted coordinates are noticed.

    Raises
    ------
    RegisterError
        When the file cannot be read, has no column for names, or no usable row.
    GazetteerError
        When its rows are damaged, or lie shifted without saying so.
    CrsError
        When the coordinate system that is stated is not known.
    """  # noqa: D205 (one sentence)
    _refuse_unreadable(path)
    if stated.crs:
        to_wgs84(Point(), stated.crs)  # an unknown system is no matter of single rows
    reading = RegisterReading()
    usual = Usual(
        stated.source or path.name, stated.licence or _OWN, stated.confidence, "", stated.crs
    )
    for raw in _raws(path, usual):
        try:
            reading.rows.append(site_row(raw.number, raw.cells, raw.usual, raw.shape))
        except RecordError as error:
            reading.problems.append(f"{raw.where}: {error}; left out")
    _refuse_nothing(path, reading)
    _refuse_shifted(path, reading.rows, library)
    return reading


def _refuse_unreadable(path: Path) -> None:
    if not path.is_file():
        raise RegisterError(f"{path}: there is no such file; check the name.")
    known = (*TABLES, *WORKBOOKS, *_GEOJSON, *DRIVERS)
    if path.suffix.lower() not in known:
        raise RegisterError(
            f"{path}: no known format of a register; save it as .xlsx, .csv, .gpkg, .geojson, .shp "
            "or .fgb."
        )
    if path.suffix.lower() not in DRIVERS and path.stat().st_size > _MOST_BYTES:
        raise RegisterError(f"{path}: larger than a list of sites ever is; split it.")


def _raws(path: Path, usual: Usual) -> Iterator[_Raw]:
    ending = path.suffix.lower()
    if ending in TABLES:
        return _table_rows(path, _text_sheets(path), usual)
    if ending in WORKBOOKS:
        return _table_rows(path, workbook_sheets(path), usual)
    read = geojson_records if ending in _GEOJSON else layer_records
    return _layer_rows(path, read(path, usual.crs, Report()), usual)


def _text_sheets(path: Path) -> Iterator[Sheet]:
    text = decode(path.read_bytes(), str(path))
    rows = csv_rows(path, StringIO(text, newline=""))
    yield Sheet("", numbered([cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows))


def _table_rows(path: Path, sheets: Iterator[Sheet], usual: Usual) -> Iterator[_Raw]:
    listing = listing_of(path, sheets)
    known = replace(usual, unit=listing.columns.unit, crs=usual.crs or _WGS84)
    for row in listing.rows:
        yield _Raw(f"row {row.number}", row.number, row.cells, known, _nothing)


def _nothing() -> None:
    """A row of a table has its geometry in its cells."""


def _layer_rows(path: Path, records: Iterable[Record], usual: Usual) -> Iterator[_Raw]:
    is_named = False
    for record in records:
        columns = columns_of(path, tuple(record.values))
        is_named = is_named or columns is not None
        cells = columns.values(tuple(record.values.values())) if columns else {}
        known = replace(usual, unit=columns.unit if columns else "", crs=record.crs)
        where = f"feature {record.number}" + (f" of {record.layer}" if record.layer else "")
        if record.number > MOST_ROWS:
            raise RegisterError(f"{path}: {TOO_MANY}")
        yield _Raw(where, record.number, cells, known, partial(_shape, record))
    if not is_named:
        raise RegisterError(f"{path}: no column holds names of sites; call one name (or 名称).")


def _shape(record: Record) -> BaseGeometry | None:
    shape = record.shape()
    return usable(shape, record.crs) if shape is not None else None


def _refuse_nothing(path: Path, reading: RegisterReading) -> None:
    if reading.rows:
        return
    why = f" (first: {reading.problems[0]})" if reading.problems else ""
    raise RegisterError(f"{path}: no row can be used{why}; mend the rows and import it again.")


def _refuse_shifted(path: Path, rows: Iterable[SiteRow], library: Path) -> None:
    """Refuse a file whose sites lie where GCJ-02 or BD-09 shows places that are known."""
    spots = (
        _Spot(row.name, row.position.geometry) for row in rows if row.position.geometry is not None
    )
    deque(unshifted(spots, path, library, path.name), maxlen=0)
