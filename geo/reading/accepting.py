"""The rules by which a member is a work; each names the words that it saw."""

import re

from geo.reading import vocabulary
from geo.reading.cases import (
    EXACT,
    NUMBERED_ROAD,
    Case,
    are_projects,
    is_listed,
    is_named,
    is_named_road,
    opening_area,
)
from geo.reading.lists import Member
from geo.reading.naming import area_at
from geo.reading.nouns import is_part, proper_of, proper_part
from geo.reading.values import Decision, Reason
from geo.reading.vocabulary import Head

_TRADES = frozenset({"industry", "power"})
_NATIONAL = re.compile(r"(?:国家(?!级)|国际(?!化|一流)|中国|亚洲)")
_WHOLE_CITY = re.compile(r"(?:全市|全域|全区|全县|全部|所有)")
# Lengths in characters: of a telling name, of a bare place's name at most, of a telling action.
_NAME, _WHOLE_NAME, _BARE_PLACE, _ACTION = 2, 4, 7, 4


def project_in_list(case: Case) -> Decision | None:
    """A name without a head noun of works in a list of projects (英威达等重大产业项目)."""
    member = case.member
    if member.tail is None or (member.head is not None and member.head.theme is not None):
        return None
    if member.tail.head is not None and member.tail.head.theme is None:
        return None
    said = case.works or any(verb.kind == "light" for verb in case.verbs)
    listed = are_projects(member) or (_builds_all(member) and _is_trade(member.noun.head))
    if said and listed and len(proper_part(member.noun.core)) >= _NAME:
        return _works("in a list of projects", member.noun.core)
    return None


def counted(case: Case) -> Decision | None:
    """Things with a number (新建公园5个); without a known noun, things measured or changed."""
    if not case.counts or not (case.verbs or case.member.final or case.does):
        return None
    units = "".join(amount.unit for amount in case.counts)
    if _is_portfolio(case):
        return None
    if case.member.head is not None:
        return _works("counted things", f"{case.member.head.word} {units}")
    measured = case.builds and any(amount.kind == "measure" for amount in case.counts)
    if case.does or measured or _counts_projects(case):
        return _works("measured or changed things", f"{case.member.noun.core} {units}")
    return None


def _is_portfolio(case: Case) -> bool:
    """A number of projects of which only the investment is said (17个项目总投资超1亿元)."""
    invested = any(action.kind == "invested" for action in case.member.actions)
    return invested and not proper_part(case.member.noun.core) and case.member.head is None


def _counts_projects(case: Case) -> bool:
    """Projects in a number, whatever they are called (实施畅通工程20项), or a list's total."""
    last = case.member.actions[-1].word if case.member.actions else ""
    several = any(amount.kind == "counter" for amount in case.counts)
    called = len(proper_part(case.member.noun.core)) >= _NAME or _is_total(case)
    return case.builds and several and called and last.endswith(("工程", "项目"))


def _is_total(case: Case) -> bool:
    """Whether a member is what a list prints behind the names of its first (等15个新项目)."""
    item = case.member.item
    return case.member.tail is None and case.text[: item.start].endswith("等")


def general_area(case: Case) -> Decision | None:
    """A general part of the city is a place in itself (老城区有机更新, 沿江绿色廊道)."""
    area = opening_area(case.member.noun.core)
    if not area or not case.works or is_named_road(case.member):
        return None
    changed = any(action.kind in ("build", "renew") for action in case.member.actions)
    return _works("works in a part of the city", area) if case.member.head or changed else None


def named(case: Case) -> Decision | None:
    """A proper name with a head noun of works, of which works are said."""
    member = case.member
    head = member.head
    if head is None or not is_named(member) or (_inside(member) and not case.does):
        return None
    if case.works or is_listed(member) or _kept(case) or _pushed(case):
        return _works(f"named {head.kind}", f"{proper_of(member.noun)} + {head.word}")
    reason = Reason.CONTEXT_REGION if head.kind == "area" else Reason.POLICY
    return Decision(reason, "named, but nothing is built there", member.noun.core)


def unique(case: Case) -> Decision | None:
    """An institution of which a city has one needs no proper name (儿童福利院)."""
    head, prefix = case.member.head, case.member.noun.prefix
    if head is None or head.kind != "unique" or case.counts:
        return None
    if not case.works and not is_listed(case.member):
        return None
    return (
        None if vocabulary.signs("plural").search(prefix) else _works("one of its kind", head.word)
    )


