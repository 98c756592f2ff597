"""Write polygons in the packed form that boundaries are read from."""

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from shapely.geometry import MultiPolygon, Polygon

Point = tuple[float, float]


def listed(items: Iterable[bytes]) -> bytes:
    """Join items to a list: its length, their sizes, they themselves."""
    parts = list(items)
    sizes = b"".join(struct.pack("<I", len(part)) for part in parts)
    return struct.pack("<I", len(parts)) + sizes + b"".join(parts)


def ring(points: Sequence[Point]) -> bytes:
    """Pack a ring, in steps where they are short enough."""
    units = [(round((x + 180) / 2e-6), round((y + 90) / 2e-6)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(units)]
    if max(abs(part) for step in steps for part in step) < 2**15:
        first = struct.pack("<3I", 1, *units[0])
        return first + b"".join(struct.pack("<2h", *step) for step in steps)
    return struct.pack("<I", 0) + b"".join(struct.pack("<2I", *unit) for unit in units)


def polygon(shape: Polygon) -> bytes:
    """Pack the rings of a polygon."""
    rings = (shape.exterior, *shape.interiors)
    return listed(ring([(x, y) for x, y, *_ in one.coords]) for one in rings)


def geometry(shape: Polygon | MultiPolygon) -> bytes:
    """Pack a polygon or several."""
    if isinstance(shape, Polygon):
        return struct.pack("<I", 5) + polygon(shape)
    return struct.pack("<I", 6) + listed(polygon(part) for part in shape.geoms)


def packed(path: Path, *shapes: Polygon | MultiPolygon) -> Path:
    """Write a file of polygons."""
    path.write_bytes(listed(geometry(shape) for shape in shapes))
    return path
