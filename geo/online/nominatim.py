"""Nominatim (OpenStreetMap) through geopy: names in a box, WGS-84."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from geopy.geocoders import Nominatim as GeopyNominatim

from geo.errors import OnlineError
from geo.online.answers import MOST_ANSWERS, Answer, Question, degrees, honest, trimmed
from geo.online.fetching import Fetcher
from geo.online.levels import level_of
from geo.online.through_geopy import BoundedAdapter, called

NAME = "nominatim"
_METRES_A_DEGREE = 111_320.0
_MOST_NAMES = 30
_CORNERS = 4


class _Place(msgspec.Struct):
    lat: str
    lon: str
    type: str = ""
    class_: str = msgspec.field(default="", name="class")
    name: str | None = ""
    osm_type: str = ""
    osm_id: int = 0
    boundingbox: list[str] = []
    namedetails: dict[str, str] | None = None
    extratags: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Nominatim:
    """A client of the search of Nominatim: the public server, or one's own."""

    fetcher: Fetcher
    url: str

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask for the places of this name in the box: see `Service`."""
        west, south, east, north = question.box
        found = called(
            lambda: self._geopy().geocode(
                question.text,
                exactly_one=False,
                limit=MOST_ANSWERS,
                language="zh",
                extratags=True,
                namedetails=True,
                viewbox=[(south, west), (north, east)],
                bounded=True,
            )
        )
        places = (_converted(location.raw) for location in found or ())
        return tuple(answer for place in places for answer in _answers(place))

    def _geopy(self) -> Any:  # noqa: ANN401  # geopy has no types
        address = urlsplit(self.url)
        return GeopyNominatim(
            scheme=address.scheme,
            domain=f"{address.netloc}{address.path}",
            user_agent=self.fetcher.user_agent,
            adapter_factory=lambda **_settings: BoundedAdapter(self.fetcher, _checked),
        )


def _checked(page: object) -> object:
    if not isinstance(page, list):
        raise OnlineError("an answer in no known form")
    return page[:MOST_ANSWERS]


def _converted(raw: object) -> _Place:
    try:
        return msgspec.convert(raw, _Place, strict=False)
    except msgspec.ValidationError:
        raise OnlineError("an answer in no known form") from None


def _answers(place: _Place) -> Iterator[Answer]:
    level = level_of(NAME, *_levels(place))
    names = _names(place)
    if level.precision and names:
        uncertainty = max(level.uncertainty_m, _reach_m(place))
        yield Answer(
            f"{trimmed(place.osm_type)}/{place.osm_id}",
            names,
            level.kind,
            degrees(place.lon, 180),
            degrees(place.lat, 90),
            honest(level.precision, uncertainty),
            uncertainty,
        )


def _levels(place: _Place) -> Iterator[str]:
    station = (place.extratags or {}).get("station")
    if station:
        yield f"station={station}"
    yield f"{place.class_}={place.type}"
    yield f"{place.class_}=*"


def _names(place: _Place) -> tuple[str, ...]:
    names = [place.name, *list((place.namedetails or {}).values())[:_MOST_NAMES]]
    return tuple(dict.fromkeys(name for name in map(trimmed, names) if name))


def _reach_m(place: _Place) -> float:
    """Give half the diagonal of the thing's own box in metres: it lies anywhere therein."""
    if len(place.boundingbox) != _CORNERS:
        return 0.0
    south, north, west, east = (degrees(text, 180) for text in place.boundingbox)
    across = (east - west) * math.cos(math.radians((south + north) / 2))
    return math.hypot(north - south, across) / 2 * _METRES_A_DEGREE
