"""Leaves out a place that a better known one stands for: a schematic line beside the surveyed."""

from collections.abc import Iterable

from geo.gazetteer.store import Entry
from geo.model import Place, Precision

_ORDER = {precision: number for number, precision in enumerate(Precision)}
# A degree of longitude in the south of China is longer, one in the north is shorter: near enough
# to tell whether two places of one name and kind are one.
_METRES_PER_DEGREE = 100_000.0
_EXACT = frozenset({Precision.SURVEYED, Precision.STREET})


def best_known(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Leave out each place that lies where a better known one of its kind from elsewhere lies.

    The entries are those of one name, from the built-in list and from imported ones. Of two that
    are exact alike the first stays; two inexact ones, or two of one source, are two places.
    """
    known = tuple(entries)
    return tuple(
        entry
        for number, entry in enumerate(known)
        if not any(
            _stands_for(other.place, entry.place, is_first=before < number)
            for before, other in enumerate(known)
        )
    )


def _stands_for(better: Place, place: Place, *, is_first: bool) -> bool:
    if better.kind != place.kind or better.source == place.source:
        return False
    is_alike = better.precision is place.precision and place.precision in _EXACT and is_first
    if not is_alike and _ORDER[better.precision] >= _ORDER[place.precision]:
        return False
    apart_m = better.geometry.distance(place.geometry) * _METRES_PER_DEGREE
    return bool(apart_m <= place.uncertainty_m)
