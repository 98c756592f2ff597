"""Step: the theme of a work, from its head noun, the words inside its name, or its list."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from geo.model import Theme
from geo.reading import vocabulary
from geo.reading.cases import NUMBERED_ROAD, are_projects
from geo.reading.lists import Member
from geo.reading.nouns import is_part, proper_of
from geo.reading.vocabulary import Head

_CHANGED = frozenset({"renew", "protect"})
_ROUTE = re.compile(r"[GSXY](\d{1,4})$")
_LENGTHENED = re.compile("[延伸长]$")
# What is done along a road that is no work on the road itself (青云路雨污分流改造).
_BESIDE_ROADS = frozenset({Theme.SEWAGE, Theme.POWER, Theme.GREENING})
_LANES = frozenset({"里", "弄", "坊"})
_INDUSTRY = re.compile("产业|工业|制造|招商|签约")
_SHORT_HEAD = 2  # 线 and 公路 follow any number, 高速公路 and 省道 speak for themselves
_MOTORWAY_DIGITS = 2  # G2, S48 are motorways; G312, S122 are ordinary roads


def read_theme(member: Member, siblings: Iterable[Member]) -> Theme:
    """Own head noun first, unless it is vague, or a hill or water that is built, not kept."""
    head = None if member.borrowed else member.noun.head
    if theme := _of_action(member, head) or _of_inside(member, head):
        return theme
    if head is None or head.theme is None:
        done = "".join(action.word for action in member.actions)
        said = _of_number(member) or _of_list(member) or _cue(member.noun.core + done)
        return said or _of_projects(member, siblings) or _of_borrowed(member)
    if head.kind == "natural":
        return _of_natural(member, head.theme, siblings)
    if head.vague:
        return _of_vague(member, siblings) or head.theme
    if head.theme is Theme.ROAD:
        return _of_route(member) or _of_motorways(member) or head.theme
    return head.theme


def _of_inside(member: Member, head: Head | None) -> Theme | None:
    """Words behind an inner head noun say what is built (社区|停车治理)."""
    after = member.noun.after
    if head is None or not after or is_part(after) or "(" in after or proper_of(member.noun):
        return None
    return _cue(after)


def _of_action(member: Member, head: Head | None) -> Theme | None:
    """What is done to an area says more than the area: its environment, its renewal."""
    done = "".join(action.word for action in member.actions)
    if "环境" in done and (member.head is None or member.head.theme is Theme.NEW_TOWN):
        return Theme.OTHER
    if head is None:
        return None
    if "更新" in done and (head.kind == "area" or head.word in _LANES):
        return Theme.HOUSING_RENEWAL
    if head.word.endswith("运河") and any(action.kind in _CHANGED for action in member.actions):
        return Theme.WATER
    if head.theme is Theme.ROAD and (theme := _cue(done)) in _BESIDE_ROADS:
        return theme
    return _of_area(member, done) if head.theme is Theme.NEW_TOWN else None


def _of_area(member: Member, done: str) -> Theme | None:
    """What the words behind an area say, or those before areas that are only counted."""
    nameless = member.amounts and not proper_of(member.noun)
    return _cue(member.noun.after + done) or (_cue(member.noun.prefix) if nameless else None)


def _of_vague(member: Member, siblings: Iterable[Member]) -> Theme | None:
    """What the words around a vague noun say, before and behind its list, or its company."""
    return (
        _of_lengthened(member)
        or _cue(member.noun.prefix)
        or _of_route(member)
        or _of_list(member)
        or _of_prefix(member)
        or _of_line(member, siblings)
        or _of_company(member, siblings)
    )


def _of_route(member: Member) -> Theme | None:
    route = _ROUTE.search(member.noun.prefix)
    if route is None or len(member.noun.head.word if member.noun.head else "") > _SHORT_HEAD:
        return None
    return Theme.EXPRESSWAY if len(route[1]) <= _MOTORWAY_DIGITS else Theme.ROAD


def _of_number(member: Member) -> Theme | None:
    """A road known by its number alone (G225青溪至云东段)."""
    found = NUMBERED_ROAD.match(member.noun.core)
    if found is None:
        return None
    return Theme.EXPRESSWAY if len(found[0]) - 1 <= _MOTORWAY_DIGITS else Theme.ROAD


def _of_motorways(member: Member) -> Theme | None:
    """Roads of a list of motorways are motorways (云东二环等高速公路)."""
    theme = _of_list(member)
    return theme if theme is Theme.EXPRESSWAY else None


def _of_line(member: Member, siblings: Iterable[Member]) -> Theme | None:
    """A mere line is what most lines beside it are (青白线 among roads)."""
    if member.noun.head is None or not member.noun.head.word.endswith("线"):
        return None
    return _most(
        sibling.noun.head.theme
        for sibling in siblings
        if sibling.noun.head and sibling.noun.head.kind == "line" and not sibling.noun.head.vague
    )


def _of_company(member: Member, siblings: Iterable[Member]) -> Theme | None:
    """A vague noun among projects of one kind is one of theirs (云东基地 among hospitals)."""
    heads = (s.noun.head for s in siblings if s is not member)
    themes = [head.theme for head in heads if head and not head.vague]
    alike = len(themes) > 1 and len(set(themes)) == 1
    return themes[0] if alike and are_projects(member) else None


def _most(themes: Iterable[Theme | None]) -> Theme | None:
    """The theme that most have; the first one of a tie."""
    counted = Counter(theme for theme in themes if theme is not None)
    return counted.most_common(1)[0][0] if counted else None


def _of_lengthened(member: Member) -> Theme | None:
    """A lengthened road is a road (工业北路延伸线)."""
    return _of_prefix(member) if _LENGTHENED.search(member.noun.prefix) else None


def _of_prefix(member: Member) -> Theme | None:
    """A noun of works inside the name (国道318线, 西气东输三线)."""
    prefix = member.noun.prefix
    word, _ = vocabulary.affixes("heads").last_in(prefix, 0, len(prefix))
    head = vocabulary.heads().get(word)
    telling = head is not None and len(word) > 1 and not head.vague
    return head.theme if head is not None and telling else None


def _of_natural(member: Member, own: Theme, siblings: Iterable[Member]) -> Theme:
    """湿地管护 is said of a bay, 项目 of a resort called one, 建设 of a quarter by the water."""
    if theme := _of_list(member):
        return theme
    done = {action.kind for action in member.actions}
    if done & _CHANGED or any(action.word == "工程" for action in member.actions):
        return own
    if member.tail is not None:
        others = (sibling.noun.head for sibling in siblings if sibling is not member)
        named = (h.theme for h in others if h and h.theme and h.kind != "natural")
        return next(named, own)
    return Theme.NEW_TOWN if "build" in done else own


def _of_list(member: Member) -> Theme | None:
    head = member.tail.head if member.tail else None
    return head.theme if head is not None and not head.vague else None


def _of_projects(member: Member, siblings: Iterable[Member]) -> Theme | None:
    """A name without a noun among projects of other kinds is one of theirs, not a factory."""
    if member.tail is None or member.amounts or _INDUSTRY.search(member.tail.core):
        return None
    themes = [s.noun.head.theme for s in siblings if s.noun.head and s.noun.head.theme]
    return None if Theme.INDUSTRY in themes else _most(themes)


def _of_borrowed(member: Member) -> Theme:
    """Without any noun: a project of a list is industry, a place is built or renewed."""
    if member.head is not None and member.head.theme is not None:
        return member.head.theme
    if member.tail is not None:
        return Theme.INDUSTRY
    if member.amounts:
        return Theme.OTHER
    renewed = [action.word for action in member.actions if action.kind == "renew"]
    if any("生态" in word for word in renewed):
        return Theme.GREENING
    return Theme.HOUSING_RENEWAL if renewed else Theme.NEW_TOWN


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
