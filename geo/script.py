"""One script for matching and either for reading; the original text is never replaced by them."""

from collections.abc import Iterable
from functools import cache, lru_cache

import opencc

_SEPARATOR = "\n"
_SIMPLIFY, _TRADITIONALISE = "t2s", "s2t"


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


def to_simplified(text: str) -> str:
    """Convert to simplified script, character for character, so that offsets stay the original's.

    OpenCC converts phrases, and a rare phrase changes its length; such a text is converted one
    character at a time instead.
    """
    return _converted(text, _SIMPLIFY)


def to_traditional(text: str) -> str:
    """Convert a simplified text to traditional script, also character for character.

    A text that is traditional already would come to harm: see `is_traditional`.
    """
    return _converted(text, _TRADITIONALISE)


def is_traditional(text: str) -> bool:
    """Tell whether a text is in traditional script: simplifying changes more of it.

    A text without any character that differs between the scripts is not.
    """
    return _changes(text, to_simplified(text)) > _changes(text, to_traditional(text))


def all_to_simplified(texts: Iterable[str]) -> list[str]:
    """Convert many short texts by one call, which costs a fraction of as many calls."""
    return _all_converted(list(texts), _SIMPLIFY)


def all_to_traditional(texts: Iterable[str]) -> list[str]:
    """Convert many short texts to traditional script by one call."""
    return _all_converted(list(texts), _TRADITIONALISE)


@lru_cache(maxsize=4096)
def word_to_simplified(word: str) -> str:
    """Convert a word that comes again and again, such as a unit."""
    return to_simplified(word)


def _converted(text: str, configuration: str) -> str:
    converted: str = _converter(configuration).convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_one(character, configuration) for character in text)


def _all_converted(texts: list[str], configuration: str) -> list[str]:
    joined = _SEPARATOR.join(texts)
    converted: str = _converter(configuration).convert(joined)
    if len(converted) != len(joined):
        return [_converted(text, configuration) for text in texts]
    found, start = [], 0
    for text in texts:
        found.append(converted[start : start + len(text)])
        start += len(text) + len(_SEPARATOR)
    return found


@cache
def _one(character: str, configuration: str) -> str:
    converted: str = _converter(configuration).convert(character)
    return converted if len(converted) == 1 else character


def _changes(text: str, converted: str) -> int:
    return sum(one != other for one, other in zip(text, converted, strict=True))
