"""Step: passages into clauses, the smallest stretches that can hold a promise."""

import re
from collections.abc import Iterator

from msgspec import Struct

from geo.model import Passage
from geo.reading.matching import Matching

_ENCLOSED = re.compile(
    r"\((?:[^()]|\([^()]{0,40}\)){0,80}\)|“[^“”]{0,40}”|‘[^‘’]{0,40}’|《[^《》]{0,60}》|【[^【】]{0,40}】"
)
# Another word for the one before it (2万套(间), 新(改)建) holds no list.
_OTHER_WORD = re.compile(r"\([一-龥]{1,2}\)")
_DELIMITER = re.compile(
    r"(?=[,:;。!?|…—.])(?:(?<!\d),|,(?!\d{3}(?!\d))|(?<!\d):|:(?!\d)|[;。!?|…]|——|(?<=[一-龥])\.(?![\dA-Za-z]))+[”’)]?"
)
_SENTENCE_END = re.compile(r"[。!?]")


class Source(Struct, frozen=True, gc=False):
    """A clause in its passage: `start`/`end` in the matching text, without its delimiter.

    `masked` is its text with what brackets and quotes hold blanked, so that lists inside them are
    left whole; `opens` is true for the first clause of a sentence.
    """

    passage: Passage
    matching: Matching
    start: int
    end: int
    text: str
    masked: str
    opens: bool


def split_clauses(passage: Passage, matching: Matching) -> Iterator[Source]:
    """Split a passage at commas, semicolons and full stops that stand outside brackets."""
    masked = _ENCLOSED.sub(_blank, matching.text)
    position, opens = 0, True
    for delimiter in _DELIMITER.finditer(masked):
        if words := _span(masked, position, delimiter.start()):
            yield _source(matching, masked, words, passage, opens=opens)
            opens = False
        opens = opens or _SENTENCE_END.search(delimiter[0]) is not None
        position = delimiter.end()
    if words := _span(masked, position, len(masked)):
        yield _source(matching, masked, words, passage, opens=opens)


def _span(masked: str, start: int, end: int) -> tuple[int, int] | None:
    """Where words stand without the spaces around them, None where there are none."""
    while start < end and masked[start].isspace():
        start += 1
    while start < end and masked[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _blank(enclosed: re.Match[str]) -> str:
    words = enclosed[0]
    if _OTHER_WORD.fullmatch(words):
        return words
    return words[0] + "\0" * (len(words) - 2) + words[-1]


def _source(
    matching: Matching, masked: str, span: tuple[int, int], passage: Passage, *, opens: bool
) -> Source:
    start, end = span
    text = matching.text[start:end]
    return Source(passage, matching, start, end, text, masked[start:end], opens)
