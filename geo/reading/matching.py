"""The form of a passage that words are matched in, with the way back to the original text.

Simplified script, half-width signs, no white space, no pinyin injected behind a character
(`數(shù)`). The original is never replaced: every position leads back to it.
"""

import re
from dataclasses import dataclass

from geo.model import Passage
from geo.script import to_simplified

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS |= {
    ord(a): ord(b) for a, b in zip("「」『』﹑〈〉〔〕﹐﹔﹕﹙﹚", "“”‘’、《》(),;:()", strict=True)
}
_PINYIN = r"(?<=[一-龥])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)"
_DROPPED = re.compile(rf"\s+|{_PINYIN}")


@dataclass(frozen=True, slots=True)
class Matching:
    """A passage's matching text; `offsets` are its characters' places in the original."""

    text: str
    start: int
    offsets: tuple[int, ...] | None

    def original(self, position: int) -> int:
        """Offset in the document of the character at `position` of the matching text."""
        if self.offsets is None:
            return self.start + position
        return self.offsets[position]

    def original_end(self, end: int) -> int:
        """Offset in the document behind the character before `end`."""
        return self.original(end - 1) + 1


def matching_text(passage: Passage) -> Matching:
    """Give the matching text of a passage."""
    text = to_simplified(passage.text).translate(_SIGNS)
    if not _DROPPED.search(text):
        return Matching(text, passage.start, None)
    kept: list[int] = []
    position = 0
    for dropped in _DROPPED.finditer(text):
        kept.extend(range(position, dropped.start()))
        position = dropped.end()
    kept.extend(range(position, len(text)))
    joined = "".join(map(text.__getitem__, kept))
    return Matching(joined, passage.start, tuple(passage.start + index for index in kept))
