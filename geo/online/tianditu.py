"""Tianditu (天地图): search for place names in a box; CGCS2000, which is WGS-84 within a metre."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import msgspec

from geo.errors import OnlineError
from geo.online.answers import MOST_ANSWERS, Answer, Question, position, trimmed
from geo.online.fetching import Fetcher, decoded
from geo.online.levels import level_of

NAME = "tianditu"
_FINE = 1000
_BUSY = frozenset({3000})
_IN_VIEW = 2
_MAP_LEVEL = 12
# Its documentation excludes these signs from what is searched for.
_UNWANTED = str.maketrans("", "", "'&\"")


class _Status(msgspec.Struct):
    infocode: int = _FINE


class _Poi(msgspec.Struct):
    name: object = ""
    lonlat: object = ""
    hotPointID: object = ""  # noqa: N815  # as the service writes it
    typeName: object = ""  # noqa: N815


class _Page(msgspec.Struct):
    status: _Status = msgspec.field(default_factory=_Status)
    code: int = 0
    pois: list[_Poi] = []


@dataclass(frozen=True, slots=True)
class Tianditu:
    """A client of the place name search (v2) of Tianditu."""

    fetcher: Fetcher
    url: str
    key: str = field(repr=False)

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask for the places of this name in the box: see `Service`."""
        wanted = {
            "keyWord": question.text.translate(_UNWANTED),
            "mapBound": ",".join(f"{degree:.5f}" for degree in question.box),
            "level": _MAP_LEVEL,
            "queryType": _IN_VIEW,
            "start": 0,
            "count": MOST_ANSWERS,
            "show": 2,
        }
        parameters = {
            "postStr": msgspec.json.encode(wanted).decode(),
            "type": "query",
            "tk": self.key,
        }
        page = decoded(self.fetcher.get(f"{self.url}/v2/search?{urlencode(parameters)}"), _Page)
        _check(page)
        return tuple(_answers(page.pois[:MOST_ANSWERS]))


def _check(page: _Page) -> None:
    if page.code:
        raise OnlineError(f"status {page.code:.0f}"[:20], refused=True)
    code = page.status.infocode
    if code != _FINE:
        raise OnlineError(f"status {code}"[:20], again=code in _BUSY)


def _answers(pois: list[_Poi]) -> Iterator[Answer]:
    for poi in pois:
        level = level_of(NAME, trimmed(poi.typeName))
        name = trimmed(poi.name)
        if level.precision and name and poi.lonlat:
            longitude, latitude = position(trimmed(poi.lonlat).replace(" ", ","))
            yield Answer(
                trimmed(poi.hotPointID),
                (name,),
                level.kind,
                longitude,
                latitude,
                level.precision,
                level.uncertainty_m,
            )
