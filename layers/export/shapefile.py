"""Shapefiles: one for each layer in a zip file, with their legend, styles and licences."""

import csv
import io
import zipfile
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pyogrio

from layers.arrow import GEOMETRY, arrow_schema
from layers.export.archives import add_file, add_text
from layers.export.batches import begun, placed, reader_of
from layers.export.legend import MEANING_TITLES, meanings
from layers.export.model import Export
from layers.export.shapefile_names import field_name, renamed
from layers.qgis.qml import layer_qml
from layers.qgis.sld import layer_sld
from layers.schema import COLUMNS, LAYERS, Layer

LONGEST: Final = 254
"""Bytes that a text of a shapefile holds."""

_BYTES_A_CHARACTER: Final = 4
_LEGEND: Final = "字段说明_fields.csv"
_README: Final = "说明与许可_README.txt"
_SCHEMA: Final = pa.schema(
    [
        pa.field(
            field_name(field.name), pa.int32() if pa.types.is_boolean(field.type) else field.type
        )
        for field in arrow_schema(COLUMNS)
    ]
    + [pa.field(GEOMETRY, pa.binary())]
)
"""Names as a shapefile takes them; yes and no are 1 and 0, because few programs know its own."""


def write_shapefiles(export: Export, path: Path) -> None:
    """Write the works that have a place, a shapefile for each layer, into one zip file.

    Texts are UTF-8 and, where they are longer than a shapefile holds, cut between two characters;
    the text file inside says how many are.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write: a shapefile ends at 2 GB.
    """
    cut: dict[str, int] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for name in export.layers:
            with TemporaryDirectory(dir=path.parent) as folder:
                if _write_layer(export, LAYERS[name], Path(folder), cut):
                    for file in sorted(Path(folder).iterdir()):
                        add_file(archive, file, file.name)
        add_text(archive, _LEGEND, _legend())
        add_text(archive, _README, _readme(export, cut))


def _write_layer(export: Export, layer: Layer, folder: Path, cut: dict[str, int]) -> bool:
    """Write a layer and its styles; answer whether it has any work."""
    batches = begun(placed(export, layer.name))
    if batches is None:
        return False
    fitted = (_fitted(batch, cut) for batch in batches)
    with reader_of(fitted, _SCHEMA) as rows:
        pyogrio.write_arrow(
            rows,
            folder / f"{layer.name}.shp",
            layer=layer.name,
            driver="ESRI Shapefile",
            geometry_name=GEOMETRY,
            geometry_type=layer.family.geometry_type,
            crs=export.system.wkt,
            encoding="UTF-8",
            layer_options={"DBF_DATE_LAST_UPDATE": "1980-01-01"},
        )
    qml = renamed(layer_qml(layer), field_name)
    (folder / f"{layer.name}.qml").write_text(qml, encoding="utf-8")
    (folder / f"{layer.name}.sld").write_text(layer_sld(layer), encoding="utf-8")
    return True


def _fitted(batch: pa.RecordBatch, cut: dict[str, int]) -> pa.RecordBatch:
    arrays = [
        _shortened(array, field.name, cut) if pa.types.is_string(field.type) else array
        for array, field in zip(batch.columns, _SCHEMA, strict=True)
    ]
    pairs = zip(arrays, _SCHEMA, strict=True)
    return pa.RecordBatch.from_arrays(
        [one.cast(field.type) for one, field in pairs], schema=_SCHEMA
    )


def _shortened(array: "pa.Array[Any]", name: str, cut: dict[str, int]) -> "pa.Array[Any]":
    texts = array.to_pylist()
    short = [text if text is None else cut_text(text) for text in texts]
    changed = sum(one != other for one, other in zip(texts, short, strict=True))
    if not changed:
        return array
    cut[name] = cut.get(name, 0) + changed
    return pa.array(short, pa.string())


def cut_text(text: str) -> str:
    """Cut a text to the bytes that a shapefile holds, between two characters."""
    if len(text) <= LONGEST // _BYTES_A_CHARACTER:
        return text
    return text.encode()[:LONGEST].decode(errors="ignore")


def _legend() -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(MEANING_TITLES)
    writer.writerows(map(astuple, meanings(field_name)))
    return text.getvalue().encode("utf-8-sig")


def _readme(export: Export, cut: dict[str, int]) -> bytes:
    lines = [f"{note.title.hans} {note.title.en}: {note.text}" for note in export.notes]
    lines += [
        f"字段 {name}: {count} 项超过 {LONGEST} 字节的文字已截断, 全文见其他格式; "
        f"{count} texts of {name} are cut at {LONGEST} bytes, other formats hold them whole"
        for name, count in sorted(cut.items())
    ]
    lines.append(f"字段说明 fields: {_LEGEND}")
    return "\r\n".join("\n".join(lines).split("\n")).encode("utf-8-sig")
