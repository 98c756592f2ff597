"""The formats that works can be exported to, stated once for the command, the web and the docs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.export.csv_table import write_csv
from layers.export.flatgeobuf import write_flatgeobuf
from layers.export.geojson import write_geojson
from layers.export.geopackage import write_selection
from layers.export.geoparquet import write_geoparquet
from layers.export.kml import write_kml, write_kmz
from layers.export.model import Counts, Export
from layers.export.qgis_project import write_qgis_project
from layers.export.shapefile import write_shapefiles
from layers.export.xlsx import MOST_ROWS, write_xlsx

Writer = Callable[[Export, Path], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how it is named and written, and what it can hold.

    `endings` are those of its files, the usual one first. `holds_unplaced` tells whether works
    without a place fit in, `any_crs` whether it is written in other systems than WGS-84, `mixes`
    whether one table holds points, lines and areas together. `most` is how many works fit in.
    """

    code: str
    name: str
    endings: tuple[str, ...]
    media_type: str
    write: Writer
    holds_unplaced: bool = True
    any_crs: bool = True
    mixes: bool = True
    most: int | None = None

    @property
    def ending(self) -> str:
        """The usual ending of its files."""
        return self.endings[0]

    def held(self, counts: Counts) -> int:
        """Say how many works it holds of so many."""
        return counts.total if self.holds_unplaced else counts.placed


FORMATS: Final[dict[str, Format]] = {
    one.code: one
    for one in (
        Format(
            "gpkg",
            "GeoPackage",
            (".gpkg",),
            "application/geopackage+sqlite3",
            write_selection,
            mixes=False,
        ),
        Format("geojson", "GeoJSON", (".geojson", ".json"), "application/geo+json", write_geojson),
        Format(
            "shp",
            "Shapefile",
            (".shp.zip", ".zip"),
            "application/zip",
            write_shapefiles,
            holds_unplaced=False,
            mixes=False,
        ),
        Format(
            "fgb",
            "FlatGeobuf",
            (".fgb",),
            "application/flatgeobuf",
            write_flatgeobuf,
            holds_unplaced=False,
        ),
        Format(
            "parquet",
            "GeoParquet",
            (".parquet", ".geoparquet"),
            "application/vnd.apache.parquet",
            write_geoparquet,
        ),
        Format(
            "kml",
            "KML",
            (".kml",),
            "application/vnd.google-earth.kml+xml",
            write_kml,
            any_crs=False,
        ),
        Format(
            "kmz",
            "KMZ",
            (".kmz",),
            "application/vnd.google-earth.kmz",
            write_kmz,
            any_crs=False,
        ),
        Format("csv", "CSV", (".csv",), "text/csv", write_csv),
        Format(
            "xlsx",
            "Excel",
            (".xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
            most=MOST_ROWS,
        ),
        Format(
            "qgz",
            "QGIS project",
            (".qgz",),
            "application/zip",
            write_qgis_project,
            holds_unplaced=False,
            any_crs=False,
        ),
    )
}


def format_of(name: str, formats: Mapping[str, Format]) -> tuple[Format, str] | None:
    """Tell a format by the ending of a file's name, and give the ending; None for any other."""
    lowered = name.lower()
    matches = [
        (len(ending), one, ending)
        for one in formats.values()
        for ending in one.endings
        if lowered.endswith(ending)
    ]
    if not matches:
        return None
    _, found, ending = max(matches, key=lambda match: match[0])
    return found, ending
