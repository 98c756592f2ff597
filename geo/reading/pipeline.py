"""The way from a document to its works: the steps in order, a ledger row for each clause."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from geo.model import Clause, Document, LedgerRow, Reading, Work
from geo.reading.cases import Case, case_of
from geo.reading.clauses import Source, split_clauses
from geo.reading.counts import count_onward
from geo.reading.extractors import Extractor
from geo.reading.figures import attach_figures
from geo.reading.finding import make_finding
from geo.reading.items import split_items
from geo.reading.judging import judge_all
from geo.reading.lists import Member, as_project, lend_counts, share
from geo.reading.matching import matching_texts
from geo.reading.periods import is_past, read_periods
from geo.reading.predicates import continue_predicate, find_predicate, goes_on
from geo.reading.proposals import propose
from geo.reading.quantities import find_amounts
from geo.reading.rows import read_row
from geo.reading.screening import screen, screen_items
from geo.reading.tables import Row, read_rows
from geo.reading.values import ClauseReading, Decision, Finding, Predicate, Reason, Verb
from geo.reading.works import build_works

Watch = Callable[[Clause, ClauseReading], object]
"""Sees each clause as soon as it is read."""


def read_works(
    document: Document, extractor: Extractor | None = None, *, watch: Watch | None = None
) -> Reading:
    """Read the works of a document; each clause gets a ledger row with its works or a reason.

    Raises
    ------
    ExtractorError
        An `extractor` other than the built-in rules raised an error of its own.
    """
    findings: list[tuple[Clause, Finding]] = []
    reasons: list[tuple[Clause, Reason]] = []
    for clause, reading in read_clauses(document, extractor):
        if watch:
            watch(clause, reading)
        findings += ((clause, finding) for finding in reading.findings)
        reasons.append((clause, reading.decision.reason))
    works = tuple(build_works(document, findings))
    return Reading(document, works, tuple(_ledger(reasons, works)))


def read_clauses(
    document: Document, extractor: Extractor | None = None
) -> Iterator[tuple[Clause, ClauseReading]]:
    """Read each clause of a document in turn, with what decided it."""
    matchings = list(matching_texts(document.passages))
    rows = read_rows(matchings, document.year)
    passages = zip(read_periods(document.passages), matchings, rows, strict=True)
    readings = (
        reading
        for (passage, period), matching, row in passages
        for reading in _read_passage(split_clauses(passage, matching), period, row)
    )
    for clause, reading in _number(document, readings):
        yield clause, propose(extractor, clause, reading) if extractor else reading


def read_clause(
    source: Source, said: tuple[Verb, ...] = (), *, listed: bool = False
) -> ClauseReading:
    """Read one clause: the steps in their order, ended by the first that finds no work.

    `said` are the verbs of the clause before it, which a clause of numbers may continue; `listed`
    says that it stands in a list of projects.
    """
    if past := is_past(source.text):
        return ClauseReading(source, Decision(Reason.REVIEWED, "said to be done", past))
    predicate = find_predicate(source.text, source.masked)
    listed = listed and not predicate.verbs
    predicate = continue_predicate(predicate, said)
    if not listed and (refused := screen(source, predicate)):
        return ClauseReading(source, refused, (), predicate)
    items = split_items(source.text, source.masked, predicate)
    amounts = find_amounts(source.masked, predicate.body_start)
    if not listed and (refused := screen_items(source, items, amounts)):
        return ClauseReading(source, refused, (), predicate)
    members = share(source, items, amounts)
    if listed:
        members = tuple(as_project(member) for member in members)
    cases = _cases(source.text, predicate, lend_counts(source.masked, predicate, members))
    decisions = judge_all(cases)
    judged = tuple(zip(cases, decisions, strict=True))
    findings = tuple(
        make_finding(source, case, decision, members)
        for case, decision in judged
        if decision.reason is Reason.WORKS
    )
    outcome = _outcome(source, decisions)
    return ClauseReading(source, outcome, findings, predicate, tuple(decisions))


def _read_passage(
    sources: Iterable[Source], period: Decision | None, row: Row | None
) -> Iterable[ClauseReading]:
    decision = row.decision if row and row.decision else period
    if decision is not None:
        return (ClauseReading(source, decision) for source in sources)
    if row is not None:
        return read_row(sources, row, read_clause)
    return attach_figures(count_onward(_read_clauses(sources)))


def _read_clauses(sources: Iterable[Source]) -> Iterator[ClauseReading]:
    """Read clauses in turn; a mere number of things goes on with the verb before it."""
    before: ClauseReading | None = None
    for source in sources:
        before = read_clause(source, _said(before, source))
        yield before


def _said(before: ClauseReading | None, source: Source) -> tuple[Verb, ...]:
    if before is None or source.opens or before.predicate is None or not before.findings:
        return ()
    return before.predicate.verbs if goes_on(source.text) else ()


def _cases(text: str, predicate: Predicate, members: tuple[Member, ...]) -> list[Case]:
    """Each member under the verbs that govern it: its own, or those last said."""
    verbs = predicate.verbs
    cases = []
    for member in members:
        verbs = member.verbs or verbs
        cases.append(case_of(member, verbs, predicate.where, text))
    return cases


def _outcome(source: Source, decisions: list[Decision]) -> Decision:
    """What the ledger says of a clause: its works, or why its first member is none."""
    if not decisions:
        return Decision(Reason.NO_PLACE_OR_COUNT, "nothing is said of any thing", source.text)
    return next((d for d in decisions if d.reason is Reason.WORKS), decisions[0])


def _number(
    document: Document, readings: Iterable[ClauseReading]
) -> Iterator[tuple[Clause, ClauseReading]]:
    """Number the clauses; they tile the text, signs and space with the clause before them."""
    listed = iter(readings)
    before, number, start = next(listed, None), 0, 0
    while before is not None:
        reading, number = next(listed, None), number + 1
        end = reading.source.matching.original(reading.source.start) if reading else None
        passage, text = before.source.passage, document.text[start:end]
        stop = start + len(text)
        yield Clause(number, passage.number, start, stop, text, passage.section), before
        before, start = reading, stop


def _ledger(
    reasons: Iterable[tuple[Clause, Reason]], works: tuple[Work, ...]
) -> Iterator[LedgerRow]:
    ids = {
        clause: tuple(work.work_id for work in found)
        for clause, found in groupby(works, key=lambda work: work.clause)
    }
    for clause, reason in reasons:
        yield LedgerRow(clause, reason.value, ids.get(clause.number, ()))
