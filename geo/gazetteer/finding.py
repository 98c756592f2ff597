"""What was found for a work: a place, and the rule and words that found it."""

from dataclasses import dataclass
from enum import StrEnum

from geo.gazetteer.store import Gazetteer
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.model import Place

_MAX_PHRASE = 100


class Basis(StrEnum):
    """Which rule found a place, as `located_by` says it."""

    NAME = "gazetteer name"
    ALIAS = "gazetteer alias"
    PART = "part of gazetteer line"
    NEAR = "near gazetteer place"
    INSIDE = "inside gazetteer area"
    SEVERAL = "several places of the name"
    DISTRICT = "district polygon"
    URBAN = "urban districts polygon"
    CITY = "city polygon"
    ONLINE = "online geocoder"


# What these find is an area that holds the work, whatever the place's own precision.
AREA_BASES = frozenset({Basis.INSIDE, Basis.SEVERAL, Basis.DISTRICT, Basis.URBAN, Basis.CITY})


@dataclass(frozen=True, slots=True)
class Finding:
    """A place for a work; `counted` where the work is a number over the whole place."""

    place: Place
    basis: Basis
    words: str
    counted: bool = False

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
    """Give the smallest known polygon that holds all places: their district, else the city."""
    holders = {place.within for place in places}
    district = gazetteer.district(holders.pop()) if len(holders) == 1 else None
    return district or gazetteer.city
