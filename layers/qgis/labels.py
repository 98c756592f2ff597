"""Names on the map: without collision, the best known places first, counted works by number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from geo.model import Precision
from layers import drawing
from layers.qgis.expressions import LARGE_MAP, case, is_precision, text
from layers.qgis.label_texts import NUMBERED_NAME, label_text
from layers.qgis.notation import data_defined, points
from layers.qgis.symbols import LABEL_POINT
from layers.schema import Family
from layers.titles import NO_STAGE_COLOUR, STAGE_COLOURS

SCALE: Final = 500_000
"""Maps of a smaller scale bear no names."""

# QGIS places labels of priority 10 first; a counted work stands for no site and gives way.
_PRIORITIES: Final[Mapping[str, int]] = {
    Precision.SURVEYED: 9,
    Precision.STREET: 8,
    Precision.SCHEMATIC: 7,
    Precision.APPROXIMATE: 6,
    Precision.AREA: 4,
    Precision.OUTSIDE: 4,
    Precision.CITY: 3,
}

_CITY: Final = is_precision(Precision.CITY)
_GAP: Final = drawing.DOTTED_RING_RADIUS + 2

# On large maps badges are spread over rings around their label point, which many share.
_RING: Final = "(coalesce(start, 0) + length(name)) % 4"
_RING_STEP: Final = 30

# QGIS' codes of the ways to place a label.
_BESIDE_POINT: Final = {
    "placement": "6",
    "predefinedPositionOrder": "R,TR,BR,L,TL,BL,T,B",
    "dist": points(_GAP),
    "distUnits": "Point",
}
_AROUND_POINT: Final = {"placement": "0", "dist": points(_GAP), "distUnits": "Point"}
_ALONG_LINE: Final = {
    "placement": "3",
    "placementFlags": "10",
    "dist": points(2),
    "distUnits": "Point",
    "overrunDistance": points(40),
    "overrunDistanceUnit": "Point",
}
_AT_LABEL_POINT: Final = {
    "geometryGeneratorEnabled": "1",
    "geometryGenerator": LABEL_POINT,
    "geometryGeneratorType": "PointGeometry",
}


@dataclass(frozen=True, slots=True)
class _Names:
    """One kind of label: its text, its place, and whether others keep off its features."""

    expression: str
    placement: Mapping[str, str]
    is_obstacle: bool
    badge: bool = False


_OF_POINTS: Final = _Names("name", _BESIDE_POINT, is_obstacle=True)
_OF_LINES: Final = _Names("name", _ALONG_LINE, is_obstacle=True)
_OF_AREAS: Final = _Names("name", {**_BESIDE_POINT, **_AT_LABEL_POINT}, is_obstacle=False)
_OF_COUNTED: Final = _Names(
    NUMBERED_NAME, {**_AROUND_POINT, **_AT_LABEL_POINT}, is_obstacle=False, badge=True
)


def labeling(family: Family) -> ET.Element:
    """Give the labels of the layers of a family."""
    if family.geometry_type == "MultiPolygon":
        return _of_areas()
    root = ET.Element("labeling", type="simple")
    root.append(_settings(_OF_POINTS if family.geometry_type == "MultiPoint" else _OF_LINES))
    return root


def _of_areas() -> ET.Element:
    root = ET.Element("labeling", type="rule-based")
    rules = ET.SubElement(root, "rules", key="all")
    for key, shown, names in (
        ("named", f"NOT {_CITY}", _OF_AREAS),
        ("counted", _CITY, _OF_COUNTED),
    ):
        rule = ET.SubElement(rules, "rule", key=key, filter=shown)
        rule.append(_settings(names))
    return root


def _settings(names: _Names) -> ET.Element:
    settings = ET.Element("settings", calloutType="simple")
    settings.append(label_text(names.expression, badge=names.badge))
    ET.SubElement(settings, "text-format", multilineAlign="3")
    ET.SubElement(settings, "placement", dict(names.placement))
    ET.SubElement(settings, "rendering", _rendering(names))
    data_defined(settings, _by_feature(names), "dd_properties")
    return settings


def _rendering(names: _Names) -> dict[str, str]:
    return {
        "scaleVisibility": "1",
        "scaleMin": "0",
        "scaleMax": str(SCALE),
        "drawLabels": "1",
        "obstacle": "1" if names.is_obstacle else "0",
        "mergeLines": "1",
        "displayAll": "0",
    }


def _by_feature(names: _Names) -> dict[str, str]:
    priorities = {str(code): str(priority) for code, priority in _PRIORITIES.items()}
    defined = {"Priority": case("precision", priorities, str(_PRIORITIES[Precision.APPROXIMATE]))}
    if not names.badge:
        return defined
    colours = {str(stage): text(colour) for stage, colour in STAGE_COLOURS.items()}
    ring = f"if({LARGE_MAP}, {_RING}, 0)"
    return {
        **defined,
        "ShapeBorderColor": case("stage", colours, text(NO_STAGE_COLOUR)),
        "LabelDistance": f"{points(_GAP)} + {points(_RING_STEP)} * {ring}",
    }
