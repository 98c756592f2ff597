"""Which rows of a works file stay in a GeoPackage of some of its works, so that it stays whole."""

from collections.abc import Container, Iterator, Set
from dataclasses import dataclass, field

import pyarrow as pa

from layers.export.batches import texts_of
from layers.export.ids import Ids
from layers.export.model import Export
from layers.source import WorksSource
from layers.tables import SITES


@dataclass(slots=True)
class Kept:
    """Works and sites that stay: those that are `passing`, and `extra` ones that belong to them.

    A counted work comes with all its sites, and a site with its counted work: apart from each other
    neither can be understood. `sites` are all sites that stay. `documents` and `places` are those
    that kept rows name; they grow as the rows are written.
    """

    passing: Ids
    extra: Set[str]
    sites: Set[str]
    documents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def __contains__(self, one: object) -> bool:
        return one in self.extra or one in self.passing

    def rows(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give the rows of a batch whose work or site stays."""
        ids = texts_of(batch, "work_id")
        stays = self.passing.among(ids)
        if self.extra:
            stays |= [one in self.extra for one in ids]
        return batch.filter(pa.array(stays))

    def note(self, batch: pa.RecordBatch) -> None:
        """Note the documents and places of rows that are written."""
        self.documents.update(texts_of(batch, "document_id"))
        self.places.update(texts_of(batch, "place_id"))


def kept_of(export: Export) -> Kept:
    """Find what stays of an export's works and sites."""
    parents: set[str] = set()
    passing = Ids(_passing(export, parents))
    part_of = _sites(export.source)
    sites = {site for site, parent in part_of.items() if parent in parents or parent in passing}
    extra = {one for one in parents | sites if one not in passing}
    return Kept(passing, extra, sites)


def filtered(batch: pa.RecordBatch, column: str, wanted: Container[str]) -> pa.RecordBatch:
    """Give the rows whose value in a column, which none lacks, is wanted."""
    return batch.filter(pa.array([one in wanted for one in texts_of(batch, column)], pa.bool_()))


def _passing(export: Export, parents: set[str]) -> Iterator[list[str]]:
    """Give the ids of all rows that pass; note the counted works of the sites among them."""
    batches = [export.source.batches(name, export.selection) for name in export.layers]
    if export.whole:
        batches.append(export.source.unplaced(export.selection))
    for batch in (one for some in batches for one in some):
        parents.update(texts_of(batch, "part_of"))
        yield texts_of(batch, "work_id")


def _sites(source: WorksSource) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in source.table_batches(SITES):
        found.update(zip(texts_of(batch, "site_id"), texts_of(batch, "part_of"), strict=True))
    return found
