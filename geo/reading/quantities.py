"""Step: printed numbers with their units (`190萬平方米`, `5個`, `2.8万户`, `10公顷以上`)."""

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from geo.reading import vocabulary

PHYSICAL = frozenset({"measure", "rating", "counter", "household"})
"""Classes of units in which things are counted or measured, rather than people or money."""

_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN = "〇零一二三四五六七八九十百千两廿"
_RANGE = rf"(?:{_DIGITS}(?:[-~—–至到]))?"
_HAN_UNITS = (*"座条处个所家栋幢套项口孔片块艘对台", "公里", "万平方米")
_ANY = re.compile(rf"[\d{_HAN}]")
_BOUND = "(?:及?以上|左右|以内|以下|余)?"
_ONES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "廿": 20}


class Amount(Struct, frozen=True, gc=False):
    """A number as printed, with its unit, the unit's class, and where it stands in its clause."""

    value: float
    low: float | None
    unit: str
    kind: str
    start: int
    end: int


@cache
def _unit_kinds() -> Mapping[str, str]:
    return vocabulary.classes("units")


@cache
def _pattern() -> re.Pattern[str]:
    units = rf"{vocabulary.pattern(_unit_kinds())}(?:\([一-龥]{{1,2}}\))?"
    digits = rf"({_RANGE}{_DIGITS})(多|余)?([十百千]?[万亿]|[百千])?(?:多|余)?({units})"
    han = rf"(?<![第{_HAN}\d])([{_HAN}]{{1,5}})({vocabulary.pattern(_HAN_UNITS)})(?!山)"
    return re.compile(rf"(?<![\dA-Za-z.第])(?:{digits}|{han}){_BOUND}")


def may_count(text: str) -> bool:
    """Whether a text has any character of a number."""
    return _ANY.search(text) is not None


def find_amounts(text: str, start: int = 0, end: int | None = None) -> tuple[Amount, ...]:
    """All printed numbers with a known unit between `start` and `end`."""
    if not _ANY.search(text, start, len(text) if end is None else end):
        return ()
    found = _pattern().finditer(text, start, len(text) if end is None else end)
    return tuple(amount for match in found if (amount := _amount(match)) is not None)


def _amount(match: re.Match[str]) -> Amount | None:
    if match[1] is None:
        value, unit = read_han(match[5]), match[6]
        return Amount(value, None, unit, _unit_kinds().get(unit, "counter"), *match.span())
    numbers = re.findall(_DIGITS, match[1])
    low = _number(numbers[0]) if len(numbers) > 1 else None
    unit = (match[3] or "") + match[4]
    printed = match[4].partition("(")[0]
    kind = _unit_kinds()[printed]
    if kind == "time" and printed in ("年", "月", "日", "号") and not match[3]:
        return None
    return Amount(_number(numbers[-1]), low, unit, kind, *match.span())


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def read_han(characters: str) -> float:
    """Read a numeral in characters: 二十三 -> 23, 两 -> 2, 一〇三 -> 103."""
    if not any(character in _TENS for character in characters):
        return float("".join(str(_ONES[character]) for character in characters))
    total, pending = 0, 0
    for character in characters:
        if character in _ONES:
            pending = _ONES[character]
        elif character == "廿":
            total += 20
        else:
            total += (pending or 1) * _TENS[character]
            pending = 0
    return float(total + pending)
