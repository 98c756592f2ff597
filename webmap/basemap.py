"""The light base map of local data: districts, water and existing metro lines, as GeoJSON."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.errors import CityUnknownError, GazetteerError
from geo.gazetteer import load_gazetteer
from geo.model import Place
from webmap.labels import label_point

_log = logging.getLogger(__name__)

ROLES = {
    "city": "district",
    "prefecture": "district",
    "district": "district",
    "county_city": "district",
    "county": "district",
    "lake": "water",
    "river": "stream",
    "canal": "stream",
    "metro_line": "metro",
}
"""How the base map draws each kind of place; other kinds are no base map."""

Bounds = tuple[float, float, float, float]

_TOLERANCE = 0.0003
"""Degrees, about 30 m: finer lines cannot be seen under the works."""


@dataclass(frozen=True, slots=True)
class BaseMap:
    """GeoJSON bytes, the bounds of the land (west, south, east, north; degrees) and whose it is."""

    geojson: bytes
    bounds: Bounds | None
    credits: tuple[tuple[str, str], ...]


def base_map_of(city: str) -> BaseMap:
    """Draw the base map of a city that has local data; an empty one for others."""
    return base_map(_places(city))


def together(maps: Sequence[BaseMap]) -> BaseMap:
    """Join the base maps of several cities."""
    features = [one for own in maps for one in json.loads(own.geojson)["features"]]
    land = [shapely.box(*own.bounds) for own in maps if own.bounds]
    return BaseMap(
        geojson=_collection(features),
        bounds=_bounds(land),
        credits=tuple(dict.fromkeys(credit for own in maps for credit in own.credits)),
    )


def base_map(places: Iterable[Place]) -> BaseMap:
    """Draw a base map of places in EPSG:4326; kinds without a role are left out."""
    drawn = [place for place in places if place.kind in ROLES]
    land = [place.geometry for place in drawn if ROLES[place.kind] == "district"]
    return BaseMap(
        geojson=_collection([_feature(place) for place in drawn]),
        bounds=_bounds(land),
        credits=tuple(dict.fromkeys((place.source, place.licence) for place in drawn)),
    )


def _places(city: str) -> Sequence[Place]:
    try:
        return load_gazetteer(city).base_map
    except (CityUnknownError, GazetteerError) as error:
        _log.info("No base map of %s: %s", city, error)
        return ()


def _collection(features: Sequence[object]) -> bytes:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _bounds(land: Sequence[BaseGeometry]) -> Bounds | None:
    if not land:
        return None
    west, south, east, north = shapely.total_bounds(land).tolist()
    return west, south, east, north


def _feature(place: Place) -> dict[str, object]:
    shape = shapely.simplify(place.geometry, _TOLERANCE)
    is_area = shapely.get_dimensions(shape) == 2  # noqa: PLR2004  an area has two dimensions
    properties = {
        "role": ROLES[place.kind],
        "name": place.name,
        "name_hans": place.name_hans,
        "label": label_point(place.geometry) if is_area else None,
    }
    return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}
