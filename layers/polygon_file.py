"""A polygon that a person names: well-known text, or a file with one polygon in any system."""

from pathlib import Path
from typing import Final

import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from shapely.geometry.base import BaseGeometry

from geo.crs import to_wgs84
from geo.errors import SelectionError

_WKT: Final = ("POLYGON", "MULTIPOLYGON")
_LARGEST: Final = 20_000_000


def polygon_text(given: str) -> str:
    """Give a polygon as well-known text in EPSG:4326.

    Parameters
    ----------
    given
        Well-known text in degrees, or the path of a file that holds it, or of a map layer (GeoJSON,
        GeoPackage, Shapefile ...) with one polygon.

    Raises
    ------
    SelectionError
        When it is neither, or the layer does not hold one polygon.
    CrsError
        When the layer's system cannot be used.
    """
    if _is_wkt(given):
        return given
    text = _text(Path(given))
    return text if _is_wkt(text) else shapely.to_wkt(_from_layer(Path(given)), 9)


def _text(path: Path) -> str:
    """Give what a file holds, "" for a folder: some map layers are folders."""
    try:
        if path.stat().st_size > _LARGEST:
            raise SelectionError(f"{path} is larger than {_LARGEST:,} bytes: simplify its polygon.")
        data = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise SelectionError(
            f"{str(path)[:60]} is no polygon and no file: give WKT in degrees, such as "
            "'POLYGON((120 31,121 31,121 32,120 31))', or a file with one polygon."
        ) from error
    return data.decode(errors="replace").strip("\ufeff \r\n\t")


def _is_wkt(text: str) -> bool:
    return text.lstrip().upper().startswith(_WKT)


def _from_layer(path: Path) -> BaseGeometry:
    try:
        _, _, shapes, _ = pyogrio.raw.read(path, columns=[], max_features=2)
        crs = pyogrio.read_info(path)["crs"]
    except (DataSourceError, ValueError) as error:
        raise SelectionError(
            f"{path} holds no polygon: give WKT in degrees or a map layer with one polygon."
        ) from error
    found = (
        [shape for shape in shapely.from_wkb(shapes) if shape is not None]
        if shapes is not None
        else []
    )
    if len(found) != 1 or shapely.get_dimensions(found[0]) != 2:  # noqa: PLR2004  an area
        raise SelectionError(
            f"{path} must hold one polygon and nothing else: select one and save it."
        )
    return to_wgs84(shapely.force_2d(found[0]), crs or "EPSG:4326")
