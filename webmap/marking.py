"""Cuts a text where the words of its works begin and end, so that each stretch can be marked."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, end exclusive, and whose it is (`stage` marks a governing verb)."""

    start: int
    end: int
    owner: str
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks from end to end."""

    start: int
    text: str
    marks: tuple[Mark, ...]


def segments(text: str, marks: Iterable[Mark], offset: int = 0) -> list[Segment]:
    """Cut a text at every border of a mark; marks count from `offset` before the text's start."""
    end = offset + len(text)
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > offset),
        key=lambda mark: mark.start,
    )
    borders = {offset, end}
    for mark in inside:
        borders.update((max(mark.start, offset), min(mark.end, end)))
    return list(_swept(text, inside, sorted(borders), offset))


def _swept(
    text: str, marks: Sequence[Mark], borders: Sequence[int], offset: int
) -> Iterator[Segment]:
    """Pass over the text once, with the marks that cover the present stretch at hand."""
    waiting = deque(marks)
    covering: list[Mark] = []
    for start, stop in pairwise(borders):
        covering = [mark for mark in covering if mark.end > start]
        while waiting and waiting[0].start <= start:
            covering.append(waiting.popleft())
        here = tuple(sorted((one for one in covering if one.end >= stop), key=_shortest_first))
        yield Segment(start, text[start - offset : stop - offset], here)


def occurrences(
    sentence: str, words: Sequence[str], owner: str, role: str, offset: int = 0
) -> list[Mark]:
    """Mark the first place of each word in a sentence; a word that is not there has no mark."""
    found = ((sentence.find(word), word) for word in words if word)
    return [
        Mark(offset + start, offset + start + len(word), owner, role)
        for start, word in found
        if start >= 0
    ]


def _shortest_first(mark: Mark) -> tuple[int, str]:
    return mark.end - mark.start, mark.owner
