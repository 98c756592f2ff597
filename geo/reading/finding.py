"""Step: a member that was judged a work, in the words and offsets of the original."""

from geo.model import Quantity
from geo.reading.cases import Case
from geo.reading.clauses import Source
from geo.reading.lists import Member
from geo.reading.naming import district_of, is_counted, place_spans, read_locatable, work_name
from geo.reading.quantities import Amount
from geo.reading.stages import read_stage
from geo.reading.themes import read_theme
from geo.reading.values import Decision, Finding


def make_finding(
    source: Source, case: Case, decision: Decision, siblings: tuple[Member, ...]
) -> Finding:
    """Give the finding of a case; its sentence is the clause without its delimiter."""
    member = case.member
    counted = is_counted(case)
    stage, stage_words = read_stage(member, case.verbs, counted=counted)
    start, end, added = work_name(member)
    return Finding(
        start=source.matching.original(source.start),
        end=source.matching.original_end(source.end),
        name=_words(source, start, end) + _as_printed(source, added),
        places=tuple(_words(source, a, b) for a, b in place_spans(case) if b > a),
        theme=read_theme(member, siblings),
        stage=stage,
        stage_words=_as_printed(source, stage_words),
        locatable=read_locatable(case),
        quantities=read_quantities(source, case),
        district=district_of(case, counted=counted),
        decision=decision,
    )


def read_quantities(source: Source, case: Case) -> tuple[Quantity, ...]:
    """Amounts of a work's own, how many before how large, and totals that its list prints."""
    what = case.member.noun.core
    counts_first = sorted(case.member.amounts, key=lambda amount: amount.kind != "counter")
    own = [quantity_of(source, a, what, shared=False) for a in counts_first]
    shared = [quantity_of(source, a, what, shared=True) for a in case.member.shared]
    return tuple(quantity for quantities in (*own, *shared) for quantity in quantities)


def quantity_of(source: Source, amount: Amount, what: str, *, shared: bool) -> tuple[Quantity, ...]:
    """Give the printed quantity, both ends of a range, or none for a stretch of time."""
    if amount.kind == "time":
        return ()
    text = _words(source, amount.start, amount.end)
    unit = _as_printed(source, amount.unit, amount.start)
    values = (amount.value,) if amount.low is None else (amount.low, amount.value)
    return tuple(Quantity(value, unit, what, text, shared) for value in values)


def _as_printed(source: Source, words: str, start: int = 0) -> str:
    """The original's spelling of words that were matched in the clause from `start` on."""
    at = source.text.find(words, start)
    return _words(source, at, at + len(words)) if at >= 0 else words


def _words(source: Source, start: int, end: int) -> str:
    """The original's own words of a stretch of the clause."""
    if end <= start:
        return ""
    first = source.matching.original(source.start + start) - source.passage.start
    last = source.matching.original_end(source.start + end) - source.passage.start
    return source.passage.text[first:last]
