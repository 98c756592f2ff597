"""Reads places of the map layers of a GeoPackage, Shapefile or FlatGeobuf."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import fiona
import shapely
from fiona.errors import FionaError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.records import Record, RecordError, Table, feature_of
from geo.gazetteer.importing.report import Report

DRIVERS: Final[Mapping[str, str]] = {
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".fgb": "FlatGeobuf",
}
"""What reads a file of each ending; nothing else is let in, whatever a file says it is."""

_BEGINNINGS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "GPKG": (b"SQLite format 3\x00",),
    "ESRI Shapefile": (b"\x00\x00\x27\x0a",),
    "FlatGeobuf": (b"fgb",),
}
# Tables of styles and projects that lie beside the layers of a GeoPackage.
_NO_LAYERS = frozenset({"layer_styles", "qgis_projects"})
_STEP = 500
_LONGEST_REASON = 120


def read_layers(path: Path, table: Table, report: Report) -> Iterator[Feature]:
    """Yield the places of all layers; a feature that cannot be one is reported and left out.

    A layer's own coordinate system counts where `table.crs` is empty.

    Raises
    ------
    GazetteerError
        When the file cannot be read, or a layer does not say its coordinate system.
    """
    for record in layer_records(path, table.crs, report):
        own = replace(table, name=f"{table.name}-{record.layer}", crs=record.crs)
        try:
            yield feature_of(own, record.number, record.values, record.shape())
        except RecordError as error:
            report.leave_out(f"feature {record.number}: {error}")


def layer_records(path: Path, crs: str, report: Report) -> Iterator[Record]:
    """Yield the features of all layers that have geometries, in `crs` where that is stated.

    Raises
    ------
    GazetteerError
        When the file cannot be read, or a layer does not say its coordinate system.
    """
    drivers = [DRIVERS[path.suffix.lower()]]
    _refuse_disguised(path, drivers[0])
    with _told(path):
        for layer in fiona.listlayers(path):
            if layer not in _NO_LAYERS:
                with fiona.open(path, layer=layer, enabled_drivers=drivers) as source:
                    yield from _records(path, source, crs, report)


def _refuse_disguised(path: Path, driver: str) -> None:
    """Refuse a file that begins otherwise than its ending says: the list of layers trusts it."""
    with path.open("rb") as file:
        beginning = file.read(1024).lstrip()
    if not beginning.startswith(_BEGINNINGS[driver]):
        raise GazetteerError(f"{path}: this is no {driver} file; export it again.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (FionaError, ShapelyError, UnicodeDecodeError, AttributeError) as error:
        kind = DRIVERS[path.suffix.lower()]
        raise GazetteerError(
            f"{path}: no readable {kind} file ({str(error)[:120]}); export it again."
        ) from error


def _records(path: Path, source: fiona.Collection, crs: str, report: Report) -> Iterator[Record]:
    if source.schema["geometry"] == "None":
        return
    known = crs or source.crs_wkt
    if not known:
        raise GazetteerError(
            f"{path}: the layer {source.name} does not say its coordinate system; add --crs, such "
            "as EPSG:4490 or gcj02."
        )
    count = max(len(source), 1)
    for number, feature in enumerate(source, start=1):
        if number % _STEP == 0:
            report.advance(number / count)
        yield Record(source.name, number, _values(feature), known, partial(_shape, feature))


def _values(feature: fiona.Feature) -> dict[str, str]:
    return {
        str(column).lower(): str(value).strip()
        for column, value in feature.properties.items()
        if value is not None
    }


def _shape(feature: fiona.Feature) -> BaseGeometry | None:
    if feature.geometry is None:
        return None
    try:
        return shapely.geometry.shape(feature.geometry.__geo_interface__)
    except (ShapelyError, TypeError) as error:
        raise RecordError(str(error)[:_LONGEST_REASON]) from error
