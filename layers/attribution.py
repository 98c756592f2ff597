"""Whose data under which licence: what every map, file and export of works must say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from layers.build import plain_source
from layers.titles import Title

MOST_SOURCES: Final = 100
"""Sources that are named for one licence; each row names its own."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A source as the gazetteer or a register words it, with the name of its licence."""

    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Who asks to be named wherever their data is shown, told by any of `words` in a source.

    `title` is for the corner of a map, `line` for a file: with the licence and an address.
    """

    words: tuple[str, ...]
    title: Title
    line: str


OWNERS: Final = (
    Owner(
        ("OpenStreetMap",),
        Title("© OpenStreetMap 贡献者", "© OpenStreetMap 貢獻者", "© OpenStreetMap contributors"),
        "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright",
    ),
    Owner(
        ("GeoNames",),
        Title("GeoNames", "GeoNames", "GeoNames"),
        "GeoNames, CC BY 4.0, https://www.geonames.org",
    ),
    Owner(
        ("GSHHG",),
        Title("GSHHG", "GSHHG", "GSHHG"),
        "GSHHG, LGPL 3.0, https://www.soest.hawaii.edu/pwessel/gshhg/",
    ),
    Owner(
        ("天地图", "Tianditu"),
        Title("天地图", "天地圖", "Tianditu"),
        "天地图 Tianditu, https://www.tianditu.gov.cn",
    ),
    Owner(
        ("高德地图",), Title("高德地图", "高德地圖", "AMap"), "高德地图 AMap, https://www.amap.com"
    ),
    Owner(
        ("百度地图",),
        Title("百度地图", "百度地圖", "Baidu Maps"),
        "百度地图 Baidu Maps, https://map.baidu.com",
    ),
)

LICENCE_TEXTS: Final[dict[str, str]] = {
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "LGPL-3.0": "https://www.gnu.org/licenses/lgpl-3.0.html",
}
"""Where the text of a licence stands; terms that are not listed are a service's own."""

SHARE_ALIKE: Final = (
    "Positions under ODbL come from a database that is open on condition: what is derived from "
    "them and shown to others names its origin and is offered under ODbL 1.0 as well "
    f"({LICENCE_TEXTS['ODbL-1.0']})."
)


def credits_of(pairs: Iterable[tuple[object, object]]) -> tuple[Credit, ...]:
    """Give each source with its licence once, of the columns `source` and `licence` of any rows.

    What stands behind a source about a position that nobody confirms is no part of it. Rows
    without a source (works without a place) have none.
    """
    found = {
        Credit(plain_source(str(source)), str(licence or "")) for source, licence in pairs if source
    }
    return tuple(sorted(found, key=lambda one: (one.licence, one.source)))


def owners_of(given: Iterable[Credit]) -> tuple[Title, ...]:
    """Give the owners to be named on the map itself."""
    sources = " ".join(credit.source for credit in given)
    return tuple(owner.title for owner in _named(sources))


def licences_of(given: Iterable[Credit]) -> tuple[str, ...]:
    """Give each licence once, with the address of its text where that is known."""
    names = dict.fromkeys(credit.licence for credit in given if credit.licence)
    return tuple(f"{name} {LICENCE_TEXTS.get(name, '')}".strip() for name in names)


def attribution_of(source: str | None, licence: str | None) -> str:
    """Give the attribution of one row, "" where it has no place."""
    if not source and not licence:
        return ""
    owners = [owner.line for owner in _named(source or "")]
    return "; ".join(owners) or f"{plain_source(source or '')}, {licence or ''}"


def is_share_alike(licence: str) -> bool:
    """Tell whether a licence asks that what is derived be offered under it as well."""
    return licence.startswith("ODbL")


def _named(sources: str) -> Iterator[Owner]:
    return (owner for owner in OWNERS if any(word in sources for word in owner.words))


@dataclass(frozen=True, slots=True)
class LicenceCredit:
    """A licence and the sources under it; `more` tells whether some of them are left out."""

    licence: str
    sources: tuple[str, ...]
    more: bool = False

    @property
    def line(self) -> str:
        """The licence and its sources in one line."""
        return f"{self.licence}: {' | '.join(self.sources)}{' | …' if self.more else ''}"


class Credits:
    """Collects the sources and licences of rows; as large as there are licences, not rows."""

    def __init__(self) -> None:
        self._sources: dict[str, dict[str, None]] = {}
        self._full: set[str] = set()
        self._owners: set[Owner] = set()

    def add(self, source: str | None, licence: str | None) -> None:
        """Note a row's source and licence; a row without a place has none."""
        if not source and not licence:
            return
        name = plain_source(source or "")
        self._owners.update(_named(name))
        listed = self._sources.setdefault(licence or "", {})
        if name in listed or len(listed) < MOST_SOURCES:
            listed[name] = None
        else:
            self._full.add(licence or "")

    def all(self) -> tuple[LicenceCredit, ...]:
        """Give what was noted, by licence."""
        return tuple(
            LicenceCredit(licence, tuple(sorted(sources)), licence in self._full)
            for licence, sources in sorted(self._sources.items())
        )

    def attributions(self) -> tuple[str, ...]:
        """Give the lines with which owners ask to be named, and what ODbL asks where it is due."""
        named = [owner.line for owner in OWNERS if owner in self._owners]
        share = [SHARE_ALIKE] if any(map(is_share_alike, self._sources)) else []
        return (*named, *share)