def placed(case: Case) -> Decision | None:
    """The one plant or ground of the county that stands before the verb (青溪县|扩建污水厂)."""
    head, noun = case.member.noun.head, case.member.noun
    if head is None or head.kind != "site" or case.counts or case.member.tail or not case.does:
        return None
    area = area_at(case.where)
    if not area or vocabulary.signs("plural").search(noun.prefix):
        return None
    return _works("in the county before the verb", f"{area} {noun.core}")


def numbered_road(case: Case) -> Decision | None:
    """A road known by its number alone (G225安江至云东段)."""
    found = NUMBERED_ROAD.match(case.member.noun.core)
    return _works("a numbered road", found[0]) if found and case.works else None


def national(case: Case) -> Decision | None:
    """A facility of the nation in the city is one of its kind (国家海洋综合试验场)."""
    head, prefix = case.member.noun.head, case.member.noun.prefix
    if head is None or head.kind != "site" or case.counts or case.member.tail:
        return None
    if case.works and len(prefix) >= _WHOLE_NAME and _NATIONAL.match(prefix):
        return _works("the nation's one of its kind", case.member.noun.core)
    return None


def whole_city(case: Case) -> Decision | None:
    """All things of a kind in the city (全市独柱墩桥梁加固)."""
    member = case.member
    if member.head is None or member.head.kind != "counted":
        return None
    changed = any(action.kind == "renew" for action in member.actions)
    if changed and _WHOLE_CITY.match(case.text, member.item.start):
        return _works("all of a kind in the city", member.noun.core)
    return None


def renewed_place(case: Case) -> Decision | None:
    """A place known by its name alone, of which works are said (北外滩综合改造工程)."""
    member, core = case.member, case.member.noun.core
    words = [action.word for action in member.actions]
    of_list = member.tail.head if member.tail else None
    if of_list is not None and of_list.theme is None:
        return None
    listed = member.tail is not None and not member.tail.core
    changed = any(a.kind == "renew" and (listed or len(a.word) >= _ACTION) for a in member.actions)
    if member.head is not None or not changed or "行动" in words or not proper_of(member.noun):
        return None
    if proper_of(member.noun) == core and _NAME <= len(core) <= _BARE_PLACE:
        return _works("a named place is changed", core)
    return None


def beside_named(case: Case) -> Decision | None:
    """A general name in a list beside a named work (国际会议中心、雪浪未来中心)."""
    member, head = case.member, case.member.head
    core = member.noun.core
    if case.counts or len(core) < _WHOLE_NAME or not (case.works or is_listed(member)):
        return None
    if member.head is not None and member.head.theme is None:
        return None
    exact = head is not None and head.theme is not None and head.kind in EXACT
    listed = is_listed(member) or _builds_all(member)
    unknown = head is None and listed and len(proper_part(core)) > _NAME
    if unknown or (exact and not member.borrowed):
        return _works("beside a named one in a list", core)
    return None


def _is_trade(head: Head | None) -> bool:
    """Whether a noun of no works is a trade, which names a plant behind its owner (甲乙新材料)."""
    return head is not None and vocabulary.classes("cues").get(head.word) in _TRADES


def _builds_all(member: Member) -> bool:
    """Whether the list says of all its members that they are built (等建设)."""
    tail = member.tail
    return tail is not None and not tail.core and any(a.kind == "build" for a in tail.actions)


def _inside(member: Member) -> bool:
    """The head noun stands inside other words, which must then say what is done to it."""
    after = "" if member.borrowed else member.noun.after
    return bool(after) and not is_part(after) and member.final is None and "(" not in after


def _kept(case: Case) -> bool:
    """Kept or shaped as a whole, which needs no word of building (打造, 保护)."""
    head = case.member.head
    keeping = vocabulary.signs("keeping")
    exact = head is not None and head.kind in EXACT
    return exact and any(keeping.fullmatch(verb.word) for verb in case.verbs)


def _pushed(case: Case) -> bool:
    """One route or site that is pushed on as such (推进轻轨淡海线二期)."""
    head, noun = case.member.head, case.member.noun
    said = any(action.kind != "neutral" for action in noun.actions)
    if head is None or head.kind not in ("line", "site") or said:
        return False
    pushing = vocabulary.signs("pushing")
    whole = not noun.after or len(noun.after) <= _NAME
    return whole and any(pushing.fullmatch(verb.word) for verb in case.verbs)


def _works(rule: str, words: str) -> Decision:
    return Decision(Reason.WORKS, rule, words)
