"""Works as rows of plain values, for the formats that are tables: shapes as points and text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geo.crs import Shapes
from layers.arrow import GEOMETRY
from layers.export.batches import shapes_of
from layers.export.model import Export, System
from layers.schema import COLUMNS


@dataclass(frozen=True, slots=True)
class Row:
    """A work: its values in the schema's order, a point on its shape, and the shape as text.

    `x` and `y` are east and north in the export's system; a work without a place has neither, and
    its `wkt` is "".
    """

    values: Sequence[Any]
    x: float | None
    y: float | None
    wkt: str


def axes(system: System) -> tuple[str, str]:
    """Name the coordinates of a point."""
    return ("lon", "lat") if system.in_degrees else ("x", "y")


def rows_of(batch: pa.RecordBatch, export: Export) -> Iterator[Row]:
    """Give the rows of a batch that is in the export's system."""
    shapes = shapes_of(batch)
    points = shapely.point_on_surface(shapes)
    columns = [batch.column(one.name).to_pylist() for one in COLUMNS]
    x, y = (
        _rounded(axis, export.system) for axis in (shapely.get_x(points), shapely.get_y(points))
    )
    texts = shapely.to_wkt(shapes, rounding_precision=export.system.decimals)
    for values, east, north, wkt in zip(zip(*columns, strict=True), x, y, texts, strict=True):
        yield Row(values, east, north, wkt or "")


def rounded(shapes: Shapes, system: System) -> Shapes:
    """Round coordinates to what the system's units can tell."""
    done = shapely.transform(shapes, lambda points: np.round(points, system.decimals))
    return np.asarray(done, dtype=object)


def without_shape(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give a batch's attributes alone."""
    return batch.drop_columns([GEOMETRY])


def _rounded(axis: Any, system: System) -> list[float | None]:  # noqa: ANN401  an array
    numbers = np.round(axis, system.decimals).tolist()
    return [None if number != number else number for number in numbers]  # noqa: PLR0124  not a number
