"""Sites of counted works: what they are part of, what they may claim, and what they add up to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pandas as pd

from geo.model import Confidence, Locatable, Precision, Quantity, Site
from geo.registers import Slots, promised, slots_of_promise
from layers.check.violation import Violation
from layers.frames import rows
from layers.geopackage import WorksFile
from layers.tables import SLOTS


def site_violations(file: WorksFile) -> tuple[Violation, ...]:
    """Compare the tables `sites` and `slots` with each other, with works and with layers."""
    return (*_parts(file), *_claims(file), *_features(file), *_slots(file))


def _counted(file: WorksFile) -> set[str]:
    counted = file.works["locatable"] == Locatable.CITYWIDE_QUANTITY
    return set(file.works[counted]["work_id"])


def _parts(file: WorksFile) -> Iterator[Violation]:
    works, counted = set(file.works["work_id"]), _counted(file)
    for row in rows(file.sites):
        if row.part_of in works - counted:
            problem = f"is part of {row.part_of}, which is no counted work"
            yield Violation("sites", row.site_id, "part", problem)


def _claims(file: WorksFile) -> Iterator[Violation]:
    for row in rows(file.sites):
        if row.is_group and row.precision != Precision.UNLOCATED:
            yield Violation("sites", row.site_id, "group", "is a number only and has a place")
        if not row.source.strip() or not row.licence.strip():
            yield Violation("sites", row.site_id, "licence", "has no source or no licence")


def _features(file: WorksFile) -> Iterator[Violation]:
    """Look at the features of sites, and for works that say that they are sites."""
    sites = {row.site_id: row for row in rows(file.sites)}
    for name, frame in file.layers.items():
        for row in rows(frame):
            site = sites.get(row.work_id)
            problem = _feature_problem(row, site) if site else _work_problem(row)
            if problem:
                yield Violation(name, row.work_id, "part", problem)


def _work_problem(row: Any) -> str:  # noqa: ANN401 (a pandas row)
    return "" if row.part_of is None else "is part of a work and not in the table sites"


def _feature_problem(row: Any, site: Any) -> str:  # noqa: ANN401 (pandas rows)
    if row.part_of != site.part_of or row.confidence != site.confidence:
        return "differs from the table sites in what it is part of, or in its confidence"
    if row.confidence == Confidence.LOW and row.verified:
        return "is only a candidate and its place is called verified"
    return ""


def _slots(file: WorksFile) -> Iterator[Violation]:
    """Sum up the sites again."""
    noted = {row.work_id: row for row in rows(file.slots)}
    for slots in _summed(file):
        row = noted.pop(slots.work_id, None)
        if row is None:
            yield Violation("slots", slots.work_id, "count", "is a counted work without slots")
            continue
        for column, value in zip((one.name for one in SLOTS.columns), astuple(slots), strict=True):
            found = getattr(row, column)
            if found != value and not (pd.isna(found) and not value):
                problem = f"says {column} {found}, its sites give {value}"
                yield Violation("slots", slots.work_id, "count", problem)
    for work_id in noted:
        yield Violation("slots", work_id, "count", "promises no number")


def _summed(file: WorksFile) -> Iterator[Slots]:
    sites: defaultdict[str, list[Site]] = defaultdict(list)
    for row in rows(file.sites):
        sites[row.part_of].append(_site(row))
    quantities: defaultdict[str, list[Quantity]] = defaultdict(list)
    for row in sorted(rows(file.quantities), key=lambda row: row.position):
        quantities[row.work_id].append(
            Quantity(row.value, row.unit or "", row.what or "", row.text or "", bool(row.shared))
        )
    for work_id in sorted(_counted(file)):
        promise = promised(quantities[work_id])
        if promise is not None:
            yield slots_of_promise(work_id, promise, sites[work_id])


def _site(row: Any) -> Site:  # noqa: ANN401 (a pandas row)
    return Site(
        site_id=row.site_id,
        part_of=row.part_of,
        name=row.name,
        name_hans=row.name_hans,
        is_group=bool(row.is_group),
        count=None if pd.isna(row.count) else int(row.count),
        quantity=None if pd.isna(row.quantity) else float(row.quantity),
        unit=row.unit or "",
        district=row.district or "",
        town=row.town or "",
        status=row.status or "",
        confidence=Confidence(row.confidence),
        source=row.source,
        licence=row.licence,
        note=row.note or "",
        register=row.register,
    )
