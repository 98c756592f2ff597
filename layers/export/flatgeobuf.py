"""FlatGeobuf: one file with a spatial index, which map programs read in pieces over the web."""

from pathlib import Path

import pyogrio

from layers.arrow import GEOMETRY, arrow_schema
from layers.export.batches import on_the_map, reader_of
from layers.export.model import Export
from layers.schema import COLUMNS


def write_flatgeobuf(export: Export, path: Path) -> None:
    """Write the works that have a place, points, lines and areas together.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    with reader_of(on_the_map(export), arrow_schema(COLUMNS, geometry=True)) as rows:
        pyogrio.write_arrow(
            rows,
            path,
            layer="works",
            driver="FlatGeobuf",
            geometry_name=GEOMETRY,
            geometry_type="Unknown",
            crs=export.system.wkt,
            layer_metadata={note.key: note.text for note in export.notes},
            layer_options={"TITLE": export.title},
        )
