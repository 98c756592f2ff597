"""Chooses the reader of a file by its ending and beginning, and notes where the file comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer.importing import geonames, osm
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.geojson import read_geojson
from geo.gazetteer.importing.geonames import read_geonames
from geo.gazetteer.importing.layers import DRIVERS, read_layers
from geo.gazetteer.importing.records import Table
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.table import read_table
from geo.gazetteer.importing.texts import member_name, open_text
from geo.gazetteer.library import SourceNote

OSM_ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml")
_TEXTS = (".txt", ".tsv", ".csv", ".zip")
_GEOJSON = (".geojson", ".json")
_WGS84 = "EPSG:4326"
_OWN = "own data"

Reading = Callable[[Report], Iterator[Feature]]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file and its source, where neither says it itself ("" or None)."""

    crs: str = ""
    kind: str | None = None
    name: str = ""
    licence: str = ""
    attribution: str = ""


def choose_reading(
    path: Path, given: Given, source: SourceNote | None
) -> tuple[SourceNote, Reading]:
    """Choose what reads a file, and say where the file comes from.

    Raises
    ------
    GazetteerError
        When there is no such file, its format is not known, or says itself what is `given`.
    """
    if not path.is_file():
        raise GazetteerError(f"{path}: there is no such file; check the name.")
    name, ending = given.name or path.name, path.name.lower()
    usual = SourceNote(name, "own data", given.licence or _OWN, given.attribution, _modified(path))
    if ending.endswith(OSM_ENDINGS):
        _refuse_given(path, given)
        note = SourceNote(name, "OpenStreetMap", osm.ODBL, osm.ATTRIBUTION, osm.osm_date(path))
        return _stated(note, source, path), lambda report: osm.read_osm(path, report)
    if ending.endswith(_TEXTS):
        return _text_reading(path, given, source or usual, is_stated=source is not None)
    if path.suffix.lower() in {*DRIVERS, *_GEOJSON}:
        read = read_geojson if path.suffix.lower() in _GEOJSON else read_layers
        note = _stated(usual, source, path)
        table = Table(note.name, given.crs, given.kind)
        return note, lambda report: read(path, table, report)
    raise GazetteerError(
        f"{path}: no known format of places; give an .osm.pbf, .osm, .txt or .zip of GeoNames, "
        ".csv, .gpkg, .geojson, .shp or .fgb file."
    )


def _text_reading(
    path: Path, given: Given, note: SourceNote, *, is_stated: bool
) -> tuple[SourceNote, Reading]:
    with open_text(path) as text:
        is_dump = geonames.is_geonames(text.readline(10_000))
    if is_dump:
        _refuse_given(path, given)
        name, date = given.name or path.name, _modified(path)
        usual = SourceNote(name, "GeoNames", geonames.CC_BY, geonames.ATTRIBUTION, date)
        chosen = note if is_stated else usual
        return _stated(usual, chosen, path), lambda report: read_geonames(path, report)
    if member_name(path).lower().endswith(".txt"):
        raise GazetteerError(
            f"{path}: no GeoNames dump (19 columns between tabs); save a table as .csv."
        )
    table = Table(note.name, given.crs or _WGS84, given.kind)
    return note, lambda report: read_table(path, table, report)


def _stated(usual: SourceNote, source: SourceNote | None, path: Path) -> SourceNote:
    """Fill what is not stated of a source with what its format tells."""
    chosen = source or usual
    return replace(chosen, date=chosen.date or usual.date or _modified(path))


def _modified(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def _refuse_given(path: Path, given: Given) -> None:
    """Refuse to be told what the format itself says."""
    options = {
        "--crs": given.crs,
        "--kind": given.kind,
        "--licence": given.licence,
        "--attribution": given.attribution,
    }
    stated = next((option for option, value in options.items() if value), None)
    if stated:
        raise GazetteerError(f"{path}: this format says that itself; leave {stated} out.")
