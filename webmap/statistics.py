"""How many works of a selection there are of each kind, and the page's charts of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.model import Stage, Theme
from layers.selection import Selection
from layers.titles import PRECISIONS, STAGES, THEMES, Title
from webmap.cards import DocumentCard, WorkCard
from webmap.quantities import Totals, totals_of
from webmap.selection import counts


@dataclass(frozen=True, slots=True)
class Bar:
    """How many works have a value; `title` is None for a word of the plan, which stays as it is.

    A value "" is that of works which name none: no filter finds them alone.
    """

    value: str
    title: Title | None
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one column, by whose name an address filters."""

    name: str
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """The length of the longest bar."""
        return max(bar.count for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that the page says of a selection; `matrix` counts works by theme and stage."""

    total: int
    charts: tuple[Chart, ...]
    matrix: Mapping[Theme, Mapping[Stage, int]]
    stages: tuple[Stage, ...]
    totals: Totals

    @property
    def most_together(self) -> int:
        """The largest number of the matrix."""
        return max((count for row in self.matrix.values() for count in row.values()), default=0)


def statistics_of(works: Sequence[WorkCard], documents: Sequence[DocumentCard]) -> Statistics:
    """Count works and sum up their numbers."""
    coded = (("theme", THEMES), ("stage", STAGES), ("precision", PRECISIONS))
    charts = [Chart(name, _coded(works, name, titles)) for name, titles in coded]
    charts.append(Chart("district", _by_number(works, "district")))
    charts += [Chart(name, _by_value(works, name)) for name in ("city", "year")]
    charts.append(Chart("document_id", _documents(works, documents)))
    return Statistics(
        total=len(works),
        charts=tuple(chart for chart in charts if _tells(chart)),
        matrix=_matrix(works),
        stages=tuple(stage for stage in STAGES if any(work.stage is stage for work in works)),
        totals=totals_of(works),
    )


def narrowed(selection: Selection, name: str, value: str) -> Selection:
    """Give the selection of one bar: its value, and all other filters as they are."""
    return selection.with_values(name, [value])


def _tells(chart: Chart) -> bool:
    """Leave out cities, years and documents where there is but one."""
    always = chart.name in {"theme", "stage", "precision", "district"}
    return bool(chart.bars) and (always or len(chart.bars) > 1)


def _coded(works: Iterable[WorkCard], name: str, titles: Mapping[Any, Title]) -> tuple[Bar, ...]:
    found = counts(works, name)
    return tuple(
        Bar(str(code), words, found[code]) for code, words in titles.items() if code in found
    )


def _by_number(works: Iterable[WorkCard], name: str) -> tuple[Bar, ...]:
    """Give the most frequent first; those that name none come last."""
    return _bars(counts(works, name), lambda bar: (not bar.value, -bar.count, bar.value))


def _by_value(works: Iterable[WorkCard], name: str) -> tuple[Bar, ...]:
    known = [work for work in works if getattr(work, name) is not None]
    return _bars(counts(known, name), lambda bar: (bar.value,))


def _bars(found: Mapping[str, int], order: Callable[[Bar], Any]) -> tuple[Bar, ...]:
    return tuple(sorted((Bar(value, None, count) for value, count in found.items()), key=order))


def _documents(works: Iterable[WorkCard], documents: Iterable[DocumentCard]) -> tuple[Bar, ...]:
    found = counts(works, "document_id")
    named = ((one.document_id, Title(one.title, one.title, one.title)) for one in documents)
    return tuple(Bar(key, words, found[key]) for key, words in named if key in found)


def _matrix(works: Sequence[WorkCard]) -> dict[Theme, dict[Stage, int]]:
    matrix: dict[Theme, dict[Stage, int]] = {}
    for theme in THEMES:
        row = [work.stage for work in works if work.theme is theme]
        if row:
            matrix[theme] = {stage: row.count(stage) for stage in STAGES if stage in row}
    return matrix
