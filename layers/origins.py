"""Where works come from: the sources and licences of their places, and their documents, counted."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyarrow as pa

ORIGIN: Final = ("source", "licence", "document_id")
"""The columns that tell where a work comes from."""


class Origin(NamedTuple):
    """A source and a licence (None where a work has no place), a document, and their works."""

    source: str | None
    licence: str | None
    document_id: str
    works: int


def origins_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Origin]:
    """Count the works of batches by where they come from; an origin may come again later."""
    for batch in batches:
        table = pa.Table.from_batches([batch.select(ORIGIN)])
        counted = table.group_by(list(ORIGIN)).aggregate([([], "count_all")])
        for row in counted.to_pylist():
            yield Origin(row["source"], row["licence"], row["document_id"], row["count_all"])
