"""The shifts that make GCJ-02 of WGS-84 and BD-09 of GCJ-02, and their exact inverses.

The formulas are public since 2010 and the same in all open programs; they are written here from
their constants. Published inverses are off by up to 2 m: here the forward formula is iterated.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Shift = Callable[[Points], Points]


class Datum(StrEnum):
    """How the longitudes and latitudes of Chinese maps may be meant."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


# Krassowsky's ellipsoid, in metres, on which the shift in metres becomes one in degrees.
_SEMI_MAJOR_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
# Where the formula applies: longitudes, then latitudes. Beyond it maps are not shifted.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
# Centre of the polynomials, in degrees.
_ORIGIN = 105.0, 35.0
# Amplitude in metres and frequency in half turns a degree, along one axis.
_SHARED_WAVES = ((20.0, 6.0), (20.0, 2.0))
_EAST_WAVES = ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
_NORTH_WAVES = ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
_BAIDU_TURN = np.pi * 3000 / 180
# Each round divides the error (at most 0.02 degrees) by more than 100.
_ROUNDS = 6


def convert(points: Points, source: Datum, target: Datum) -> Points:
    """Bring points from one datum to another.

    Parameters
    ----------
    points
        Array of shape (n, 2) or wider: longitude and latitude in degrees; further columns stay.
    source, target
        The datum that the points are in, and the one to bring them to.

    Returns
    -------
    Points
        A new array of the same shape. The inverse of the inverse is right to a millimetre inside
        China; points outside the formula's bounds, and those that are no numbers, stay.
    """
    order = [Datum.WGS84, Datum.GCJ02, Datum.BD09]
    start, end = order.index(source), order.index(target)
    result = np.array(points, dtype=np.float64)
    for step in range(start, end):
        result = _where_shifted(result, (_to_gcj02, _to_bd09)[step])
    for step in range(start, end, -1):
        result = _where_shifted(result, (_from_gcj02, _from_bd09)[step - 1])
    return result


def _where_shifted(points: Points, shift: Shift) -> Points:
    """Shift the points inside the bounds and leave the others as they are."""
    x, y = points[:, 0], points[:, 1]
    inside = (x > _WEST) & (x < _EAST) & (y > _SOUTH) & (y < _NORTH)
    points[inside, :2] = shift(points[inside, :2])
    return points


def _to_gcj02(points: Points) -> Points:
    x, y = (points - _ORIGIN).T
    shared = _waves(x, _SHARED_WAVES)
    root = np.sqrt(np.abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    east += shared + _waves(x, _EAST_WAVES)
    north += shared + _waves(y, _NORTH_WAVES)
    return points + _degrees(east, north, points[:, 1])


def _waves(axis: Points, waves: tuple[tuple[float, float], ...]) -> Points:
    total = np.zeros_like(axis)
    for amplitude, frequency in waves:
        total += amplitude * np.sin(frequency * np.pi * axis)
    return total * 2 / 3


def _degrees(east_m: Points, north_m: Points, latitude: Points) -> Points:
    """Turn metres into degrees on the ellipsoid."""
    phi = np.radians(latitude)
    bend = 1 - _ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    across = _SEMI_MAJOR_M / np.sqrt(bend)
    along = across * (1 - _ECCENTRICITY_SQUARED) / bend
    return np.degrees(np.column_stack((east_m / (across * np.cos(phi)), north_m / along)))


def _to_bd09(points: Points) -> Points:
    x, y = points.T
    radius = np.hypot(x, y) + 0.00002 * np.sin(_BAIDU_TURN * y)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(_BAIDU_TURN * x)
    east = radius * np.cos(angle) + _BAIDU_EAST
    return np.column_stack((east, radius * np.sin(angle) + _BAIDU_NORTH))


def _from_gcj02(points: Points) -> Points:
    return _inverse(_to_gcj02, points)


def _from_bd09(points: Points) -> Points:
    return _inverse(_to_bd09, points)


def _inverse(shift: Shift, points: Points) -> Points:
    found = points
    for _ in range(_ROUNDS):
        found = found + points - shift(found)
    return found
