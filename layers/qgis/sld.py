"""A layer's style as SLD 1.0, for the programs that read no QML."""

from typing import Final
from xml.etree import ElementTree as ET

from geo.model import Precision, Stage
from layers import drawing
from layers.drawing import DRAWINGS, Drawing
from layers.schema import Family, Layer
from layers.titles import PRECISIONS, STAGE_COLOURS, STAGES

_SLD: Final = "http://www.opengis.net/sld"
_OGC: Final = "http://www.opengis.net/ogc"


def layer_sld(layer: Layer) -> str:
    """Give the style of a layer: one rule for each pair of stage and precision."""
    root = ET.Element("StyledLayerDescriptor", {"xmlns": _SLD, "xmlns:ogc": _OGC})
    root.set("version", "1.0.0")
    named = ET.SubElement(root, "NamedLayer")
    ET.SubElement(named, "Name").text = layer.name
    style = ET.SubElement(ET.SubElement(named, "UserStyle"), "FeatureTypeStyle")
    for stage in STAGES:
        for precision in DRAWINGS:
            style.append(_rule(layer.family, stage, precision))
    return ET.tostring(root, encoding="unicode")


def _rule(family: Family, stage: Stage, precision: Precision) -> ET.Element:
    rule = ET.Element("Rule")
    ET.SubElement(rule, "Name").text = f"{stage} {precision}"
    ET.SubElement(rule, "Title").text = f"{STAGES[stage].hans},{PRECISIONS[precision].hans}"
    both = ET.SubElement(ET.SubElement(rule, "ogc:Filter"), "ogc:And")
    for name, value in (("stage", stage), ("precision", precision)):
        equal = ET.SubElement(both, "ogc:PropertyIsEqualTo")
        ET.SubElement(equal, "ogc:PropertyName").text = name
        ET.SubElement(equal, "ogc:Literal").text = value
    rule.append(_symbolizer(family, STAGE_COLOURS[stage], DRAWINGS[precision]))
    return rule


def _symbolizer(family: Family, colour: str, one: Drawing) -> ET.Element:
    if family.geometry_type == "MultiPoint":
        return _point(colour, one)
    if family.geometry_type == "MultiLineString":
        line = ET.Element("LineSymbolizer")
        line.append(_stroke(colour, one))
        return line
    polygon = ET.Element("PolygonSymbolizer")
    if one.fill == "tint":
        polygon.append(_fill(colour, drawing.TINT_OPACITY))
    polygon.append(_stroke(colour, one))
    return polygon


def _point(colour: str, one: Drawing) -> ET.Element:
    point = ET.Element("PointSymbolizer")
    graphic = ET.SubElement(point, "Graphic")
    mark = ET.SubElement(graphic, "Mark")
    ET.SubElement(mark, "WellKnownName").text = "circle"
    hollow = one.mark == "hollow"
    mark.append(_fill(drawing.CASING_COLOUR if hollow else colour, 1))
    edge = colour if hollow else drawing.CASING_COLOUR
    mark.append(_parameters("Stroke", edge, {"stroke-width": f"{drawing.CASING_WIDTH:g}"}))
    ET.SubElement(graphic, "Size").text = f"{2 * drawing.MARK_RADIUS:g}"
    return point


def _stroke(colour: str, one: Drawing) -> ET.Element:
    values = {"stroke-width": f"{one.width:g}"}
    if one.dash:
        values["stroke-dasharray"] = " ".join(f"{length:g}" for length in one.dash)
    return _parameters("Stroke", colour, values)


def _fill(colour: str, opacity: float) -> ET.Element:
    return _parameters("Fill", colour, {"fill-opacity": f"{opacity:g}"})


def _parameters(tag: str, colour: str, values: dict[str, str]) -> ET.Element:
    element = ET.Element(tag)
    for name, value in {tag.lower(): colour, **values}.items():
        ET.SubElement(element, "CssParameter", name=name).text = value
    return element
