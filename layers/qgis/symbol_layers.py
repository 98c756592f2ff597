"""Symbols and the layers that they are stacked of."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from layers.qgis.notation import data_defined, options


def stacked(name: str, kind: str, *layers: ET.Element) -> ET.Element:
    """Make a symbol; `force_rhr` lets the inside of a polygon lie to the right of its outline."""
    element = ET.Element("symbol", name=name, type=kind, force_rhr="1", clip_to_extent="1")
    element.extend(layers)
    return element


def symbol_layer(
    kind: str,
    values: Mapping[str, str],
    defined: Mapping[str, str] | None = None,
    *,
    locked: bool = False,
) -> ET.Element:
    """Make a symbol layer; `defined` maps a data-defined property to its expression.

    A `locked` one keeps its colour when a person gives the symbol another.
    """
    element = ET.Element("layer", {"class": kind, **({"locked": "1"} if locked else {})})
    options(element, values)
    if defined:
        data_defined(element, defined)
    return element
