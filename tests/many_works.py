"""A works file of any size, written batch by batch: works of realistic width, none of them real."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS

from layers.arrow import arrow_batches, arrow_schema
from layers.geopackage.drivers import write_layer, write_table
from layers.geopackage.finish import finish
from layers.schema import COLUMNS, EDITABLE, LAYERS, SCHEMA_VERSION
from layers.tables import BUILD, BUILT, CLAUSES, DOCUMENTS, PLACES, QUANTITIES, TABLES, WORKS

Row = tuple[Any, ...]

LAYER_NAMES: Final = (
    "metro_lines",
    "road_lines",
    "road_points",
    "park_areas",
    "park_points",
    "housing_renewal_areas",
    "sewage_points",
    "education_points",
    "other_points",
)
UNPLACED_IN: Final = 50
"""One work of so many has no place."""

_IN_DOCUMENT: Final = 1_000
_PLACES: Final = 500
_STAGES: Final = ("plan", "start", "under_construction", "complete")
_SOURCES: Final = (
    ("OpenStreetMap stations", "ODbL-1.0"),
    ("GeoNames 1548253", "CC-BY-4.0"),
    ("field survey", "CC0-1.0"),
)
_NAME = [column.name for column in COLUMNS]


def write_many(path: Path, count: int) -> None:
    """Write a works file of so many works, spread over layers, documents and stages."""
    wkt = str(CRS.from_epsg(4326).to_wkt())
    schema = arrow_schema(COLUMNS, geometry=True)
    for name in LAYER_NAMES:
        rows = ((*_row(number), _shape(number)) for number in _placed(name, count))
        write_layer(path, LAYERS[name], _reader(rows, schema, 2_000), wkt)
    for table in TABLES:
        size = 20 if table is DOCUMENTS else 2_000  # a document is as long as a thousand works
        rows = _TABLES.get(table.name, _nothing)(count)
        write_table(path, table, _reader(rows, arrow_schema(table.columns), size))
    finish(path, LAYER_NAMES)


def _reader(rows: Iterator[Row], schema: pa.Schema, size: int) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(schema, arrow_batches(rows, schema, size))


def _placed(layer: str, count: int) -> Iterator[int]:
    return (number for number in range(count) if _layer(number) == layer)


def _layer(number: int) -> str | None:
    return None if number % UNPLACED_IN == 0 else LAYER_NAMES[number % len(LAYER_NAMES)]


def _name(number: int) -> str:
    return f"第{number:07}号滨湖新城综合整治提升"


def _sentence(number: int) -> str:
    """Give a sentence that is as long for every number, so that its offsets need no counting."""
    return (
        f"加快推进{_name(number)}工程建设,确保年内完成投资{number % 97:02}亿元,进一步完善城市功能,"
        "持续改善人居环境和区域交通条件,为高质量发展提供有力支撑。"
    )


def _document(number: int) -> str:
    return f"plan-{number // _IN_DOCUMENT:05}"


def _span(number: int) -> tuple[int, int]:
    length = len(_sentence(number))
    start = number % _IN_DOCUMENT * (length + 1)
    return start, start + length


def _row(number: int) -> Row:
    start, end = _span(number)
    layer = _layer(number)
    source, licence = _SOURCES[number % len(_SOURCES)]
    theme = LAYERS[LAYER_NAMES[number % len(LAYER_NAMES)]].theme
    values = {
        "work_id": f"{_document(number)}-{number:07}",
        "name": _name(number),
        "name_hans": _name(number),
        "theme": str(theme),
        "stage": _STAGES[number % len(_STAGES)],
        "stage_words": "加快推进",
        "locatable": "exact_named",
        "quantity": float(number % 97),
        "unit": "亿元",
        "quantity_text": f"{number % 97:02}亿元",
        "district": f"第{number % 9}区",
        "city": "甲市",
        "year": 2020 + number % 5,
        "precision": "approximate" if layer else "unlocated",
        "uncertainty_m": 900.0 if layer else None,
        "place_id": f"place-{number % _PLACES}" if layer else None,
        "located_by": f"name: {_name(number)}" if layer else "no place of this name",
        "source": source if layer else None,
        "licence": licence if layer else None,
        "document_id": _document(number),
        "section": "一、加快城市建设,完善基础设施网络",
        "passage": number % _IN_DOCUMENT + 1,
        "start": start,
        "end": end,
        "sentence": _sentence(number),
        "edited": False,
        "verified": bool(layer),
        "part_of": None,
        "confidence": None,
    }
    return tuple(values[name] for name in _NAME)


def _shape(number: int) -> bytes:
    """Give a place of the layer's family: a point, a line of 40 corners or an area of 60."""
    x, y = 118 + number % 1_999 / 500, 30 + number % 1_777 / 500
    family = str(_layer(number)).rpartition("_")[2]
    if family == "points":
        return bytes(shapely.to_wkb(shapely.MultiPoint([(x, y)])))
    if family == "lines":
        steps = np.arange(40)
        line = shapely.linestrings(x + steps / 1_000, y + np.sin(steps) / 500)
        return bytes(shapely.to_wkb(shapely.MultiLineString([line])))
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    ring = shapely.polygons(np.column_stack((x + np.cos(turns) / 99, y + np.sin(turns) / 99)))
    return bytes(shapely.to_wkb(shapely.MultiPolygon([ring])))


