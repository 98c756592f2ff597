"""The rules by which a member is no work; each names its reason and the words that it saw."""

import re

from geo.reading import vocabulary
from geo.reading.cases import Case
from geo.reading.lists import PROJECTS, Member
from geo.reading.quantities import PHYSICAL
from geo.reading.values import Decision, Reason

SENTENCE = "a sentence, not a name"
OTHER_HEAD = "head noun of no works"

_SENTENCE_START = re.compile(
    r"(?!向.{1,10}(?:[调供输补]水|[送供]电))[自经往向由于在后且而为](?![江湖河海路线岸山来行营贸])(?<!经(?=[一二三四五六七八九十\d开济]))"
)
_SHORT_NAME = 3
_WHERE = re.compile("在(?![建编册])|使|让")
_FIELDS = re.compile(
    r"等(?:\d+[个项大类])?(?:重点|优势|新兴|特色|前沿|关键|未来)*(?:领域|行业|产业|方面|赛道|学科|环节)"
)
_PLURAL = re.compile(r"(?:一批次?|一系列|若干|更多|各类|一些)(?=[一-龥]{3})")
_MOTTO = re.compile(r"[”’](?:示范|重点|专项|民生|系列|建设|提升)*(?:工程|行动|计划|活动|战略)")


def policy_action(case: Case) -> Decision | None:
    """What is done to the named thing is no works (发展水平, 改革)."""
    if case.member.final is not None or _is_called_project(case.member):
        return None
    for action in case.member.actions:
        if action.kind == "policy":
            return Decision(Reason.POLICY, "what is meant is no works", action.word)
    return None


def _is_called_project(member: Member) -> bool:
    """Whether its list calls a member a project, whatever its own last words mean elsewhere."""
    tail = member.tail
    if tail is None or not member.noun.actions:
        return False
    return (tail.core + "".join(action.word for action in tail.actions)).startswith(PROJECTS)


def no_verb(case: Case) -> Decision | None:
    """Something is named, but nothing is promised of it."""
    if case.verbs or case.member.final or case.does:
        return None
    return Decision(Reason.NO_VERB, "nothing is promised", case.member.noun.core)


def rate(case: Case) -> Decision | None:
    """The number is a share (森林覆盖率达到45%)."""
    amounts = (*case.member.amounts, *case.member.shared)
    if not amounts:
        return None
    kinds = {amount.kind for amount in amounts}
    if "rate" in kinds and not kinds & PHYSICAL:
        return Decision(Reason.STATISTIC, "a share or rate", case.member.noun.core)
    return None


def target(case: Case) -> Decision | None:
    """A level to be reached or kept (高新技术企业总数达到3200家)."""
    if not case.member.amounts:
        return None
    words = case.member.noun.core if case.builds else case.text
    found = vocabulary.signs("target").search(words)
    return Decision(Reason.STATISTIC, "a level to be reached", found[0]) if found else None


def motto(case: Case) -> Decision | None:
    """A programme that is called by a motto in quotes (“百千万”工程)."""
    member, start = case.member, case.member.noun.core_start
    if case.counts or case.text[start - 1 : start] not in ("“", "‘"):
        return None
    if member.tail is None and (member.head is None or member.head.kind == "counted"):
        return Decision(Reason.POLICY, "a programme called by a motto", member.noun.core)
    found = _MOTTO.search(case.text, start, member.item.end)
    return Decision(Reason.POLICY, "a programme called by a motto", found[0]) if found else None


def sentence(case: Case) -> Decision | None:
    """A whole sentence in a name's place (支持园区深化开放, 规划路线自东站)."""
    core = case.member.noun.core
    if case.counts and _WHERE.match(core):
        return Decision(Reason.POLICY, SENTENCE, core)
    if case.counts or "“" in core or "(" in core:
        return None
    tail = case.member.tail.core if case.member.tail else ""
    sign = vocabulary.signs("sentence")
    words = f"{case.member.noun.prefix} {case.member.noun.after}"
    found = sign.search(words) or sign.search(tail) or _opens_sentence(case)
    return Decision(Reason.POLICY, SENTENCE, found[0]) if found else None


def _opens_sentence(case: Case) -> re.Match[str] | None:
    """A small word that opens a sentence, unless a short name begins with it (后安、东安等煤矿)."""
    member = case.member
    listed = member.tail is not None and member.tail.head is not None
    if listed and len(member.noun.core) <= _SHORT_NAME:
        return None
    return _SENTENCE_START.match(member.noun.core)


def unnumbered(case: Case) -> Decision | None:
    """Some things of a kind, neither named nor counted (打造一批精品公园)."""
    if case.counts or case.member.tail is not None or not case.verbs:
        return None
    found = _PLURAL.match(case.text, case.verbs[-1].end)
    return Decision(Reason.NO_PLACE_OR_COUNT, "some of a kind", found[0]) if found else None


def fields(case: Case) -> Decision | None:
    """A list of trades and sciences, not of works (光电、海洋等领域设施)."""
    found = _FIELDS.search(case.text, case.member.item.end, case.member.item.tail_end)
    return Decision(Reason.POLICY, "a list of fields", found[0]) if found else None


def other_head(case: Case) -> Decision | None:
    """The last noun says what it is instead: an event, a firm, a statistic."""
    head = case.member.head
    if head is None or head.theme is not None:
        return None
    return Decision(Reason(head.reason), OTHER_HEAD, head.word)


def no_thing(case: Case) -> Decision | None:
    """What is counted are people or occasions."""
    if not case.member.amounts:
        return None
    kinds = {amount.kind for amount in case.member.amounts}
    for kind, reason in (("people", Reason.PEOPLE), ("event", Reason.EVENT)):
        if kind in kinds and not kinds & PHYSICAL:
            return Decision(reason, "what is counted is no thing", case.member.noun.core)
    return None


def follows_plan(case: Case) -> Decision | None:
    """A plan that is followed, not made (落实云东新区规划)."""
    heeding = vocabulary.signs("heeding")
    said = next((verb.word for verb in case.verbs if heeding.fullmatch(verb.word)), "")
    done = (*case.member.actions, case.member.final)
    planned = any(verb is not None and verb.kind == "plan" for verb in done)
    return Decision(Reason.POLICY, "a plan that is followed", said) if said and planned else None


def policy_zone(case: Case) -> Decision | None:
    """A zone that is designated for a policy (国家自主创新示范区)."""
    head = case.member.head
    if head is None or head.kind != "zone" or case.member.tail is not None:
        return None
    found = vocabulary.signs("policy_zone").search(case.member.noun.prefix + head.word)
    return Decision(Reason.POLICY, "designated zone", found[0]) if found else None
