"""Step: a row of a table: the cell that names its work, and what the other cells say of it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec.structs import replace

from geo.model import Quantity
from geo.reading.clauses import Source
from geo.reading.finding import quantity_of
from geo.reading.naming import area_at
from geo.reading.quantities import find_amounts
from geo.reading.tables import SEPARATOR, Row
from geo.reading.values import ClauseReading, Decision, Finding, Reason, Verb


class Reader(Protocol):
    """Reads a clause under the verbs `said`; `listed` in a list of projects."""

    def __call__(
        self, source: Source, said: tuple[Verb, ...] = (), *, listed: bool = False
    ) -> ClauseReading:
        """Give what was read."""


_PROMISED = (Verb("", "under_construction", 0, 0),)
_TOLD = frozenset({"name", "content", "stage", ""})
_FIGURES = frozenset({"content", "stage", "money"})
_BESIDE = Decision(Reason.CHROME, "column beside the works", "")


def read_row(sources: Iterable[Source], row: Row, read: Reader) -> Iterator[ClauseReading]:
    """Read the clauses of a row; where a cell names one work, the others give its figures."""
    cells = [(source, _column(source, row)) for source in sources]
    readings = [_read_cell(source, role, row, read) for source, (role, _) in cells]
    named = [i for i, (_, (role, _)) in enumerate(cells) if role == "name" and readings[i].findings]
    if named:
        units = [unit for _, (_, unit) in cells]
        roles = [role for _, (role, _) in cells]
        readings = list(_with_figures(readings, roles, units, named))
    district = _district(cells)
    return (_as_told(reading, row, district) for reading in readings)


def _column(source: Source, row: Row) -> tuple[str, str]:
    """Role and unit of the column that a clause stands in."""
    index = source.matching.text.count(SEPARATOR, 0, source.start)
    role = row.roles[index] if index < len(row.roles) else ""
    return role, row.units[index] if index < len(row.units) else ""


def _read_cell(source: Source, role: str, row: Row, read: Reader) -> ClauseReading:
    if role not in _TOLD:
        return ClauseReading(source, _BESIDE)
    promised = row.listed or row.stage is not None
    said = _PROMISED if promised and role in ("name", "content") else ()
    return read(source, said, listed=row.listed and role == "name")


def _with_figures(
    readings: list[ClauseReading], roles: list[str], units: list[str], named: list[int]
) -> Iterator[ClauseReading]:
    """What the cells beside a name say are figures of its work, if it is a single one."""
    first = named[0]
    finding = readings[first].findings[0]
    single = len(named) == 1 and len(readings[first].findings) == 1
    for index, (reading, role, unit) in enumerate(zip(readings, roles, units, strict=True)):
        if role in _FIGURES:
            if single and index > first:
                finding = _with_amounts(finding, reading.source, unit)
            told = Decision(Reason.FIGURES, "figures of a work", finding.name)
            readings[index] = ClauseReading(reading.source, told)
    if single:
        readings[first] = replace(readings[first], findings=(finding,))
    return iter(readings)


def _with_amounts(finding: Finding, source: Source, unit: str) -> Finding:
    found = tuple(
        quantity
        for amount in find_amounts(source.text)
        if amount.kind not in ("rate", "people")
        for quantity in quantity_of(source, amount, finding.name, shared=False)
    ) or _plain(finding, source, unit)
    if not found:
        return finding
    end = source.matching.original_end(source.end)
    return replace(finding, quantities=(*finding.quantities, *found), end=end)


def _plain(finding: Finding, source: Source, unit: str) -> tuple[Quantity, ...]:
    """A number whose unit stands in the label of its column (总投资(亿元))."""
    words = source.text.strip()
    amounts = find_amounts(words + unit) if unit else ()
    if len(amounts) != 1 or amounts[0].end != len(words + unit) or amounts[0].start:
        return ()
    return (Quantity(amounts[0].value, amounts[0].unit, finding.name, words),)


def _district(cells: list[tuple[Source, tuple[str, str]]]) -> str:
    """The county or part of the city that the column of places names ("" if none)."""
    places = (area_at(source.text) for source, (role, _) in cells if role == "place")
    return next(filter(None, places), "")


def _printed(source: Source, words: str) -> str:
    """The original's spelling of words of a row; those of a line above stay as they are."""
    at = source.matching.text.find(words)
    if at < 0:
        return words
    first = source.matching.original(at) - source.passage.start
    last = source.matching.original_end(at + len(words)) - source.passage.start
    return source.passage.text[first:last]


def _as_told(reading: ClauseReading, row: Row, district: str) -> ClauseReading:
    """A row's own stage wins over the verbs of its cells; its place serves where they have none."""
    if not reading.findings:
        return reading
    findings = [replace(f, district=f.district or district) for f in reading.findings]
    if row.stage is not None:
        words = _printed(reading.source, row.words)
        findings = [replace(f, stage=row.stage, stage_words=words) for f in findings]
    return replace(reading, findings=tuple(findings))
