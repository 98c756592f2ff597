"""Clauses of a document of which only some works are there: none names a work that is missing."""

from collections.abc import Container

import pyarrow as pa


def cut_clauses(batch: pa.RecordBatch, works: Container[str]) -> pa.RecordBatch:
    """Let clauses name the works that are there, and say of the others that they are left out.

    The outcome stays what became of the clause when its document was read.
    """
    names, reasons = (batch.column(name).to_pylist() for name in ("works", "reason"))
    cut = [_cut(ids or "", reason, works) for ids, reason in zip(names, reasons, strict=True)]
    for place, name in enumerate(("works", "reason")):
        column = pa.array([one[place] for one in cut], pa.string())
        batch = batch.set_column(batch.schema.get_field_index(name), name, column)
    return batch


def _cut(ids: str, reason: str | None, works: Container[str]) -> tuple[str | None, str | None]:
    named = ids.split()
    there = [work_id for work_id in named if work_id in works]
    if len(there) == len(named):
        return ids or None, reason
    missing = " ".join(work_id for work_id in named if work_id not in works)
    left_out = f"not in this selection: {missing}"
    return " ".join(there) or None, f"{reason}; {left_out}" if reason else left_out
