"""Parts of a KML document: styles by stage and precision, balloons, shapes."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from lxml import etree

from geo.model import Precision
from layers import drawing
from layers.drawing import DRAWINGS, Drawing
from layers.schema import COLUMNS, Kind
from layers.titles import PRECISIONS, STAGE_COLOURS, STAGES, THEMES, Title

_TYPES: Final[dict[Kind, str]] = {"text": "string", "int": "int", "float": "double", "bool": "bool"}
# What XML 1.0 cannot hold, even escaped.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK_SCALE: Final = 0.6
_NOT_VERIFIED: Final = Title("位置未核实", "位置未核實", "place not verified")
_FACTS: Final = (
    "quantity_text",
    "district",
    "located_by",
    "source",
    "licence",
    "document_id",
)
_TITLES: Final = {column.name: column.title for column in COLUMNS}


def text_element(tag: str, text: str) -> "etree._Element":
    """Make an element that holds a text."""
    element = etree.Element(tag)
    element.text = text_of(text)
    return element


def text_of(value: object) -> str:
    """Write a value as text that XML can hold."""
    if isinstance(value, bool):
        return str(int(value))
    return _UNFIT.sub("\ufffd", str(value))


def styles(*, icons: bool) -> Iterator["etree._Element"]:
    """Give the style of each pair of stage and precision; `icons` tells whether signs are there."""
    for stage, colour in STAGE_COLOURS.items():
        for precision, one in DRAWINGS.items():
            yield _style(f"{stage}-{precision}", colour, one, icons=icons)
        unlocated = etree.Element("Style", id=f"{stage}-{Precision.UNLOCATED}")
        unlocated.append(_balloon_style())
        yield unlocated


def _style(name: str, colour: str, one: Drawing, *, icons: bool) -> "etree._Element":
    style = etree.Element("Style", id=name)
    icon = _part(
        style, "IconStyle", color=_colour(colour), scale=f"{_MARK_SCALE if icons else 1:g}"
    )
    if icons:
        etree.SubElement(etree.SubElement(icon, "Icon"), "href").text = f"icons/{one.mark}.png"
        etree.SubElement(icon, "hotSpot", x="0.5", y="0.5", xunits="fraction", yunits="fraction")
    _part(style, "LabelStyle", scale="0.8")
    _part(style, "LineStyle", color=_colour(colour), width=f"{one.width:g}")
    tinted = one.fill == "tint"
    _part(style, "PolyStyle", color=_colour(colour, drawing.TINT_OPACITY), fill=f"{tinted:d}")
    style.append(_balloon_style())
    return style


def _balloon_style() -> "etree._Element":
    """Let a balloon show our description alone: a name put in by the viewer would be markup."""
    style = etree.Element("BalloonStyle")
    etree.SubElement(style, "text").text = "$[description]"
    return style


def _part(parent: "etree._Element", tag: str, **values: str) -> "etree._Element":
    part = etree.SubElement(parent, tag)
    for name, value in values.items():
        etree.SubElement(part, name).text = value
    return part


def _colour(colour: str, opacity: float = 1) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{round(255 * opacity):02x}{blue:02x}{green:02x}{red:02x}"


def schema() -> "etree._Element":
    """Give the names and types of the columns."""
    element = etree.Element("Schema", id="works", name="works")
    for column in COLUMNS:
        field = etree.SubElement(element, "SimpleField", name=column.name, type=_TYPES[column.kind])
        etree.SubElement(field, "displayName").text = column.title.hans
    return element


def extended_data(row: dict[str, Any], *, typed: bool) -> "etree._Element":
    """Give all values of a work, by the types of `schema` or as texts.

    GDAL finds the types in no KMZ file, and would leave the values out.
    """
    data = etree.Element("ExtendedData")
    holder = etree.SubElement(data, "SchemaData", schemaUrl="#works") if typed else data
    for column in COLUMNS:
        value = row[column.name]
        if typed and value is not None:
            etree.SubElement(holder, "SimpleData", name=column.name).text = text_of(value)
        if not typed:
            entry = etree.SubElement(holder, "Data", name=column.name)
            entry.append(text_element("value", "" if value is None else text_of(value)))
    return data


def balloon(row: dict[str, Any], language: str) -> str:
    """Say in markup what a work is, how well its place is known, and in whose words it stands."""
    lines = [
        f"<h3>{_shown(row['name'])}</h3>",
        f"<p>{_stage(row, language)} · {_word(THEMES, row['theme'], language)}</p>",
        f"<p>{_place(row, language)}</p>",
        f"<blockquote>{_shown(row['sentence'])}</blockquote>",
    ]
    lines += [
        f"<p>{_shown(_TITLES[name].in_language(language))}: {_shown(row[name])}</p>"
        for name in _FACTS
        if row[name] is not None
    ]
    return "\n".join(lines)


def _stage(row: dict[str, Any], language: str) -> str:
    words = f" “{_shown(row['stage_words'])}”" if row["stage_words"] else ""
    return f"<b>{_word(STAGES, row['stage'], language)}</b>{words}"


def _place(row: dict[str, Any], language: str) -> str:
    radius = "" if row["uncertainty_m"] is None else f" (±{row['uncertainty_m']:,.0f} m)"
    located = row["precision"] != Precision.UNLOCATED
    doubt = "" if row["verified"] or not located else f" · {_NOT_VERIFIED.in_language(language)}"
    return f"{_word(PRECISIONS, row['precision'], language)}{radius}{doubt}"


def _word(words: Any, code: str, language: str) -> str:  # noqa: ANN401  titles by any enumeration
    title = words.get(code)
    return _shown(title.in_language(language) if title else code)


def _shown(value: object) -> str:
    return "" if value is None else escape(str(value))


def shape(wkt: str) -> "etree._Element":
    """Turn the well-known text of a MultiPoint, MultiLineString or MultiPolygon into KML."""
    kind, _, body = wkt.partition(" ")
    element = etree.Element("MultiGeometry")
    match kind:
        case "MULTIPOLYGON":
            for polygon in body[3:-3].split(")), (("):
                _polygon(element, polygon.split("), ("))
        case "MULTILINESTRING":
            for line in body[2:-2].split("), ("):
                _coordinates(etree.SubElement(element, "LineString"), line)
        case _:
            for point in body[1:-1].split(", "):
                _coordinates(etree.SubElement(element, "Point"), point.strip("()"))
    return element


def _polygon(parent: "etree._Element", rings: list[str]) -> None:
    polygon = etree.SubElement(parent, "Polygon")
    for place, ring in enumerate(rings):
        boundary = etree.SubElement(polygon, "innerBoundaryIs" if place else "outerBoundaryIs")
        _coordinates(etree.SubElement(boundary, "LinearRing"), ring)


def _coordinates(parent: "etree._Element", text: str) -> None:
    """Write `120 31, 121 32` as `120,31 121,32`."""
    pairs = text.replace(", ", ";").replace(" ", ",").replace(";", " ")
    etree.SubElement(parent, "coordinates").text = pairs
