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
RING_WIDTH = 1.2
HOLLOW_WIDTH = 2.5
TINT_OPACITY = 0.25
HATCH_SPACING = 6.0
HATCH_LENGTH = 7.0
HATCH_WIDTH = 1.0

# An area in which a work lies somewhere is outlined thinly, and one that is wider than this (its
# uncertainty in metres) has a mark only: several lie over another, and the city under them all.
WIDE_M = 6000.0
AREA_WIDTH = 1.2
AREA_OPACITY = 0.55

# Dots say that no source confirms a place, whatever its precision: stroke and gap of a line, and a
# dotted ring around a mark.
DOTS = (0.5, 7.0)
DOTTED_RING_RADIUS = 11.0
DOTTED_RING_WIDTH = 1.6

# The circle in which a point may truly lie.
CIRCLE_WIDTH = 1.2
CIRCLE_OPACITY = 0.05

# A light casing keeps a work legible over any base map.
CASING_COLOUR = "#ffffff"
CASING_WIDTH = 1.5
CASING_OPACITY = 0.8

# Land without works, names, and what is drawn of the city itself.
GROUND_COLOUR = "#f6f4ef"
INK_COLOUR = "#1d1c1a"
QUIET_COLOUR = "#b3ab9e"
