"""How each precision is drawn, stated once for the GeoPackage's styles and the web's legend."""

from dataclasses import dataclass
from typing import Literal

from geo.model import Precision

Fill = Literal["tint", "hatch", "none"]
Mark = Literal["disc", "ringed", "hollow"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Line, fill and mark of one precision; lengths are in CSS pixels (1/96 inch).

    `dash` is stroke, gap, stroke, gap ... (empty for a solid line); a `ringed` mark is a disc
    inside a ring, a `hollow` one is a ring alone, because no site is known. A `hatch` runs along
    the inside of the outline only: an area may be as large as the city, and is never filled.
    """

    width: float
    dash: tuple[float, ...]
    fill: Fill
    mark: Mark


DRAWINGS: dict[Precision, Drawing] = {
    Precision.SURVEYED: Drawing(4, (), "tint", "disc"),
    Precision.STREET: Drawing(4, (), "tint", "ringed"),
    Precision.APPROXIMATE: Drawing(3, (), "none", "ringed"),
    Precision.SCHEMATIC: Drawing(3, (9, 6), "none", "ringed"),
    Precision.AREA: Drawing(2, (), "hatch", "hollow"),
    Precision.CITY: Drawing(1.5, (2, 4), "none", "hollow"),
    Precision.OUTSIDE: Drawing(2, (10, 5, 1, 5), "none", "hollow"),
}

MARK_RADIUS = 5.0
RING_RADIUS = 9.0
TINT_OPACITY = 0.25
HATCH_SPACING = 6.0
HATCH_LENGTH = 7.0
HATCH_WIDTH = 1.0

# A light casing keeps a work legible over any base map.
CASING_COLOUR = "#ffffff"
CASING_WIDTH = 1.5
CASING_OPACITY = 0.8
