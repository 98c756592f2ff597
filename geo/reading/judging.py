"""Step: whether a member is a work, by the first rule that applies."""

from collections.abc import Callable

from geo.reading import accepting, refusing
from geo.reading.cases import Case
from geo.reading.values import Decision, Reason

_LIST = 2
RULES: tuple[Callable[[Case], Decision | None], ...] = (
    refusing.rate,
    refusing.target,
    refusing.no_thing,
    refusing.policy_action,
    refusing.no_verb,
    refusing.motto,
    refusing.follows_plan,
    refusing.sentence,
    refusing.fields,
    refusing.unnumbered,
    accepting.project_in_list,
    refusing.other_head,
    accepting.counted,
    refusing.policy_zone,
    accepting.general_area,
    accepting.named,
    accepting.unique,
    accepting.placed,
    accepting.numbered_road,
    accepting.national,
    accepting.whole_city,
    accepting.renewed_place,
)


def judge_all(cases: list[Case]) -> list[Decision]:
    """Judge the members of a clause; what stands beside a named work may be one as well."""
    decisions = [judge(case) for case in cases]
    if broken := _broken_off(decisions) or _described(cases, decisions):
        return [d if case.counts else broken for case, d in zip(cases, decisions, strict=True)]
    named = {
        case.member.item.group
        for case, decision in zip(cases, decisions, strict=True)
        if decision.reason is Reason.WORKS and not case.member.amounts
    }
    if not named or len(cases) == 1:
        return decisions
    return [
        _reconsider(case, decision, named) for case, decision in zip(cases, decisions, strict=True)
    ]


def judge(case: Case) -> Decision:
    """Apply the rules in their order; where none applies, nothing was named or counted."""
    for rule in RULES:
        if decision := rule(case):
            return decision
    core = case.member.noun.core
    return Decision(Reason.NO_PLACE_OR_COUNT, "nothing named, nothing counted", core)


def _broken_off(decisions: list[Decision]) -> Decision | None:
    """Where a list's first member is a sentence, the other signs 、 separate no members either."""
    first = decisions[0] if decisions else None
    return first if first is not None and first.rule == refusing.SENTENCE else None


def _described(cases: list[Case], decisions: list[Decision]) -> Decision | None:
    """Where the list only describes what is no work (A、B互通的交通脉络), nothing in it is one."""
    if len(cases) < _LIST or decisions[-1].rule not in (refusing.OTHER_HEAD, refusing.SENTENCE):
        return None
    last = cases[-1].member
    return decisions[-1] if last.tail is None and "的" in last.noun.core[1:] else None


def _reconsider(case: Case, decision: Decision, named: set[int]) -> Decision:
    if decision.reason is Reason.NO_PLACE_OR_COUNT and case.member.item.group in named:
        return accepting.beside_named(case) or decision
    return decision
