"""GeoParquet 1.1, written row group by row group, with a box for each work."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.crs import Shapes
from layers.arrow import GEOMETRY, arrow_schema
from layers.export.batches import everything, shapes_of
from layers.export.model import Export
from layers.schema import COLUMNS

_EDGES: Final = ("xmin", "ymin", "xmax", "ymax")
_BBOX: Final = "bbox"
_SCHEMA: Final = arrow_schema(COLUMNS, geometry=True).append(
    pa.field(_BBOX, pa.struct([(edge, pa.float64()) for edge in _EDGES]))
)


class _Extent:
    """What the file's metadata tells of its shapes: their types and their box."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._box = [np.inf, np.inf, -np.inf, -np.inf]

    def add(self, shapes: Shapes, boxes: "np.ndarray[Any, Any]") -> None:
        self._types.update(shape.geom_type for shape in shapes if shape is not None)
        if np.isfinite(boxes).any():
            low, high = np.nanmin(boxes, axis=0), np.nanmax(boxes, axis=0)
            self._box = [
                *np.minimum(self._box[:2], low[:2]).tolist(),
                *np.maximum(self._box[2:], high[2:]).tolist(),
            ]

    def metadata(self, crs: dict[str, Any] | None) -> dict[str, Any]:
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self._types),
            "crs": crs,
            "covering": {_BBOX: {edge: [_BBOX, edge] for edge in _EDGES}},
        }
        if np.isfinite(self._box).all():
            column["bbox"] = self._box
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def write_geoparquet(export: Export, path: Path) -> None:
    """Write all works; those without a place have an empty geometry and an empty box."""
    extent = _Extent()
    with pq.ParquetWriter(path, _SCHEMA, compression="zstd") as writer:
        for batch in _boxed(export, extent):
            writer.write_batch(batch)
        system = export.system.crs.to_json_dict()
        notes = {note.key: note.text for note in export.notes}
        writer.add_key_value_metadata(
            {
                "geo": json.dumps(extent.metadata(system), ensure_ascii=False),
                "planned_works": json.dumps(notes, ensure_ascii=False),
            }
        )


def _boxed(export: Export, extent: _Extent) -> Iterator[pa.RecordBatch]:
    for batch in everything(export):
        shapes = shapes_of(batch)
        boxes = shapely.bounds(shapes)
        extent.add(shapes, boxes)
        missing = pa.array(shapely.is_missing(shapes))
        edges = [pa.array(edge) for edge in boxes.T]
        box = pa.StructArray.from_arrays(
            edges, fields=list(_SCHEMA.field(_BBOX).type), mask=missing
        )
        yield pa.RecordBatch.from_arrays([*batch.columns, box], schema=_SCHEMA)
