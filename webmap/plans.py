"""Several plans in one file: which of them an address means, what each holds, where it lies."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely

from geo.model import Precision, Stage
from layers.selection import Selection
from webmap.basemap import Bounds
from webmap.cards import DocumentCard, WorkCard
from webmap.meter import Meter, meter
from webmap.store import WHOLE_COUNTRY, Snapshot

_OF_PLANS = ("document_id", "city", "year")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan in numbers: its works by place and by stage, and the clauses they were read from.

    `unverified` works are on the map at a place that no source confirms.
    """

    plan: DocumentCard
    meter: Meter
    stages: Mapping[Stage, int]
    unverified: int
    clauses: int
    with_works: int


def is_of_plans(selection: Selection) -> bool:
    """Tell whether a selection chooses plans at all."""
    return any(selection.of(name) for name in _OF_PLANS)


def chosen_plans(present: Snapshot, selection: Selection) -> tuple[DocumentCard, ...]:
    """Give the plans that a selection may show works of: all, where it chooses none."""
    wanted = {name: values for name in _OF_PLANS if (values := selection.of(name))}
    return tuple(
        plan
        for plan in present.documents
        if all(str(getattr(plan, name)) in values for name, values in wanted.items())
    )


def facts_of(present: Snapshot) -> list[PlanFacts]:
    """Give all plans in numbers, by city and the latest year first."""
    plans = sorted(present.documents, key=lambda plan: (plan.city, -(plan.year or 0), plan.title))
    return [_facts(present, plan) for plan in plans]


def cities_of(plans: Iterable[DocumentCard]) -> list[str]:
    """Give the cities of plans, each once, in order."""
    return sorted({plan.city for plan in plans})


def bounds_of(present: Snapshot, plans: Sequence[DocumentCard]) -> Bounds:
    """Give the bounds of the cities of plans (west, south, east, north; degrees)."""
    if len(present.city_maps) <= 1:
        return present.bounds
    cities = cities_of(plans or present.documents)
    found = [bounds for city in cities if (bounds := _city_bounds(present, city))]
    return _around(found) if found else WHOLE_COUNTRY


def _facts(present: Snapshot, plan: DocumentCard) -> PlanFacts:
    works = present.works_of(plan.document_id)
    clauses, with_works = present.clause_counts.get(plan.document_id, (0, 0))
    counted = Counter(work.stage for work in works)
    return PlanFacts(
        plan=plan,
        meter=meter(works),
        stages={stage: counted[stage] for stage in Stage if counted[stage]},
        unverified=sum(work.mapped and not work.verified for work in works),
        clauses=clauses,
        with_works=with_works,
    )


def _city_bounds(present: Snapshot, city: str) -> Bounds | None:
    """Bounds of a city's land, or, without local data, of the works inside it."""
    if city in present.city_maps and (land := present.city_maps[city].bounds):
        return land
    own = [work for work in present.works if work.city == city and _is_inside(work)]
    shapes = [present.shapes[work.work_id] for work in own if work.work_id in present.shapes]
    return _around([shape.bounds for shape in shapes]) if shapes else None


def _is_inside(work: WorkCard) -> bool:
    return work.precision is not Precision.OUTSIDE


def _around(boxes: Sequence[Bounds]) -> Bounds:
    corners = [shapely.box(*one) for one in boxes]
    west, south, east, north = shapely.total_bounds(corners).tolist()
    return west, south, east, north
