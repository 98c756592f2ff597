"""A printed quantity in SI units: 190 萬平方米 is 1,900,000 m2; the printed one stays beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo.errors import VocabularyError
from geo.model import Quantity
from geo.reading import vocabulary
from geo.script import to_simplified

_NUMERALS = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2, "十": 1e1}


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and its unit: SI (`m`, `m2`, `W` ...), a currency (`CNY`) or what is counted (座)."""

    value: float
    unit: str


def measure(quantity: Quantity) -> Measure:
    """Give a quantity without 万 and 亿, in SI units where its unit is one of length, area ..."""
    factor, unit = _split(to_simplified(quantity.unit))
    known = _units().get(unit, Measure(1.0, unit))
    # Fifteen digits: what a float holds exactly, so that 5.1 万 is 51000 and no neighbour of it.
    return Measure(float(f"{quantity.value * factor * known.value:.15g}"), known.unit)


def _split(unit: str) -> tuple[float, str]:
    """Part the numerals from the unit: 万平方米 -> 10000, 平方米."""
    factor = 1.0
    while len(unit) > 1 and unit[0] in _NUMERALS and unit not in _units():
        factor *= _NUMERALS[unit[0]]
        unit = unit[1:]
    return factor, unit


@cache
def _units() -> Mapping[str, Measure]:
    return {word: _measure(section) for word, section in vocabulary.classes("measures").items()}


def _measure(section: str) -> Measure:
    factor, _, unit = section.partition(" ")
    try:
        return Measure(float(factor), unit)
    except ValueError as error:
        raise VocabularyError(
            f"measures.txt: [{section}] is no factor and unit: write one such as [1000 m]."
        ) from error
