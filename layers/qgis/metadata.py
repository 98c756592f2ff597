"""A description as QGIS shows it: on the page of a layer's properties, and in its catalogue."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

import pyproj

from layers.attribution import licences_of, owners_of
from layers.description import Description, abstract, lineage
from layers.markup import legal
from layers.qgis.crs import authority, spatial_reference

STANDARD: Final = "http://mrcc.com/qgis.dtd"
"""By this address QGIS finds its own metadata in a GeoPackage."""


def metadata_document(of: Description, crs: pyproj.CRS | None) -> str:
    """Give the description as a document of its own."""
    root = ET.Element("qgis", version="3.22")
    root.extend(metadata_elements(of, crs))
    return ET.tostring(root, encoding="unicode")


def metadata_elements(of: Description, crs: pyproj.CRS | None) -> Iterator[ET.Element]:
    """Give the parts of the description of a layer, in the order that QGIS writes them in."""
    for name, value in _head(of):
        yield _text(name, value)
    for line in lineage(of):
        yield _text("history", line)
    for owner in owners_of(of.credits):
        yield _text("rights", owner.en)
    for licence in licences_of(of.credits):
        yield _text("license", licence)
    if crs is not None:
        holder = ET.Element("crs")
        holder.append(spatial_reference(crs))
        yield holder
        yield _extent(of, crs)


def _head(of: Description) -> Iterator[tuple[str, str]]:
    yield "identifier", of.identifier
    yield "language", "zho"
    yield "type", "dataset"
    yield "title", f"{of.title.hans} · {of.title.en}"
    yield "abstract", abstract(of)


def _extent(of: Description, crs: pyproj.CRS) -> ET.Element:
    extent = ET.Element("extent")
    if of.bounds is not None:
        names = ("minx", "miny", "maxx", "maxy")
        corners = {name: repr(value) for name, value in zip(names, of.bounds, strict=True)}
        ET.SubElement(extent, "spatial", {"crs": authority(crs), "dimensions": "2", **corners})
    years = sorted({text.year for text in of.texts if text.year is not None})
    if years:
        period = ET.SubElement(ET.SubElement(extent, "temporal"), "period")
        ET.SubElement(period, "start").text = f"{years[0]:04}-01-01T00:00:00Z"
        ET.SubElement(period, "end").text = f"{years[-1]:04}-12-31T00:00:00Z"
    return extent


def _text(name: str, value: str) -> ET.Element:
    element = ET.Element(name)
    element.text = legal(value)
    return element
