"""The order in which gazetteer and online geocoders are asked for a work."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.finding import Basis
from geo.geocode import FirstMatch, GazetteerGeocoder, Geocoder
from geo.model import Locatable, PlacedWork, Work
from geo.online.asking import Asker
from geo.online.geocoder import OnlineGeocoder

# Where the gazetteer knows only in which area a work lies; a tie it keeps, for who answers one of
# two places by chance knows less than it does.
_FALL_BACKS = frozenset({Basis.INSIDE, Basis.DISTRICT, Basis.URBAN, Basis.CITY})


@dataclass(frozen=True, slots=True)
class _Sure:
    """The gazetteer without its fall-backs for works that have a name of their own."""

    geocoder: Geocoder

    def locate(self, work: Work) -> PlacedWork | None:
        placed = self.geocoder.locate(work)
        if placed is None or work.locatable is not Locatable.EXACT_NAMED:
            return placed
        rule = placed.located_by.partition(": ")[0]
        return None if rule in _FALL_BACKS else placed

    def reason(self, work: Work) -> str:
        return self.geocoder.reason(work)


def behind(gazetteer: GazetteerGeocoder, askers: Sequence[Asker]) -> Geocoder:
    """Put providers behind the gazetteer, in their order: its own places first, its areas last."""
    if not askers:
        return gazetteer
    online = (OnlineGeocoder(asker, gazetteer.gazetteer) for asker in askers)
    return FirstMatch((_Sure(gazetteer), *online, gazetteer))
