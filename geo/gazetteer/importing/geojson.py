"""Reads places of a GeoJSON file, whose values may be of any type in any column."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.records import Record, RecordError, Table, feature_of
from geo.gazetteer.importing.report import Report

# The whole file is in memory, some eight times over.
_MAX_BYTES = 256 * 1024**2
_WGS84 = "EPSG:4326"
_STEP = 500


def read_geojson(path: Path, table: Table, report: Report) -> Iterator[Feature]:
    """Yield the places of a file; a feature that cannot be one is reported and left out.

    Coordinates are in WGS-84 unless `table.crs`, or the file in the way of 2008, says otherwise.

    Raises
    ------
    GazetteerError
        When the file is no GeoJSON, or too large for its format.
    """
    for record in geojson_records(path, table.crs, report):
        try:
            known = replace(table, crs=record.crs)
            yield feature_of(known, record.number, record.values, record.shape())
        except RecordError as error:
            report.leave_out(f"feature {record.number}: {error}")


def geojson_records(path: Path, crs: str, report: Report) -> Iterator[Record]:
    """Yield all features of a file, in `crs` where that is stated ("": see `read_geojson`).

    Raises
    ------
    GazetteerError
        When the file is no GeoJSON, or too large for its format.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise GazetteerError(f"{path}: too large for GeoJSON; convert it to a GeoPackage.")
    root = _root(path)
    known = crs or _own_crs(root) or _WGS84
    features = root["features"]
    for number, feature in enumerate(features, start=1):
        if number % _STEP == 0:
            report.advance(number / len(features))
        own = feature if isinstance(feature, dict) else {}
        shape = partial(_shape, own.get("geometry"))
        yield Record("", number, _values(own), known, shape)


def _root(path: Path) -> dict[str, Any]:
    try:
        root = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise GazetteerError(
            f"{path}: no readable GeoJSON file ({str(error)[:120]}); export it again."
        ) from error
    if isinstance(root, dict) and isinstance(root.get("features"), list):
        return root
    raise GazetteerError(f"{path}: no GeoJSON FeatureCollection; export it again.")


def _own_crs(root: dict[str, Any]) -> str:
    try:
        return str(root["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return ""


def _values(feature: dict[str, Any]) -> dict[str, str]:
    values = feature.get("properties")
    texts = values.items() if isinstance(values, dict) else ()
    return {
        str(column).lower(): str(value).strip()
        for column, value in texts
        if isinstance(value, str | int | float)
    }


def _shape(geometry: object) -> BaseGeometry | None:
    if not geometry:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (ShapelyError, ValueError, RecursionError) as error:
        raise RecordError("its geometry is no GeoJSON") from error
