"""Areas in metres: discs and belts round a place, and how far an area reaches."""

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.enums import TransformDirection
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

# An equidistant projection is true to 0.01 % within 100 km of its centre, so that a tenth of a
# degree more or less does not matter, and one transformer serves a whole neighbourhood.
_CENTRE_DECIMALS = 1
_QUARTER_SEGMENTS = 16


def buffer_m(geometry: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Give all that lies within `radius_m` metres of a geometry; both in EPSG:4326."""
    centre = _centre(geometry)
    plane = _transformed(geometry, centre, inverse=False)
    return _transformed(plane.buffer(radius_m, _QUARTER_SEGMENTS), centre, inverse=True)


def reach_m(geometry: BaseGeometry) -> float:
    """Give the radius in metres of the smallest circle round a geometry in EPSG:4326."""
    plane = _transformed(geometry, _centre(geometry), inverse=False)
    return float(shapely.minimum_bounding_radius(plane))


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry: a clip may leave single points and lines beside them."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _centre(geometry: BaseGeometry) -> tuple[float, float]:
    centre = geometry.centroid
    return round(centre.x, _CENTRE_DECIMALS), round(centre.y, _CENTRE_DECIMALS)


def _transformed(
    geometry: BaseGeometry, centre: tuple[float, float], *, inverse: bool
) -> BaseGeometry:
    transformer = _transformer(centre)
    direction = TransformDirection.INVERSE if inverse else TransformDirection.FORWARD

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points.T
        return np.column_stack(transformer.transform(x, y, direction=direction))

    return shapely.transform(geometry, project)


@lru_cache(maxsize=256)
def _transformer(centre: tuple[float, float]) -> Transformer:
    longitude, latitude = centre
    plane = f"+proj=aeqd +lon_0={longitude} +lat_0={latitude} +datum=WGS84 +units=m"
    return Transformer.from_crs("EPSG:4326", plane, always_xy=True)
