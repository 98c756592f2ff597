"""One geometry of one family for each work, whatever shape its place has."""

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError
from layers.schema import FAMILIES, Family

_AREAS, _LINES, _POINTS = FAMILIES
_FAMILY_OF_DIMENSION = (_POINTS, _LINES, _AREAS)
_MULTI_OF_DIMENSION: tuple[Callable[[list[Any]], BaseGeometry], ...] = (
    MultiPoint,
    MultiLineString,
    MultiPolygon,
)


def one_family(geometry: BaseGeometry) -> tuple[Family, BaseGeometry]:
    """Reduce a geometry to the Multi* type of one family, flat and valid, in the same CRS.

    Of a mixed collection only the parts of the highest dimension stay: areas before lines before
    points, because the larger parts hold the smaller (stations on a line, an entrance of a park).
    An invalid part is made valid first (a polygon without area falls to a line), and areas that
    overlap are merged.

    Raises
    ------
    SchemaError
        When there is nothing to draw: an empty geometry or coordinates that are no numbers.
    """
    if geometry.is_empty or not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise SchemaError("a work on the map needs a geometry with real coordinates")
    parts = [valid for part in _simple_parts(shapely.force_2d(geometry)) for valid in _valid(part)]
    dimension = max(int(shapely.get_dimensions(part)) for part in parts)
    kept = [part for part in parts if shapely.get_dimensions(part) == dimension]
    reduced = _MULTI_OF_DIMENSION[dimension](kept)
    if not reduced.is_valid:
        reduced = _MULTI_OF_DIMENSION[dimension](_simple_parts(shapely.union_all(kept)))
    return _FAMILY_OF_DIMENSION[dimension], reduced


def as_multi(geometry: BaseGeometry) -> BaseGeometry:
    """Give a single point, line or area as the Multi* type of its family; others as they are."""
    if geometry.geom_type not in {"Point", "LineString", "Polygon"}:
        return geometry
    return _MULTI_OF_DIMENSION[int(shapely.get_dimensions(geometry))]([geometry])


def _valid(part: BaseGeometry) -> list[BaseGeometry]:
    return [part] if part.is_valid else _simple_parts(shapely.make_valid(part, method="structure"))


def _simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    if not hasattr(geometry, "geoms"):
        return [] if geometry.is_empty else [geometry]
    return [part for inner in geometry.geoms for part in _simple_parts(inner)]
