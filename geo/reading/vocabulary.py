"""The words that reading knows, loaded once from `data/vocabulary` when first needed.

A file holds `[section]` lines, each followed by words; `#` starts a comment. Everything is written
in simplified script and half-width signs, as texts are before they are matched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from geo.errors import VocabularyError
from geo.model import Stage, Theme
from geo.paths import data_path


@dataclass(frozen=True, slots=True)
class Head:
    """What a head noun says: the theme of a work and how it is found, or why it is no work.

    A `vague` one (中心, 线) leaves the theme to the words around it where they know better.
    """

    word: str
    kind: str
    theme: Theme | None
    reason: str
    vague: bool = False


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Words of each section of the file `data/vocabulary/<name>.txt`.

    Raises
    ------
    VocabularyError
        The file is missing, is no UTF-8 text, or has words outside any section.
    """
    try:
        lines = data_path("vocabulary", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"The words in {name}.txt cannot be read: {error}.") from error
    found: dict[str, list[str]] = {}
    current = ""
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].strip()
        if words.startswith("[") and words.endswith("]"):
            current = words[1:-1]
            found.setdefault(current, [])
        elif words and not current:
            raise VocabularyError(f"{name}.txt, line {number}: put a [section] above the words.")
        elif words:
            found[current].extend(words.split())
    return {section: tuple(words) for section, words in found.items()}


@cache
def classes(name: str) -> Mapping[str, str]:
    """Section of each word of a file; the first section that names a word keeps it."""
    found: dict[str, str] = {}
    for section, words in sections(name).items():
        for word in words:
            found.setdefault(word, section)
    return found


@cache
def heads() -> Mapping[str, Head]:
    """All head nouns, of works and of what is no work."""
    found: dict[str, Head] = {}
    for section, words in sections("heads").items():
        theme, _, kind = section.partition(" ")
        for word in words:
            vague = kind.endswith("?")
            found.setdefault(word, Head(word, kind.rstrip("?"), _theme(theme), "", vague))
    for reason, words in sections("not_works").items():
        for word in words:
            found.setdefault(word, Head(word, "", None, reason))
    return found


@cache
def forms() -> tuple[tuple[re.Pattern[str], Head], ...]:
    """Patterns of names that need no head noun (引江济淮), each with what it says of a work."""
    return tuple(
        (re.compile(rf"(?:{'|'.join(shapes)})$"), Head("工程", kind, _theme(theme), ""))
        for section, shapes in sections("forms").items()
        for theme, _, kind in [section.partition(" ")]
    )


@cache
def form_hint() -> re.Pattern[str]:
    """Regular expression of all forms of names, wherever they stand."""
    shapes = (shape for section in sections("forms").values() for shape in section)
    return re.compile("|".join(shapes))


def stage_of(section: str) -> Stage | None:
    """Stage that a section of `verbs.txt` or `finals.txt` stands for (None for adverbs)."""
    return _STAGES.get(section)


def pattern(words: Iterable[str]) -> str:
    """Regular expression of a word list that prefers long words, grouped by first character."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (re.escape(first) + _rest(rest) for first, rest in by_first.items())
    return "(?:" + "|".join(branches) + ")"


def _rest(endings: list[str]) -> str:
    if len(endings) == 1:
        return endings[0]
    return "(?:" + "|".join(endings) + ")"


def _theme(name: str) -> Theme:
    try:
        return Theme(name)
    except ValueError as error:
        raise VocabularyError(f"heads.txt: there is no theme “{name}”.") from error


class Affixes:
    """Finds the longest word of a list at the beginning or at the end of a stretch of text.

    Words are looked up by their first (or last) two characters and then by length, which costs
    a fraction of a regular expression of thousands of alternatives; words anywhere inside are
    found by an automaton, in time that does not grow with the list.
    """

    __slots__ = ("_by_first", "_by_last", "_inside", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_first = _lengths((word[:2], len(word)) for word in self.words)
        self._by_last = _lengths((word[-2:], len(word)) for word in self.words)
        self._inside = AhoCorasick(sorted(self.words))

    def at_start(self, text: str, start: int) -> str:
        """Give the longest word that begins at `start` ("" if none does)."""
        for length in self._by_first.get(text[start : start + 2], ()):
            word = text[start : start + length]
            if word in self.words:
                return word
        single = text[start : start + 1]
        return single if single in self.words else ""

    def at_end(self, text: str, end: int, start: int = 0) -> str:
        """Give the longest word that ends `text[start:end]` ("" if none does)."""
        if end <= start:
            return ""
        for length in self._by_last.get(text[end - 2 : end], ()):
            if end - length >= start and (word := text[end - length : end]) in self.words:
                return word
        single = text[end - 1]
        return single if single in self.words else ""

    def last_in(self, text: str, start: int, end: int) -> tuple[str, int]:
        """Give the longest word that ends last between two positions, and where it ends."""
        found = self._inside.find_matches_as_indexes(text[start:end], overlapping=True)
        if not found:
            return "", end
        _, first, stop = max(found, key=_end_then_length)
        return text[start + first : start + stop], start + stop

    def is_in(self, text: str, start: int, end: int) -> bool:
        """Whether any word stands between two positions."""
        return bool(self._inside.find_matches_as_indexes(text[start:end]))


def _end_then_length(found: tuple[int, int, int]) -> tuple[int, int]:
    return found[2], -found[1]


class Eraser:
    """Takes the words of a list out of a text, the first listed of those at one place."""

    __slots__ = ("_automaton",)

    def __init__(self, words: Iterable[str]) -> None:
        listed = sorted(set(words), key=lambda word: (-len(word), word))
        self._automaton = AhoCorasick(listed, matchkind=MatchKind.LeftmostFirst)

    def erase(self, text: str) -> str:
        """Give what is left of a text."""
        found = self._automaton.find_matches_as_indexes(text)
        if not found:
            return text
        left, position = [], 0
        for _, start, end in found:
            left.append(text[position:start])
            position = end
        left.append(text[position:])
        return "".join(left)


def _lengths(pairs: Iterable[tuple[str, int]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for character, length in pairs:
        found.setdefault(character, set()).add(length)
    return {character: tuple(sorted(set_, reverse=True)) for character, set_ in found.items()}


@cache
def affixes(name: str) -> Affixes:
    """Words of a file (`heads` includes what is no work) as Affixes."""
    return Affixes(heads() if name == "heads" else classes(name))


_STAGES = {stage.value: stage for stage in Stage}


@cache
def signs(section: str) -> re.Pattern[str]:
    """Regular expression of one section of `signs.txt`."""
    return re.compile(pattern(sections("signs")[section]))


@cache
def areas(section: str) -> re.Pattern[str]:
    """Regular expression of one section of `areas.txt`."""
    return re.compile(pattern(sections("areas")[section]))
