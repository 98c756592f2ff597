"""Step: clauses that cannot hold a work are told apart early, before anything is taken apart."""

import re
from collections.abc import Iterable
from functools import cache

from geo.reading import vocabulary
from geo.reading.clauses import Source
from geo.reading.quantities import PHYSICAL, Amount
from geo.reading.values import Decision, Item, Predicate, Reason

_SIGNS = re.compile(
    r"\d|[一二两三四五六七八九十百千](?:座|条|处|个|所|家|栋|套|项|公里)|项目|工程|等"
)
# A list or a number may hold works whatever ends the clause.
_LIST = re.compile(r"[\d、和与及或等“]")
_BARRED = frozenset({"policy", "event"})


def screen(source: Source, predicate: Predicate) -> Decision | None:
    """Refuse a clause whose verb bars works, or without number, work's noun, or action."""
    for verb in predicate.verbs:
        if verb.kind in _BARRED:
            return Decision(Reason(verb.kind), "verb of no works", verb.word)
    start, end = predicate.body_start, predicate.body_end
    if not _LIST.search(source.text, start, end) and (refused := _by_end(source.text, start, end)):
        return refused
    if _SIGNS.search(source.text, start, end) or _hints().is_in(source.text, start, end):
        return None
    if vocabulary.form_hint().search(source.text, start, end):
        return None
    return Decision(Reason.NO_PLACE_OR_COUNT, "no noun of works, no number", source.text[start:end])


def screen_items(
    source: Source, items: Iterable[Item], amounts: tuple[Amount, ...]
) -> Decision | None:
    """Refuse a list whose members are all shares, or end without number as what is no works."""
    refused = None
    for item in items:
        found = _of_item(source, item, amounts)
        if found is None:
            return None
        refused = refused or found
    return refused


def _of_item(source: Source, item: Item, amounts: tuple[Amount, ...]) -> Decision | None:
    end = item.tail_end or item.end
    kinds = {amount.kind for amount in amounts if item.start <= amount.start and amount.end <= end}
    if "rate" in kinds and kinds.isdisjoint(PHYSICAL):
        return Decision(Reason.STATISTIC, "a share or rate", source.text[item.start : item.end])
    if kinds:
        return None
    if not item.tail_end:
        return _by_end(source.text, item.start, item.end)
    if _action_at(source.text, item.start, item.end):
        return None
    action = _action_at(source.text, item.tail_start, item.tail_end)
    return _no_works(action) if _is_policy(action) else None


def _by_end(text: str, start: int, end: int) -> Decision | None:
    """Refuse what ends with a noun of no works, or with what is no works to do (…服务水平)."""
    if vocabulary.affixes("finals").at_end(text, end, start):
        return None
    # What is done to no works is none either (…示范区|建设, 消费|提质|升级).
    while action := _action_at(text, start, end):
        if _is_policy(action):
            return _no_works(action)
        end -= len(action)
    noun = vocabulary.affixes("heads").at_end(text, end, start)
    head = vocabulary.heads().get(noun)
    if head is None or not head.reason:
        return None
    return Decision(Reason(head.reason), "head noun of no works", noun)


def _action_at(text: str, start: int, end: int) -> str:
    """The words at the end that say what is done, unless they only end a longer noun."""
    action = vocabulary.affixes("tails").at_end(text, end, start)
    noun = vocabulary.affixes("heads").at_end(text, end, start)
    return "" if len(noun) > len(action) else action


def _is_policy(action: str) -> bool:
    return vocabulary.classes("tails").get(action) == "policy"


def _no_works(action: str) -> Decision:
    return Decision(Reason.POLICY, "what is meant is no works", action)


@cache
def _hints() -> vocabulary.Affixes:
    """Head nouns of works, and actions that change a place."""
    nouns = (word for word, head in vocabulary.heads().items() if head.theme is not None)
    return vocabulary.Affixes((*nouns, *vocabulary.sections("tails")["renew"]))
