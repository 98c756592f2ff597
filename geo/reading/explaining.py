"""How each clause was read, for a person: the rule and the words that decided, as aligned lines."""

from collections.abc import Iterator

from geo.document import split_passages
from geo.model import Clause, Document, Quantity
from geo.reading.extractors import Extractor
from geo.reading.pipeline import read_clauses
from geo.reading.values import ClauseReading, Decision, Finding

_LABEL = 14

_Line = tuple[int, str, str]
"""Depth, label and value of a line."""


def explain(sentence: str, extractor: Extractor | None = None) -> Iterator[str]:
    """Give lines of plain text that explain how each clause of a sentence is read.

    Raises
    ------
    ExtractorError
        An `extractor` other than the built-in rules raised an error of its own.
    """
    # Bytes of a shell's argument that are no UTF-8 arrive as lone surrogates.
    text = sentence.encode("utf-8", "replace").decode()
    document = Document("sentence", "", "", None, "", text, "", tuple(split_passages(text)))
    for clause, reading in read_clauses(document, extractor):
        for depth, label, value in _of_clause(clause, reading):
            indent = "  " * depth
            yield f"{indent}{label:<{_LABEL - len(indent)}}{_on_one_line(value)}".rstrip()


def _of_clause(clause: Clause, reading: ClauseReading) -> Iterator[_Line]:
    yield 0, f"clause {clause.number}", clause.text
    yield 1, "outcome", reading.decision.reason.value
    if not reading.findings:
        yield from _because(reading.decision)
    verbs = reading.predicate.verbs if reading.predicate else ()
    if verbs:
        yield 1, "verbs", ", ".join(f"{verb.word} ({verb.kind})" for verb in verbs)
    for finding in reading.findings:
        yield from _of_work(finding)
    for decision in reading.decisions:
        if not _is_told(decision, reading):
            yield 1, "no work", decision.reason.value
            yield from _because(decision, depth=2)


def _is_told(decision: Decision, reading: ClauseReading) -> bool:
    """Whether a decision is that of a work or that of the whole clause, told before."""
    return decision == reading.decision or any(f.decision == decision for f in reading.findings)


def _because(decision: Decision, depth: int = 1) -> Iterator[_Line]:
    yield depth, "rule", decision.rule
    if decision.words and decision.words != decision.rule:
        yield depth, "words", decision.words


def _of_work(finding: Finding) -> Iterator[_Line]:
    yield 1, "work", finding.name
    yield from _because(finding.decision, depth=2)
    yield 2, "places", "、".join(finding.places) or "-"
    yield 2, "theme", finding.theme.value
    said = f" ({finding.stage_words})" if finding.stage_words else ""
    yield 2, "stage", finding.stage.value + said
    yield 2, "locatable", finding.locatable.value
    for quantity in finding.quantities:
        yield 2, "quantity", _amount(quantity)


def _amount(quantity: Quantity) -> str:
    shared = ", shared by the list" if quantity.shared else ""
    return f"{quantity.value:g} {quantity.unit} ({quantity.text}{shared})"


def _on_one_line(words: str) -> str:
    """Words without breaks, and without characters that steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(words.split()))
