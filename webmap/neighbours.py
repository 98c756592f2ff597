"""The works near another one, nearest first, as far as their own places are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Precision
from webmap.cards import WorkCard

DISTANCES_KM: Final = (1, 2, 5, 10)
"""How far neighbours may be, as a page offers it."""

USUAL_KM: Final = 2

_MOST: Final = 30
_DEGREE_M: Final = 111_195.0  # of latitude, on a sphere of the earth's mean radius
_PLACED: Final = {
    Precision.SURVEYED,
    Precision.STREET,
    Precision.APPROXIMATE,
    Precision.SCHEMATIC,
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A work and how far its drawn shape is from another's, in metres."""

    work: WorkCard
    distance_m: float


def distance_km(asked: str | None) -> int:
    """Read how far neighbours may be; what is not offered is the usual distance."""
    return next((km for km in DISTANCES_KM if str(km) == asked), USUAL_KM)


class Neighbours:
    """Finds works near a work; `shapes` are the works' geometries by id, in EPSG:4326."""

    def __init__(self, works: Iterable[WorkCard], shapes: Mapping[str, BaseGeometry]) -> None:
        self._works = [work for work in works if work.precision in _PLACED and work.layer]
        self._tree = shapely.STRtree([shapes[work.work_id] for work in self._works])

    def of(self, work: WorkCard, km: int) -> tuple[Neighbour, ...]:
        """Give the works within some kilometres, nearest first; none where it has no own place."""
        if work not in self._works:
            return ()
        shape = self._tree.geometries[self._works.index(work)]
        near = self._tree.query(_widened(shape, km * 1000))
        metres = shapely.distance(*_flattened(shape, self._tree.geometries[near]))
        found = (Neighbour(self._works[at], far) for at, far in zip(near, metres, strict=True))
        within = (one for one in found if one.distance_m <= km * 1000 and one.work is not work)
        return tuple(sorted(within, key=lambda one: (one.distance_m, one.work.start))[:_MOST])


def _widened(shape: BaseGeometry, metres: float) -> BaseGeometry:
    west, south, east, north = shape.bounds
    degrees = metres / _DEGREE_M
    wider = degrees / cos(radians(max(abs(south), abs(north)) + degrees))
    return shapely.box(west - wider, south - degrees, east + wider, north + degrees)


def _flattened(shape: BaseGeometry, others: Any) -> tuple[BaseGeometry, Any]:  # noqa: ANN401
    """Bring shapes to metres on a plane that is true near one of them."""
    scale = np.array([cos(radians(shape.centroid.y)), 1.0]) * _DEGREE_M
    moved = shapely.transform([shape, *others], lambda points: points * scale)
    return moved[0], moved[1:]
