"""QGIS symbols: the stage gives the colour, the precision of each feature its line, fill and mark.

A symbol is a stack of symbol layers; which of them a feature shows, and with what line, is decided
by data-defined properties over its values, so that the legend stays one entry for each stage.
"""

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from geo.model import Precision
from layers import drawing
from layers.qgis.expressions import UNVERIFIED, WIDE, drawn, is_precision
from layers.qgis.marks import circle, marks
from layers.qgis.notation import rgba
from layers.qgis.strokes import border, casing, doubtful_border, hatch, line
from layers.qgis.symbol_layers import stacked, symbol_layer
from layers.schema import Family

LABEL_POINT: Final = (
    "pole_of_inaccessibility($geometry, max(bounds_width($geometry), bounds_height($geometry))/100)"
)
"""The point of an area that lies farthest from its border: its mark and its name stand there."""

_KNOWN: Final = drawn(lambda one: one.fill == "tint")
_HATCHED: Final = drawn(lambda one: one.fill == "hatch")
_CITY: Final = is_precision(Precision.CITY)
_NARROW: Final = f"NOT ({_KNOWN}) AND NOT {_CITY} AND NOT {WIDE}"


def symbol(name: str, family: Family, colour: str) -> ET.Element:
    """Make the symbol of one stage for one geometry family; `colour` is #rrggbb."""
    kind, layers = _STACKS[family.geometry_type]
    return stacked(name, kind, *layers(colour))


def _points(colour: str) -> list[ET.Element]:
    return [circle(colour), *marks(colour)]


def _lines(colour: str) -> list[ET.Element]:
    return [casing(), line(colour)]


def _areas(colour: str) -> list[ET.Element]:
    """Draw known ground as such, an area that holds a work thinly, the city itself quietly."""
    tint = symbol_layer(
        "SimpleFill",
        {
            "color": rgba(colour, drawing.TINT_OPACITY),
            "outline_style": "no",
            "style": "solid",
        },
        {"enabled": _KNOWN},
    )
    return [
        tint,
        casing(_KNOWN),
        line(colour, _KNOWN),
        hatch(colour, f"{_NARROW} AND {_HATCHED} AND NOT {UNVERIFIED}"),
        doubtful_border(rgba(colour, drawing.AREA_OPACITY), drawing.AREA_WIDTH, _NARROW),
        border(rgba(drawing.QUIET_COLOUR), 1, _CITY),
        _mark_inside(colour),
    ]


def _mark_inside(colour: str) -> ET.Element:
    values = {
        "SymbolType": "Marker",
        "geometryModifier": LABEL_POINT,
        "units": "MapUnit",
    }
    layer = symbol_layer("GeometryGenerator", values)
    layer.append(stacked("mark", "marker", *marks(colour)))
    return layer


_STACKS: Final[Mapping[str, tuple[str, Callable[[str], list[ET.Element]]]]] = {
    "MultiPoint": ("marker", _points),
    "MultiLineString": ("line", _lines),
    "MultiPolygon": ("fill", _areas),
}
