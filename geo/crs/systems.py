"""Geometries in any coordinate system, by name, to WGS-84 and back."""

from functools import lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.crs.naming import crs_of, datum_of
from geo.crs.shift import Datum, Points, Shift, convert
from geo.errors import CrsError

Shapes = NDArray[np.object_]

_WGS84 = "EPSG:4326"
# CGCS2000 / 3-degree Gauss-Kruger CM 75E is EPSG:4534, the next meridian the next code; the
# 6-degree zones begin with EPSG:4502 in the same way. Both end at 135E.
_FIRST_ZONE = {3: 4534, 6: 4502}
_WEST_MERIDIAN, _EAST_MERIDIAN = 75, 135


def to_wgs84(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """Bring a geometry to EPSG:4326 (longitude first); heights stay as they are.

    Parameters
    ----------
    geometry
        In the units of `crs`, east before north.
    crs
        `gcj02`, `bd09`, `wgs84`, or whatever pyproj knows: `EPSG:4490`, `EPSG:4549`, WKT.

    Raises
    ------
    CrsError
        When the system is unknown, or a point of the geometry has no place in WGS-84.
    """
    return _mapped(geometry, _change(crs, _WGS84))


def from_wgs84(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """Bring a geometry in EPSG:4326 to another system: see `to_wgs84`.

    Raises
    ------
    CrsError
        When the system is unknown, or has no coordinates for a point of the geometry.
    """
    return _mapped(geometry, _change(_WGS84, crs))


def moved(geometries: Shapes, source: str, target: str) -> Shapes:
    """Bring an array of geometries (None where there is none) from one system to another.

    Systems are named as for `to_wgs84`; coordinates are east before north in both.

    Raises
    ------
    CrsError
        When a system is unknown, or the target has no coordinates for a point.
    """
    change = _change(source, target)
    if change is None:
        return geometries
    has_z = bool(shapely.has_z(geometries).any())
    return np.asarray(shapely.transform(geometries, change, include_z=has_z), dtype=object)


def gauss_krueger(longitude: float, degrees: Literal[3, 6] = 3) -> str:
    """Give the CGCS2000 Gauss-Krueger system whose central meridian is nearest.

    Parameters
    ----------
    longitude
        In degrees; China lies between 73 and 136.
    degrees
        Width of a zone: 3 (large scales, plans of a city) or 6.

    Returns
    -------
    str
        Such as `EPSG:4549` (central meridian 120, eastings without the zone's number).
    """
    meridian = _nearest_meridian(longitude, degrees)
    return f"EPSG:{_FIRST_ZONE[degrees] + (meridian - _WEST_MERIDIAN) // degrees}"


def _nearest_meridian(longitude: float, degrees: int) -> int:
    # Zones of 3 degrees lie round 75, 78 ..., those of 6 degrees round 75, 81 ...
    number = round((longitude - _WEST_MERIDIAN) / degrees)
    return min(max(_WEST_MERIDIAN + number * degrees, _WEST_MERIDIAN), _EAST_MERIDIAN)


def _change(source: str, target: str) -> Shift | None:
    """Give the function that brings points from one system to another; None where none is needed.

    A shifted datum is reached by way of WGS-84, where it is told from any other.
    """
    start, end = datum_of(source), datum_of(target)
    if source == target or (start and start is end):
        return None
    if start and end:
        return lambda points: convert(points, start, end)
    if start:
        onward = _transformation(_WGS84, target)
        return lambda points: onward(convert(points, start, Datum.WGS84))
    if end:
        back = _transformation(source, _WGS84)
        return lambda points: convert(back(points), Datum.WGS84, end)
    return _transformation(source, target)


def _transformation(source: str, target: str) -> Shift:
    transformer = _transformer(source, target)
    crs = source if target == _WGS84 else target
    return lambda points: _transformed(points, transformer, crs)


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(crs_of(source), crs_of(target), always_xy=True)


def _transformed(points: Points, transformer: Transformer, crs: str) -> Points:
    result = points.copy()
    result[:, 0], result[:, 1] = transformer.transform(points[:, 0], points[:, 1])
    if not np.isfinite(result[:, :2]).all():
        raise CrsError(
            f"A point lies where {crs[:60]} has no coordinates: say in which system it is given."
        )
    return result


def _mapped(geometry: BaseGeometry, change: Shift | None) -> BaseGeometry:
    if change is None:
        return geometry
    return shapely.transform(geometry, change, include_z=geometry.has_z)
