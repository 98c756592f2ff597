"""Works of one list lie near each other: this alone decides between places that are else equal."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.finding import Basis, Finding
from geo.model import Place

# Neighbours lie within so many degrees (about 5 km); fewer than so many say nothing.
_BESIDE = 0.05
_FEWEST = 2


def settled(finding: Finding, beside: Sequence[BaseGeometry]) -> Finding | None:
    """Give the one of the tied places that works of the same list lie beside, and no other has any.

    `beside` are the geometries, in EPSG:4326, of works of the list whose places are known.
    """
    counts = [(_neighbours(place, beside), place) for place in finding.tied]
    chosen = [place for count, place in counts if count >= _FEWEST]
    if len(chosen) != 1 or sum(count > 0 for count, _ in counts) != 1:
        return None
    return replace(finding, place=chosen[0], basis=Basis.LIST, tied=())


def _neighbours(place: Place, beside: Sequence[BaseGeometry]) -> int:
    return sum(bool(shapely.dwithin(place.geometry, one, _BESIDE)) for one in beside)
