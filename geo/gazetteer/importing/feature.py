"""What a reader finds in a file: one named thing, or a piece of one."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.model import Precision


@dataclass(frozen=True, slots=True)
class Feature:
    """A named thing of a known kind, geometry in EPSG:4326.

    `refs` are the numbers of roads that it is a piece of; `merge_m` is how far apart, in metres,
    the pieces of one thing may lie (0: a piece for itself).
    """

    place_id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    geometry: BaseGeometry
    precision: Precision
    uncertainty_m: float
    note: str
    merge_m: float = 0.0
    refs: tuple[str, ...] = ()
