"""The base map of a snapshot as shapes, for maps that the server draws itself."""

import json
from dataclasses import dataclass
from functools import lru_cache

from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from webmap.brief.strokes import ORDER


@dataclass(frozen=True, slots=True)
class BaseShape:
    """A district, water, stream or metro line (EPSG:4326); `label` is where an area's name stands.

    `role` is that of `webmap.basemap.ROLES`.
    """

    role: str
    name: str
    name_hans: str
    shape: BaseGeometry
    label: tuple[float, float] | None


@lru_cache(maxsize=2)
def base_shapes(geojson: bytes) -> tuple[BaseShape, ...]:
    """Read of the base map that the browser gets what is drawn; kept for the snapshots in use."""
    shapes = (_shape(feature) for feature in json.loads(geojson)["features"])
    return tuple(shape for shape in shapes if shape.role in ORDER)


def _shape(feature: dict[str, dict[str, object]]) -> BaseShape:
    own = feature["properties"]
    label = own["label"]
    return BaseShape(
        role=str(own["role"]),
        name=str(own["name"]),
        name_hans=str(own["name_hans"]),
        shape=shape_of(feature["geometry"]),
        label=(float(label[0]), float(label[1])) if isinstance(label, list) else None,
    )
