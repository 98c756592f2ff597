"""What a person says of a work in a form, as a state that can be compared with the built one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo.model import UNCERTAINTY_LIMITS_M, Precision, Stage, Theme
from geo.sentences import Sentence, say
from layers.edits.values import State, Value
from layers.shapes import as_multi, one_family
from webmap.adding.offers import Offer

KEEP, NOWHERE, DRAWN = "keep", "nowhere", "drawn"
DRAWABLE: Final = (Precision.SURVEYED, Precision.STREET, Precision.APPROXIMATE, Precision.AREA)
"""How well a person may know what they draw."""

_LONGEST_NAME: Final = 120
_LONGEST_SHAPE: Final = 500_000
_MOST_VERTICES: Final = 10_000
_AREA_M: Final = 5_000.0
_PAIR: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*")
_TYPES: Final = frozenset(
    {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """The fields of the form: `place` is one of the words above, or the id of a candidate."""

    name: str
    theme: str
    stage: str
    place: str
    drawn: str = ""
    precision: str = Precision.APPROXIMATE


def wished(base: State, wish: Wish, offers: Mapping[str, Offer]) -> State | Sentence:
    """Give the state that a person wants, or say what of the form cannot be used."""
    name = " ".join(wish.name.split())
    if not name or len(name) > _LONGEST_NAME:
        return say("A name has 1 to %(n)s characters.", n=_LONGEST_NAME)
    if wish.theme not in set(Theme) or wish.stage not in set(Stage):
        return say("Choose a theme and a stage of the lists.")
    values = {**base.values, "name": name, "theme": wish.theme, "stage": wish.stage}
    state = replace(base, values=values)
    if wish.place == KEEP:
        return state
    if wish.place == NOWHERE:
        return replace(state, geometry=None)
    return _drawn(state, wish) if wish.place == DRAWN else _chosen(state, offers.get(wish.place))


def _chosen(state: State, offer: Offer | None) -> State | Sentence:
    if offer is None:
        return say("This place is not among those that can be chosen: load the page again.")
    known: dict[str, Value] = {
        "precision": str(offer.drawing.precision),
        "uncertainty_m": offer.drawing.uncertainty_m,
        "source": offer.place.source,
        "licence": offer.place.licence,
        "verified": offer.place.verified,
    }
    geometry = one_family(offer.drawing.geometry)[1]
    return replace(state, geometry=geometry, values={**state.values, **known})


def _drawn(state: State, wish: Wish) -> State | Sentence:
    if wish.precision not in DRAWABLE:
        return say("Say how exact the drawing is.")
    found = read_shape(wish.drawn)
    if isinstance(found, Sentence):
        return found
    precision = Precision(wish.precision)
    known: dict[str, Value] = {
        "precision": str(precision),
        "uncertainty_m": UNCERTAINTY_LIMITS_M.get(precision, _AREA_M),
        "verified": False,  # whoever draws is no source that confirms
    }
    return replace(state, geometry=found, values={**state.values, **known})


def read_shape(text: str) -> BaseGeometry | Sentence:
    """Read a point, line or area in degrees: GeoJSON, WKT, or longitude and latitude.

    What else is right of a shape is inspected as it is for edited files.
    """
    unusable = say(
        "Draw a place on the map, or give longitude and latitude such as 120.3, 31.5, or GeoJSON "
        "or WKT of one point, line or area."
    )
    if not text.strip() or len(text) > _LONGEST_SHAPE:
        return unusable
    found = _parsed(text)
    if found is None or found.geom_type not in _TYPES or found.is_empty:
        return unusable
    if shapely.get_num_coordinates(found) > _MOST_VERTICES:
        return say("The drawing has more than %(n)s corners: simplify it.", n=_MOST_VERTICES)
    coordinates = shapely.get_coordinates(found)
    if not np.isfinite(coordinates).all() or (abs(coordinates) > (180, 90)).any():
        return unusable
    return as_multi(shapely.force_2d(found))


def _parsed(text: str) -> BaseGeometry | None:
    if pair := _PAIR.fullmatch(text[:100]):
        return Point(float(pair[1]), float(pair[2]))
    try:
        if text.lstrip().startswith("{"):
            return shape(json.loads(text))
        return shapely.from_wkt(text.strip())
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
