"""Bring names that mean the same to one spelling, and take the words about works off them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.vocabulary import Loose, Words
from geo.script import to_simplified

# A name is never longer; what is longer is a sentence, and only costs time.
_MAX_NAME = 120
_SHORTEST = 2
_REMEMBERED = 50_000
_NOISE = re.compile(r"[^\w+]|_")
_DIGITS = "一二三四五六七八九"
_LINE_NUMBER = re.compile(
    r"([一二三四五六七八九]?十?[一二三四五六七八九]|[一二三四五六七八九]?十)(?=号线)"
)
# Any way of writing the number of a road by its class, and the one way it is spelled here.
_ROADS = tuple(
    (re.compile(pattern), spelling)
    for letter, name in (("G", "国道"), ("S", "省道"), ("X", "县道"))
    for pattern, spelling in (
        (rf"(?<![A-Z0-9])(?:{name})?{letter}(\d{{3}})(?!\d)(?:{name}|公路|线)?", rf"\1{name}"),
        (rf"{name}(\d{{3}})(?!\d)线?", rf"\1{name}"),
        (rf"(\d{{3}}){name}线", rf"\1{name}"),
    )
)
_MOTORWAY = re.compile(r"^([GS]\d{1,4})(?:国家)?(?:高速|公路|线)$")
# A motorway's number before its name says nothing that the name does not.
_NUMBERED = re.compile(r"^[GS]\d{1,4}(?=[^\W\dA-Z]{2,}高速)")
_LETTERED_LINE = re.compile(r"(?<![A-Z0-9])([A-Z]\d{1,2}|[A-FH-RT-WYZ]\d{3})号?线")
# How a map names one direction of a route: 地铁1号线: 甲站 → 乙站.
_ROUTE = re.compile(r"^(.*线[^:(（：]*)[:(（：].*(?:→|⇒|=>|->|—|–|↔|<->|-|至|方向|外圈|内圈).*$")
_PHASE_DIGIT = re.compile(r"([1-9])(?=期)")
_PHASE = re.compile(
    r"(?:[首一二三四五六七八九十]+期)?[东南西北中](?:段|区)$|[首一二三四五六七八九十]+期$"
)


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
    return _key(name[:_MAX_NAME])


@lru_cache(_REMEMBERED)
def _key(name: str) -> str:
    text = to_simplified(unicodedata.normalize("NFKC", name).upper())
    text = _NOISE.sub("", _ROUTE.sub(r"\1", text)).replace("高速公路", "高速")
    text = text.replace("高速铁路", "高铁")
    if "线" in text:
        text = _line_key(text)
    if any(letter in text for letter in "GSX道"):
        text = _road_key(text)
    return _PHASE_DIGIT.sub(lambda match: _DIGITS[int(match[1]) - 1], text)


def _line_key(text: str) -> str:
    text = re.sub(r"(?:城市)?轨道(?:交通)?(?=\w*线)|轨交(?=\w*线)", "地铁", text)
    text = _LETTERED_LINE.sub(r"\1号线", text)
    return _LINE_NUMBER.sub(lambda match: str(_number(match[1])), text)


def _road_key(text: str) -> str:
    for pattern, spelling in _ROADS:
        text = pattern.sub(spelling, text)
    return _NUMBERED.sub("", _MOTORWAY.sub(r"\1", text))


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
        return Form(form.text.removesuffix(phase), phase, form.loose)
    for length in range(min(words.longest, len(form.text) - _SHORTEST), 0, -1):
        loose = words.endings.get(form.text[-length:])
        if loose is not None:
            return Form(form.text[:-length], form.phase, loose or form.loose)
    return None