def _works(count: int) -> Iterator[Row]:
    for number in range(count):
        yield (*_row(number), _layer(number), number % _IN_DOCUMENT + 1, _name(number))


def _clauses(count: int) -> Iterator[Row]:
    for number in range(count):
        row = dict(zip(_NAME, _row(number), strict=True))
        layer = _layer(number)
        yield (
            row["document_id"],
            row["passage"],
            row["passage"],
            row["section"],
            row["start"],
            row["end"],
            row["sentence"],
            "located" if layer else "unlocated",
            None if layer else f"{row['name']}: {row['located_by']}",
            row["work_id"],
        )


def _quantities(count: int) -> Iterator[Row]:
    for number in range(count):
        value = float(number % 97)
        text = f"{number % 97:02}亿元"
        yield (_row(number)[0], 1, value, "亿元", value * 1e8, "元", None, text, False)


def _text(first: int, count: int) -> str:
    numbers = range(first, min(first + _IN_DOCUMENT, count))
    return "".join(f"{_sentence(number)}\n" for number in numbers)


def _documents(count: int) -> Iterator[Row]:
    for first in range(0, count, _IN_DOCUMENT):
        text = _text(first, count)
        digest = hashlib.sha256(text.encode()).hexdigest()
        title = f"甲市{2020 + first % 5}年重点工作"
        yield (_document(first), title, "甲市", 2020, "甲市人民政府", None, None, digest, text)


def _places(count: int) -> Iterator[Row]:
    for number in range(min(_PLACES, count)):
        source, licence = _SOURCES[number % len(_SOURCES)]
        name = f"第{number}处"
        yield (
            f"place-{number}",
            name,
            name,
            "feature",
            "approximate",
            900.0,
            None,
            True,
            source,
            licence,
            None,
        )


def _built(count: int) -> Iterator[Row]:
    for number in range(count):
        row = dict(zip(_NAME, _row(number), strict=True))
        values = json.dumps({name: row[name] for name in EDITABLE}, ensure_ascii=False)
        layer = _layer(number)
        yield row["work_id"], layer, _shape(number) if layer else None, values


def _build(count: int) -> Iterator[Row]:
    unplaced = len(range(0, count, UNPLACED_IN))
    documents = len(range(0, count, _IN_DOCUMENT))
    counts = {
        "documents": documents,
        "clauses": count,
        "works": count,
        "sites": 0,
        "placed": count - unplaced,
        "counted": 0,
        "unlocated": unplaced,
    }
    yield "program_version", "0"
    yield "schema_version", SCHEMA_VERSION
    yield "crs", "EPSG:4326"
    for key, number in counts.items():
        yield key, str(number)


def _nothing(_count: int) -> Iterator[Row]:
    return iter(())


_TABLES: Final[dict[str, Callable[[int], Iterator[Row]]]] = {
    WORKS.name: _works,
    CLAUSES.name: _clauses,
    QUANTITIES.name: _quantities,
    DOCUMENTS.name: _documents,
    PLACES.name: _places,
    BUILT.name: _built,
    BUILD.name: _build,
}
