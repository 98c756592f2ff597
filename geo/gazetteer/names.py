"""Bring names that mean the same to one spelling, and take the words about works off them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from geo.gazetteer.vocabulary import Words
from geo.script import to_simplified

Loose = Literal["", "extension", "near"]

# A name is never longer; what is longer is a sentence, and only costs time.
_MAX_NAME = 120
_SHORTEST = 2
_NOISE = re.compile(r"[^\w+]|_")
_DIGITS = "一二三四五六七八九"
_LINE_NUMBER = re.compile(
    r"([一二三四五六七八九]?十?[一二三四五六七八九]|[一二三四五六七八九]?十)(?=号线)"
)
_NATIONAL_ROAD = re.compile(r"G(\d{3})(?!\d)(?:国道)?")
_PROVINCIAL_ROAD = re.compile(r"S(\d{3})(?!\d)(?:省道)?")
_PHASE_DIGIT = re.compile(r"([1-9])(?=期)")
_PHASE = re.compile(r"[首一二三四五六七八九十]+期$")


@dataclass(frozen=True, slots=True)
class Form:
    """A name with words taken off its end: the phase, and whether they say "beside the place"."""

    text: str
    phase: str = ""
    loose: Loose = ""


def key(name: str) -> str:
    """Give the spelling that all spellings of a name share.

    Simplified script and half-width characters, without brackets, quotes and spaces; numbers of
    lines as digits (三号线 = 3号线), of phases in characters (1期 = 一期), road references by
    class (G312 = 312国道), and one word each for motorways and for metros.
    """
    text = to_simplified(unicodedata.normalize("NFKC", name[:_MAX_NAME]).upper())
    text = _NOISE.sub("", text).replace("高速公路", "高速")
    text = re.sub(r"(?:城市)?轨道交通(?=\w*号线)", "地铁", text)
    text = _LINE_NUMBER.sub(lambda match: str(_number(match[1])), text)
    text = _NATIONAL_ROAD.sub(r"\1国道", text)
    text = _PROVINCIAL_ROAD.sub(r"\1省道", text)
    return _PHASE_DIGIT.sub(lambda match: _DIGITS[int(match[1]) - 1], text)


def _number(characters: str) -> int:
    tens, ten, ones = characters.rpartition("十")
    value = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0
    return value + (_DIGITS.index(ones) + 1 if ones else 0)


def phase_of(name_key: str) -> str:
    """Give the phase that ends a name (一期), or ""."""
    match = _PHASE.search(name_key)
    return match[0] if match else ""


def forms(name_key: str, words: Words) -> Iterator[Form]:
    """Yield a name and its shorter forms, longest first, as words about works come off its end."""
    form: Form | None = Form(name_key)
    while form:
        yield form
        form = _shorter(form, words)


def _shorter(form: Form, words: Words) -> Form | None:
    phase = phase_of(form.text)
    if phase and len(form.text) - len(phase) >= _SHORTEST:
        return replace(form, text=form.text.removesuffix(phase), phase=phase)
    ends = ((word, loose) for word, loose in _endings(words) if form.text.endswith(word))
    word, loose = max(ends, key=lambda end: len(end[0]), default=("", form.loose))
    if not word or len(form.text) - len(word) < _SHORTEST:
        return None
    return replace(form, text=form.text.removesuffix(word), loose=loose or form.loose)


def _endings(words: Words) -> Iterator[tuple[str, Loose]]:
    yield from ((word, "") for word in words.works)
    yield from ((word, "extension") for word in words.extensions)
    yield from ((word, "near") for word in words.near)
