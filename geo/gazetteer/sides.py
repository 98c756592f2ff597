"""A road that the gazetteer holds only by its sides: 青川路 as 青川东路 and 青川西路."""

import re
from itertools import combinations

import shapely

from geo.gazetteer.finding import Basis, Finding, joint
from geo.gazetteer.names import Form
from geo.gazetteer.ranking import fits
from geo.gazetteer.sameness import distinct
from geo.gazetteer.store import Entry, Gazetteer
from geo.model import Place, Work

_STREET = re.compile(r"^(\w+?)(路|大道|大街|街)$")
_SIDES = "东南西北中"
_FEWEST = 2
# Sides of one road follow each other within so many degrees (about 1 km).
_GAP = 0.01


def sides(gazetteer: Gazetteer, work: Work, form: Form) -> Finding | None:
    """Find a road as all its sides, where there are two or more that follow each other."""
    street = _STREET.match(form.text)
    if street is None or form.loose:
        return None
    found = [_side(gazetteer, work, f"{street[1]}{side}{street[2]}") for side in _SIDES]
    places = tuple(place for place in found if place)
    if len(places) < _FEWEST or not _joined(places):
        return None
    whole = joint(places)
    return Finding(whole, Basis.SIDES, whole.name_hans)


def _side(gazetteer: Gazetteer, work: Work, name_key: str) -> Place | None:
    entries: list[Entry] = [
        entry
        for entry in gazetteer.entries(name_key)
        if gazetteer.kinds[entry.place.kind].extent == "line" and fits(gazetteer, work, entry)
    ]
    different = distinct(entries, gazetteer.kinds)
    return different[0].place if len(different) == 1 else None


def _joined(places: tuple[Place, ...]) -> bool:
    """Whether the sides hang together: as many near pairs as it takes to join them all."""
    pairs = combinations((place.geometry for place in places), 2)
    near = sum(bool(shapely.dwithin(one, other, _GAP)) for one, other in pairs)
    return near >= len(places) - 1
