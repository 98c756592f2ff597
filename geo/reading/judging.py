"""Step: whether a member is a work, by the first rule that applies."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from geo.reading import vocabulary
from geo.reading.lists import Member
from geo.reading.nouns import proper_part
from geo.reading.quantities import Amount
from geo.reading.values import Decision, Reason, Verb

SENTENCE = "a sentence, not a name"

_PHYSICAL = frozenset({"measure", "counter", "household"})
_DOING = frozenset({"build", "renew", "protect", "plan", "preliminary_work"})
_BUILDING = frozenset({"under_construction", "counted", "complete", "open_to_service", "start", "plan", "preliminary_work"})
_EXACT = frozenset({"site", "line", "unique", "area", "zone"})
_PLURAL = re.compile(r"各|社区|基层|农村|乡镇|街道|一批|级|公共|新型|标准|更多|一流")
_PROJECTS = re.compile(r"项目|工程|载体|企业总部")
_NATIONAL = re.compile(r"(?:国家(?!级)|国际(?!化|一流)|中国|亚洲)")
_ORDINAL = re.compile(r"(?:市|省|区|县)?第[一二三四五六七八九十]+")
_PHASE = re.compile(r"[一二三四五六七八九十\d]期$")
_NUMERAL_OR_STREET = re.compile(r"[一-龥]{2,}[路街巷桥]|[一二三四五六七八九十百]{2,}[河湖湾山溪江]")
_SENTENCE_START = re.compile(r"[自沿经往向由于在后且而为](?![江湖河海路线岸山来行营贸])")
_KEEPING = frozenset("打造 加快打造 保护 管护 养护 守护 维护 修护 保护修复 优化提升 巩固提升 擦亮".split())
_SLOGAN = re.compile(r"[”’](?:示范|重点|专项|民生|系列|提升)*(?:工程|行动|计划|活动|战略)")
_WHOLE_CITY = re.compile(r"(?:全市|全域|全区|全县|全部|所有)")


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules look at: a member, the verbs that govern it, words before them.

    `counts` are amounts of physical things; `builds` whether a verb says that something is built,
    changed or planned; `does` whether the words behind the name say what is done to it.
    """

    member: Member
    verbs: tuple[Verb, ...]
    where: str
    text: str
    counts: tuple[Amount, ...]
    builds: bool
    does: bool


def case_of(member: Member, verbs: tuple[Verb, ...], where: str, text: str) -> Case:
    """Make the case of a member, with what its rules ask most."""
    return Case(
        member=member,
        verbs=verbs,
        where=where,
        text=text,
        counts=tuple(amount for amount in member.amounts if amount.kind in _PHYSICAL),
        builds=member.final is not None or any(verb.kind in _BUILDING for verb in verbs),
        does=any(action.kind in _DOING for action in member.actions),
    )


Rule = Callable[[Case], Decision | None]


def judge(case: Case) -> Decision:
    """Apply the rules in their order; where none applies, nothing was named or counted."""
    for rule in RULES:
        if decision := rule(case):
            return decision
    return Decision(Reason.NO_PLACE_OR_COUNT, "nothing named, nothing counted", case.member.noun.core)


def judge_sibling(case: Case) -> Decision | None:
    """Take a general name for a work where it stands in a list beside a named one."""
    member, head = case.member, case.member.head
    if member.amounts or len(member.noun.core) < 4 or not (case.builds or case.does or _listed(case)):
        return None
    exact = head is not None and head.theme is not None and head.kind in _EXACT
    unknown = head is None and _listed(case) and len(proper_part(member.noun.core)) > 2
    if unknown or (exact and not member.borrowed):
        return Decision(Reason.WORKS, "beside a named one in a list", member.noun.core)
    return None


def _policy_action(case: Case) -> Decision | None:
    if case.member.final is not None:
        return None
    for action in case.member.actions:
        if action.kind == "policy":
            return Decision(Reason.POLICY, "what is meant is no works", action.word)
    return None


def _no_verb(case: Case) -> Decision | None:
    if case.verbs or case.member.final or case.does:
        return None
    return Decision(Reason.NO_VERB, "nothing is promised", case.member.noun.core)


