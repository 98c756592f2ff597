"""QGIS symbols: the stage gives the colour, the precision of each feature its line, fill and mark.

A symbol is a stack of symbol layers; which of them a feature shows, and with what line, is decided
by data-defined properties over its `precision`, so that the legend stays one entry for each stage.
"""

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from geo.model import Precision
from layers import drawing
from layers.drawing import DRAWINGS, Drawing
from layers.schema import Family

POINTS_PER_PIXEL: Final = 0.75
_TRANSPARENT: Final = "255,255,255,0"


def symbol(name: str, family: Family, colour: str) -> ET.Element:
    """Make the symbol of one stage for one geometry family; `colour` is #rrggbb."""
    kind, layers = {
        "MultiPoint": ("marker", _marks),
        "MultiLineString": ("line", _lines),
        "MultiPolygon": ("fill", _fills),
    }[family.geometry_type]
    return _symbol(name, kind, *layers(colour))


def options(parent: ET.Element, values: Mapping[str, str]) -> None:
    """Add QGIS' own notation of a mapping of text to text."""
    holder = ET.SubElement(parent, "Option", type="Map")
    for name, value in values.items():
        ET.SubElement(holder, "Option", type="QString", name=name, value=value)


def _symbol(name: str, kind: str, *layers: ET.Element) -> ET.Element:
    """Make a symbol; `force_rhr` lets the inside of a polygon lie to the right of its outline."""
    element = ET.Element(
        "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="1"
    )
    element.extend(layers)
    return element


def _layer(
    kind: str,
    values: Mapping[str, str],
    defined: Mapping[str, str] | None = None,
    *,
    locked: bool = False,
) -> ET.Element:
    """Make a symbol layer; `defined` maps a data-defined property to its expression.

    A `locked` one keeps its colour when a person gives the symbol another.
    """
    lock = "1" if locked else "0"
    element = ET.Element("layer", {"class": kind, "enabled": "1", "locked": lock, "pass": "0"})
    options(element, values)
    if defined:
        _data_defined(element, defined)
    return element


def _data_defined(parent: ET.Element, defined: Mapping[str, str]) -> None:
    holder = ET.SubElement(ET.SubElement(parent, "data_defined_properties"), "Option", type="Map")
    ET.SubElement(holder, "Option", type="QString", name="name", value="")
    properties = ET.SubElement(holder, "Option", type="Map", name="properties")
    for name, expression in defined.items():
        entry = ET.SubElement(properties, "Option", type="Map", name=name)
        ET.SubElement(entry, "Option", type="bool", name="active", value="true")
        ET.SubElement(entry, "Option", type="QString", name="expression", value=expression)
        ET.SubElement(entry, "Option", type="int", name="type", value="3")
    ET.SubElement(holder, "Option", type="QString", name="type", value="collection")


def _lines(colour: str) -> list[ET.Element]:
    return [_casing(), _outline(colour)]


def _fills(colour: str) -> list[ET.Element]:
    tint = _layer(
        "SimpleFill",
        {"color": _rgba(colour, drawing.TINT_OPACITY), "outline_style": "no", "style": "solid"},
        {"enabled": _where(lambda one: one.fill == "tint")},
    )
    return [tint, _casing(), _hatch(colour), _outline(colour)]


def _hatch(colour: str) -> ET.Element:
    """Draw short strokes from the outline inwards, which is to the right (see `_symbol`)."""
    values = {
        "interval": _points(drawing.HATCH_SPACING),
        "interval_unit": "Point",
        "hash_length": _points(drawing.HATCH_LENGTH),
        "hash_length_unit": "Point",
        "hash_angle": "45",
        "offset": _points(drawing.HATCH_LENGTH / 2),
        "offset_unit": "Point",
        "placement": "interval",
        "rotate": "1",
    }
    layer = _layer("HashLine", values, {"enabled": _where(lambda one: one.fill == "hatch")})
    line = _layer("SimpleLine", _stroke(_rgba(colour), drawing.HATCH_WIDTH))
    layer.append(_symbol("hatch", "line", line))
    return layer


def _marks(colour: str) -> list[ET.Element]:
    ring = _mark(drawing.RING_RADIUS, _TRANSPARENT, colour, lambda one: one.mark == "ringed")
    disc = _mark(
        drawing.MARK_RADIUS,
        _rgba(colour),
        drawing.CASING_COLOUR,
        lambda one: one.mark in {"disc", "ringed"},
    )
    hollow = _mark(
        drawing.MARK_RADIUS,
        _rgba(drawing.CASING_COLOUR, drawing.CASING_OPACITY),
        colour,
        lambda one: one.mark == "hollow",
    )
    return [ring, disc, hollow]


def _mark(radius: float, fill: str, line: str, shown: Callable[[Drawing], bool]) -> ET.Element:
    values = {
        "name": "circle",
        "size": _points(2 * radius),
        "size_unit": "Point",
        "color": fill,
        "outline_color": _rgba(line),
        "outline_width": _points(drawing.CASING_WIDTH),
        "outline_width_unit": "Point",
    }
    locked = line != drawing.CASING_COLOUR  # a ring's colour is its edge's, not its fill's
    return _layer("SimpleMarker", values, {"enabled": _where(shown)}, locked=locked)


def _casing() -> ET.Element:
    colour = _rgba(drawing.CASING_COLOUR, drawing.CASING_OPACITY)
    extra = 2 * drawing.CASING_WIDTH
    width = _case({code: _points(one.width + extra) for code, one in DRAWINGS.items()})
    return _layer("SimpleLine", _stroke(colour, extra), {"outlineWidth": width}, locked=True)


def _outline(colour: str) -> ET.Element:
    """Draw the line itself; QGIS keeps the last dash pattern until a style says solid again."""
    solid = {code: "'solid'" for code, one in DRAWINGS.items() if not one.dash}
    dashes = {code: _pattern(one.dash) for code, one in DRAWINGS.items() if one.dash}
    defined = {
        "outlineWidth": _case({code: _points(one.width) for code, one in DRAWINGS.items()}),
        "outlineStyle": _case(solid),
        "customDash": _case(dashes),
    }
    width = DRAWINGS[Precision.SURVEYED].width
    return _layer("SimpleLine", _stroke(_rgba(colour), width), defined)


def _pattern(dash: tuple[float, ...]) -> str:
    return "'" + ";".join(map(_points, dash)) + "'"


def _stroke(colour: str, width: float) -> dict[str, str]:
    return {
        "line_color": colour,
        "line_style": "solid",
        "line_width": _points(width),
        "line_width_unit": "Point",
        "customdash_unit": "Point",
        "capstyle": "round",
        "joinstyle": "round",
    }


def _case(values: Mapping[Precision, str]) -> str:
    """Write the expression that gives each precision its value, and NULL to the others."""
    cases = " ".join(
        f"WHEN \"precision\" = '{code}' THEN {value}" for code, value in values.items()
    )
    return f"CASE {cases} END"


def _where(shown: Callable[[Drawing], bool]) -> str:
    codes = ",".join(f"'{code}'" for code, one in DRAWINGS.items() if shown(one))
    return f'"precision" IN ({codes})'


def _points(pixels: float) -> str:
    return f"{pixels * POINTS_PER_PIXEL:g}"


def _rgba(colour: str, opacity: float = 1) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{round(255 * opacity)}"
