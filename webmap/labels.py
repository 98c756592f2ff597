"""Where the mark or the name of an area may stand: a point well inside it."""

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

_TOLERANCE = 0.005
"""Degrees, about 500 m: a label needs no more."""


def label_points(frame: gpd.GeoDataFrame) -> list[list[float] | None]:
    """Give [longitude, latitude] for each area of a layer, None for points and lines.

    Areas recur (one district holds many works), so that each is measured once.
    """
    known: dict[bytes, list[float]] = {}
    return [_known(shape, known) for shape in frame.geometry.to_crs("EPSG:4326")]


def label_point(area: BaseGeometry) -> list[float]:
    """Give the point of an area that lies farthest from its border, in the area's units."""
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    spoke = shapely.maximum_inscribed_circle(largest, tolerance=_TOLERANCE)
    x, y = spoke.coords[0]
    return [round(x, 5), round(y, 5)]


def _known(shape: BaseGeometry, known: dict[bytes, list[float]]) -> list[float] | None:
    if shapely.get_dimensions(shape) != 2:  # noqa: PLR2004  an area has two dimensions
        return None
    key = shape.wkb
    if key not in known:
        known[key] = label_point(shape)
    return known[key]
