"""The settings of a project: CRS and units, what the map shows first, snapping, owners named."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from layers.attribution import owners_of
from layers.drawing import GROUND_COLOUR
from layers.qgis.crs import ellipsoid, spatial_reference, units
from layers.qgis.project.map_layers import extent
from layers.qgis.project.values import Project

_SNAPPING_PIXELS: Final = "10"
_ALL_LAYERS, _VERTEX_AND_SEGMENT, _PIXELS = "2", "3", "1"
_BOTTOM_RIGHT: Final = 3
_AROUND: Final = 0.04

Entries = Mapping[str, tuple[str, str]]


def snapping() -> ET.Element:
    """Snap to vertices and segments of all layers, a few pixels around."""
    return ET.Element(
        "snapping-settings",
        {
            "enabled": "1",
            "mode": _ALL_LAYERS,
            "type": _VERTEX_AND_SEGMENT,
            "tolerance": _SNAPPING_PIXELS,
            "unit": _PIXELS,
            "intersection-snapping": "0",
            "self-snapping": "0",
        },
    )


def properties(project: Project) -> ET.Element:
    """Give the settings that have no element of their own.

    Topological editing is off: works that share a boundary (a district, say) are promises of
    their own, and moving one may not move the others.
    """
    root = ET.Element("properties")
    for group, entries in _entries(project).items():
        holder = ET.SubElement(root, group)
        for name, (kind, value) in entries.items():
            ET.SubElement(holder, name, type=kind).text = value
    return root


def _entries(project: Project) -> dict[str, Entries]:
    red, green, blue = bytes.fromhex(GROUND_COLOUR.removeprefix("#"))
    owners = " · ".join(owner.hans for owner in owners_of(project.description.credits))
    return {
        "CopyrightLabel": {
            "Enabled": ("bool", "true" if owners else "false"),
            "Label": ("QString", owners),
            "Placement": ("int", str(_BOTTOM_RIGHT)),
        },
        "Digitizing": {
            "AvoidIntersectionsMode": ("int", "0"),
            "TopologicalEditing": ("int", "0"),
        },
        "Gui": {
            "CanvasColorRedPart": ("int", str(red)),
            "CanvasColorGreenPart": ("int", str(green)),
            "CanvasColorBluePart": ("int", str(blue)),
        },
        "Measure": {"Ellipsoid": ("QString", ellipsoid(project.crs))},
        "Measurement": {
            "AreaUnits": ("QString", "km2"),
            "DistanceUnits": ("QString", "meters"),
        },
        "PAL": {"PlacementEngineVersion": ("int", "1")},
        "Paths": {"Absolute": ("bool", "false")},
        "SpatialRefSys": {"ProjectionsEnabled": ("int", "1")},
    }


def views(project: Project) -> Iterator[ET.Element]:
    """Give the canvas and the full view: the cities of the works, with a little around them."""
    if project.bounds is None:
        return
    west, south, east, north = project.bounds
    dx, dy = _AROUND * (east - west), _AROUND * (north - south)
    shown = extent((west - dx, south - dy, east + dx, north + dy))
    canvas = ET.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = units(project.crs)
    canvas.append(shown)
    ET.SubElement(canvas, "destinationsrs").append(spatial_reference(project.crs))
    yield canvas
    corners = {corner.tag: corner.text or "" for corner in shown}
    view = ET.Element("ProjectViewSettings", UseProjectScales="0")
    for name in ("DefaultViewExtent", "PresetFullExtent"):
        ET.SubElement(view, name, corners).append(spatial_reference(project.crs))
    yield view
