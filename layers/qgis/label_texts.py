"""How names look on the map: type, halo, and the badge that the number of a counted work is in."""

from typing import Final
from xml.etree import ElementTree as ET

from layers import drawing
from layers.qgis.notation import points, rgba
from layers.titles import NO_STAGE_COLOUR

_FONTS: Final = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei")
_FONT_POINTS: Final = 9

# The number of a counted work stands before its name, where the name does not hold it. QGIS keeps
# labels apart by their text alone: spaces beside it (U+2002) make room for the edge of the badge.
NUMBERED_NAME: Final = (
    "'\u2002' || coalesce(if(strpos(name, quantity_text) > 0, '', quantity_text || ' '), '')"
    " || name || '\u2002'"
)


def label_text(expression: str, *, badge: bool) -> ET.Element:
    """Give the type of a label, in a `badge` or with a halo in the casing's colour."""
    style = ET.Element(
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily=_FONTS[0],
        namedStyle="Regular",
        fontSize=str(_FONT_POINTS),
        fontSizeUnit="Point",
        textColor=rgba(drawing.INK_COLOUR),
        textOpacity="1",
        multilineHeight="1",
    )
    families = ET.SubElement(style, "families")
    for name in _FONTS[1:]:
        ET.SubElement(families, "family", name=name)
    style.append(_halo())
    if badge:
        style.append(_badge())
    return style


def _halo() -> ET.Element:
    return ET.Element(
        "text-buffer",
        bufferDraw="1",
        bufferSize=points(2),
        bufferSizeUnits="Point",
        bufferColor=rgba(drawing.CASING_COLOUR),
        bufferOpacity="0.9",
        bufferNoFill="1",
    )


def _badge() -> ET.Element:
    """Give a pill around the text; the edge takes the stage's colour from feature to feature."""
    return ET.Element(
        "background",
        shapeDraw="1",
        shapeType="0",
        shapeSizeType="0",
        shapeSizeX="0",
        shapeSizeY=points(1),
        shapeSizeUnit="Point",
        shapeRadiiX=points(9),
        shapeRadiiY=points(9),
        shapeRadiiUnit="Point",
        shapeFillColor=rgba(drawing.CASING_COLOUR),
        shapeBorderColor=rgba(NO_STAGE_COLOUR),
        shapeBorderWidth=points(1.5),
        shapeBorderWidthUnit="Point",
        shapeOpacity="1",
    )
