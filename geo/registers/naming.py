"""Which place of the gazetteer a register means by a name: that very place, or none."""

from collections.abc import Iterable

from geo.gazetteer import Entry, Gazetteer
from geo.gazetteer.names import key
from geo.gazetteer.ranking import agreeing
from geo.gazetteer.sameness import distinct
from geo.gazetteer.spelling import Match, equivalent, same
from geo.model import Place


def place_named(gazetteer: Gazetteer, name: str, district: Place | None) -> tuple[Place, ...]:
    """Give the places that are called so and may lie in the district, each once.

    Their names are the same but for a last word that means the same (甲镇, 甲街道).
    """
    return _named(gazetteer, name, district, frozenset(gazetteer.kinds))


def area_named(gazetteer: Gazetteer, name: str, district: Place | None) -> tuple[Place, ...]:
    """Give the areas (towns, zones, villages) that are called so, as `place_named` does."""
    areas = frozenset(kind.name for kind in gazetteer.kinds.values() if kind.extent == "area")
    return _named(gazetteer, name, district, areas)


def _named(
    gazetteer: Gazetteer, name: str, district: Place | None, kinds: frozenset[str]
) -> tuple[Place, ...]:
    for step in (same, equivalent):
        matches = agreeing(gazetteer, step(gazetteer, key(name)), district)
        entries = _full_names_first(match for match in matches if match.entry.place.kind in kinds)
        if entries:
            return tuple(entry.place for entry in distinct(entries, gazetteer.kinds))
    return ()


def _full_names_first(matches: Iterable[Match]) -> list[Entry]:
    """Give the places that have the name in full, or else all that are called so for short."""
    entries = [match.entry for match in matches]
    return [entry for entry in entries if not entry.is_alias] or entries
