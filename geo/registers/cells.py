"""What the cells of a register say: numbers with their units, coded words, text."""

import math
import re
import unicodedata
from dataclasses import dataclass

from geo.gazetteer.importing.records import RecordError
from geo.registers.words import plain, value_words

_NUMBER = re.compile(r"(?:约|近)?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>.*)", re.DOTALL)
_NUMERALS = re.compile(r"[十百千万萬亿億]+")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "無", "n/a", "na", "null", "none"})
_LONGEST_UNIT = 20
_LONGEST_TEXT = 2_000
_LONGEST_NAME = 120
_MOST = 10**9
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed number and the unit behind it ("" where it has none)."""

    value: float
    unit: str


def shown(value: str, longest: int = 30) -> str:
    """Give the beginning of a text as a message may show it."""
    return "".join(one if one.isprintable() else " " for one in value[:longest]).strip()


def text(column: str, value: str, longest: int = _LONGEST_TEXT) -> str:
    """Give the text of a cell on one line, without what steers a page or a terminal.

    Raises
    ------
    RecordError
        When it is longer than such a text is, or damaged.
    """
    if _LOST in value:
        raise RecordError(f"its {column} has a damaged character")
    clean = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    if len(clean) > longest:
        raise RecordError(f"its {column} is longer than {longest} characters")
    return clean


def name(column: str, value: str) -> str:
    """Give a name, which is shorter than any text.

    Raises
    ------
    RecordError
        When it is longer than a name is, or damaged.
    """
    return text(column, value, _LONGEST_NAME)


def amount(column: str, value: str) -> Amount | None:
    """Give a number with its unit (15万平方米), or None where the cell says that there is none.

    Raises
    ------
    RecordError
        When it holds something else.
    """
    plainly = unicodedata.normalize("NFKC", value).strip()
    if plainly.lower() in _NOTHING:
        return None
    match = _NUMBER.fullmatch(plainly)
    number = float(match["digits"].replace(",", "")) if match else math.nan
    if match is None or not 0 <= number <= _MOST or len(match["unit"]) > _LONGEST_UNIT:
        raise RecordError(f"its {column} is no number: {shown(value)}")
    return Amount(number, text(column, match["unit"]))


def with_unit(found: Amount, unit: str) -> Amount:
    """Complete an amount by the unit of its column: 15万 of 平方米 is 15 of 万平方米."""
    if not found.unit or _NUMERALS.fullmatch(found.unit):
        return Amount(found.value, found.unit + unit)
    return found


def whole(column: str, value: str) -> int | None:
    """Give a whole number, with or without a unit behind it (21座), or None where there is none.

    Raises
    ------
    RecordError
        When it holds something else.
    """
    found = amount(column, value)
    if found is None:
        return None
    if not found.value.is_integer() or _NUMERALS.match(found.unit):
        raise RecordError(f"its {column} is no whole number: {shown(value)}")
    return int(found.value)


def coded(column: str, value: str) -> str:
    """Give the code that a word of a column means, or "" for an empty cell.

    Raises
    ------
    RecordError
        When the word is none of the column's.
    """
    known = value_words(column)
    code = known.get(plain(value))
    if code is None and value.strip().lower() not in _NOTHING:
        codes = ", ".join(dict.fromkeys(known.values()))
        raise RecordError(f"its {column} is {shown(value)}, none of {codes}")
    return code or ""


def metres(column: str, value: str) -> float | None:
    """Give a number of metres, or None where the cell says that there is none.

    Raises
    ------
    RecordError
        When it holds something else.
    """
    found = amount(column, value)
    if found is not None and found.unit.lower() not in {"", "m", "米"}:
        raise RecordError(f"its {column} is no number of metres: {shown(value)}")
    return found.value if found else None
