"""A copy of a text cleaned for matching, with the way back from each of its offsets.

Copies of Chinese plans carry pinyin put after characters (數(shù)), full-width digits and letters,
look-alike code points, stray spaces, invisible signs and lost characters. Only the copy is mended.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from geo.errors import VocabularyError
from geo.lookalikes import LOOKALIKE, unify
from geo.paths import data_path

LOST = "□"  # stands for a lost character: ends no sentence and is part of no word

_HAN = "〇\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_WIDE = "０-９Ａ-Ｚａ-ｚ％．"
_SPACE = " \xa0\u2000-\u200a\u202f\u205f\u3000"
_ALNUM = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_STOPS = "，。；：、！？,;!"
_TEXT = _HAN + _STOPS
_LETTER = "a-zA-Zɑɡ\xc0-\u01dc\u0300-\u030c"
# Numbers of footnotes, behind the word that they explain (青云[20]大桥①).
_NOTES = "①-⑳⑴-⒇¹²³⁰⁴-⁹"
_CLOSING = "”’」』》）)】"
# GB 18030 read out of step shows “省（市” as “?。ㄊ?”: the second byte of the bracket has joined
# the first byte of the character behind it.
_OUT_OF_STEP = "\u3105-\u3129"

# The look-ahead names the signs that a branch may begin with, so that clean text passes quickly.
_TROUBLE = re.compile(
    rf"(?=[\r\n{_UNSEEN}{_WIDE}{LOOKALIKE}{_SPACE}\ufffd?(（\[［〔{_NOTES}])(?:"
    rf"(?P<unseen>[{_UNSEEN}]+)"
    rf"|(?P<wide>[{_WIDE}]+)"
    rf"|(?P<alike>[{LOOKALIKE}]+)"
    rf"|(?<=[{_HAN}])[(（][ \xa0]?(?P<pinyin>[{_LETTER}]{{1,9}}[1-5]?)[ \xa0]?[)）]"
    rf"|(?P<note>(?<=[{_HAN}{_CLOSING}])(?:[{_NOTES}]+|[\[［〔]注?\d{{1,3}}[\]］〕]|[(（]注\d{{0,2}}[)）]))"
    rf"|(?P<bracket>\?。(?=[{_OUT_OF_STEP}]))"
    rf"|(?P<lost>\ufffd+|(?<=[{_HAN}{_OUT_OF_STEP}])\?(?=[。、，；：]))"
    rf"|(?P<space>(?<=[{_TEXT}])[{_SPACE}](?=[{_TEXT}{_ALNUM}])"
    rf"|(?<=[{_ALNUM}])[{_SPACE}](?=[{_TEXT}]))"
    rf"|(?P<wrap>(?<=[{_TEXT}])\r?\n(?=[{_TEXT}{_ALNUM}])|(?<=[{_ALNUM}])\r?\n(?=[{_TEXT}]))"
    r")"
)
_TONES = re.compile("[\u0300\u0301\u0304\u030c]|[1-5]$")
_UNITS = frozenset({"a", "e", "o", "ha"})  # syllables that are letters or units without a tone
_TYPED = str.maketrans("ɑɡv", "agü")
_PROSE = re.compile(r"[，。；;]|,(?!\d)")
_NEAR = 40  # characters on either side of a space that tell prose from a row of a table
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Repaired:
    """A cleaned text; up to each of its offsets `breaks`, `removed` characters in all are gone."""

    text: str
    breaks: tuple[int, ...]
    removed: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text that `text[start:end]` was read from.

        It begins at the first and ends behind the last of these characters, so that what was
        removed between them lies inside and what was removed beside them outside.
        """
        first = self.original(start)
        return first, self.original(end - 1) + 1 if end > start else first

    def original(self, offset: int) -> int:
        """Give the offset in the original text of the character at `offset`."""
        if not self.breaks:
            return offset
        index = bisect_right(self.breaks, offset)
        return offset + (self.removed[index - 1] if index else 0)


def repair(text: str, *, wrapped: bool = False) -> Repaired:
    """Clean a text for matching; a clean text comes back as it is.

    `wrapped` says that the text is one paragraph, whose line breaks are where its lines were cut:
    those inside Chinese text are removed. Without it no line break is touched.
    """
    pieces: list[str] = []
    breaks: list[int] = []
    removed: list[int] = []
    position = length = gone = 0
    for start, end, mended in _mends(text, wrapped=wrapped):
        pieces += (text[position:start], mended)
        length += start - position + len(mended)
        position = end
        if end - start > len(mended):
            gone += end - start - len(mended)
            breaks.append(length)
            removed.append(gone)
    pieces.append(text[position:])
    return Repaired("".join(pieces), tuple(breaks), tuple(removed))


def _mends(text: str, *, wrapped: bool) -> Iterator[tuple[int, int, str]]:
    """Spans to replace, each by as many characters or by none."""
    for found in _TROUBLE.finditer(text):
        kind = found.lastgroup
        mended = _MENDERS[kind](found) if kind and (wrapped or kind != "wrap") else None
        if mended is not None:
            yield found.start(), found.end(), mended


def _nothing(_found: re.Match[str]) -> str:
    return ""


def _without_pinyin(found: re.Match[str]) -> str | None:
    return "" if _is_pinyin(found["pinyin"]) else None


def _is_pinyin(word: str) -> bool:
    """One syllable of Mandarin with its tone, or in small letters without: no TOD, km or ha."""
    letters = unicodedata.normalize("NFD", word.lower().translate(_TYPED))
    bare, tones = _TONES.subn("", letters)
    syllable = unicodedata.normalize("NFC", bare)
    is_marked = tones > 0 or (word.islower() and syllable not in _UNITS)
    return is_marked and syllable in _syllables()


@cache
def _syllables() -> frozenset[str]:
    try:
        lines = data_path("vocabulary", "pinyin.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"The words in pinyin.txt cannot be read: {error}.") from error
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def _without_stray_space(found: re.Match[str]) -> str | None:
    """Drop a space between spaced-out characters or in prose, not one that parts columns."""
    text, at = found.string, found.start()
    before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
    after = text[at + 1 : at + 1 + _NEAR].partition("\n")[0]
    if before[-2:-1].isspace() or after[1:2].isspace():
        return ""
    is_number_of_item = before.strip().isdigit()
    return "" if _PROSE.search(before + after) and not is_number_of_item else None


def _half_width(found: re.Match[str]) -> str:
    return found[0].translate(_HALF_WIDTH)


def _usual(found: re.Match[str]) -> str:
    return unify(found[0])


def _lost(found: re.Match[str]) -> str:
    return LOST * len(found[0])


def _lost_before_bracket(_found: re.Match[str]) -> str:
    return f"{LOST}（"


_MENDERS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "unseen": _nothing,
    "wide": _half_width,
    "alike": _usual,
    "pinyin": _without_pinyin,
    "note": _nothing,
    "bracket": _lost_before_bracket,
    "lost": _lost,
    "space": _without_stray_space,
    "wrap": _nothing,
}
