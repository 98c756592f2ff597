"""The way from a document to its works: the steps in their order, and a ledger row for each clause."""

from collections.abc import Iterator

from geo.model import Clause, Document, LedgerRow, Passage, Reading
from geo.reading.clauses import Source, split_clauses
from geo.reading.finding import make_finding
from geo.reading.items import split_items
from geo.reading.judging import Case, judge, judge_sibling
from geo.reading.lists import Member, share
from geo.reading.periods import is_past, read_periods
from geo.reading.predicates import find_predicate
from geo.reading.values import Decision, Finding, Predicate, Reason
from geo.reading.works import build_works


def read_works(document: Document) -> Reading:
    """Read the works of a document; each clause gets a ledger row with its works or a reason."""
    read = [
        (source, decision, findings)
        for passage, period in read_periods(document.passages)
        for source, decision, findings in _read_passage(passage, period)
    ]
    clauses = list(_clauses(document, [source for source, _, _ in read]))
    found = [
        (clause.number, clause.passage, clause.section, finding)
        for clause, (_, _, findings) in zip(clauses, read, strict=True)
        for finding in findings
    ]
    works = tuple(build_works(document, found))
    ids: dict[int, list[str]] = {}
    for work in works:
        ids.setdefault(work.clause, []).append(work.work_id)
    ledger = tuple(
        LedgerRow(clause, decision.reason.value, tuple(ids.get(clause.number, ())))
        for clause, (_, decision, _) in zip(clauses, read, strict=True)
    )
    return Reading(document, works, ledger)


def _read_passage(
    passage: Passage, period: Decision | None
) -> Iterator[tuple[Source, Decision, tuple[Finding, ...]]]:
    for source in split_clauses(passage):
        if period is not None:
            yield source, period, ()
            continue
        decision, findings = read_clause(source)
        yield source, decision, findings


def read_clause(source: Source) -> tuple[Decision, tuple[Finding, ...]]:
    """Read one clause: its works, or the reason why it has none."""
    text = source.text
    if past := is_past(text):
        return Decision(Reason.REVIEWED, "said to be done", past), ()
    predicate = find_predicate(text, source.masked)
    barred = next((v for v in predicate.verbs if v.kind in ("policy", "event")), None)
    if barred:
        return Decision(Reason(barred.kind), "verb of no works", barred.word), ()
    members = share(source, split_items(text, source.masked, predicate))
    cases = _cases(text, predicate, members)
    decisions = _decide(cases)
    findings = tuple(
        make_finding(source, case, decision, members)
        for case, decision in zip(cases, decisions, strict=True)
        if decision.reason is Reason.WORKS
    )
    if findings:
        return findings[0].decision, findings
    if decisions:
        return decisions[0], ()
    return Decision(Reason.NO_PLACE_OR_COUNT, "nothing is said of any thing", text), ()


def _cases(text: str, predicate: Predicate, members: tuple[Member, ...]) -> list[Case]:
    """Each member under the verbs that govern it: its own, or those last said."""
    verbs = predicate.verbs
    cases = []
    for member in members:
        verbs = member.verbs or verbs
        cases.append(Case(member, verbs, predicate.where, text))
    return cases


def _decide(cases: list[Case]) -> list[Decision]:
    """Judge each case; a general name beside a work in the same list is a work as well."""
    decisions = [judge(case) for case in cases]
    groups = {
        case.member.item.group
        for case, decision in zip(cases, decisions, strict=True)
        if decision.reason is Reason.WORKS and not case.member.amounts
    }
    return [
        (case.member.item.group in groups and _beside(case, decision)) or decision
        for case, decision in zip(cases, decisions, strict=True)
    ]


def _beside(case: Case, decision: Decision) -> Decision | None:
    open_question = decision.reason is Reason.NO_PLACE_OR_COUNT
    return judge_sibling(case) if open_question else None


def _clauses(document: Document, sources: list[Source]) -> Iterator[Clause]:
    """Number the clauses; their spans tile the text, delimiters and space with the clause before."""
    starts = [s.matching.original(s.start) for s in sources]
    for number, source in enumerate(sources, 1):
        start = starts[number - 1] if number > 1 else 0
        end = starts[number] if number < len(starts) else len(document.text)
        yield Clause(
            number,
            source.passage.number,
            start,
            end,
            document.text[start:end],
            source.passage.section,
        )
