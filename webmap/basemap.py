"""The light base map of local data: districts, water, main lines and town names, as GeoJSON."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from geo.errors import CityUnknownError, GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.library import Library
from geo.model import Place, Precision
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
    "railway": "railway",
    "expressway": "expressway",
    "town": "town",
}
"""How the base map draws each kind of place; other kinds are no base map."""

_OWN = frozenset({"town"})
"""Kinds of a city's own places beside those that its gazetteer has for a base map."""

_IMPORTED = ("railway", "expressway")
"""Kinds of lines that only imported places know so well that they may lie under works."""

_KNOWN_WELL = frozenset({Precision.SURVEYED, Precision.STREET})
_MOST_LINES = 400

Bounds = tuple[float, float, float, float]

_TOLERANCE = 0.0003
"""Degrees, about 30 m: finer lines cannot be seen under the works."""

_GRID = 0.00001
"""Degrees, about a metre: more digits would only make the file larger."""

_NAME_EVERY = 0.04
"""Degrees, about 4 km, between the places where a line may bear its name."""


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
        bounds=bounds_of(land),
        credits=tuple(dict.fromkeys(credit for own in maps for credit in own.credits)),
    )


def base_map(places: Iterable[Place]) -> BaseMap:
    """Draw a base map of places in EPSG:4326; kinds without a role are left out."""
    drawn = [place for place in places if place.kind in ROLES]
    land = [place.geometry for place in drawn if ROLES[place.kind] == "district"]
    return BaseMap(
        geojson=_collection([_feature(place) for place in drawn]),
        bounds=bounds_of(land),
        credits=tuple(dict.fromkeys((place.source, place.licence) for place in drawn)),
    )


def _places(city: str) -> Sequence[Place]:
    try:
        gazetteer = load_gazetteer(city)
    except (CityUnknownError, GazetteerError) as error:
        _log.info("No base map of %s: %s", city, error)
        return ()
    own = [place for place in gazetteer.places if place.kind in _OWN]
    return (*gazetteer.base_map, *_imported_lines(gazetteer), *own)


def _imported_lines(gazetteer: Gazetteer) -> list[Place]:
    """Give the main lines that the user has imported for the city: none is built in surveyed."""
    library, city = gazetteer.library, gazetteer.city
    if not isinstance(library, Library) or city is None:
        return []
    found = [
        line for kind in _IMPORTED for line in library.places(city.geometry, kind, _MOST_LINES)
    ]
    return [line for line in found if line.precision in _KNOWN_WELL]


def _collection(features: Sequence[object]) -> bytes:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def bounds_of(shapes: Iterable[BaseGeometry]) -> Bounds | None:
    """Give the bounds of shapes that are not empty, or None where there is none."""
    found = [shape for shape in shapes if not shape.is_empty]
    if not found:
        return None
    west, south, east, north = shapely.total_bounds(found).tolist()
    return west, south, east, north


def _feature(place: Place) -> dict[str, object]:
    is_area = shapely.get_dimensions(place.geometry) == 2  # noqa: PLR2004  an area has two dimensions
    role = ROLES[place.kind]
    at = label_point(place.geometry) if is_area else None
    shape = _shape(place, Point(at or shapely.point_on_surface(place.geometry)), role)
    properties = {
        "role": role,
        "name": place.name,
        "name_hans": place.name_hans,
        "label": list(shape.coords[0]) if isinstance(shape, Point) else at,
        "along": _along(shape) if shapely.get_dimensions(shape) == 1 else [],
    }
    return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}


def _shape(place: Place, point: Point, role: str) -> BaseGeometry:
    """Give what is drawn of a place: of a town its name alone, of all others their outline."""
    shape = point if role == "town" else shapely.simplify(place.geometry, _TOLERANCE)
    return shapely.set_precision(shape, _GRID, mode="pointwise")


def _along(line: BaseGeometry) -> list[list[float]]:
    """Give points along a line, [longitude, latitude], at any of which its name may stand."""
    longest = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
    steps = max(1, round(longest.length / _NAME_EVERY))
    at = [longest.interpolate((step + 0.5) / steps, normalized=True) for step in range(steps)]
    return [[round(point.x, 5), round(point.y, 5)] for point in at]
