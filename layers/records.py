"""From placed works to the tables without geometry; pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from importlib.metadata import version

import geopandas as gpd
import pandas as pd

from geo.measures import measure
from geo.model import LedgerRow, Place, PlacedWork, Precision, Site
from geo.registers import slots_of
from layers.build import Feature, Plan, all_features
from layers.built import built_rows
from layers.frames import frame_of
from layers.schema import SCHEMA_VERSION
from layers.tables import (
    BUILD,
    BUILT,
    CANDIDATES,
    CLAUSES,
    DOCUMENTS,
    EDITS,
    PLACES,
    QUANTITIES,
    SITES,
    SLOTS,
    WORKS,
    Outcome,
    Table,
)

Rows = Iterator[tuple[object, ...]]


def build_tables(
    plans: Sequence[Plan],
    layers: Mapping[str, gpd.GeoDataFrame],
    made: Sequence[Feature] | None = None,
    *,
    crs: str,
    geocoders: Sequence[str] = (),
) -> dict[str, pd.DataFrame]:
    """Give the tables of `layers.tables` by name.

    `layers` are those of the same plans in the file's system `crs`, which the table `build` notes
    beside the online `geocoders` that were asked; `made` are the plans' features, where they are
    made already.

    Raises
    ------
    SchemaError
        When a value does not fit its column.
    """
    features = all_features(plans) if made is None else made
    works = [feature for feature in features if feature.work.site is None]
    sites = [feature for feature in features if feature.work.site is not None]
    ordered = sorted(plans, key=lambda plan: plan.reading.document.document_id)
    rows: tuple[tuple[Table, Rows], ...] = (
        (WORKS, _works(works)),
        (SITES, _sites(sites)),
        (SLOTS, _slots(ordered)),
        (CLAUSES, _clauses(ordered)),
        (QUANTITIES, _quantities(works)),
        (DOCUMENTS, _documents(ordered)),
        (PLACES, _places(features)),
        (CANDIDATES, _candidates(features)),
        (EDITS, _edits(ordered)),
        (BUILT, built_rows(features, layers)),
        (BUILD, _build(ordered, works, crs, geocoders)),
    )
    return {table.name: frame_of(values, table.columns) for table, values in rows}


def _works(features: Sequence[Feature]) -> Rows:
    for feature in features:
        placed = feature.work
        words = "\n".join(placed.work.places) or None
        yield (*feature.row, feature.layer, placed.work.clause, words)


def _sites(features: Sequence[Feature]) -> Rows:
    for feature in features:
        placed, site = feature.work, feature.work.site
        if site is None:
            continue
        yield (
            site.site_id,
            site.part_of,
            placed.work.name,
            placed.work.name_hans,
            site.is_group,
            site.count,
            site.quantity,
            site.unit or None,
            placed.district or site.district or None,
            site.town or None,
            site.status or None,
            str(site.confidence),
            feature.layer,
            str(placed.precision),
            placed.located_by or None,
            site.source,
            site.licence,
            site.note or None,
            site.register,
        )


def _slots(plans: Sequence[Plan]) -> Rows:
    for plan in plans:
        own: defaultdict[str, list[Site]] = defaultdict(list)
        for site in (placed.site for placed in plan.sites if placed.site):
            own[site.part_of].append(site)
        for placed in plan.placed:
            slots = slots_of(placed.work, own[placed.work.work_id])
            if slots:
                yield astuple(slots)


def _clauses(plans: Sequence[Plan]) -> Rows:
    for plan in plans:
        placed = {work.work.work_id: work for work in plan.placed}
        for row in plan.reading.ledger:
            works = [placed[work_id] for work_id in row.works]
            yield _clause(plan.reading.document.document_id, row, works)


def _clause(document_id: str, row: LedgerRow, works: Sequence[PlacedWork]) -> tuple[object, ...]:
    clause = row.clause
    return (
        document_id,
        clause.number,
        clause.passage,
        clause.section or None,
        clause.start,
        clause.end,
        clause.text,
        str(_outcome(works)),
        _reason(row, works) or None,
        " ".join(row.works) or None,
    )


def _outcome(works: Sequence[PlacedWork]) -> Outcome:
    if not works:
        return Outcome.NO_WORK
    unlocated = sum(work.precision is Precision.UNLOCATED for work in works)
    if not unlocated:
        return Outcome.LOCATED
    return Outcome.UNLOCATED if unlocated == len(works) else Outcome.PARTLY_LOCATED


def _reason(row: LedgerRow, works: Sequence[PlacedWork]) -> str:
    """Say why a clause gave no work, and why each work that is not on the map is not."""
    missing = [
        f"{work.work.name}: {work.located_by}"
        for work in works
        if work.precision is Precision.UNLOCATED
    ]
    return "; ".join([row.reason, *missing] if row.reason else missing)


def _quantities(features: Sequence[Feature]) -> Rows:
    for feature in features:
        work = feature.work.work
        for position, quantity in enumerate(work.quantities, start=1):
            normalised = measure(quantity)
            yield (
                work.work_id,
                position,
                quantity.value,
                quantity.unit or None,
                normalised.value,
                normalised.unit or None,
                quantity.what or None,
                quantity.text or None,
                quantity.shared,
            )


def _documents(plans: Sequence[Plan]) -> Rows:
    for plan in plans:
        document = plan.reading.document
        yield (
            document.document_id,
            document.title,
            document.city,
            document.year,
            document.issuer or None,
            document.index_number or None,
            document.document_number or None,
            document.sha256,
            document.text,
        )


def _places(features: Sequence[Feature]) -> Rows:
    places = {place.place_id: place for place in map(_place_of, features) if place is not None}
    for place_id in sorted(places):
        yield _place(places[place_id])


def _place_of(feature: Feature) -> Place | None:
    return feature.work.place


def _place(place: Place) -> tuple[object, ...]:
    return (
        place.place_id,
        place.name,
        place.name_hans,
        place.kind,
        str(place.precision),
        place.uncertainty_m,
        place.within or None,
        place.verified,
        place.source,
        place.licence,
        place.note or None,
    )


def _candidates(features: Sequence[Feature]) -> Rows:
    for feature in features:
        for position, one in enumerate(feature.work.candidates, start=1):
            yield (
                feature.work.work.work_id,
                position,
                one.place_id,
                one.name,
                one.kind,
                one.within or None,
                str(one.precision),
                one.score,
                "; ".join(one.reasons),
                one.source,
                one.licence,
            )


def _edits(plans: Sequence[Plan]) -> Rows:
    for plan in plans:
        for note in plan.edits:
            yield tuple(value if value != "" else None for value in astuple(note))


def _build(
    plans: Sequence[Plan], features: Sequence[Feature], crs: str, geocoders: Sequence[str]
) -> Rows:
    """Note what made the file and what it holds; no time, so that the same input gives the same.

    `placed` works lie on the map by their own name, `counted` ones on the city or district that
    they are promised for, `unlocated` ones nowhere; the three add up to `works`.
    `sites` counts the rows of registers.
    """
    hashes = [plan.reading.document.sha256 for plan in plans]
    precisions = [feature.work.precision for feature in features]
    counted = precisions.count(Precision.CITY)
    unlocated = precisions.count(Precision.UNLOCATED)
    yield "program_version", version("planned-works")
    yield "schema_version", SCHEMA_VERSION
    yield "crs", crs
    yield "geocoders", " ".join(geocoders) or None
    yield "documents", str(len(plans))
    yield "documents_sha256", hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    yield "clauses", str(sum(len(plan.reading.ledger) for plan in plans))
    yield "works", str(len(features))
    yield "placed", str(len(features) - counted - unlocated)
    yield "counted", str(counted)
    yield "unlocated", str(unlocated)
    yield "sites", str(sum(len(plan.sites) for plan in plans))
