"""Baidu (百度) through geopy: a position for an address, in BD-09, without the place's name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from geopy.geocoders import BaiduV3

from geo.crs import Datum
from geo.errors import OnlineError
from geo.online.answers import Answer, Question, degrees, honest, in_wgs84
from geo.online.fetching import Fetcher
from geo.online.levels import level_of
from geo.online.through_geopy import BoundedAdapter, called

NAME = "baidu"
_FINE, _NOTHING_FOUND = 0, 1
_BUSY = frozenset({401, 402})
_REFUSED = frozenset({3, 4, 5, 101, 102, 301, 302, *range(200, 300)})
# The service understood (nearly) the whole question; below that it guesses.
_UNDERSTOOD = 90
_EXACT = 80
_COARSE_M = 1000.0
_MOST_BYTES = 84


class _Location(msgspec.Struct):
    lng: float
    lat: float


class _Result(msgspec.Struct):
    location: _Location
    level: str = ""
    confidence: float = 0
    comprehension: float = 0


class _Page(msgspec.Struct):
    status: int
    result: _Result | None = None


@dataclass(frozen=True, slots=True)
class Baidu:
    """A client of the geocoder (v3) of Baidu; `secret` signs requests where the key wants that."""

    fetcher: Fetcher
    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask for the place in the city: see `Service`."""
        text = f"{question.city}{question.text.removeprefix(question.city)}"
        if len(text.encode()) > _MOST_BYTES:
            return ()
        location = called(lambda: self._geopy().geocode(text))
        return tuple(_answers(msgspec.convert(location.raw, _Result))) if location else ()

    def _geopy(self) -> Any:  # noqa: ANN401  # geopy has no types
        geocoder = BaiduV3(
            self.key,
            security_key=self.secret or None,
            user_agent=self.fetcher.user_agent,
            adapter_factory=lambda **_settings: BoundedAdapter(self.fetcher, _checked),
        )
        geocoder.api = f"{self.url}{geocoder.api_path}"
        return geocoder


def _checked(page: object) -> object:
    """Let geopy read an answer that is one, and none where the service found nothing."""
    try:
        known = msgspec.convert(page, _Page)
    except msgspec.ValidationError:
        raise OnlineError("an answer in no known form") from None
    if known.status == _NOTHING_FOUND or (known.status == _FINE and not known.result):
        return {"status": _FINE}
    if known.status != _FINE:
        code = known.status
        again, refused = code in _BUSY, code in _REFUSED
        raise OnlineError(f"status {code}"[:20], again=again, refused=refused)
    return page


def _answers(result: _Result) -> Iterator[Answer]:
    level = level_of(NAME, result.level)
    if level.precision and result.comprehension >= _UNDERSTOOD:
        exact = result.confidence >= _EXACT
        uncertainty = level.uncertainty_m if exact else max(level.uncertainty_m, _COARSE_M)
        bd09 = degrees(result.location.lng, 180), degrees(result.location.lat, 90)
        precision = honest(level.precision, uncertainty)
        yield Answer("", (), level.kind, *in_wgs84(*bd09, Datum.BD09), precision, uncertainty)
