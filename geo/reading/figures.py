"""Step: a clause that only gives figures of the work right before it lends them to that work."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from geo.reading import vocabulary
from geo.reading.counts import bare_amounts
from geo.reading.finding import quantity_of
from geo.reading.quantities import find_amounts
from geo.reading.values import ClauseReading, Decision, Reason


def attach_figures(readings: Iterable[ClauseReading]) -> Iterator[ClauseReading]:
    """Attach figures inside one sentence (加快港口建设，集装箱吞吐量达到55万标箱)."""
    waiting: list[ClauseReading] = []
    for reading in readings:
        if waiting and _gives_figures(waiting[0], reading):
            waiting[0] = _with_figures(waiting[0], reading)
            told = Decision(Reason.FIGURES, "figures of a work", reading.source.text)
            waiting.append(replace(reading, decision=told, findings=()))
            continue
        yield from waiting
        waiting = [reading]
    yield from waiting


def _gives_figures(before: ClauseReading, reading: ClauseReading) -> bool:
    if len(before.findings) != 1 or reading.source.opens:
        return False
    figures = vocabulary.signs("figures").search(reading.source.text) is not None
    if (before.findings[0].places or figures) and bare_amounts(reading):
        return True
    return figures and not reading.findings


def _with_figures(before: ClauseReading, reading: ClauseReading) -> ClauseReading:
    source = reading.source
    what = before.findings[0].name
    amounts = find_amounts(source.text)
    figures = (q for amount in amounts for q in quantity_of(source, amount, what, shared=False))
    finding = replace(
        before.findings[0],
        quantities=(*before.findings[0].quantities, *figures),
        end=source.matching.original_end(source.end),
    )
    return replace(before, findings=(finding,))
