"""Which rows of a works file stay in a GeoPackage of some of its works, so that it stays whole."""

from collections.abc import Set
from dataclasses import dataclass, field

import pyarrow as pa

from layers.export.batches import texts_of
from layers.export.model import Export
from layers.source import WorksSource
from layers.tables import SITES


@dataclass(slots=True)
class Kept:
    """Works and sites that stay; `extra` are those of them that pass no filter themselves.

    A counted work comes with all its sites, and a site with its counted work: apart from each other
    neither can be understood. `documents` and `places` are those that kept rows name; they grow as
    the rows are written.
    """

    works: Set[str]
    sites: Set[str]
    extra: Set[str]
    documents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def rows(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give the rows of a batch whose work or site stays."""
        ids = texts_of(batch, "work_id")
        return batch.filter(pa.array([one in self.works or one in self.sites for one in ids]))

    def note(self, batch: pa.RecordBatch) -> None:
        """Note the documents and places of rows that are written."""
        self.documents.update(texts_of(batch, "document_id"))
        self.places.update(texts_of(batch, "place_id"))


def kept_of(export: Export) -> Kept:
    """Find what stays of an export's works and sites: one set of a million ids, never two."""
    works, parents = _passing(export)
    part_of = _sites(export.source)
    passing_sites = works & part_of.keys()
    extra = parents - works
    works -= passing_sites
    works |= parents
    sites = {site for site, parent in part_of.items() if parent in works}
    return Kept(works, sites, extra | (sites - passing_sites))


def filtered(batch: pa.RecordBatch, column: str, wanted: Set[str]) -> pa.RecordBatch:
    """Give the rows whose value in a column, which none lacks, is wanted."""
    return batch.filter(pa.array([one in wanted for one in texts_of(batch, column)]))


def _passing(export: Export) -> tuple[set[str], set[str]]:
    """Give the ids of all rows that pass, and the counted works of the sites among them."""
    passing: set[str] = set()
    parents: set[str] = set()
    batches = [export.source.batches(name, export.selection) for name in export.layers]
    if export.whole:
        batches.append(export.source.unplaced(export.selection))
    for batch in (one for some in batches for one in some):
        passing.update(texts_of(batch, "work_id"))
        parents.update(texts_of(batch, "part_of"))
    return passing, parents


def _sites(source: WorksSource) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in source.table_batches(SITES):
        found.update(zip(texts_of(batch, "site_id"), texts_of(batch, "part_of"), strict=True))
    return found
