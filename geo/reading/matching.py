"""The form of a passage that words are matched in, with the way back to the original text.

Mended, in simplified script, with half-width signs. The original is never replaced: every position
leads back to it.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from geo.model import Passage
from geo.repair import Repaired, repair
from geo.script import all_to_simplified

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS |= {ord("\t"): ord("|")}  # cells of a row that was copied from a table
_SIGNS |= {
    ord(a): ord(b) for a, b in zip("「」『』﹑〈〉〔〕﹐﹔﹕﹙﹚", "“”‘’、《》(),;:()", strict=True)
}


class Matching(Struct, frozen=True, gc=False):
    """A passage's matching text, as long as its `repaired` one; `start` is the passage's offset."""

    text: str
    start: int
    repaired: Repaired

    def original(self, position: int) -> int:
        """Offset in the document of the character at `position` of the matching text."""
        return self.start + self.repaired.original(position)

    def original_end(self, end: int) -> int:
        """Offset in the document behind the character before `end`."""
        return self.start + self.repaired.original_span(end - 1, end)[1]


def matching_texts(passages: Iterable[Passage]) -> Iterator[Matching]:
    """Give the matching text of each passage."""
    listed = [(passage.start, repair(passage.text, wrapped=True)) for passage in passages]
    texts = all_to_simplified(repaired.text for _, repaired in listed)
    for (start, repaired), text in zip(listed, texts, strict=True):
        yield Matching(text.translate(_SIGNS), start, repaired)
