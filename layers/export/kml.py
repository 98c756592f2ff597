"""KML for Google Earth: a folder for each theme, shared styles, written placemark by placemark."""

import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

import pyarrow as pa
import shapely
from lxml import etree

from geo.model import Precision
from layers.export.archives import plain_member
from layers.export.batches import placed, shapes_of, unplaced
from layers.export.kml_icons import ICONS
from layers.export.kml_parts import balloon, schema, shape, styles, text_of
from layers.export.model import Export
from layers.export.rows import without_shape
from layers.schema import COLUMNS, LAYERS
from layers.titles import PRECISIONS, THEMES

_NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_NAMES: Final = [column.name for column in COLUMNS]


def write_kml(export: Export, path: Path) -> None:
    """Write all works; those without a place are placemarks without a shape."""
    with path.open("wb") as file:
        _write(export, file, icons=False)


def write_kmz(export: Export, path: Path) -> None:
    """Write the same zipped, with signs of its own for points."""
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open(plain_member("doc.kml"), "w", force_zip64=True) as file:
            _write(export, file, icons=True)
        for name, picture in ICONS.items():
            archive.writestr(plain_member(f"icons/{name}.png"), picture())


def _write(export: Export, file: IO[bytes], *, icons: bool) -> None:
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("kml", nsmap={None: _NAMESPACE}), xml.element("Document"):
            xml.write(_text("name", export.title))
            notes = "\n".join(
                f"{note.title.hans} {note.title.en}: {note.text}" for note in export.notes
            )
            xml.write(_text("description", notes))
            for part in (*styles(icons=icons), schema()):
                xml.write(part)
            for name, batches in _folders(export):
                _folder(xml, export, name, batches)


def _folders(export: Export) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """Give the works of each theme under its name, then those without a place."""
    for theme, names in groupby(export.layers, key=lambda name: LAYERS[name].theme):
        yield (
            THEMES[theme].in_language(export.language),
            (batch for name in names for batch in placed(export, name)),
        )
    if export.counts.unplaced:
        yield PRECISIONS[Precision.UNLOCATED].in_language(export.language), unplaced(export)


def _folder(
    xml: "etree._IncrementalFileWriter",
    export: Export,
    name: str,
    batches: Iterator[pa.RecordBatch],
) -> None:
    with xml.element("Folder"):
        xml.write(_text("name", name))
        for batch in batches:
            texts = shapely.to_wkt(shapes_of(batch), rounding_precision=export.system.decimals)
            for row, wkt in zip(without_shape(batch).to_pylist(), texts, strict=True):
                xml.write(_placemark(row, wkt, export.language))


def _placemark(row: dict[str, Any], wkt: str | None, language: str) -> "etree._Element":
    mark = etree.Element("Placemark")
    mark.append(_text("name", row["name"]))
    mark.append(_text("description", balloon(row, language)))
    mark.append(_text("styleUrl", f"#{row['stage']}-{row['precision']}"))
    values = etree.SubElement(
        etree.SubElement(mark, "ExtendedData"), "SchemaData", schemaUrl="#works"
    )
    for name in _NAMES:
        value = row[name]
        if value is not None:
            etree.SubElement(values, "SimpleData", name=name).text = text_of(value)
    if wkt:
        mark.append(shape(wkt))
    return mark


def _text(tag: str, text: str) -> "etree._Element":
    element = etree.Element(tag)
    element.text = text_of(text)
    return element
