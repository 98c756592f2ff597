"""Sentences that pages say of a work, in the language of the request."""

from typing import Protocol

from babel.numbers import format_decimal

from geo.model import Precision
from layers.titles import PRECISIONS
from webmap.cards import PlaceCard, QuantityCard
from webmap.found_by import found_by
from webmap.translation import gettext as _
from webmap.translation import language, title


class Located(Protocol):
    """A work or a site, as far as its place is concerned."""

    @property
    def precision(self) -> Precision:
        """How well its place is known."""

    @property
    def uncertainty_m(self) -> float | None:
        """How far the true place may lie from what is drawn, in metres."""

    @property
    def located_by(self) -> str:
        """The rule and words that found it, or why none did."""

    @property
    def district(self) -> str:
        """The district that holds it, or ""."""

    @property
    def city(self) -> str:
        """The city whose plan promises it."""

    @property
    def place(self) -> PlaceCard | None:
        """The gazetteer entry behind its position."""


_KILOMETRE_M = 1000
_TEN_THOUSAND = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def place_words(work: Located) -> str:
    """Say where a work is, how well that is known, and what is not known."""
    return _pattern(work) % {
        "precision": title(PRECISIONS[work.precision]),
        "where": place_name(work),
        "radius": radius_words(work),
        "reason": found_by(work.located_by),
    }


def _pattern(work: Located) -> str:
    match work.precision:
        case Precision.UNLOCATED:
            return _("%(precision)s: %(reason)s")
        case Precision.AREA:
            return _("%(precision)s (%(where)s), exact position not found (%(radius)s)")
        case Precision.CITY:
            return _("%(precision)s (%(where)s), no single place")
        case _:
            return _("%(precision)s (%(radius)s)")


def place_name(work: Located) -> str:
    """Name the place, district or city that a work is known to lie in."""
    if work.precision is Precision.CITY:
        return work.district or work.city
    if work.place is None:
        return work.district or work.city
    within = work.place.within or work.district
    name = work.place.name_hans if language() == "zh-Hans" else work.place.name
    return within or name


def radius_words(work: Located) -> str:
    """Say how far the true place may lie from what is drawn: ±50 m, ±1.5 km."""
    metres = work.uncertainty_m
    return "" if metres is None else f"±{distance_words(metres)}"


def distance_words(metres: float) -> str:
    """Write a distance: 50 m, 1.5 km."""
    if metres < _KILOMETRE_M:
        return _("%(n)s m") % {"n": number(round(metres))}
    return _("%(n)s km") % {"n": number(metres / _KILOMETRE_M)}


def number(value: float) -> str:
    """Write a number as the language does, with one decimal at most."""
    return format_decimal(round(value, 1), locale=language().replace("-", "_"))


def normalised(quantity: QuantityCard) -> str:
    """Write a printed number out: 190万平方米 is 1,900,000 平方米; "" where nothing changes."""
    factor = _TEN_THOUSAND.get(quantity.unit[:1])
    if factor is None:
        return ""
    return f"{number(quantity.value * factor)} {quantity.unit[1:]}"
