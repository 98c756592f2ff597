"""The sheet of a drawn map: which stretch of the earth it shows, and where a place lies on it."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from webmap.basemap import Bounds

_DEGREE_M = 111_320.0
_LEAST_M = 3_000.0
"""A sheet shows no less than this, so that one point still has its surroundings."""
_MARGIN = 0.05
_FLATTEST = 0.05
_FINEST_PX = 0.3


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the earth (degrees, EPSG:4326) on a sheet of so many CSS pixels.

    x grows to the east and y to the south; a degree of longitude is as long as it is in the middle
    of the sheet, so that lengths are true there and nearly so over a city.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def metres_per_pixel(self) -> float:
        """How long a pixel is on the ground, from north to south."""
        return (self.north - self.south) * _DEGREE_M / self.height

    def on_sheet(self, shape: BaseGeometry) -> BaseGeometry:
        """Give what the sheet shows of a shape, in its pixels; empty where it shows none of it."""
        if not shapely.is_valid(shape):
            shape = shapely.make_valid(shape)
        cut = shapely.clip_by_rect(shape, self.west, self.south, self.east, self.north)
        return shapely.simplify(self.moved(cut), _FINEST_PX)

    def moved(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape in the pixels of the sheet, uncut."""
        moved: BaseGeometry = shapely.transform(shape, self._moved)
        return moved

    def _moved(self, points: np.ndarray) -> np.ndarray:
        across = (points[:, 0] - self.west) / (self.east - self.west) * self.width
        down = (self.north - points[:, 1]) / (self.north - self.south) * self.height
        return np.column_stack((across, down))


def frame_round(bounds: Bounds, width: float, height: float) -> Frame:
    """Give the sheet that shows bounds with a margin, and more where they are small or narrow."""
    west, south, east, north = _on_earth(bounds)
    middle = (south + north) / 2
    narrowing = max(math.cos(math.radians(middle)), _FLATTEST)
    grown = 1 + 2 * _MARGIN
    tall = max((north - south) * grown, _LEAST_M / _DEGREE_M)
    wide = max((east - west) * narrowing * grown, _LEAST_M / _DEGREE_M)
    tall = max(tall, wide * height / width)
    across = tall * width / height / narrowing
    centre = (west + east) / 2
    left, right = centre - across / 2, centre + across / 2
    return Frame(left, middle - tall / 2, right, middle + tall / 2, width, height)


def _on_earth(bounds: Bounds) -> Bounds:
    """Keep bounds that an address may have made up to what there is."""
    west, east = (min(max(edge, -180.0), 180.0) for edge in (bounds[0], bounds[2]))
    south, north = (min(max(edge, -90.0), 90.0) for edge in (bounds[1], bounds[3]))
    return west, south, east, north
