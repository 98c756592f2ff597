"""KML for Google Earth: a folder for each theme, shared styles, written placemark by placemark."""

import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import shapely
from lxml import etree

from geo.model import Precision
from layers.export.archives import add_file, add_text
from layers.export.batches import begun, placed, shapes_of, unplaced
from layers.export.kml_icons import ICONS
from layers.export.kml_parts import (
    balloon,
    extended_data,
    schema,
    shape,
    styles,
    text_element,
)
from layers.export.model import Export
from layers.export.rows import without_shape
from layers.schema import LAYERS
from layers.titles import PRECISIONS, THEMES

_NAMESPACE: Final = "http://www.opengis.net/kml/2.2"


def write_kml(export: Export, path: Path) -> None:
    """Write all works; those without a place are placemarks without a shape."""
    with path.open("wb") as file:
        _write(export, file, packed=False)


def write_kmz(export: Export, path: Path) -> None:
    """Write the same zipped, with signs of its own for points."""
    document = path.with_name("doc.kml")
    with document.open("wb") as file:
        _write(export, file, packed=True)
    with zipfile.ZipFile(path, "w") as archive:
        add_file(archive, document, document.name)
        for name, picture in ICONS.items():
            add_text(archive, f"icons/{name}.png", picture())


def _write(export: Export, file: IO[bytes], *, packed: bool) -> None:
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("kml", nsmap={None: _NAMESPACE}), xml.element("Document"):
            xml.write(text_element("name", export.title))
            xml.write(text_element("description", _about(export)))
            for part in (*styles(icons=packed), schema()):
                xml.write(part)
            for name, batches in _folders(export):
                with xml.element("Folder"):
                    xml.write(text_element("name", name))
                    for mark in _placemarks(batches, export, packed=packed):
                        xml.write(mark)


def _about(export: Export) -> str:
    return "\n".join(f"{note.title.hans} {note.title.en}: {note.text}" for note in export.notes)


def _folders(export: Export) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """Give the works of each theme under its name, then those without a place."""
    for theme, names in groupby(export.layers, key=lambda name: LAYERS[name].theme):
        batches = begun(batch for name in names for batch in placed(export, name))
        if batches is not None:
            yield THEMES[theme].in_language(export.language), batches
    if export.counts.unplaced:
        yield PRECISIONS[Precision.UNLOCATED].in_language(export.language), unplaced(export)


def _placemarks(
    batches: Iterator[pa.RecordBatch], export: Export, *, packed: bool
) -> Iterator["etree._Element"]:
    for batch in batches:
        texts = shapely.to_wkt(shapes_of(batch), rounding_precision=export.system.decimals)
        for row, wkt in zip(without_shape(batch).to_pylist(), texts, strict=True):
            mark = etree.Element("Placemark")
            mark.append(text_element("name", row["name"]))
            mark.append(text_element("description", balloon(row, export.language)))
            mark.append(text_element("styleUrl", f"#{row['stage']}-{row['precision']}"))
            mark.append(extended_data(row, typed=not packed))
            if wkt:
                mark.append(shape(wkt))
            yield mark
