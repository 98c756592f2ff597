"""CSV for Excel and for map programs: a byte order mark, no formulas, the shape as last column."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layers.attribution import attribution_of
from layers.export.batches import everything
from layers.export.model import Export
from layers.export.rows import axes, rows_of
from layers.schema import COLUMNS
from layers.spreadsheets import safe_cell

_NAMES = [column.name for column in COLUMNS]
_SOURCE, _LICENCE = _NAMES.index("source"), _NAMES.index("licence")
_OWN = ("crs", "attribution", "query", "wkt")


def write_csv(export: Export, path: Path) -> None:
    """Write works as rows: the schema's columns, a point, the system, whose data, and the shape.

    A table has no other place for attribution and query than its rows. A shape may be longer than
    a cell of Excel holds; it stands last, where it disturbs no other column.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_NAMES, *axes(export.system), *_OWN])
        for row in _rows(export):
            writer.writerow(row)


def _rows(export: Export) -> Iterator[list[Any]]:
    system, query = export.note("system"), export.note("query")
    for batch in everything(export):
        for row in rows_of(batch, export):
            whose = attribution_of(row.values[_SOURCE], row.values[_LICENCE])
            cells = [*map(safe_cell, row.values), row.x, row.y]
            yield [*cells, system if row.wkt else None, safe_cell(whose), safe_cell(query), row.wkt]
