"""Step: a clause that only counts says how many there are of what the clause before it named."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec.structs import replace

from geo.reading import vocabulary
from geo.reading.cases import case_of
from geo.reading.finding import make_finding, quantity_of
from geo.reading.items import split_items
from geo.reading.lists import Member, share
from geo.reading.quantities import PHYSICAL, Amount, find_amounts, may_count
from geo.reading.values import ClauseReading, Decision, Reason

_ABOUT = re.compile(r"(?:约|共|近|超过|不少于|不低于|合计|累计|总计|至少|达到?|为)*")


def count_onward(readings: Iterable[ClauseReading]) -> Iterator[ClauseReading]:
    """Read mere counts with the noun before them (实施公路提升行动，新建500公里)."""
    before: ClauseReading | None = None
    for reading in readings:
        amounts = bare_amounts(reading)
        if before and amounts and _is_own(reading, before) and (member := _counted(before)):
            yield _with_noun(before, reading, member, amounts)
        else:
            yield reading
            before = reading


def bare_amounts(reading: ClauseReading) -> tuple[Amount, ...]:
    """Amounts of things if the clause has nothing else behind its verbs or a word of measure."""
    if reading.source.opens or reading.predicate is None:
        return ()
    text, start = reading.source.text, reading.predicate.body_start
    if not may_count(text):
        return ()
    if found := vocabulary.signs("figures").match(text, start):
        start = found.end()
    elif not reading.predicate.verbs:
        return ()
    amounts = find_amounts(text, start)
    about = _ABOUT.match(text, start)
    if not amounts or amounts[-1].end < len(text) or about is None:
        return ()
    between = (text[a.end : b.start] for a, b in pairwise(amounts))
    alone = amounts[0].start == about.end() and not "".join(between).strip("、和,")
    things = alone and {a.kind for a in amounts} <= PHYSICAL
    return amounts if things else ()


def _is_own(reading: ClauseReading, before: ClauseReading) -> bool:
    """Whether a count is of works of its own rather than of those counted before (总面积20公顷)."""
    figures = vocabulary.signs("figures").match(reading.source.text)
    return figures is None or not before.findings


def _counted(before: ClauseReading) -> Member | None:
    """The last thing that a clause spoke of, if it counts it or says no more of it."""
    if before.predicate is None or any(finding.places for finding in before.findings):
        return None
    source = before.source
    items = split_items(source.text, source.masked, before.predicate)
    members = share(source, items, find_amounts(source.masked))
    last = members[-1] if members else None
    return last if last and last.head and last.head.theme else None


def _with_noun(
    before: ClauseReading, reading: ClauseReading, member: Member, amounts: tuple[Amount, ...]
) -> ClauseReading:
    """The reading with one work: the noun of the clause before it in the number printed here."""
    source = reading.source
    bare = replace(member, tail=None, actions=(), final=None, verbs=())
    bare = replace(bare, amounts=amounts, noun=replace(member.noun, actions=(), final=None))
    said = reading.predicate or before.predicate
    verbs = (said.verbs if said else ()) or (before.predicate.verbs if before.predicate else ())
    decision = Decision(Reason.WORKS, "counts what was named before", member.noun.core)
    case = case_of(bare, verbs, "", before.source.text)
    finding = make_finding(before.source, case, decision, (bare,))
    what = member.noun.core
    finding = replace(
        finding,
        end=source.matching.original_end(source.end),
        quantities=tuple(
            q for amount in amounts for q in quantity_of(source, amount, what, shared=False)
        ),
    )
    return replace(reading, decision=decision, findings=(finding,), decisions=(decision,))
