"""Imports a file of places into the library: read, merge, write, all or nothing."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing import geonames, osm
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.layers import DRIVERS, read_layers
from geo.gazetteer.importing.merging import merged
from geo.gazetteer.importing.records import Table
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.shifted import unshifted
from geo.gazetteer.importing.spool import Spool, spooling
from geo.gazetteer.importing.summary import ImportSummary
from geo.gazetteer.importing.table import read_table
from geo.gazetteer.importing.texts import member_name, open_text
from geo.gazetteer.library import LibraryWriter, SourceNote, rewriting
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Place
from geo.script import to_simplified

_OSM = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml")
_TEXTS = (".txt", ".tsv", ".csv", ".zip")
_WGS84 = "EPSG:4326"
_OWN = "own data"
_STEP = 500

Reading = Callable[[Report], Iterator[Feature]]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file and its source, where neither says it itself ("" or None)."""

    crs: str = ""
    kind: str | None = None
    name: str = ""
    licence: str = ""
    attribution: str = ""


def import_file(  # noqa: PLR0913 (each is a choice of its own)
    path: Path,
    *,
    library: Path,
    area: BaseGeometry | None = None,
    source: SourceNote | None = None,
    given: Given = Given(),
    progress: Callable[[float], None] | None = None,
) -> ImportSummary:
    """Import the named places of a file; they replace those of the same source.

    Parameters
    ----------
    path
        An OpenStreetMap extract (.osm.pbf, .osm, also .gz and .bz2), a GeoNames dump (.txt, also in
        a .zip), a CSV file, a GeoPackage, GeoJSON, Shapefile or FlatGeobuf.
    library
        The library; it is made where there is none.
    area
        In EPSG:4326; only what meets it is imported, lines by the pieces that do.
    source
        Where the file comes from; by default as its format tells.
    given
        What the file does not say itself.
    progress
        Called with the share that is done, from 0 to 1.

    Raises
    ------
    GazetteerError
        When the file cannot be read, holds no place, or holds shifted ones without saying so; the
        library is then as it was.
    CrsError
        When the coordinate system that is given is not known.
    """
    begun, report = time.monotonic(), Report(progress)
    note, reading = _reading(path, given, source)
    with spooling() as spool:
        _read(_checked(reading(report), path, library, note), area, spool)
        _refuse_nothing(path, spool, report)
        with rewriting(library, note) as writer:
            _write(spool, writer, report)
        return ImportSummary(
            source=note.name,
            size=path.stat().st_size,
            seconds=time.monotonic() - begun,
            read=spool.features,
            left_out=report.left_out,
            places=writer.places,
            names=writer.names,
            problems=tuple(report.problems),
        )


def _reading(path: Path, given: Given, source: SourceNote | None) -> tuple[SourceNote, Reading]:
    """Choose what reads a file, and say where the file comes from."""
    if not path.is_file():
        raise GazetteerError(f"{path}: there is no such file; check the name.")
    name, ending = given.name or path.name, path.name.lower()
    usual = SourceNote(name, "own data", given.licence or _OWN, given.attribution, _modified(path))
    if ending.endswith(_OSM):
        _refuse_given(path, given)
        note = SourceNote(name, "OpenStreetMap", osm.ODBL, osm.ATTRIBUTION, osm.osm_date(path))
        return _stated(note, source, path), lambda report: osm.read_osm(path, report)
    if ending.endswith(_TEXTS):
        return _text_reading(path, given, source or usual, is_stated=source is not None)
    if path.suffix.lower() in DRIVERS:
        note = _stated(usual, source, path)
        table = Table(note.name, given.crs, given.kind)
        return note, lambda report: read_layers(path, table, report)
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
        usual = SourceNote(
            given.name or path.name,
            "GeoNames",
            geonames.CC_BY,
            geonames.ATTRIBUTION,
            _modified(path),
        )
        return _stated(
            usual, note if is_stated else None, path
        ), lambda report: geonames.read_geonames(path, report)
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


def _read(features: Iterator[Feature], area: BaseGeometry | None, spool: Spool) -> None:
    if area is not None:
        shapely.prepare(area)
    for feature in features:
        if area is None or area.intersects(feature.geometry):
            spool.add(feature)


def _checked(
    features: Iterator[Feature], path: Path, library: Path, note: SourceNote
) -> Iterator[Feature]:
    """Check that what may be shifted is not; OpenStreetMap is WGS-84 by its rules."""
    is_osm = path.name.lower().endswith(_OSM)
    return features if is_osm else unshifted(features, path, library, note.name)


def _refuse_nothing(path: Path, spool: Spool, report: Report) -> None:
    if spool.features:
        return
    why = f" (first: {report.problems[0]})" if report.problems else ""
    raise GazetteerError(
        f"{path}: no named place of a known kind lies in it and in the chosen area{why}; choose "
        "another file or area."
    )


def _write(spool: Spool, writer: LibraryWriter, report: Report) -> None:
    kinds = load_kinds()
    for number, feature in enumerate(merged(spool)):
        if feature.kind in kinds:
            writer.add(_place(feature))
        if number % _STEP == 0:
            report.finish(number / spool.features)
    report.finish(1.0)


def _place(feature: Feature) -> Place:
    return Place(
        place_id=feature.place_id,
        name=feature.name,
        name_hans=to_simplified(feature.name),
        aliases=feature.aliases,
        kind=feature.kind,
        geometry=feature.geometry,
        precision=feature.precision,
        uncertainty_m=feature.uncertainty_m,
        within="",
        verified=True,
        source="",
        licence="",
        note=feature.note,
    )
