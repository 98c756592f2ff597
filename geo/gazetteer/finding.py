"""What was found for a work: a place, and the rule and words that found it."""

from dataclasses import dataclass, replace
from enum import StrEnum

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.areas import reach_m
from geo.gazetteer.store import Gazetteer
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.model import Place, Precision

_MAX_PHRASE = 100
# Places of one name within a circle of this radius are one neighbourhood.
_NEIGHBOURS_M = 3_000.0
_NEIGHBOURS_DEGREES = 0.1
_PRECISIONS = {precision: rank for rank, precision in enumerate(Precision)}


class Basis(StrEnum):
    """Which rule found a place, as `located_by` says it."""

    NAME = "gazetteer name"
    ALIAS = "gazetteer alias"
    SIMILAR = "similar gazetteer name"
    PHASE = "phase of gazetteer place"
    PART = "part of gazetteer line"
    BETWEEN = "part of gazetteer line between"
    WITHIN = "part of gazetteer line within"
    SIDES = "gazetteer lines of one name"
    END = "beyond the end of gazetteer line"
    LIST = "gazetteer name beside works of the same list"
    CORRIDOR = "through the cities of its name"
    NEAR = "near gazetteer place"
    INSIDE = "inside gazetteer area"
    SEVERAL = "several places of the name"
    DISTRICT = "district polygon"
    URBAN = "urban districts polygon"
    CITY = "city polygon"
    ONLINE = "online geocoder"
    REGISTER = "coordinates of the register"


# What these find is an area that holds the work, whatever the place's own precision.
AREA_BASES = frozenset({Basis.INSIDE, Basis.SEVERAL, Basis.DISTRICT, Basis.URBAN, Basis.CITY})


@dataclass(frozen=True, slots=True)
class Finding:
    """A place for a work; `counted` where the work is a number over the whole place.

    `tied` are the places that fit equally well, where `place` is only the area that holds them;
    `shape` is the part of the place, in EPSG:4326, that the work's name leaves of it.
    """

    place: Place
    basis: Basis
    words: str
    counted: bool = False
    tied: tuple[Place, ...] = ()
    shape: BaseGeometry | None = None

    @property
    def located_by(self) -> str:
        """A short stable phrase: the rule, then the words that matched."""
        return f"{self.basis}: {self.words}"[:_MAX_PHRASE]


def polygon_basis(place: Place) -> Basis:
    """Say which polygon an administrative place is; any other area holds works inside."""
    if place.kind in DISTRICT_KINDS:
        return Basis.DISTRICT
    return {"city": Basis.CITY, "urban_districts": Basis.URBAN}.get(place.kind, Basis.INSIDE)


def common_area(places: tuple[Place, ...], gazetteer: Gazetteer) -> Place | None:
    """Give the smallest known area that holds all places: round them, their district, the city."""
    if _is_neighbourhood(places):
        return joint(places)
    holders = {place.within for place in places}
    district = gazetteer.district(holders.pop()) if len(holders) == 1 else None
    return district or gazetteer.city


def joint(places: tuple[Place, ...]) -> Place:
    """Make one place of several that lie side by side, as well known as the worst known of them."""
    worst = max(places, key=lambda place: (_PRECISIONS[place.precision], place.uncertainty_m))
    holders = {place.within for place in places}
    return replace(
        worst,
        place_id="+".join(dict.fromkeys(place.place_id for place in places)),
        name="、".join(dict.fromkeys(place.name for place in places)),
        name_hans="、".join(dict.fromkeys(place.name_hans for place in places)),
        geometry=shapely.union_all([place.geometry for place in places]),
        within=holders.pop() if len(holders) == 1 else "",
        verified=all(place.verified for place in places),
        source="; ".join(dict.fromkeys(place.source for place in places)),
        licence="; ".join(dict.fromkeys(place.licence for place in places)),
    )


def _is_neighbourhood(places: tuple[Place, ...]) -> bool:
    """Whether a small circle holds all places; a look at their bounds spares most projections."""
    west, south, east, north = shapely.total_bounds([place.geometry for place in places])
    if max(east - west, north - south) > _NEIGHBOURS_DEGREES:
        return False
    return reach_m(shapely.box(west, south, east, north)) <= _NEIGHBOURS_M
