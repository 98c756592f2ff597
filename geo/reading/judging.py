"""Step: whether a member is a work, by the first rule that applies."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from geo.reading import vocabulary
from geo.reading.lists import Member
from geo.reading.quantities import Amount
from geo.reading.values import Decision, Predicate, Reason, Verb

_PHYSICAL = frozenset({"measure", "counter", "household"})
_DOING = frozenset({"build", "renew", "protect", "plan", "preliminary_work"})
_BUILDING = frozenset(
    {
        "under_construction",
        "counted",
        "complete",
        "open_to_service",
        "start",
        "plan",
        "preliminary_work",
    }
)
_PLURAL = re.compile(r"各|社区|基层|农村|乡镇|街道|一批|级|公共|新型|标准")
_PROJECTS = re.compile(r"项目|工程|载体|设施|企业总部|园区")


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules look at: a member, its verbs, and what stands around it."""

    member: Member
    verbs: tuple[Verb, ...]
    where: str
    named_sibling: bool

    @property
    def counts(self) -> tuple[Amount, ...]:
        """Amounts of physical things."""
        return tuple(a for a in self.member.amounts if a.kind in _PHYSICAL)

    @property
    def builds(self) -> bool:
        """Whether a verb or an action says that something is built or changed."""
        return self.member.final is not None or any(v.kind in _BUILDING for v in self.verbs)

    @property
    def does(self) -> bool:
        """Whether the words behind the name say what is done to it."""
        return any(action.kind in _DOING for action in self.member.actions)


Rule = Callable[[Case], Decision | None]


def judge(case: Case) -> Decision:
    """Apply the rules in their order; the last one always decides."""
    for rule in RULES:
        if decision := rule(case):
            return decision
    return Decision(
        Reason.NO_PLACE_OR_COUNT, "nothing named and nothing counted", case.member.noun.core
    )


def _barred(case: Case) -> Decision | None:
    for verb in case.verbs:
        if verb.kind in ("policy", "event"):
            return Decision(Reason(verb.kind), "verb of no works", verb.word)
    return None


def _policy_action(case: Case) -> Decision | None:
    for action in case.member.actions:
        if action.kind == "policy" and case.member.final is None:
            return Decision(Reason.POLICY, "what is meant is no works", action.word)
    return None


def _no_verb(case: Case) -> Decision | None:
    if case.verbs or case.member.final or case.does:
        return None
    return Decision(Reason.NO_VERB, "nothing is promised", case.member.noun.core)


def _other_head(case: Case) -> Decision | None:
    head = case.member.head
    if head is None or head.theme is not None:
        return None
    return Decision(Reason(head.reason), "head noun of no works", head.word)


def _no_count_of_things(case: Case) -> Decision | None:
    kinds = {amount.kind for amount in case.member.amounts}
    for kind, reason in (("people", Reason.PEOPLE), ("event", Reason.EVENT)):
        if kind in kinds and not kinds & _PHYSICAL:
            return Decision(reason, "what is counted is no thing", case.member.noun.core)
    return None


def _counted(case: Case) -> Decision | None:
    if not case.counts or not (case.builds or case.does or _verbs_do(case)):
        return None
    head = case.member.head
    units = "".join(amount.unit for amount in case.counts)
    if head is not None:
        return Decision(Reason.WORKS, "counted things", f"{head.word} {units}")
    if any(amount.kind == "measure" for amount in case.counts) or case.does:
        return Decision(
            Reason.WORKS, "measured or changed things", f"{case.member.noun.core} {units}"
        )
    return None


def _verbs_do(case: Case) -> bool:
    return any(verb.kind in ("ongoing", "light") for verb in case.verbs)


def _general_area(case: Case) -> Decision | None:
    """A general part of the city is a place in itself (老城区有机更新)."""
    core = case.member.noun.core
    if core not in areas() and case.member.noun.prefix not in areas():
        return None
    if case.does or case.builds:
        return Decision(Reason.WORKS, "works in a part of the city", core)
    return None


def _named(case: Case) -> Decision | None:
    member = case.member
    head = member.head
    if head is None or not is_named(member):
        return None
    if not (case.builds or case.does or _listed(case) or _kept(case)):
        return Decision(
            Reason.CONTEXT_REGION if head.kind == "area" else Reason.POLICY,
            "named, but nothing is built there",
            member.noun.core,
        )
    return Decision(Reason.WORKS, f"named {head.kind}", f"{member.noun.proper} + {head.word}")


def _kept(case: Case) -> bool:
    head = case.member.head
    exact = head is not None and head.kind in ("site", "line", "unique", "area")
    return exact and any(verb.kind == "ongoing" for verb in case.verbs)


def _listed(case: Case) -> bool:
    tail = case.member.tail
    return tail is not None and (
        tail.head is not None
        and tail.head.theme is not None
        or _is_projects(tail.core, tail.actions)
    )


def _is_projects(core: str, actions: tuple[Verb, ...]) -> bool:
    return _PROJECTS.search(core + "".join(action.word for action in actions)) is not None


def _unique(case: Case) -> Decision | None:
    """An institution of which a city has one needs no proper name."""
    member, head = case.member, case.member.head
    if head is None or head.kind != "unique" or _PLURAL.search(member.noun.prefix) or case.counts:
        return None
    if case.builds or case.does:
        return Decision(Reason.WORKS, "one of its kind", head.word)
    return None


def _among_named(case: Case) -> Decision | None:
    head = case.member.head
    if (
        not case.named_sibling
        or head is None
        or head.kind not in ("site", "line", "unique", "area")
    ):
        return None
    if (case.builds or case.does) and len(case.member.noun.core) > 3 and not case.member.amounts:
        return Decision(Reason.WORKS, "beside a named one in a list", case.member.noun.core)
    return None


def _project_in_list(case: Case) -> Decision | None:
    """A name without a known head noun in a list of projects (英威达等重大产业项目)."""
    member = case.member
    if member.tail is None or member.head is not None or not member.noun.proper:
        return None
    if (case.builds or case.does) and _is_projects(member.tail.core, member.tail.actions):
        return Decision(Reason.WORKS, "in a list of projects", member.noun.core)
    return None


RULES: tuple[Rule, ...] = (
    _barred,
    _no_verb,
    _policy_action,
    _other_head,
    _no_count_of_things,
    _counted,
    _general_area,
    _named,
    _unique,
    _among_named,
    _project_in_list,
)


def is_named(member: Member) -> bool:
    """Whether a member has a proper name in front of its head noun."""
    noun, head = member.noun, member.head
    if head is None:
        return False
    if member.borrowed:
        return len(noun.core) >= 2 and bool(noun.proper)
    if head.kind in ("natural", "line") and len(head.word) == 1:
        return len(noun.prefix) >= 1 and not _only_letters(noun.prefix)
    return len(noun.proper) >= 2 or any(c.isascii() and c.isalnum() for c in noun.prefix)


def _only_letters(words: str) -> bool:
    return frozenset(vocabulary.sections("generic")["letters"]).issuperset(words)


@cache
def areas() -> frozenset[str]:
    """General words for parts of a city that are places in themselves."""
    return frozenset(vocabulary.sections("areas")["area"])
