"""The ledger of a plan: what became of each clause, counted, filtered and cut into pages."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from geo.reading.values import Reason
from layers.ledger import Fate, fate_of_clause, fate_of_work
from layers.searching import levelled, query_of
from layers.selection import LONGEST_QUERY
from webmap.cards import DocumentCard, WorkCard
from webmap.clause_cards import ClauseCard
from webmap.marked_text import Marker, Stretch
from webmap.scripts import Script, Writing, writing_of

PAGE: Final = 200
"""Clauses of one page."""

_NOT_NEWS: Final = frozenset({None, Reason.WORKS})


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which clauses are asked for; `words` are simplified and in lower case."""

    fate: Fate | None = None
    reason: Reason | None = None
    section: str = ""
    query: str = ""
    page: int = 1

    @property
    def pairs(self) -> dict[str, str]:
        """The address parameters that name these clauses, without their page."""
        values = {
            "fate": self.fate,
            "reason": self.reason,
            "section": self.section,
            "q": self.query,
        }
        return {name: str(value) for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause and what became of it; its words are in the script that was asked for."""

    clause: ClauseCard
    fate: Fate
    stretches: tuple[Stretch, ...]
    works: tuple[WorkCard, ...]

    @property
    def reason(self) -> Reason | None:
        """What is to be said of it beside its works."""
        return None if self.clause.reason in _NOT_NEWS else self.clause.reason


@dataclass(frozen=True, slots=True)
class Share:
    """How many clauses and how many works have one fate."""

    fate: Fate
    clauses: int
    works: int


@dataclass(frozen=True, slots=True)
class SectionShare:
    """How many clauses a section has; `name` is as printed, `shown` in the script asked for."""

    name: str
    shown: str
    clauses: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """One page of a plan's ledger; the meter counts all of it, `found` what passes the query."""

    document: DocumentCard
    writing: Writing
    query: LedgerQuery
    meter: tuple[Share, ...]
    reasons: tuple[tuple[Reason, int], ...]
    sections: tuple[SectionShare, ...]
    entries: tuple[Entry, ...]
    found: int
    page: int
    pages: int

    @property
    def clauses(self) -> int:
        """All clauses of the plan."""
        return sum(share.clauses for share in self.meter)

    @property
    def works(self) -> int:
        """All works of the plan."""
        return sum(share.works for share in self.meter)

    @property
    def by_section(self) -> list[tuple[str, list[Entry]]]:
        """The entries of the page, in runs of one section each."""
        runs = groupby(self.entries, key=lambda entry: entry.clause.section)
        return [(section, list(own)) for section, own in runs]


def ledger_query(parameters: Mapping[str, str], page: int | None = None) -> LedgerQuery:
    """Read a query from an address; what cannot be used filters nothing."""
    fate, reason = parameters.get("fate"), parameters.get("reason")
    return LedgerQuery(
        fate=Fate(fate) if fate in set(Fate) else None,
        reason=Reason(reason) if reason in set(Reason) else None,
        section=parameters.get("section", "").strip(),
        query=parameters.get("q", "").strip()[:LONGEST_QUERY],
        page=page or 1,
    )


def ledger_of(
    document: DocumentCard,
    works: Sequence[WorkCard],
    clauses: Sequence[ClauseCard],
    query: LedgerQuery,
    script: Script | None = None,
) -> Ledger:
    """Give the page of a plan's ledger that a query asks for."""
    by_id = {work.work_id: work for work in works}
    fates = {clause.number: _fate(clause, by_id) for clause in clauses}
    found = list(_passing(document, clauses, fates, query))
    pages = max(1, -(-len(found) // PAGE))
    page = min(query.page, pages)
    writing = writing_of(document.text, script)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return Ledger(
        document=document,
        writing=writing,
        query=query,
        meter=tuple(_meter(works, fates)),
        reasons=tuple(_reasons(clauses, fates)),
        sections=tuple(_sections(clauses, writing)),
        entries=tuple(_entries(document, shown, fates, by_id, writing)),
        found=len(found),
        page=page,
        pages=pages,
    )


def _fate(clause: ClauseCard, works: Mapping[str, WorkCard]) -> Fate:
    return fate_of_clause(_fate_of(works[one]) for one in clause.works if one in works)


def _fate_of(work: WorkCard) -> Fate:
    return fate_of_work(work.precision, work.locatable)


def _passing(
    document: DocumentCard,
    clauses: Sequence[ClauseCard],
    fates: Mapping[int, Fate],
    query: LedgerQuery,
) -> Iterator[ClauseCard]:
    words = query_of(query.query).words
    text = _simplified(document.text) if words else document.text
    for clause in clauses:
        if (
            query.fate in (None, fates[clause.number])
            and query.reason in (None, clause.reason)
            and query.section in ("", clause.section)
            and _holds(text[clause.start : clause.end], words)
        ):
            yield clause


def _holds(simplified: str, words: Sequence[str]) -> bool:
    text = levelled(simplified) if words else ""
    return all(word in text for word in words)


def _simplified(text: str) -> str:
    return writing_of(text, Script.HANS).of(text)


def _meter(works: Sequence[WorkCard], fates: Mapping[int, Fate]) -> Iterator[Share]:
    clauses, own = Counter(fates.values()), Counter(map(_fate_of, works))
    for fate in Fate:
        yield Share(fate, clauses[fate], own[fate])


def _reasons(
    clauses: Sequence[ClauseCard], fates: Mapping[int, Fate]
) -> Iterator[tuple[Reason, int]]:
    """Count why clauses have no work, the most frequent first."""
    found = Counter(one.reason for one in clauses if fates[one.number] is Fate.NO_WORK)
    yield from ((reason, count) for reason, count in found.most_common() if reason)


def _sections(clauses: Sequence[ClauseCard], writing: Writing) -> Iterator[SectionShare]:
    counts = Counter(clause.section for clause in clauses if clause.section)
    for name, count in counts.items():
        yield SectionShare(name, writing.of(name), count)


def _entries(
    document: DocumentCard,
    clauses: Sequence[ClauseCard],
    fates: Mapping[int, Fate],
    works: Mapping[str, WorkCard],
    writing: Writing,
) -> Iterator[Entry]:
    text = writing.of(document.text)
    for clause in clauses:
        own = tuple(works[one] for one in clause.works if one in works)
        words = Marker(own).stretches(text[clause.start : clause.end], clause.start)
        yield Entry(clause, fates[clause.number], words, own)
