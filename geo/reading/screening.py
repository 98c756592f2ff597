"""Step: clauses that cannot hold a work are told apart early, before anything is taken apart."""

import re
from functools import cache

from geo.reading import vocabulary
from geo.reading.clauses import Source
from geo.reading.values import Decision, Predicate, Reason

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
    if _SIGNS.search(source.text, start, end) or _hints().last_in(source.text, start, end)[0]:
        return None
    return Decision(Reason.NO_PLACE_OR_COUNT, "no noun of works, no number", source.text[start:end])


def _by_end(text: str, start: int, end: int) -> Decision | None:
    """Refuse what ends with a noun of no works, or with what is no works to do (…服务水平)."""
    if vocabulary.affixes("finals").at_end(text, end, start):
        return None
    noun = vocabulary.affixes("heads").at_end(text, end, start)
    action = vocabulary.affixes("tails").at_end(text, end, start)
    if len(noun) > len(action):
        head = vocabulary.heads().get(noun)
        if head is not None and head.reason:
            return Decision(Reason(head.reason), "head noun of no works", noun)
    elif vocabulary.classes("tails").get(action) == "policy":
        return Decision(Reason.POLICY, "what is meant is no works", action)
    return None


@cache
def _hints() -> vocabulary.Affixes:
    """Head nouns of works, and actions that change a place."""
    nouns = (word for word, head in vocabulary.heads().items() if head.theme is not None)
    return vocabulary.Affixes((*nouns, *vocabulary.sections("tails")["renew"]))
