"""From placed works to one frame for each map layer; pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd

from geo.errors import SchemaError
from geo.model import Document, PlacedWork, Precision, Reading
from layers.frames import frame_of
from layers.schema import COLUMNS, LAYERS, layer_name
from layers.shapes import one_family

CRS = "EPSG:4326"
# Stands behind the source of a position that no source confirms, in every layer and export.
NOT_VERIFIED = "位置未核实, not verified"
_DOUBT = f" ({NOT_VERIFIED})"


@dataclass(frozen=True, slots=True)
class EditNote:
    """One value that a person corrected, as text: geometries as well-known text in EPSG:4326."""

    number: int
    work_id: str
    field: str
    before: str
    after: str
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One document as it was read, with the place of each of its works and of their sites.

    `sites` are rows of registers, each with its place (none for a group). `edits` say what people
    have corrected of works and sites, which are as they left them.
    """

    reading: Reading
    placed: tuple[PlacedWork, ...]
    sites: tuple[PlacedWork, ...] = ()
    edits: tuple[EditNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A work or site as a row: its layer and geometry (None where not located) and its values."""

    work: PlacedWork
    layer: str | None
    geometry: Any
    row: tuple[object, ...]


def build_layers(
    plans: Sequence[Plan], features: Sequence[Feature] | None = None
) -> dict[str, gpd.GeoDataFrame]:
    """Give each layer that has works as a frame: the schema's columns and geometry, EPSG:4326.

    `features` are those of the plans, where they are made already.

    A work that is not located is in no layer. Layers come in the schema's order, rows in the order
    of the documents' words; the plans are not changed.

    Raises
    ------
    SchemaError
        When a work has no place and no reason, comes twice, or does not fit its column.
    """
    by_layer: dict[str | None, list[Feature]] = defaultdict(list)
    for feature in all_features(plans) if features is None else features:
        by_layer[feature.layer].append(feature)
    return {name: _frame(by_layer[name]) for name in LAYERS if name in by_layer}


def all_features(plans: Sequence[Plan]) -> tuple[Feature, ...]:
    """Give all works as rows, placed or not, in the order of the documents' words; then sites."""
    by_document = sorted(plans, key=lambda plan: plan.reading.document.document_id)
    works = tuple(feature for plan in by_document for feature in _features(plan))
    sites = tuple(feature for plan in by_document for feature in _sites(plan))
    features = (*works, *sites)
    _refuse_twice([feature.work.work.work_id for feature in features], "work")
    _refuse_twice([plan.reading.document.document_id for plan in plans], "document")
    return features


def _frame(own: Sequence[Feature]) -> gpd.GeoDataFrame:
    frame = frame_of((feature.row for feature in own), COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=[feature.geometry for feature in own], crs=CRS)


def _features(plan: Plan) -> Iterator[Feature]:
    read = {work.work_id for work in plan.reading.works}
    placed = {placed.work.work_id for placed in plan.placed}
    if read != placed:
        raise SchemaError(
            f"work {min(read ^ placed)} is not in both the reading and the places: place the "
            "works of the same reading"
        )
    for work in sorted(plan.placed, key=_in_text_order):
        yield _feature(plan.reading.document, work)


def _sites(plan: Plan) -> Iterator[Feature]:
    read = {work.work_id for work in plan.reading.works}
    for placed in plan.sites:
        if placed.site is None or placed.site.part_of not in read:
            raise SchemaError(
                f"site {placed.work.work_id} is part of no work of its document: name a counted "
                "work of the same reading"
            )
        yield _feature(plan.reading.document, placed)


def _in_text_order(placed: PlacedWork) -> tuple[int, int, str]:
    return placed.work.start, placed.work.end, placed.work.work_id


def _feature(document: Document, placed: PlacedWork) -> Feature:
    located = placed.precision is not Precision.UNLOCATED
    if located != (placed.geometry is not None):
        raise SchemaError(
            f"work {placed.work.work_id} is {placed.precision} "
            f"{'without' if located else 'with'} a geometry"
        )
    if placed.geometry is None:
        return Feature(placed, None, None, _row(document, placed))
    family, geometry = one_family(placed.geometry)
    layer = layer_name(placed.work.theme, family)
    return Feature(placed, layer, geometry, _row(document, placed))


def _row(document: Document, placed: PlacedWork) -> tuple[object, ...]:
    """Give the values of the schema's columns, in order; the first quantity stands for all."""
    work = placed.work
    quantity = work.quantities[0] if work.quantities else None
    return (
        work.work_id,
        work.name,
        work.name_hans,
        str(work.theme),
        str(work.stage),
        work.stage_words or None,
        str(work.locatable),
        quantity.value if quantity else None,
        (quantity.unit or None) if quantity else None,
        (quantity.text or None) if quantity else None,
        placed.district or work.district or None,
        document.city,
        document.year,
        str(placed.precision),
        placed.uncertainty_m,
        placed.place.place_id if placed.place else None,
        placed.located_by,
        _source(placed),
        placed.licence or None,
        work.document_id,
        work.section or None,
        work.passage,
        work.start,
        work.end,
        work.sentence,
        placed.edited,
        placed.verified,
        placed.site.part_of if placed.site else None,
        str(placed.site.confidence) if placed.site else None,
    )


def _source(placed: PlacedWork) -> str | None:
    """Say where the position comes from; a layer has no other column that shows a doubt."""
    if placed.precision is Precision.UNLOCATED or placed.verified:
        return placed.source or None
    return f"{placed.source}{_DOUBT}"


def plain_source(source: str) -> str:
    """Give the source of a row without the doubt that stands behind it."""
    return source.removesuffix(_DOUBT)


def _refuse_twice(ids: Sequence[str], what: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise SchemaError(f"{what} {one} comes twice: give each {what} once")
        seen.add(one)
