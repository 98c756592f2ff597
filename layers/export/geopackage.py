"""A GeoPackage of some of the works: layers and tables are cut so that each fits the others."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from geo.model import Precision
from layers.arrow import GEOMETRY, arrow_batches, arrow_schema
from layers.export.batches import begun, in_system, placed, reader_of, texts_of
from layers.export.clauses import cut_clauses
from layers.export.kept import Kept, filtered, kept_of
from layers.export.model import Export
from layers.geopackage.drivers import write_layer, write_table
from layers.geopackage.finish import finish
from layers.schema import COLUMNS, LAYERS, Layer
from layers.selection import Selection
from layers.tables import (
    BUILD,
    BUILT,
    CLAUSES,
    DOCUMENTS,
    PLACES,
    SITES,
    TABLES,
    WORKS,
    Table,
)
from layers.titles import Title

_SCHEMA = arrow_schema(COLUMNS, geometry=True)
_NOT_WGS84 = Title("坐标经过偏移", "坐標經過偏移", "shifted, not WGS-84")


@dataclass(slots=True)
class _Tally:
    """What the table `build` counts, as it is written."""

    precisions: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    hashes: list[str] = field(default_factory=list)

    def add(self, table: Table, batch: pa.RecordBatch) -> None:
        self.rows[table.name] += batch.num_rows
        if table is WORKS:
            self.precisions.update(texts_of(batch, "precision"))
        if table is DOCUMENTS:
            self.hashes += texts_of(batch, "sha256")

    def counts(self) -> dict[str, str]:
        counted = self.precisions[Precision.CITY]
        unlocated = self.precisions[Precision.UNLOCATED]
        works = self.rows[WORKS.name]
        numbers = {
            "documents": self.rows[DOCUMENTS.name],
            "clauses": self.rows[CLAUSES.name],
            "works": works,
            "sites": self.rows[SITES.name],
            "placed": works - counted - unlocated,
            "counted": counted,
            "unlocated": unlocated,
        }
        digest = hashlib.sha256("\n".join(self.hashes).encode()).hexdigest()
        return {"documents_sha256": digest} | {key: str(count) for key, count in numbers.items()}


def write_selection(export: Export, path: Path) -> None:
    """Write the works that pass, with all that belongs to them, as a works file of its own.

    It holds the sites of its counted works and the counted works of its sites; of its documents all
    clauses, each naming those of its works that are there; candidates, quantities, slots, places
    and the works as they were built. The table `build` counts what is there and says in keys that
    begin with `export_` what was asked for.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    kept = None if export.is_complete else kept_of(export)
    layers = [name for name in export.source.layers if _write_layer(path, export, name, kept)]
    tally = _Tally()
    for table in TABLES:
        if table is not BUILD:
            _write_table(path, table, _table(export, table, kept, tally))
    rows = arrow_batches(_build(export, tally), arrow_schema(BUILD.columns))
    _write_table(path, BUILD, rows)
    finish(path, layers, name=export.file)


def _write_layer(path: Path, export: Export, name: str, kept: Kept | None) -> bool:
    batches = begun(_layer(export, name, kept))
    if batches is None:
        return False
    with reader_of(batches, _SCHEMA) as rows:
        write_layer(path, _titled(LAYERS[name], export), rows, export.system.wkt)
    return True


def _titled(layer: Layer, export: Export) -> Layer:
    """Let the layer's own title say that its positions are shifted."""
    if not export.system.shifted:
        return layer
    mark = export.system.shifted
    title = Title(
        f"{layer.title.hans}[{mark} {_NOT_WGS84.hans}]",
        f"{layer.title.hant}[{mark} {_NOT_WGS84.hant}]",
        f"{layer.title.en} [{mark}, {_NOT_WGS84.en}]",
    )
    return replace(layer, title=title)


def _layer(export: Export, name: str, kept: Kept | None) -> Iterator[pa.RecordBatch]:
    if kept is None:
        yield from placed(export, name)
        return
    for batch in _kept_of_layer(export, name, kept):
        kept.note(batch)
        yield in_system(batch, GEOMETRY, export)


def _kept_of_layer(export: Export, name: str, kept: Kept) -> Iterator[pa.RecordBatch]:
    """Give what stays of a layer; it is read as a whole where rows beyond the filters stay."""
    if not kept.extra and name not in export.layers:
        return
    wanted = Selection() if kept.extra else export.selection
    for batch in export.source.batches(name, wanted):
        rows = kept.rows(batch)
        export.progress(rows.num_rows)
        if rows.num_rows:
            yield rows


def _write_table(path: Path, table: Table, batches: Iterator[pa.RecordBatch]) -> None:
    with reader_of(batches, arrow_schema(table.columns)) as rows:
        write_table(path, table, rows)


def _table(
    export: Export, table: Table, kept: Kept | None, tally: _Tally
) -> Iterator[pa.RecordBatch]:
    for batch in export.source.table_batches(table):
        rows = batch if kept is None else _CUTS.get(table.name, _by_work)(batch, kept)
        if not rows.num_rows:
            continue
        if table is WORKS and kept is not None:
            kept.note(rows)
        tally.add(table, rows)
        yield in_system(rows, "geometry", export) if table is BUILT else rows


def _by_work(batch: pa.RecordBatch, kept: Kept) -> pa.RecordBatch:
    return kept.rows(batch)


_CUTS: dict[str, Callable[[pa.RecordBatch, Kept], pa.RecordBatch]] = {
    SITES.name: lambda batch, kept: filtered(batch, "site_id", kept.sites),
    CLAUSES.name: lambda batch, kept: cut_clauses(
        filtered(batch, "document_id", kept.documents), kept
    ),
    DOCUMENTS.name: lambda batch, kept: filtered(batch, "document_id", kept.documents),
    PLACES.name: lambda batch, kept: filtered(batch, "place_id", kept.places),
}
"""How each table is cut; one that is not named here by the work of each row."""


def _build(export: Export, tally: _Tally) -> Iterator[tuple[str, str | None]]:
    """Give the rows of the table `build`: as they were, counted anew, and what was asked for."""
    counts = {"crs": export.system.name, **tally.counts()}
    for batch in export.source.table_batches(BUILD):
        for row in batch.to_pylist():
            if not row["key"].startswith("export_"):
                yield row["key"], counts.get(row["key"], row["value"])
    for note in export.notes:
        yield f"export_{note.key}", note.text
