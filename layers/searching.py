"""Find works by what a person types: words in either script, pinyin, initials, small slips."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pypinyin import Style, pinyin
from rapidfuzz.fuzz import partial_ratio

from geo.script import to_simplified

_DIGITS: Final = str.maketrans("〇零一二两三四五六七八九", "001223456789")
_LATIN: Final = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# A word of so many characters may have one slip, a longer one two; shorter ones none.
_ONE_SLIP, _TWO_SLIPS = 3, 6
_MOST_WORDS: Final = 20

SIMILAR: Final = "~"
"""What stands before a query that allows slips: an address says so, and finds the same anywhere."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What of a work is searched: its folded name, and its folded name and sentence together."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """Words that must all be found; `slips` allows small ones, where nothing fits exactly."""

    words: tuple[str, ...]
    slips: bool = False

    def finds(self, searched: Searched) -> bool:
        """Tell whether a work holds all words."""
        return all(self._finds(word, searched) for word in self.words)

    def _finds(self, word: str, searched: Searched) -> bool:
        if word in searched.text or _is_pinyin(word, searched.name):
            return True
        return self.slips and _is_close(word, searched.name)


def folded(text: str) -> str:
    """Give a text as it is compared: simplified, in lower case, narrow, numerals as digits."""
    return levelled(to_simplified(text))


def levelled(simplified: str) -> str:
    """Give a text that is simplified already as it is compared."""
    return unicodedata.normalize("NFKC", simplified).lower().translate(_DIGITS)


def searched(name: str, sentence: str) -> Searched:
    """Give what is searched of a work."""
    own = folded(name)
    return Searched(own, f"{own} {folded(sentence)}")


def query_of(text: str) -> Query:
    """Read what a person typed; an empty query finds every work, `~` before it allows slips."""
    exact = folded(text).lstrip()
    words = exact.removeprefix(SIMILAR).split()
    return Query(tuple(words[:_MOST_WORDS]), slips=exact.startswith(SIMILAR))


def _is_close(word: str, name: str) -> bool:
    """Tell whether a stretch of a name differs from a word by a slip or two."""
    slips = (len(word) >= _ONE_SLIP) + (len(word) >= _TWO_SLIPS)
    if not slips or len(name) < len(word) - slips:
        return False
    return partial_ratio(word, name) >= 100 * (len(word) - slips) / len(word) - 1e-9


def _is_pinyin(word: str, name: str) -> bool:
    """Tell whether a word spells a stretch of a name: dt3hx, ditie, dtie3haoxian for 地铁3号线."""
    if not _LATIN.fullmatch(word):
        return False
    spelled = _spelled(name)
    starts = (at for at, readings in enumerate(spelled) if word[0] in readings)
    return any(_spells(word, spelled[start:]) for start in starts)


def _spells(word: str, spelled: Sequence[frozenset[str]]) -> bool:
    """Tell whether a word is made of the readings (or their first letters) of characters in turn.

    The last reading may be only begun, as it is while a person types.
    """
    reached = {0}
    for readings in spelled:
        further = set()
        for at in reached:
            for reading in readings:
                if word.startswith(reading, at):
                    further.add(at + len(reading))
                if reading.startswith(word[at:]):
                    return True
        reached = further
        if not reached:
            return False
        if len(word) in reached:
            return True
    return False


@lru_cache(maxsize=50_000)
def _spelled(name: str) -> tuple[frozenset[str], ...]:
    return tuple(map(_readings, name))


@cache
def _readings(character: str) -> frozenset[str]:
    """Give the readings of a character and their first letters; of others, themselves."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    readings = {reading.replace("ü", "v") for reading in found[0]} if found else {character}
    return frozenset({*readings, *(reading[0] for reading in readings if reading)})
