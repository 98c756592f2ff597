"""Whose data under which licence: what every map, file and export of works must say."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.build import NOT_VERIFIED
from layers.titles import Title


@dataclass(frozen=True, slots=True)
class Credit:
    """A source as the gazetteer or a register words it, with the name of its licence."""

    source: str
    licence: str


OWNERS: dict[str, Title] = {
    "OpenStreetMap": Title(
        "© OpenStreetMap 贡献者", "© OpenStreetMap 貢獻者", "© OpenStreetMap contributors"
    ),
    "GeoNames": Title("GeoNames", "GeoNames", "GeoNames"),
    "天地图": Title("天地图", "天地图", "天地图"),
    "高德地图": Title("高德地图", "高德地图", "高德地图"),
    "百度地图": Title("百度地图", "百度地图", "百度地图"),
}
"""Owners who ask to be named wherever their data is shown, by a word of their sources."""

LICENCE_TEXTS: dict[str, str] = {
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "LGPL-3.0": "https://www.gnu.org/licenses/lgpl-3.0.html",
}
"""Where the text of a licence stands; terms that are not listed are a service's own."""


def credits_of(pairs: Iterable[tuple[object, object]]) -> tuple[Credit, ...]:
    """Give each source with its licence once, of the columns `source` and `licence` of any rows.

    What stands behind a source about a position that nobody confirms is no part of it. Rows
    without a source (works without a place) have none.
    """
    found = {Credit(_bare(str(source)), str(licence or "")) for source, licence in pairs if source}
    return tuple(sorted(found, key=lambda one: (one.licence, one.source)))


def owners_of(given: Iterable[Credit]) -> tuple[Title, ...]:
    """Give the owners to be named on the map itself."""
    sources = " ".join(credit.source for credit in given)
    return tuple(title for word, title in OWNERS.items() if word in sources)


def licences_of(given: Iterable[Credit]) -> tuple[str, ...]:
    """Give each licence once, with the address of its text where that is known."""
    names = dict.fromkeys(credit.licence for credit in given if credit.licence)
    return tuple(f"{name} {LICENCE_TEXTS.get(name, '')}".strip() for name in names)


def _bare(source: str) -> str:
    return source.removesuffix(f" ({NOT_VERIFIED})")
