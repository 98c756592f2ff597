"""AMap (高德): search for places by name in a box, in GCJ-02 both ways."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import msgspec
from shapely.geometry import box

from geo.crs import Datum, from_wgs84
from geo.errors import OnlineError
from geo.online.answers import MOST_ANSWERS, Answer, Box, Question, in_wgs84, position, trimmed
from geo.online.fetching import Fetcher, decoded
from geo.online.levels import level_of

NAME = "amap"
# infocode: too many calls in a moment, or busy; ask again.
_BUSY = frozenset({"10004", "10014", "10015", "10016", "10019", "10020", "10021", "10022"})
# infocode: the key is wrong, not allowed this, or used up for the day.
_REFUSED = frozenset(
    {"10001", "10002", "10003", "10005", "10006", "10007", "10008", "10009", "10010", "10011"}
    | {"10012", "10013", "10026", "10040", "10041", "10044", "10045"}
)
_LONGEST_QUESTION = 80


class _Poi(msgspec.Struct):
    """A place; what is unknown comes as an empty list instead of a text."""

    id: object = ""
    name: object = ""
    type: object = ""
    location: object = ""


class _Page(msgspec.Struct):
    status: str
    infocode: str = ""
    pois: list[_Poi] = []


@dataclass(frozen=True, slots=True)
class AMap:
    """A client of the polygon search (v3) of AMap's web service."""

    fetcher: Fetcher
    url: str
    key: str = field(repr=False)

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask for the places of this name in the box: see `Service`."""
        parameters = {
            "keywords": question.text[:_LONGEST_QUESTION],
            "polygon": _corners(question.box),
            "offset": MOST_ANSWERS,
            "page": 1,
            "extensions": "base",
            "output": "JSON",
            "key": self.key,
        }
        body = self.fetcher.get(f"{self.url}/v3/place/polygon?{urlencode(parameters)}")
        page = decoded(body, _Page)
        if page.status != "1":
            raise _error(page.infocode)
        return tuple(_answers(page.pois[:MOST_ANSWERS]))


def _corners(wgs84: Box) -> str:
    """Give the upper left and the lower right corner, in GCJ-02."""
    west, south, east, north = from_wgs84(box(*wgs84), Datum.GCJ02).bounds
    return f"{west:.6f},{north:.6f}|{east:.6f},{south:.6f}"


def _error(infocode: str) -> OnlineError:
    code = infocode if infocode.isdecimal() and len(infocode) <= 6 else "unknown"  # noqa: PLR2004
    return OnlineError(f"status {code}", again=code in _BUSY, refused=code in _REFUSED)


def _answers(pois: list[_Poi]) -> Iterator[Answer]:
    for poi in pois:
        level = level_of(NAME, *reversed(trimmed(poi.type).replace("|", ";").split(";")))
        name = trimmed(poi.name)
        if level.precision and name and poi.location:
            longitude, latitude = position(trimmed(poi.location))
            yield Answer(
                trimmed(poi.id),
                (name,),
                level.kind,
                *in_wgs84(longitude, latitude, Datum.GCJ02),
                level.precision,
                level.uncertainty_m,
            )
