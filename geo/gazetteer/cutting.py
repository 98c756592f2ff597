"""Cut lines in EPSG:4326: between two places, within an area, at the end in a direction."""

import math
from collections.abc import Iterator

import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

# A part shorter than this, in degrees (about 30 m), says that both places are one.
_SHORTEST = 0.0003
_DIRECTIONS = {"东": (1, 0), "西": (-1, 0), "北": (0, 1), "南": (0, -1)}


def between(line: BaseGeometry, first: BaseGeometry, second: BaseGeometry) -> BaseGeometry | None:
    """Give the part of a line between the points nearest to two places; None where it is none."""
    start, end = (nearest_points(line, place)[0] for place in (first, second))
    if start.distance(end) < _SHORTEST:
        return None
    merged = shapely.line_merge(line) if line.geom_type != "LineString" else line
    if isinstance(merged, LineString):
        return substring(merged, merged.project(start), merged.project(end))
    return _lines(merged.intersection(_slab(start, end)))


def within(line: BaseGeometry, area: BaseGeometry) -> BaseGeometry | None:
    """Give the part of a line that lies in an area; None where it does not enter it."""
    if not area.geom_type.endswith("Polygon"):
        return None
    return _lines(line.intersection(area))


def end_towards(line: BaseGeometry, direction: str) -> Point:
    """Give the point of a line that lies farthest in a direction (北, 东南)."""
    vectors = [_DIRECTIONS[one] for one in direction]
    east, north = sum(x for x, _ in vectors), sum(y for _, y in vectors)
    points = shapely.get_coordinates(line)
    wide = math.cos(math.radians(float(points[:, 1].mean())))
    farthest = (points[:, 0] * wide * east + points[:, 1] * north).argmax()
    return Point(points[farthest])


def _slab(start: Point, end: Point) -> BaseGeometry:
    """Give all that lies abreast of the stretch between two points, on either side.

    A road that is drawn by its carriageways is no single line; what lies abreast is its part.
    """
    dx, dy = end.x - start.x, end.y - start.y
    corners = [(one.x + way * dy, one.y - way * dx) for one, way in _corners(start, end)]
    return shapely.Polygon(corners)


def _corners(start: Point, end: Point) -> Iterator[tuple[Point, int]]:
    yield from ((start, 1), (end, 1), (end, -1), (start, -1))


def _lines(geometry: BaseGeometry) -> BaseGeometry | None:
    """Keep the lines of a cut: it may leave single points beside them."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, LineString)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiLineString(parts)
