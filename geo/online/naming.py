"""What to ask for a work, and whether the name of an answer is the name that was meant."""

import re
from collections.abc import Iterator

from geo.gazetteer import Gazetteer
from geo.gazetteer.matching import exact_area
from geo.gazetteer.names import forms, key
from geo.gazetteer.vocabulary import SHORT_NAMED_KINDS
from geo.model import Work

_SHORTEST = 3
_MOST_QUESTIONS = 3
# Ranks that one writer puts into a name and another leaves out.
_RANK = re.compile("国家级?|省级|市级")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def questions(gazetteer: Gazetteer, work: Work) -> tuple[str, ...]:
    """Give the names to ask for, the work's own first, without the words about what is done.

    What lies only beside a named place is not asked for, nor are areas that the gazetteer knows.
    """
    texts = (work.name, *sorted(work.places, key=len, reverse=True))
    names = (_core(gazetteer, text) for text in texts)
    asked = dict.fromkeys(name for name in names if len(name) >= _SHORTEST)
    unknown = [name for name in asked if exact_area(gazetteer, name) is None]
    return tuple(unknown[:_MOST_QUESTIONS])


def agrees(gazetteer: Gazetteer, question: str, answer: str) -> bool:
    """Whether an answer bears the name that was asked for, give or take city, district and rank.

    Nothing less will do: of two hospitals of a city, names differ in one character of nine.
    """
    meant = set(_spellings(gazetteer, question))
    return any(
        spelling in meant
        for text in (answer, _BRACKETS.sub("", answer))
        for spelling in _spellings(gazetteer, key(text))
    )


def _core(gazetteer: Gazetteer, text: str) -> str:
    *_, last = forms(key(text), gazetteer.words)
    return "" if last.loose else last.text


def _spellings(gazetteer: Gazetteer, name_key: str) -> Iterator[str]:
    """Yield a name without rank, then without the city's or a district's name before it."""
    name = _RANK.sub("", name_key)
    yield name
    for lead in _leads(gazetteer):
        rest = name.removeprefix(lead)
        if rest != name and len(rest) >= _SHORTEST:
            yield rest


def _leads(gazetteer: Gazetteer) -> Iterator[str]:
    if gazetteer.city:
        yield key(gazetteer.city.name)
    yield f"{gazetteer.city_name}市"
    yield gazetteer.city_name
    for district in gazetteer.districts:
        full = key(district.name)
        yield full
        if district.kind in SHORT_NAMED_KINDS:
            yield full[:-1]