def _rate(case: Case) -> Decision | None:
    shared = (*case.member.amounts, *case.member.shared)
    kinds = {amount.kind for amount in shared}
    if "rate" in kinds and not kinds & _PHYSICAL:
        return Decision(Reason.STATISTIC, "a share or rate", case.member.noun.core)
    return None


def _project_in_list(case: Case) -> Decision | None:
    """A name without a head noun of works in a list of projects (英威达等重大产业项目)."""
    member = case.member
    if member.tail is None or (member.head is not None and member.head.theme is not None):
        return None
    if member.tail.head is not None and member.tail.head.theme is None:
        return None
    if len(proper_part(member.noun.core)) < 2 or not _is_projects(member.tail.core, member.tail.actions):
        return None
    if case.builds or case.does:
        return Decision(Reason.WORKS, "in a list of projects", member.noun.core)
    return None


def _slogan(case: Case) -> Decision | None:
    """A programme that is called by a motto in quotes (“百千万”工程)."""
    noun = case.member.noun
    motto = case.text[case.member.item.start : case.member.item.start + 1] in "“‘"
    if motto and not case.counts and _SLOGAN.search(case.text, noun.core_start, case.member.item.end):
        return Decision(Reason.POLICY, "a programme called by a motto", noun.core)
    return None


def _sentence(case: Case) -> Decision | None:
    """A whole sentence in a name's place (支持园区深化开放, 规划路线自东站)."""
    noun = case.member.noun
    if "“" in noun.core or "(" in noun.core:
        return None
    found = _sentence_pattern().search(noun.core) or _SENTENCE_START.match(noun.core)
    if found is None or case.counts:
        return None
    return Decision(Reason.POLICY, SENTENCE, found[0])


def _other_head(case: Case) -> Decision | None:
    head = case.member.head
    if head is None or head.theme is not None:
        return None
    return Decision(Reason(head.reason), "head noun of no works", head.word)


def _uncounted(case: Case) -> Decision | None:
    kinds = {amount.kind for amount in case.member.amounts}
    for kind, reason in (("people", Reason.PEOPLE), ("event", Reason.EVENT)):
        if kind in kinds and not kinds & _PHYSICAL:
            return Decision(reason, "what is counted is no thing", case.member.noun.core)
    return None


def _counted(case: Case) -> Decision | None:
    if not case.counts or not (case.verbs or case.member.final or case.does):
        return None
    units = "".join(amount.unit for amount in case.counts)
    if case.member.head is not None:
        return Decision(Reason.WORKS, "counted things", f"{case.member.head.word} {units}")
    if case.does or (case.builds and any(amount.kind == "measure" for amount in case.counts)):
        return Decision(Reason.WORKS, "measured or changed things", f"{case.member.noun.core} {units}")
    return None


def _policy_zone(case: Case) -> Decision | None:
    head, noun = case.member.head, case.member.noun
    if head is None or head.kind != "zone":
        return None
    words = noun.prefix + head.word
    found = _policy_zone_pattern().search(words)
    if found and case.member.tail is None:
        return Decision(Reason.POLICY, "designated zone", found[0])
    return None


def _general_area(case: Case) -> Decision | None:
    """A general part of the city is a place in itself (老城区有机更新, 沿江绿色廊道)."""
    area = opening_area(case.member.noun.core)
    if not area or not (case.builds or case.does):
        return None
    head = case.member.head
    if head is None and not any(action.kind in ("build", "renew") for action in case.member.actions):
        return None
    return Decision(Reason.WORKS, "works in a part of the city", area)


def _named(case: Case) -> Decision | None:
    member = case.member
    head = member.head
    if head is None or not is_named(member):
        return None
    if not (case.builds or case.does or _listed(case) or _kept(case)):
        reason = Reason.CONTEXT_REGION if head.kind == "area" else Reason.POLICY
        return Decision(reason, "named, but nothing is built there", member.noun.core)
    return Decision(Reason.WORKS, f"named {head.kind}", f"{member.noun.proper} + {head.word}")


def _kept(case: Case) -> bool:
    head = case.member.head
    return head is not None and head.kind in _EXACT and any(v.word in _KEEPING for v in case.verbs)


