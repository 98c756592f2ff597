"""What a GeoPackage holds beside layers and tables once these are written.

Styles and a project for QGIS, the words of columns and codes, sources, licences and lineage.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from layers.arrow import GEOMETRY, arrow_table
from layers.frames import frame_of
from layers.geopackage.contents import contents_of, present_tables
from layers.geopackage.domains import add_domains
from layers.geopackage.drivers import FIXED_TIME, write_table
from layers.geopackage.metadata import add_metadata
from layers.geopackage.projects import add_project
from layers.qgis import STYLES, style_rows


def finish(path: Path, layers: Sequence[str], *, name: str = "") -> None:
    """Add all that makes a file complete; what it says of itself is read from its rows.

    Parameters
    ----------
    path
        A GeoPackage with layers and tables of the schema: all of them, or those of a selection.
    layers
        The names of its layers.
    name
        What the file will be called in the end, where that is not what it is called now: the
        project in it finds its layers by this name.

    Raises
    ------
    RuntimeError
        What GDAL or SQLite says when it cannot write.
    """
    with _changing(path) as database:
        tables = present_tables(database)
    rows = style_rows(layers, tables, geometry_column=GEOMETRY, time=FIXED_TIME)
    styles = frame_of(rows, STYLES.columns)
    write_table(path, STYLES, arrow_table(styles, STYLES.columns), key="id")
    with _changing(path) as database:
        contents = contents_of(database, layers, name or path.name)
        add_domains(database, layers, tables)
        add_metadata(database, contents)
        add_project(database, contents)


@contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that nobody else has yet; it is synced as a whole when it takes its place."""
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA synchronous = OFF")
            yield database
            database.commit()
    except sqlite3.Error as error:
        raise RuntimeError(str(error)) from error
