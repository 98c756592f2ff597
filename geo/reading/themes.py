"""Step: the theme of a work, from its head noun, the words inside its name, or its list."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from geo.model import Theme
from geo.reading import vocabulary
from geo.reading.lists import Member

_ROUTE = re.compile(r"[GSXY](\d{1,4})$")
_CHANGED = frozenset({"renew", "protect"})


def read_theme(member: Member, siblings: Iterable[Member]) -> Theme:
    """Own head noun first, unless it is vague or a hill or water that is built, not kept."""
    head = None if member.borrowed else member.noun.head
    if "环境" in _done(member) and (head is None or head.kind == "area"):
        return Theme.OTHER
    if "更新" in _done(member) and head is not None and head.kind == "area":
        return Theme.HOUSING_RENEWAL
    if head is not None and head.theme is not None and not head.vague and head.kind != "natural":
        return head.theme
    if head is not None and head.kind == "natural":
        return _of_natural(member, siblings)
    if head is not None and head.vague and (cue := _cue(member.noun.core)):
        return cue
    if head is not None and head.vague and (route := _ROUTE.search(member.noun.prefix)):
        return Theme.ROAD if len(route[1]) > 2 else Theme.EXPRESSWAY
    if theme := _of_tail(member):
        return theme
    if cue := _cue(member.noun.core):
        return cue
    if member.head is not None and member.head.theme is not None:
        return member.head.theme
    return _without_head(member)


def _of_natural(member: Member, siblings: Iterable[Member]) -> Theme:
    """湿地管护 is said of a bay, 项目 of a resort called one, 建设 of a quarter by the water."""
    if theme := _of_tail(member):
        return theme
    if any(action.word == "工程" for action in member.actions):
        return member.noun.head.theme if member.noun.head and member.noun.head.theme else Theme.WATER
    own = member.noun.head.theme if member.noun.head and member.noun.head.theme else Theme.OTHER
    if member.actions and any(action.kind in _CHANGED for action in member.actions):
        return own
    if member.tail is not None:
        others = (s.noun.head for s in siblings if s is not member)
        named = [h.theme for h in others if h and h.theme and h.kind != "natural"]
        return named[0] if named else own
    return Theme.NEW_TOWN if any(action.kind == "build" for action in member.actions) else own


def _of_tail(member: Member) -> Theme | None:
    head = member.tail.head if member.tail else None
    return head.theme if head is not None and not head.vague else None


def _without_head(member: Member) -> Theme:
    if member.tail is not None:
        return Theme.INDUSTRY
    if member.amounts:
        return Theme.OTHER
    renewed = any(action.kind == "renew" for action in member.actions)
    return Theme.HOUSING_RENEWAL if renewed else Theme.NEW_TOWN


def _done(member: Member) -> str:
    return "".join(action.word for action in member.actions)


def _cue(words: str) -> Theme | None:
    """Theme of the last telling word inside a name."""
    found = _cue_pattern().findall(words)
    return _cue_themes()[found[-1]] if found else None


@cache
def _cue_themes() -> Mapping[str, Theme]:
    return {word: Theme(theme) for word, theme in vocabulary.classes("cues").items()}


@cache
def _cue_pattern() -> re.Pattern[str]:
    return re.compile(vocabulary.pattern(_cue_themes()))
