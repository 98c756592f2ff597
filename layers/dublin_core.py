"""A description in Dublin Core, the plain form of metadata that any program can read."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from layers.attribution import licences_of, owners_of
from layers.description import Description, abstract, lineage
from layers.markup import legal

STANDARD: Final = "http://purl.org/dc/elements/1.1/"


def dublin_core(of: Description) -> str:
    """Give the description as elements of Dublin Core 1.1, in XML."""
    root = ET.Element("metadata", {"xmlns:dc": STANDARD})
    for name, value in _elements(of):
        ET.SubElement(root, f"dc:{name}").text = legal(value)
    return ET.tostring(root, encoding="unicode")


def _elements(of: Description) -> Iterator[tuple[str, str]]:
    yield "title", of.title.hans
    yield "title", of.title.en
    yield "identifier", of.identifier
    yield "type", "Dataset"
    yield "language", "zh"
    yield "description", abstract(of)
    yield "creator", of.program
    for line in lineage(of):
        yield "source", line
    for licence in licences_of(of.credits):
        yield "rights", licence
    for owner in owners_of(of.credits):
        yield "rights", owner.en
    for text in of.texts:
        yield "coverage", f"{text.city} {text.year or ''}".strip()
