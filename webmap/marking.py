"""Cuts a text where the words of its works begin and end, so that each stretch can be marked."""

from collections.abc import Iterable, Sequence
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
    inside = [mark for mark in marks if mark.start < end and mark.end > offset]
    borders = {offset, end}
    for mark in inside:
        borders.update((max(mark.start, offset), min(mark.end, end)))
    return [
        Segment(start, text[start - offset : stop - offset], _covering(inside, start, stop))
        for start, stop in pairwise(sorted(borders))
    ]


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


def _covering(marks: Iterable[Mark], start: int, end: int) -> tuple[Mark, ...]:
    covering = [mark for mark in marks if mark.start <= start and mark.end >= end]
    return tuple(sorted(covering, key=lambda mark: (mark.end - mark.start, mark.owner)))
