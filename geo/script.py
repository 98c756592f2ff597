"""Simplified script for matching; the original text is never replaced by it."""

from functools import cache

import opencc


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


@cache
def _one(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character
