"""The ledger against the text: each word in one clause, each clause with its outcome."""

from collections.abc import Iterator

import pandas as pd

from layers.check.violation import Violation
from layers.frames import rows
from layers.geopackage import WorksFile


def ledger_violations(file: WorksFile) -> tuple[Violation, ...]:
    """Compare clauses with the documents' texts and with the works that they name.

    White space (and a byte order mark) may lie between clauses; any other character is in one.
    """
    documents = zip(file.documents["document_id"], file.documents["full_text"], strict=True)
    spans = [
        violation
        for document_id, text in documents
        for violation in _spans(document_id, text, _clauses(file, document_id))
    ]
    return (*spans, *_works(file), *_reasons(file))


def _clauses(file: WorksFile, document_id: str) -> pd.DataFrame:
    own = file.clauses[file.clauses["document_id"] == document_id]
    return own.sort_values(["start", "end"])


def _spans(document_id: str, text: str, clauses: pd.DataFrame) -> Iterator[Violation]:
    covered = 0
    for row in rows(clauses):
        name = f"{document_id} {row.number}"
        if row.start < covered:
            yield Violation("clauses", name, "ledger", "overlaps the clause before it")
        yield from _gap(document_id, text, covered, row.start)
        if text[row.start : row.end] != row.text:
            yield Violation("clauses", name, "ledger", "differs from the document's characters")
        covered = max(covered, row.end)
    yield from _gap(document_id, text, covered, len(text))


def _gap(document_id: str, text: str, start: int, end: int) -> Iterator[Violation]:
    left_out = text[start:end].replace("\ufeff", "").strip()
    if left_out:
        problem = f"no clause holds the words from character {start}: {left_out[:20]}"
        yield Violation("clauses", document_id, "ledger", problem)


def _works(file: WorksFile) -> Iterator[Violation]:
    """Compare the ids that a clause names with the works that name the clause."""
    named = {
        (row.document_id, row.number): set((row.works or "").split()) for row in rows(file.clauses)
    }
    for row in rows(file.works):
        if row.work_id not in named.get((row.document_id, row.clause), set()):
            problem = f"is not named by its clause {row.clause}"
            yield Violation("works", row.work_id, "ledger", problem)
    known = set(file.works["work_id"])
    for (document_id, number), ids in named.items():
        for work_id in sorted(ids - known):
            problem = f"names a work that does not exist: {work_id}"
            yield Violation("clauses", f"{document_id} {number}", "ledger", problem)


def _reasons(file: WorksFile) -> Iterator[Violation]:
    for row in rows(file.clauses):
        if row.outcome != "located" and not row.reason:
            problem = f"has the outcome {row.outcome} and no reason"
            yield Violation("clauses", f"{row.document_id} {row.number}", "ledger", problem)