def _listed(case: Case) -> bool:
    tail = case.member.tail
    if tail is None:
        return False
    return (tail.head is not None and tail.head.theme is not None) or _is_projects(tail.core, tail.actions)


def _is_projects(core: str, actions: tuple[Verb, ...]) -> bool:
    return _PROJECTS.search(core + "".join(action.word for action in actions)) is not None


def _unique(case: Case) -> Decision | None:
    """An institution of which a city has one needs no proper name."""
    head, prefix = case.member.head, case.member.noun.prefix
    if head is None or head.kind != "unique" or _PLURAL.search(prefix) or case.member.amounts:
        return None
    if case.builds or case.does:
        return Decision(Reason.WORKS, "one of its kind", head.word)
    return None


def _national(case: Case) -> Decision | None:
    """A facility of the nation in the city is one of its kind (国家海洋综合试验场)."""
    head, prefix = case.member.noun.head, case.member.noun.prefix
    if head is None or head.kind != "site" or len(prefix) < 4 or case.member.amounts:
        return None
    if _NATIONAL.match(prefix) and case.member.tail is None and (case.builds or case.does):
        return Decision(Reason.WORKS, "the nation's one of its kind", case.member.noun.core)
    return None


def _whole_city(case: Case) -> Decision | None:
    """All things of a kind in the city (全市独柱墩桥梁加固)."""
    head = case.member.head
    opening = case.text[case.member.item.start : case.member.noun.core_end]
    changed = any(action.kind == "renew" for action in case.member.actions)
    if head is None or not changed or head.kind != "counted" or not _WHOLE_CITY.match(opening):
        return None
    return Decision(Reason.WORKS, "all of a kind in the city", case.member.noun.core)


def _renewed_place(case: Case) -> Decision | None:
    """A place known by its name alone, of which works are said (北外滩综合改造工程)."""
    member = case.member
    changed = any(action.kind == "renew" and len(action.word) > 3 for action in member.actions)
    if member.head is not None or not changed or len(member.noun.proper) < 2:
        return None
    if any("行动" in action.word or "计划" in action.word for action in member.actions):
        return None
    if member.noun.proper == member.noun.core and len(member.noun.core) < 8:
        return Decision(Reason.WORKS, "a named place is changed", member.noun.core)
    return None


RULES: tuple[Rule, ...] = (
    _policy_action,
    _no_verb,
    _rate,
    _slogan,
    _sentence,
    _project_in_list,
    _other_head,
    _uncounted,
    _counted,
    _policy_zone,
    _general_area,
    _named,
    _unique,
    _national,
    _whole_city,
    _renewed_place,
)


def is_named(member: Member) -> bool:
    """Whether a member has a proper name in front of its head noun."""
    noun, head = member.noun, member.head
    if head is None:
        return False
    if head.kind in ("line", "site") and _ORDINAL.match(noun.prefix):
        return True
    if _PHASE.search(noun.core) and head.kind != "counted" or (_PHASE.search(noun.core) and member.borrowed):
        return True
    if member.borrowed:
        return bool(proper_part(noun.core))
    if head.kind in ("natural", "line"):
        if any(c.isascii() and c.isalnum() for c in noun.prefix):
            return True
        if len(head.word) == 1:
            return bool(noun.proper) or len(_NUMERAL_OR_STREET.sub("", noun.prefix + head.word)) < 1
    return len(noun.proper) >= 2


@cache
def _sentence_pattern() -> re.Pattern[str]:
    return re.compile(vocabulary.pattern(vocabulary.sections("areas")["sentence"]))


@cache
def areas() -> frozenset[str]:
    """General words for parts of a city that are places in themselves."""
    return frozenset(vocabulary.sections("areas")["area"])


@cache
def _area_pattern() -> re.Pattern[str]:
    return re.compile(vocabulary.pattern(areas()))


@cache
def _policy_zone_pattern() -> re.Pattern[str]:
    return re.compile(vocabulary.pattern(vocabulary.sections("areas")["policy_zone"]))


def opening_area(words: str) -> str:
    """The general part of a city that some words begin with ("" if none)."""
    found = _area_pattern().match(words)
    return found[0] if found else ""
