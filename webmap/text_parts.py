"""A plan's text as a page shows it: its sections, and its parts where it is long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from webmap.cards import DocumentCard, WorkCard
from webmap.clause_cards import ClauseCard
from webmap.marked_text import Line, Marker
from webmap.scripts import Script, Writing, writing_of

LONGEST_WHOLE: Final = 200_000
"""Characters of a text that is shown as a whole; a longer one comes part by part."""
PART: Final = 50_000


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a plan, numbered from 1: where it begins, and how many works it promises."""

    number: int
    name: str
    start: int
    works: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, numbered from 1; `lines` is None where it is not shown yet.

    `works`, `clauses` and `sections` are what begins in it, by their ids and numbers.
    """

    number: int
    start: int
    end: int
    lines: tuple[Line, ...] | None
    works: tuple[str, ...]
    clauses: tuple[int, ...]
    sections: tuple[Section, ...]

    def headings(self, line: Line) -> list[Section]:
        """Give the sections that begin in a line of this part."""
        return [one for one in self.sections if line.start <= one.start < line.end]


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan's text with its works marked, in the script that was asked for."""

    document: DocumentCard
    writing: Writing
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]
    works: int


def plan_text(
    document: DocumentCard,
    works: Sequence[WorkCard],
    clauses: Sequence[ClauseCard],
    script: Script | None = None,
    part: int | None = None,
) -> PlanText:
    """Give a plan's text; of a long one only one part is shown, the first by default."""
    writing = writing_of(document.text, script)
    text = writing.of(document.text)
    marker = Marker(works, clauses)
    spans = _spans(text)
    shown = part if part and part <= len(spans) else 1
    start, end = spans[shown - 1]
    lines = {shown: tuple(marker.lines(text[start:end], start))}
    sections = tuple(_sections(clauses, writing))
    parts = tuple(_parts(spans, lines, marker.places(), clauses, sections))
    return PlanText(document, writing, sections, parts, len(works))


def _parts(
    spans: Sequence[tuple[int, int]],
    lines: Mapping[int, tuple[Line, ...]],
    works: Mapping[str, int],
    clauses: Sequence[ClauseCard],
    sections: Sequence[Section],
) -> Iterator[Part]:
    for number, (start, end) in enumerate(spans, start=1):
        yield Part(
            number=number,
            start=start,
            end=end,
            lines=lines.get(number),
            works=tuple(one for one, at in works.items() if start <= at < end),
            clauses=tuple(one.number for one in clauses if start <= one.start < end),
            sections=tuple(one for one in sections if start <= one.start < end),
        )


def _spans(text: str) -> list[tuple[int, int]]:
    """Cut a long text at the ends of lines; a line that is longer than a part is cut itself."""
    if len(text) <= LONGEST_WHOLE:
        return [(0, len(text))]
    spans, start = [], 0
    while start < len(text):
        limit = min(start + PART, len(text))
        line_end = text.rfind("\n", start, limit) + 1
        end = line_end if line_end and limit < len(text) else limit
        spans.append((start, end))
        start = end
    return spans


def _sections(clauses: Sequence[ClauseCard], writing: Writing) -> Iterator[Section]:
    named = ((name, list(own)) for name, own in groupby(clauses, key=_section))
    for number, (name, own) in enumerate(((n, o) for n, o in named if n), start=1):
        works = {work for clause in own for work in clause.works}
        yield Section(number, writing.of(name), own[0].start, len(works))


def _section(clause: ClauseCard) -> str:
    return clause.section
