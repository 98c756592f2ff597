"""The works of an export, batch by batch, in the system that was asked for."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

import numpy as np
import pyarrow as pa
import shapely

from geo.crs import Shapes, moved
from layers.arrow import GEOMETRY
from layers.export.model import Export


def everything(export: Export) -> Iterator[pa.RecordBatch]:
    """Give all works, layer by layer; those without a place come last."""
    for name in export.layers:
        yield from placed(export, name)
    yield from unplaced(export)


def on_the_map(export: Export) -> Iterator[pa.RecordBatch]:
    """Give the works that have a place, layer by layer."""
    for name in export.layers:
        yield from placed(export, name)


def placed(export: Export, layer: str) -> Iterator[pa.RecordBatch]:
    """Give the works of one layer."""
    for batch in export.source.batches(layer, export.selection):
        export.progress(batch.num_rows)
        yield in_system(batch, GEOMETRY, export)


def unplaced(export: Export) -> Iterator[pa.RecordBatch]:
    """Give the works without a place, where they were asked for."""
    if not export.whole:
        return
    for batch in export.source.unplaced(export.selection):
        export.progress(batch.num_rows)
        yield batch


def begun(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch] | None:
    """Give the same batches, or None where there is none: no layer is written without works."""
    left = iter(batches)
    first = next(left, None)
    return None if first is None else chain([first], left)


def in_system(batch: pa.RecordBatch, column: str, export: Export) -> pa.RecordBatch:
    """Bring a column of well-known binary from the source's system to the export's."""
    if export.source.crs == export.system.name:
        return batch
    shapes = moved(shapes_of(batch, column), export.source.crs, export.system.name)
    return batch.set_column(
        batch.schema.get_field_index(column), column, pa.array(shapely.to_wkb(shapes), pa.binary())
    )


def shapes_of(batch: pa.RecordBatch, column: str = GEOMETRY) -> Shapes:
    """Give the geometries of a batch, None where a work has no place."""
    binaries = batch.column(column).to_numpy(zero_copy_only=False)
    return np.asarray(shapely.from_wkb(binaries), dtype=object)


def texts_of(batch: pa.RecordBatch, column: str) -> list[str]:
    """Give the texts of a column, without what is missing."""
    texts = batch.column(column).drop_null().to_pylist()
    return [str(text) for text in texts]


@contextmanager
def reader_of(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.RecordBatchReader]:
    """Give batches as map libraries take them; what fails while they are read is raised as it is.

    The library would turn it into an error of its own, whose cause is lost.
    """
    failed: list[Exception] = []

    def watched() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except Exception as error:
            failed.append(error)
            raise

    try:
        yield pa.RecordBatchReader.from_batches(schema, watched())
    except Exception:
        if failed:
            raise failed[0] from None
        raise
