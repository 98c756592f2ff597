"""A GeoPackage of all that a source holds, written batch by batch."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyproj

from layers.arrow import arrow_schema
from layers.geopackage.drivers import write_layer, write_table
from layers.geopackage.finish import finish
from layers.schema import COLUMNS, LAYERS
from layers.selection import Selection
from layers.source import WorksSource
from layers.tables import TABLES


def copy_geopackage(source: WorksSource, path: Path) -> None:
    """Write all layers, tables and styles of a source to a path where no file is yet.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    crs = pyproj.CRS.from_user_input(source.crs).to_wkt()
    schema = arrow_schema(COLUMNS, geometry=True)
    for name in source.layers:
        rows = _reader(source.batches(name, Selection()), schema)
        write_layer(path, LAYERS[name], rows, crs)
    for table in TABLES:
        rows = _reader(source.table_batches(table), arrow_schema(table.columns))
        write_table(path, table, rows)
    finish(path, list(source.layers))


def _reader(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(schema, batches)
