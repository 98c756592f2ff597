"""Simplified script for matching; the original text is never replaced by it."""

from collections.abc import Iterable
from functools import cache, lru_cache

import opencc

_SEPARATOR = "\n"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Convert to simplified script, character for character, so that offsets stay the original's.

    OpenCC converts phrases, and a rare phrase changes its length; such a text is converted one
    character at a time instead.
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_one(character) for character in text)


def all_to_simplified(texts: Iterable[str]) -> list[str]:
    """Convert many short texts by one call, which costs a fraction of as many calls."""
    listed = list(texts)
    joined = _SEPARATOR.join(listed)
    converted: str = _converter().convert(joined)
    if len(converted) != len(joined):
        return [to_simplified(text) for text in listed]
    simplified, start = [], 0
    for text in listed:
        simplified.append(converted[start : start + len(text)])
        start += len(text) + len(_SEPARATOR)
    return simplified


@lru_cache(maxsize=4096)
def word_to_simplified(word: str) -> str:
    """Convert a word that comes again and again, such as a unit."""
    return to_simplified(word)


@cache
def _one(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character
