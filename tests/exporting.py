"""Exports for tests: a plan with all that a file can hold, and one call to write a format."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import factories
from shapely.geometry import Point

from geo.model import Confidence, PlacedWork, Precision, Site
from layers.build import Plan
from layers.export import Export, Wanted, marked_target, prepared, write_export
from layers.geopackage.source import geopackage_source
from layers.selection import selection_from
from webmap.exporting import FORMATS

if TYPE_CHECKING:
    import pyarrow as pa

PLANTS, BRIDGE, TOWN = "jia-2020-005", "jia-2020-006", "jia-2020-008"
NORTH_PLANT, LOST_PLANT = "site-north", "site-lost"


def plan_with_sites() -> Plan:
    """Give the example plan with a site on the map and one without a place, and a candidate."""
    plan = factories.example()
    counted = next(one for one in plan.placed if one.work.work_id == PLANTS)
    town = next(one for one in plan.placed if one.work.work_id == TOWN)
    weighed = replace(town, candidates=(factories.candidate("北塘新城甲", 0.6, "name"),))
    works = tuple(weighed if one is town else one for one in plan.placed)
    north = _site(counted, NORTH_PLANT, "城北污水處理廠")
    lost = _site(counted, LOST_PLANT, "城南污水處理廠")
    sites = (
        replace(factories.placed(north.work, Point(120.01, 31.72)), site=north.site),
        replace(factories.unlocated(lost.work), site=lost.site),
    )
    return replace(plan, placed=works, sites=sites)


def _site(counted: PlacedWork, site_id: str, name: str) -> PlacedWork:
    site = Site(
        site_id=site_id,
        part_of=counted.work.work_id,
        name=name,
        name_hans=name,
        is_group=False,
        count=1,
        quantity=None,
        unit="",
        district="",
        town="",
        status="",
        confidence=Confidence.HIGH,
        source="notice",
        licence="CC0-1.0",
        note="",
        register="plants.csv",
    )
    work = replace(counted.work, work_id=site_id, name=name, name_hans=name, quantities=())
    return replace(counted, work=work, site=site, precision=Precision.SURVEYED)


SERVER = "http://127.0.0.1:8000"
"""What a project reads from, if nothing else is said."""


@contextmanager
def opened(  # noqa: PLR0913  # one parameter for each thing that can be asked for
    source: Path,
    code: str,
    address: str = "",
    *,
    layers: tuple[str, ...] = (),
    crs: str = "EPSG:4326",
    language: str = "zh-Hans",
) -> Iterator[Export]:
    """Prepare an export of a works file."""
    with geopackage_source(source) as opened_source:
        wanted = Wanted(selection_from(address), layers, crs, language, source.name, SERVER)
        yield prepared(opened_source, wanted, FORMATS[code])


def written(  # noqa: PLR0913  # as above
    source: Path,
    folder: Path,
    code: str,
    address: str = "",
    *,
    layers: tuple[str, ...] = (),
    crs: str = "EPSG:4326",
    language: str = "zh-Hans",
) -> Path:
    """Write an export of a works file into a folder, as `out` with the format's ending."""
    form = FORMATS[code]
    with opened(source, code, address, layers=layers, crs=crs, language=language) as export:
        target = marked_target(folder / f"out{form.ending}", export.system, form.ending)
        write_export(export, form, target)
    return target


def source_rows(source: Path, address: str = "") -> dict[str, dict[str, object]]:
    """Give the rows that pass, by the id of the work, as the works file holds them."""
    selection = selection_from(address)
    with geopackage_source(source) as opened_source:
        batches: list[pa.RecordBatch] = []
        for name in opened_source.layers:
            batches += opened_source.batches(name, selection)
        batches += opened_source.unplaced(selection)
    return {row["work_id"]: row for batch in batches for row in batch.to_pylist()}
