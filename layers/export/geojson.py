"""GeoJSON, feature by feature: RFC 7946 in WGS-84, the older `crs` member in any other system."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import shapely

from layers.export.batches import everything, shapes_of
from layers.export.model import Export, System
from layers.export.rows import rounded, without_shape

_encode = msgspec.json.Encoder().encode


def write_geojson(export: Export, path: Path) -> None:
    """Write one feature collection; its notes are members beside `features`.

    RFC 7946 knows WGS-84 alone. In another system the file is GeoJSON as of 2008, and its member
    `crs` names that system, which map programs read; a shifted one is spelt out as well-known text,
    because they take any name that they do not know for WGS-84.
    """
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection"')
        for name, value in _members(export):
            file.write(b",\n%b:%b" % (_encode(name), _encode(value)))
        file.write(b',\n"features":[')
        between = b"\n"
        for batch in everything(export):
            for feature in _features(batch, export.system):
                file.write(between + feature)
                between = b",\n"
        file.write(b"\n]}\n")


def _members(export: Export) -> Iterator[tuple[str, Any]]:
    if not export.system.is_wgs84:
        yield "crs", {"type": "name", "properties": {"name": _system_name(export.system)}}
    for note in export.notes:
        lines = note.text.split("\n")
        yield note.key, lines if len(lines) > 1 else note.text


def _system_name(system: System) -> str:
    if not system.code:
        return system.wkt
    authority, _, number = system.code.partition(":")
    return f"urn:ogc:def:crs:{authority}::{number}"


def _features(batch: pa.RecordBatch, system: System) -> Iterator[bytes]:
    shapes = shapely.orient_polygons(rounded(shapes_of(batch), system))
    texts = shapely.to_geojson(shapes)
    for row, text in zip(without_shape(batch).to_pylist(), texts, strict=True):
        yield _encode(
            {
                "type": "Feature",
                "id": row["work_id"],
                "properties": row,
                "geometry": msgspec.Raw(text.encode()) if text else None,
            }
        )
