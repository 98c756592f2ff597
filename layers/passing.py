"""Which rows of a file or database pass a selection: the same SQL and the same shapes for both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import from_wgs84
from layers.arrow import arrow_schema
from layers.schema import COLUMNS
from layers.searching import Searched, searched
from layers.selection import Selection

NAMES: Final = tuple(column.name for column in COLUMNS)
_SCHEMA: Final = arrow_schema(COLUMNS, geometry=True)
_NAME, _SENTENCE = NAMES.index("name"), NAMES.index("sentence")
IS_WORK: Final = " AND ".join(
    f'"{column.name}" IS NOT NULL' for column in COLUMNS if column.required
)
"""What a row of a layer meets; one that a person has only begun to draw is no work yet."""

_NOTHING: Final = "1 = 0"
_TRUTHS: Final = frozenset(column.name for column in COLUMNS if column.kind == "bool")
_FEW: Final = 50

Row = tuple[Any, ...]
Shapes = np.ndarray[Any, np.dtype[np.object_]]


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


class Asked:
    """The area that is asked for, in the system of what is read: the same for layer after layer."""

    def __init__(self, crs: str) -> None:
        self._crs = crs
        self._selection: Selection | None = None
        self._area: BaseGeometry | None = None

    def area(self, selection: Selection) -> BaseGeometry | None:
        """Give what geometries must meet, or None for everywhere.

        Raises
        ------
        CrsError
            When the system has no such coordinates.
        """
        if selection is not self._selection:
            area = selection.area
            self._area = from_wgs84(area, self._crs) if area else None
            shapely.prepare(self._area)
            self._selection = selection
        return self._area


def conditions(table: str, selection: Selection, mark: str) -> tuple[list[str], list[Any]]:
    """Give the conditions on a table's columns, and the values for their parameters in order.

    `mark` stands for a parameter: `?` or `%s`. All conditions must hold.
    """
    wanted: list[str] = []
    values: list[Any] = []
    for name, codes in selection.values.items():
        stored = sorted(filter(_can_be_stored, codes))
        marks = ", ".join([mark] * len(stored))
        column = _as_text(f"{quoted(table)}.{quoted(name)}", name)
        wanted.append(f"{column} IN ({marks})" if stored else _NOTHING)
        values += stored
    return wanted, values


def _as_text(column: str, name: str) -> str:
    """Give a column's value as an address names it, in SQL that SQLite and PostgreSQL know."""
    if name in _TRUTHS:
        return f"CASE WHEN {column} THEN 'yes' ELSE 'no' END"
    return f"CAST({column} AS TEXT)"


def passing(
    rows: Sequence[Row],
    shapes_of: Callable[[Iterable[Any]], Shapes],
    selection: Selection,
    area: BaseGeometry | None,
) -> Iterator[pa.RecordBatch]:
    """Give what of the rows passes by its words and its very shape, as one batch or none.

    Rows are the schema's columns, then the geometry as stored, which `shapes_of` reads; `area` is
    that of the selection in the system of the geometries.
    """
    places, shapes = kept(rows, shapes_of, selection, area)
    if places:
        yield batch_at(rows, places, shapes)


def kept(
    rows: Sequence[Row],
    shapes_of: Callable[[Iterable[Any]], Shapes],
    selection: Selection,
    area: BaseGeometry | None,
) -> tuple[list[int], Shapes]:
    """Give the places of the rows that pass, as `passing` does, and their geometries."""
    search = selection.search
    places = [at for at, row in enumerate(rows) if not search.words or search.finds(_searched(row))]
    shapes = shapes_of(rows[at][-1] for at in places)
    if area is None:
        return places, shapes
    met = np.flatnonzero(shapely.intersects(area, shapes))
    return [places[at] for at in met.tolist()], shapes[met]


def batch_at(rows: Sequence[Row], places: Iterable[int], shapes: Shapes) -> pa.RecordBatch:
    """Turn the rows at some places, with these geometries, into a batch."""
    pairs = zip(places, shapely.to_wkb(shapes), strict=True)
    return batch_of([(*rows[at][:-1], binary) for at, binary in pairs], _SCHEMA)


def batch_of(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Turn rows whose values are in the schema's order into a batch."""
    if len(rows) <= _FEW:
        return _small_batch(rows, schema)
    columns = zip(zip(*rows, strict=True), schema, strict=True)
    arrays = [pa.array(_plain(values, field.type), type=field.type) for values, field in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _small_batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Convert row by row: thirty columns of one value each cost more than one row of thirty."""
    shape, truths = _shape(schema)
    named = [dict(zip(schema.names, row, strict=True)) for row in rows]
    for row in named:
        for name in truths:
            row[name] = _truth(row[name])
    converted = pa.array(named, type=shape)
    return pa.RecordBatch.from_struct_array(cast("pa.StructArray", converted))


@lru_cache(maxsize=16)
def _shape(schema: pa.Schema) -> tuple[pa.StructType, tuple[str, ...]]:
    """Give a schema as one type, and the names of its columns of truth."""
    truths = (field.name for field in schema if pa.types.is_boolean(field.type))
    return pa.struct(list(schema)), tuple(truths)


def _searched(row: Row) -> Searched:
    """Give a row's words; one that a person has drawn may have none yet."""
    return searched(row[_NAME] or "", row[_SENTENCE] or "")


def _can_be_stored(value: str) -> bool:
    """Tell whether a text could stand in a column: no database holds a null or half a character."""
    return "\0" not in value and value.encode(errors="replace").decode() == value


def _plain(values: Sequence[Any], kind: pa.DataType) -> Sequence[Any]:
    return list(map(_truth, values)) if pa.types.is_boolean(kind) else values


def _truth(value: Any) -> bool | None:  # noqa: ANN401  whatever a database stores
    """SQLite stores truth as 0 and 1."""
    return None if value is None else bool(value)
