"""Imports a file of places into the library: read, merge, write, all or nothing."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing.choosing import OSM_ENDINGS, Given, choose_reading
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.merging import merged
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.shifted import unshifted
from geo.gazetteer.importing.spool import Spool, spooling
from geo.gazetteer.importing.summary import ImportSummary
from geo.gazetteer.importing.within import Within
from geo.gazetteer.library import LibraryWriter, SourceNote, rewriting
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Place
from geo.script import to_simplified

_STEP = 500
_NOTHING = Given()


def import_file(  # noqa: PLR0913 (each is a choice of its own)
    path: Path,
    *,
    library: Path,
    area: BaseGeometry | None = None,
    source: SourceNote | None = None,
    given: Given = _NOTHING,
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
        In EPSG:4326; only what meets it is imported, lines to a little beyond it.
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
    note, reading = choose_reading(path, given, source)
    within = Within(area)
    with spooling() as spool:
        for feature in within.pieces(_checked(reading(report), path, library, note)):
            spool.add(feature)
        _refuse_nothing(path, spool, report)
        with rewriting(library, note) as writer:
            _write(within.wholes(merged(spool)), spool.features, writer, report)
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


def _checked(
    features: Iterator[Feature], path: Path, library: Path, note: SourceNote
) -> Iterator[Feature]:
    """Check that what may be shifted is not; OpenStreetMap is WGS-84 by its rules."""
    is_osm = path.name.lower().endswith(OSM_ENDINGS)
    return features if is_osm else unshifted(features, path, library, note.name)


def _refuse_nothing(path: Path, spool: Spool, report: Report) -> None:
    if spool.features:
        return
    why = f" (first: {report.problems[0]})" if report.problems else ""
    raise GazetteerError(
        f"{path}: no named place of a known kind lies in it and in the chosen area{why}; choose "
        "another file or area."
    )


def _write(features: Iterable[Feature], pieces: int, writer: LibraryWriter, report: Report) -> None:
    kinds = load_kinds()
    for number, feature in enumerate(features):
        if feature.kind in kinds:
            writer.add(_place(feature))
        if number % _STEP == 0:
            report.finish(number / pieces)
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
