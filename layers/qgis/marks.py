"""Marks of symbols: a disc for a site, a hollow ring where none is known, dots for a doubt."""

from typing import Final
from xml.etree import ElementTree as ET

from geo.model import Precision
from layers import drawing
from layers.qgis.expressions import LARGE_MAP, UNVERIFIED, drawn, is_precision
from layers.qgis.notation import points, rgba
from layers.qgis.symbol_layers import symbol_layer

_TRANSPARENT: Final = "255,255,255,0"
_HOLLOW: Final = drawn(lambda one: one.mark == "hollow")
_RINGED: Final = drawn(lambda one: one.mark == "ringed")


def marks(colour: str) -> list[ET.Element]:
    """Draw the mark of a work, and around it what is said of its place; `colour` is #rrggbb."""
    casing = rgba(drawing.CASING_COLOUR)
    return [
        _ring(drawing.DOTTED_RING_RADIUS, drawing.DOTTED_RING_WIDTH, colour, UNVERIFIED, "dot"),
        _ring(drawing.RING_RADIUS, drawing.RING_WIDTH, colour, _RINGED, "solid"),
        _mark(rgba(colour), casing, drawing.CASING_WIDTH, f"NOT ({_HOLLOW})"),
        _mark(casing, rgba(colour), drawing.HOLLOW_WIDTH, _HOLLOW, locked=True),
    ]


def circle(colour: str) -> ET.Element:
    """Draw on large maps the circle in which a point may truly lie, in metres on the ground."""
    near = is_precision(Precision.STREET, Precision.APPROXIMATE)
    values = {
        "name": "circle",
        "size_unit": "RenderMetersInMapUnits",
        "color": rgba(colour, drawing.CIRCLE_OPACITY),
        "outline_color": rgba(colour),
        "outline_style": "dash",
        "outline_width": points(drawing.CIRCLE_WIDTH),
        "outline_width_unit": "Point",
    }
    defined = {
        "size": "2 * coalesce(uncertainty_m, 0)",
        "enabled": f"{near} AND {LARGE_MAP}",
    }
    return symbol_layer("SimpleMarker", values, defined)


def _ring(radius: float, width: float, colour: str, shown: str, style: str) -> ET.Element:
    values = _circle(radius, _TRANSPARENT, rgba(colour), width) | {"outline_style": style}
    return symbol_layer("SimpleMarker", values, {"enabled": shown}, locked=True)


def _mark(fill: str, edge: str, width: float, shown: str, *, locked: bool = False) -> ET.Element:
    values = _circle(drawing.MARK_RADIUS, fill, edge, width)
    return symbol_layer("SimpleMarker", values, {"enabled": shown}, locked=locked)


def _circle(radius: float, fill: str, edge: str, width: float) -> dict[str, str]:
    return {
        "name": "circle",
        "size": points(2 * radius),
        "size_unit": "Point",
        "color": fill,
        "outline_color": edge,
        "outline_width": points(width),
        "outline_width_unit": "Point",
    }
