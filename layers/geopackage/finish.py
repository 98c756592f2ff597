"""What a GeoPackage holds beside layers and tables once these are written: how they are drawn."""

from collections.abc import Sequence
from pathlib import Path

from layers.arrow import GEOMETRY, arrow_table
from layers.frames import frame_of
from layers.geopackage.drivers import FIXED_TIME, write_table
from layers.qgis import STYLES, style_rows


def finish(path: Path, layers: Sequence[str]) -> None:
    """Add the default style of each layer that the file holds.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    rows = style_rows(layers, geometry_column=GEOMETRY, time=FIXED_TIME)
    styles = frame_of(rows, STYLES.columns)
    write_table(path, STYLES, arrow_table(styles, STYLES.columns), key="id")
