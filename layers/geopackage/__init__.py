"""The GeoPackage that GIS staff keep: written whole or not at all, read back as values."""

from layers.geopackage.read import WorksFile, read_geopackage
from layers.geopackage.write import write_geopackage

__all__ = ["WorksFile", "read_geopackage", "write_geopackage"]
