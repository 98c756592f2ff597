"""Lines of symbols: solid, dashed or dotted by precision, on a light casing; and the hatch."""

from xml.etree import ElementTree as ET

from geo.model import Precision
from layers import drawing
from layers.drawing import DRAWINGS
from layers.qgis.expressions import UNVERIFIED, by_precision, text
from layers.qgis.notation import points, rgba
from layers.qgis.symbol_layers import stacked, symbol_layer


def line(colour: str, shown: str = "") -> ET.Element:
    """Draw the line itself; QGIS keeps the last dash pattern until a style says solid again."""
    dash = by_precision(lambda one: _pattern(one.dash) if one.dash else "NULL")
    solid = by_precision(lambda one: "NULL" if one.dash else "'solid'")
    defined = {
        "outlineWidth": by_precision(lambda one: points(one.width)),
        "outlineStyle": f"if({UNVERIFIED}, NULL, {solid})",
        "customDash": f"if({UNVERIFIED}, {_pattern(drawing.DOTS)}, {dash})",
    }
    width = DRAWINGS[Precision.SURVEYED].width
    return symbol_layer("SimpleLine", stroke(rgba(colour), width), _where(shown) | defined)


def border(colour: str, width: float, shown: str) -> ET.Element:
    """Draw a thin edge, the same for all features that show it."""
    return symbol_layer("SimpleLine", stroke(colour, width), _where(shown))


def doubtful_border(colour: str, width: float, shown: str) -> ET.Element:
    """Draw the edge of an area in which a work lies somewhere, dotted where nobody confirms it."""
    defined = {
        "enabled": shown,
        "outlineStyle": f"if({UNVERIFIED}, NULL, 'solid')",
        "customDash": f"if({UNVERIFIED}, {_pattern(drawing.DOTS)}, NULL)",
    }
    return symbol_layer("SimpleLine", stroke(colour, width), defined)


def casing(shown: str = "") -> ET.Element:
    """Draw the light edge under a line."""
    colour = rgba(drawing.CASING_COLOUR, drawing.CASING_OPACITY)
    extra = 2 * drawing.CASING_WIDTH
    width = by_precision(lambda one: points(one.width + extra))
    defined = _where(shown) | {"outlineWidth": width}
    return symbol_layer("SimpleLine", stroke(colour, extra), defined, locked=True)


def hatch(colour: str, shown: str) -> ET.Element:
    """Draw short strokes from an outline inwards, which is to the right (see `stacked`)."""
    values = {
        "interval": points(drawing.HATCH_SPACING),
        "interval_unit": "Point",
        "hash_length": points(drawing.HATCH_LENGTH),
        "hash_length_unit": "Point",
        "hash_angle": "45",
        "offset": points(drawing.HATCH_LENGTH / 2),
        "offset_unit": "Point",
        "placement": "interval",
        "rotate": "1",
    }
    layer = symbol_layer("HashLine", values, _where(shown))
    strokes = stroke(rgba(colour, drawing.AREA_OPACITY), drawing.HATCH_WIDTH)
    layer.append(stacked("hatch", "line", symbol_layer("SimpleLine", strokes)))
    return layer


def stroke(colour: str, width: float) -> dict[str, str]:
    """Give the values of a line: colour as QGIS writes it, width in pixels."""
    return {
        "line_color": colour,
        "line_width": points(width),
        "line_width_unit": "Point",
        "customdash_unit": "Point",
        "capstyle": "round",
        "joinstyle": "round",
    }


def _where(shown: str) -> dict[str, str]:
    return {"enabled": shown} if shown else {}


def _pattern(dash: tuple[float, ...]) -> str:
    return text(";".join(map(points, dash)))
