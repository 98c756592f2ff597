"""Step: what another extractor proposes is checked, word by word, before it becomes a work."""

import dataclasses
import re
from collections.abc import Callable
from itertools import islice

from msgspec import structs

from geo.errors import ExtractorError
from geo.model import Clause, Locatable, Quantity, Stage, Theme
from geo.reading.clauses import Source
from geo.reading.extractors import Extractor, ProposedWork, error_words
from geo.reading.values import ClauseReading, Decision, Finding, Reason

MAX_WORKS = 100
MAX_PARTS = 20
MAX_WORDS = 120
MAX_VALUE = 1e15
_SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SET_ASIDE = frozenset(
    {Reason.CHROME, Reason.HEADING, Reason.REVIEWED, Reason.LATER_YEARS, Reason.OWN_WORK}
)

_Problem = tuple[str, str] | None
"""The name of a check that failed and the words that it saw."""


def propose(extractor: Extractor, clause: Clause, reading: ClauseReading) -> ClauseReading:
    """Read a clause by an extractor; what speaks of another time, or of the page, it never sees.

    Raises
    ------
    ExtractorError
        The extractor raised an error of its own.
    """
    aside = reading.decision.reason in _SET_ASIDE
    return reading if aside else _propose(extractor, clause, reading.source)


def _propose(extractor: Extractor, clause: Clause, source: Source) -> ClauseReading:
    try:
        proposals = tuple(islice(extractor(clause), MAX_WORKS + 1))
    except Exception as error:
        raise ExtractorError(
            f"The extractor failed on clause {clause.number} ({error_words(error)}); mend it, or "
            "leave it out."
        ) from error
    start = source.matching.original(source.start)
    end = source.matching.original_end(source.end)
    sentence = source.passage.text[start - source.passage.start : end - source.passage.start]
    decisions = tuple(_decide(proposed, sentence) for proposed in proposals[:MAX_WORKS])
    findings = tuple(
        _finding(proposed, decision, start, end)
        for proposed, decision in zip(proposals, decisions, strict=False)
        if decision.reason is Reason.WORKS
    )
    if len(proposals) > MAX_WORKS:
        decisions += (Decision(Reason.REFUSED, f"more than {MAX_WORKS} works", sentence[:_SHOWN]),)
    return ClauseReading(source, _outcome(decisions, sentence), findings, None, decisions)


def _outcome(decisions: tuple[Decision, ...], sentence: str) -> Decision:
    """What the ledger says: works, works beside proposals that were refused, or why none."""
    if not decisions:
        return Decision(Reason.NOTHING_PROPOSED, "the extractor saw no work", sentence)
    works = next((d for d in decisions if d.reason is Reason.WORKS), None)
    refused = next((d for d in decisions if d.reason is Reason.REFUSED), None)
    if works and refused:
        return structs.replace(refused, reason=Reason.PARTLY_REFUSED)
    return works or decisions[0]


def _decide(proposed: ProposedWork, sentence: str) -> Decision:
    for check in CHECKS:
        if problem := check(proposed, sentence):
            rule, words = problem
            return Decision(Reason.REFUSED, rule, _CONTROL.sub("\ufffd", words[:_SHOWN]))
    return Decision(Reason.WORKS, "proposed by the extractor", proposed.name)


def _finding(proposed: ProposedWork, decision: Decision, start: int, end: int) -> Finding:
    return Finding(
        start=start,
        end=end,
        name=proposed.name.strip(),
        places=tuple(proposed.places),
        theme=Theme(proposed.theme),
        stage=Stage(proposed.stage),
        stage_words=proposed.stage_words,
        locatable=Locatable(proposed.locatable),
        quantities=tuple(dataclasses.replace(q, value=float(q.value)) for q in proposed.quantities),
        district=proposed.district,
        decision=decision,
    )


def _is_proposed_work(proposed: object, _sentence: str) -> _Problem:
    if isinstance(proposed, ProposedWork):
        return None
    return "no ProposedWork", type(proposed).__name__


def _has_name(proposed: ProposedWork, _sentence: str) -> _Problem:
    if not isinstance(proposed.name, str) or not proposed.name.strip():
        return "no name", repr(proposed.name)
    if len(proposed.name) > MAX_WORDS:
        return f"a name of more than {MAX_WORDS} characters", proposed.name
    if _CONTROL.search(proposed.name):
        return "a control character in the name", proposed.name
    return None


def _has_known_values(proposed: ProposedWork, _sentence: str) -> _Problem:
    fields = (
        ("theme", proposed.theme, {*Theme}),
        ("stage", proposed.stage, {*Stage}),
        ("locatable", proposed.locatable, {*Locatable}),
    )
    for field, value, known in fields:
        if not isinstance(value, str) or value not in known:
            return f"unknown {field}", repr(value)
    return None


def _quotes_the_clause(proposed: ProposedWork, sentence: str) -> _Problem:
    """Places, words of stage and district stand in the clause, letter by letter."""
    places = proposed.places
    if not isinstance(places, tuple | list) or len(places) > MAX_PARTS:
        return f"no tuple of at most {MAX_PARTS} places", type(places).__name__
    for field, words in (("stage_words", proposed.stage_words), ("district", proposed.district)):
        if not isinstance(words, str) or words not in sentence:
            return f"{field} not in the clause", str(words)
    for place in places:
        if not isinstance(place, str) or not place.strip() or place not in sentence:
            return "place not in the clause", str(place)
    return None


def _has_printed_quantities(proposed: ProposedWork, sentence: str) -> _Problem:
    quantities = proposed.quantities
    if not isinstance(quantities, tuple | list) or len(quantities) > MAX_PARTS:
        return f"no tuple of at most {MAX_PARTS} quantities", type(quantities).__name__
    for quantity in quantities:
        if not isinstance(quantity, Quantity) or not _is_sound(quantity):
            return "no sound Quantity", repr(quantity)
        if not quantity.text or quantity.text not in sentence:
            return "quantity not in the clause", quantity.text
    return None


def _is_sound(quantity: Quantity) -> bool:
    words = (quantity.unit, quantity.what, quantity.text)
    return (
        isinstance(quantity.value, int | float)
        and abs(quantity.value) <= MAX_VALUE
        and all(isinstance(w, str) and len(w) <= MAX_WORDS for w in words)
        and not any(_CONTROL.search(w) for w in words)
        and isinstance(quantity.shared, bool)
    )


def _has_place_or_count(proposed: ProposedWork, _sentence: str) -> _Problem:
    if proposed.places or proposed.quantities:
        return None
    return "neither place nor count", proposed.name


CHECKS: tuple[Callable[[ProposedWork, str], _Problem], ...] = (
    _is_proposed_work,
    _has_name,
    _has_known_values,
    _quotes_the_clause,
    _has_printed_quantities,
    _has_place_or_count,
)
