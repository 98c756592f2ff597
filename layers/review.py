"""What a person should look at first: works whose place is weakest, each with its candidates."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.model import Precision
from layers.frames import rows
from layers.geopackage import WorksFile

# Weakest first. A counted work has all the place that it is promised for, so it comes last.
_ORDER: Final = (
    Precision.UNLOCATED,
    Precision.AREA,
    Precision.OUTSIDE,
    Precision.SCHEMATIC,
    Precision.APPROXIMATE,
    Precision.STREET,
    Precision.SURVEYED,
    Precision.CITY,
)

COLUMNS: Final = (
    "rank",
    "work_id",
    "name",
    "theme",
    "district",
    "precision",
    "uncertainty_m",
    "verified",
    "located_by",
    "candidate",
    "candidate_kind",
    "candidate_within",
    "candidate_precision",
    "candidate_score",
    "candidate_reasons",
    "candidate_source",
    "candidate_licence",
    "candidate_place_id",
)
"""The columns of `table`, in order."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A work as a row of the table `works`, with its rows of `candidates`, best first."""

    work: Any
    candidates: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LostSite:
    """A site without a place, in the columns of a work that a review shows."""

    work_id: str
    name: str
    theme: str
    district: str | None
    located_by: str
    document_id: str
    start: int
    precision: str = Precision.UNLOCATED
    uncertainty_m: float = math.nan
    verified: bool = False


def doubts(file: WorksFile) -> tuple[Doubt, ...]:
    """Give all works of a file and the sites without a place, those whose place is weakest first.

    Works of one precision come unverified ones first, then by uncertainty, the widest first.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    for row in sorted(rows(file.candidates), key=lambda row: row.position):
        found[row.work_id].append(row)
    ordered = sorted((*rows(file.works), *_lost_sites(file)), key=_weakness)
    return tuple(Doubt(work, tuple(found[work.work_id])) for work in ordered)


def _lost_sites(file: WorksFile) -> Iterator[LostSite]:
    works = {row.work_id: row for row in rows(file.works)}
    for row in rows(file.sites):
        if row.is_group or row.precision != Precision.UNLOCATED or row.part_of not in works:
            continue
        work = works[row.part_of]
        yield LostSite(
            work_id=row.site_id,
            name=row.name,
            theme=work.theme,
            district=row.district,
            located_by=f"{row.located_by or ''} (a site of {work.name})",
            document_id=work.document_id,
            start=work.start,
        )


def table(ranked: Sequence[Doubt]) -> Iterator[tuple[object, ...]]:
    """Give one row of `COLUMNS` for each candidate of each work, one for a work without any."""
    for rank, doubt in enumerate(ranked, start=1):
        work = doubt.work
        own = (
            rank,
            work.work_id,
            work.name,
            work.theme,
            work.district or "",
            work.precision,
            "" if pd.isna(work.uncertainty_m) else work.uncertainty_m,
            "yes" if work.verified else "no",
            work.located_by,
        )
        for candidate in _candidates(doubt.candidates):
            yield (*own, *candidate)


def _weakness(work: Any) -> tuple[int, bool, float, str, int, str]:  # noqa: ANN401 (a pandas row)
    uncertainty = 0.0 if pd.isna(work.uncertainty_m) else work.uncertainty_m
    order = _ORDER.index(Precision(work.precision))
    return order, bool(work.verified), -uncertainty, work.document_id, work.start, work.work_id


def _candidates(found: Iterable[Any]) -> Iterator[tuple[object, ...]]:
    listed = [
        (
            one.name,
            one.kind,
            one.within or "",
            one.precision,
            one.score,
            one.reasons,
            one.source,
            one.licence,
            one.place_id,
        )
        for one in found
    ]
    yield from listed or [("",) * 9]
