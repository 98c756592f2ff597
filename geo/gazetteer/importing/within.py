"""Keeps what meets the chosen area; a line that leaves it and comes back stays one line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.importing.feature import Feature

# Degrees, about 30 km: so far beside the area the pieces of a line are followed, ...
_FOLLOWED = 0.3
# ... and so far, about 5 km, a line that leads out of it is kept.
_KEPT = 0.05


@dataclass(frozen=True, slots=True)
class Within:
    """An area in EPSG:4326; without one everything is kept."""

    area: BaseGeometry | None

    def __post_init__(self) -> None:
        if self.area is not None:
            shapely.prepare(self.area)

    def pieces(self, features: Iterable[Feature]) -> Iterator[Feature]:
        """Leave out what is no part of anything that meets the area."""
        return (feature for feature in features if self._may_belong(feature.geometry))

    def wholes(self, features: Iterable[Feature]) -> Iterator[Feature]:
        """Keep merged things that meet the area; of lines what lies in it or just beside it."""
        area = self.area
        beside = area.buffer(_KEPT) if area is not None else None
        shapely.prepare(beside)
        for feature in features:
            shape = feature.geometry
            if area is None or beside is None or not _is_line(shape):
                yield feature
            elif area.intersects(shape):
                whole = beside.covers(shape)
                yield feature if whole else replace(feature, geometry=_cut(shape, beside))

    def _may_belong(self, shape: BaseGeometry) -> bool:
        if self.area is None:
            return True
        if _is_line(shape):
            return bool(shapely.dwithin(self.area, shape, _FOLLOWED))
        return bool(self.area.intersects(shape))


def _is_line(shape: BaseGeometry) -> bool:
    return shape.geom_type.endswith("LineString")


def _cut(shape: BaseGeometry, area: BaseGeometry) -> BaseGeometry:
    """Keep the stretches of a line in an area, without the points at which it only touches."""
    found = shapely.get_parts(shape.intersection(area))
    lines = [part for part in found if isinstance(part, LineString)]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)
