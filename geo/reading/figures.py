"""Step: a clause that only gives figures of the work right before it lends them to that work."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from geo.reading import vocabulary
from geo.reading.finding import quantity_of
from geo.reading.quantities import find_amounts
from geo.reading.values import ClauseReading, Decision, Reason


def attach_figures(readings: Iterable[ClauseReading]) -> Iterator[ClauseReading]:
    """Attach figures inside one sentence (加快港口建设，集装箱吞吐量达到55万标箱)."""
    before: ClauseReading | None = None
    for reading in readings:
        if before is not None and _gives_figures(before, reading):
            before = _with_figures(before, reading)
            yield before
            before = replace(
                reading, decision=Decision(Reason.FIGURES, "figures of a work", reading.source.text)
            )
            continue
        if before is not None:
            yield before
        before = reading
    if before is not None:
        yield before


def _gives_figures(before: ClauseReading, reading: ClauseReading) -> bool:
    single = len(before.findings) == 1 and not reading.findings and not reading.source.opens
    return single and vocabulary.signs("figures").search(reading.source.text) is not None


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
