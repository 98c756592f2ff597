"""Whose data the map shows, and under which licence."""

from collections.abc import Callable, Iterator

from webmap.cards import WorkCard
from webmap.store import Snapshot
from webmap.translation import gettext

_NAMES: dict[str, Callable[[], str]] = {
    "OpenStreetMap": lambda: gettext("© OpenStreetMap contributors"),
    "GeoNames": lambda: "GeoNames",
    "天地图": lambda: "天地图",
    "高德地图": lambda: "高德地图",
    "百度地图": lambda: "百度地图",
}
"""Owners who ask to be named on the map itself, as their sources are worded in the gazetteer."""


def credits_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Give each source of the base map and of the works' places, with its licence."""
    works = (_credit(work) for work in snapshot.works if work.source)
    return sorted({*snapshot.base_map.credits, *works}, key=lambda credit: credit[::-1])


def credit_line(snapshot: Snapshot) -> list[str]:
    """Give the owners to be named in the map's corner."""
    return list(dict.fromkeys(_named(snapshot)))


def _credit(work: WorkCard) -> tuple[str, str]:
    return work.source, work.licence


def _named(snapshot: Snapshot) -> Iterator[str]:
    sources = " ".join(source for source, _licence in credits_of(snapshot))
    for owner, name in _NAMES.items():
        if owner in sources:
            yield name()
