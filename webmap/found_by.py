"""Why a work lies where it lies, or nowhere: the gazetteer's phrases in the page's language."""

import re
from collections.abc import Callable

from geo.gazetteer.finding import Basis
from geo.geocode import REASONS_JOINED_BY
from webmap.translation import gettext

Message = Callable[[], str]

_RULES: dict[Basis, Message] = {
    Basis.NAME: lambda: gettext("name in the gazetteer"),
    Basis.ALIAS: lambda: gettext("other name in the gazetteer"),
    Basis.PART: lambda: gettext("part of a line in the gazetteer"),
    Basis.SIMILAR: lambda: gettext("similar name in the gazetteer"),
    Basis.PHASE: lambda: gettext("a phase at a place in the gazetteer"),
    Basis.BETWEEN: lambda: gettext("part of a line between two places in the gazetteer"),
    Basis.WITHIN: lambda: gettext("part of a line within an area in the gazetteer"),
    Basis.SIDES: lambda: gettext("several sides of a road in the gazetteer"),
    Basis.END: lambda: gettext("beyond the end of a line in the gazetteer"),
    Basis.LIST: lambda: gettext("name in the gazetteer, beside works of the same list"),
    Basis.CORRIDOR: lambda: gettext("through the cities of its name"),
    Basis.NEAR: lambda: gettext("near a place in the gazetteer"),
    Basis.INSIDE: lambda: gettext("inside an area in the gazetteer"),
    Basis.SEVERAL: lambda: gettext("several places have this name"),
    Basis.DISTRICT: lambda: gettext("the district as a whole"),
    Basis.URBAN: lambda: gettext("the urban districts as a whole"),
    Basis.CITY: lambda: gettext("the city as a whole"),
    Basis.ONLINE: lambda: gettext("asked of an online geocoder"),
    Basis.REGISTER: lambda: gettext("coordinates of the register"),
}

_WORDINGS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (
        re.compile("(.+) ha(?:s|ve) no published limits"),
        lambda: gettext("the limits of %(words)s are not published"),
    ),
    (re.compile("drawn by hand: (.+)"), lambda: gettext("drawn by hand: %(words)s")),
    (re.compile("removed by hand: (.+)"), lambda: gettext("removed by hand: %(words)s")),
    (re.compile("(.+) named in the text"), lambda: gettext("the text names %(words)s")),
    (
        re.compile("(.+) named in the register"),
        lambda: gettext("the register names %(words)s"),
    ),
    (
        re.compile("(a group), known by number only"),
        lambda: gettext("a group, known by number only"),
    ),
    (
        re.compile("its coordinates lie outside (the city)"),
        lambda: gettext("its coordinates lie outside the city"),
    ),
    (
        re.compile("its coordinates lie outside (.+)"),
        lambda: gettext("its coordinates lie outside %(words)s"),
    ),
    (
        re.compile("(the register) names no district"),
        lambda: gettext("the register names no district"),
    ),
    (
        re.compile("only a similar name in the gazetteer of (.+)"),
        lambda: gettext("only a similar name in the gazetteer of %(words)s"),
    ),
    (
        re.compile("several places of this name in the gazetteer of (.+)"),
        lambda: gettext("several places of this name in the gazetteer of %(words)s"),
    ),
    (
        re.compile("no (?:place|district) called (.+) in the gazetteer of .+"),
        lambda: gettext("the gazetteer does not know %(words)s"),
    ),
    (
        re.compile("several places called (.+) in the gazetteer of .+"),
        lambda: gettext("the gazetteer knows several places called %(words)s"),
    ),
    (re.compile("counted for (.+)"), lambda: gettext("counted for %(words)s")),
    (
        re.compile("(the city's own facility), its site is not known"),
        lambda: gettext("the city's own facility, its site is not known"),
    ),
    (
        re.compile("no place of this name in the gazetteer of (.+)"),
        lambda: gettext("no place of this name in the gazetteer of %(words)s"),
    ),
    (
        re.compile("no boundary of the city in the gazetteer of (.+)"),
        lambda: gettext("no boundary of the city in the gazetteer of %(words)s"),
    ),
    (
        re.compile("(.+) knows no place of this name"),
        lambda: gettext("%(words)s knows no place of this name"),
    ),
    (
        re.compile("(.+) knows only places outside the city"),
        lambda: gettext("%(words)s knows the name only outside the city"),
    ),
    (
        re.compile("(.+) knows only places outside the stated district"),
        lambda: gettext("%(words)s knows the name only outside the district that the text states"),
    ),
    (
        re.compile("(.+) knows only places of another name"),
        lambda: gettext("%(words)s knows only places of another name"),
    ),
    (
        re.compile("(.+) knows only places of another kind"),
        lambda: gettext("%(words)s knows only other kinds of place of this name"),
    ),
    (
        re.compile("(.+) knows several places of this name"),
        lambda: gettext("%(words)s knows several places of this name"),
    ),
    (
        re.compile(r"(.+) gave no answer \(.*\)"),
        lambda: gettext("%(words)s gave no answer"),
    ),
)


def found_by(phrase: str) -> str:
    """Say a `located_by` phrase in the language of the request; unknown wording stays as it is."""
    return REASONS_JOINED_BY.join(map(_said, phrase.split(REASONS_JOINED_BY)))


def _said(phrase: str) -> str:
    rule, colon, detail = phrase.partition(": ")
    if colon and rule in set(Basis):
        pattern = gettext("%(rule)s: %(detail)s")
        return pattern % {"rule": _RULES[Basis(rule)](), "detail": _worded(detail)}
    return _worded(phrase)


def _worded(phrase: str) -> str:
    for pattern, message in _WORDINGS:
        match = pattern.fullmatch(phrase)
        if match:
            return message() % {"words": match[1]}
    return phrase
