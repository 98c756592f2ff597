"""The places that a person may choose for a work, each as it may honestly be drawn."""

from dataclasses import dataclass
from typing import Final

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.candidates import weighed_places
from geo.gazetteer.drawing import Drawing, draw
from geo.gazetteer.finding import Basis, Finding
from geo.gazetteer.library import open_library
from geo.gazetteer.searching import candidates as search
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.home import home_path
from geo.model import Place, Work

_MOST_FOUND: Final = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A place, and what may be drawn of it: of a district only that a work lies somewhere in it."""

    place: Place
    drawing: Drawing


def offers_for(city: str, work: Work, asked: str) -> dict[str, Offer]:
    """Give the places that a work may be, by id: found by other words, then weighed for it."""
    gazetteer = load_gazetteer(city)
    weighed = [place for _, place in weighed_places(gazetteer, work)]
    places = (*_searched(gazetteer, asked), *weighed)
    return {place.place_id: Offer(place, _drawn(place, gazetteer)) for place in places}


def _searched(gazetteer: Gazetteer, asked: str) -> list[Place]:
    if not asked.strip():
        return []
    library = open_library(home_path("gazetteer.sqlite"))
    return [one.place for one in search(asked, library, gazetteer, _MOST_FOUND)]


def _drawn(place: Place, gazetteer: Gazetteer) -> Drawing:
    basis = Basis.DISTRICT if place.kind in DISTRICT_KINDS else Basis.NAME
    return draw(Finding(place, basis, place.name), gazetteer)
