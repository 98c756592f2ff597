"""Geometries in any coordinate system, by name, to WGS-84 and back."""

from functools import lru_cache
from typing import Literal

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo.crs.shift import Datum, Points, Shift, convert
from geo.errors import CrsError

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
    datum = datum_of(crs)
    if datum is Datum.WGS84:
        return geometry
    if datum:
        return _mapped(geometry, lambda points: convert(points, datum, Datum.WGS84))
    transformer = _transformer(crs, _WGS84)
    return _mapped(geometry, lambda points: _transformed(points, transformer, crs))


def from_wgs84(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """Bring a geometry in EPSG:4326 to another system: see `to_wgs84`.

    Raises
    ------
    CrsError
        When the system is unknown, or has no coordinates for a point of the geometry.
    """
    datum = datum_of(crs)
    if datum is Datum.WGS84:
        return geometry
    if datum:
        return _mapped(geometry, lambda points: convert(points, Datum.WGS84, datum))
    transformer = _transformer(_WGS84, crs)
    return _mapped(geometry, lambda points: _transformed(points, transformer, crs))


@lru_cache(maxsize=64)
def datum_of(crs: str) -> Datum | None:
    """Give the datum of this name in any common spelling (GCJ-02, gcj_02, EPSG:4326), or None."""
    if crs == _WGS84:
        return Datum.WGS84
    name = "".join(filter(str.isalnum, crs)).lower()
    return Datum(name) if name in set(Datum) else None


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


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


def _crs(name: str) -> CRS:
    try:
        return CRS.from_user_input(name)
    except ProjError as error:
        raise CrsError(
            f"{name[:60]} is no known coordinate system: give one such as EPSG:4490 or gcj02."
        ) from error


def _transformed(points: Points, transformer: Transformer, crs: str) -> Points:
    result = points.copy()
    result[:, 0], result[:, 1] = transformer.transform(points[:, 0], points[:, 1])
    if not np.isfinite(result[:, :2]).all():
        raise CrsError(
            f"A point lies where {crs[:60]} has no coordinates: say in which system it is given."
        )
    return result


def _mapped(geometry: BaseGeometry, change: Shift) -> BaseGeometry:
    return shapely.transform(geometry, change, include_z=geometry.has_z)
