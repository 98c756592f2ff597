"""`planned-works build`: a plan's text becomes a GeoPackage."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from geo.decoding import count_lost, tell_lost
from geo.document import read_document
from geo.errors import CityUnknownError, DocumentError
from geo.gazetteer import load_gazetteer
from geo.geocode import GazetteerGeocoder
from geo.model import Precision
from geo.online import behind, open_providers
from geo.online.asking import Asker
from geo.online.providers import PROVIDERS
from geo.paths import data_path
from geo.reading import read_works
from geo.registers import Register, known_registers, unattached
from layers.build import Plan
from layers.edits.applying import Applied
from layers.geopackage import write_geopackage
from layers.making import corrected, place_plan
from webmap.commands.options import DOCUMENT, city_option, meant, year_option

BUILT_IN = data_path("documents", "wuxi2020.txt")


@click.command(epilog="Example: planned-works build plan.txt --city 苏州 --year 2021 -o works.gpkg")
@click.argument("documents", metavar="[DOC]...", nargs=-1, type=DOCUMENT)
@city_option
@year_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="works.gpkg",
    show_default=True,
    help="The GeoPackage to write; an older one is replaced only when the new one is whole.",
)
@click.option("--crs", default="EPSG:4326", show_default=True, help="Coordinate system to write.")
@click.option(
    "--geocoder",
    "geocoders",
    multiple=True,
    type=click.Choice(list(PROVIDERS)),
    help="Ask this online geocoder for what the gazetteer does not place; may come several times, "
    "and is asked in that order. Without it nothing is asked.",
)
def build(  # noqa: PLR0913  # one parameter for each option
    *,
    documents: tuple[Path, ...],
    city: str | None,
    year: int | None,
    output: Path,
    crs: str,
    geocoders: tuple[str, ...],
) -> None:
    """Read plans and write their works as map layers (default: the built-in Wuxi 2020)."""
    askers = open_providers(geocoders, os.environ)
    plans = read_plans(documents or (BUILT_IN,), city, year, askers)
    applied = corrected(plans)
    write_geopackage(output, applied.plans, crs=crs, geocoders=geocoders)
    for warning in filter(None, (asker.warning() for asker in askers)):
        click.echo(f"Warning: {warning}", err=True)
    _tell_lost(plans)
    click.echo(f"{output}: {_summary(applied.plans)}")
    _tell_corrections(applied)


def read_plans(
    paths: Iterable[Path], city: str | None, year: int | None, askers: Sequence[Asker] = ()
) -> tuple[Plan, ...]:
    """Read and place each document, showing progress where there are many or others are asked.

    Raises
    ------
    DocumentError
        If a document cannot be read, holds no works, or has the id of another one.
    CityUnknownError
        If neither the document nor `city` says which city it is about.
    """
    files = list(paths)
    registers = known_registers()
    with click.progressbar(files, label="Reading", hidden=len(files) == 1) as progress:
        plans = tuple(_read_plan(path, city, year, askers, registers) for path in progress)
    _refuse_same_ids(plans)
    _tell_unattached(registers, plans)
    return plans


def _read_plan(
    path: Path,
    city: str | None,
    year: int | None,
    askers: Sequence[Asker],
    registers: Sequence[Register],
) -> Plan:
    reading = read_works(read_document(path, city=city, year=year))
    if not reading.works:
        raise DocumentError(
            f"{path}: no works found in this text; give a plan that promises works, such as a "
            "政府工作报告."
        )
    if not reading.document.city:
        raise CityUnknownError(f"{path}: the text does not name its city; add --city, like 无锡.")
    gazetteer = load_gazetteer(reading.document.city)
    if gazetteer.city is None:
        click.echo(unknown_city(reading.document.city), err=True)
    geocoder = behind(GazetteerGeocoder(gazetteer), askers)
    with click.progressbar(reading.works, label="Placing", hidden=not askers) as works:
        return place_plan(reading, gazetteer, geocoder, registers, works)


def unknown_city(name: str) -> str:
    """Say that a city has no boundaries, and which names may be meant."""
    return (
        f"Note: no one city, district or province is called {name}, so nothing can be counted for "
        f"it; {meant(name)} (--city)."
    )


def _refuse_same_ids(plans: tuple[Plan, ...]) -> None:
    seen: set[str] = set()
    for plan in plans:
        document_id = plan.reading.document.document_id
        if document_id in seen:
            raise DocumentError(
                f"Two documents have the same id {document_id}: rename one of the files."
            )
        seen.add(document_id)


def _tell_lost(plans: Iterable[Plan]) -> None:
    for plan in plans:
        if lost := count_lost(plan.reading.document.text):
            click.echo(tell_lost(plan.reading.document.document_id, lost), err=True)


def _tell_corrections(applied: Applied) -> None:
    if applied.stale:
        stale = sum(map(bool, applied.stale.values()))
        look = f", {stale} of them stale (see planned-works edits list)" if stale else ""
        click.echo(f"{len(applied.stale)} corrections by hand applied{look}")


def _tell_unattached(registers: Iterable[Register], plans: Iterable[Plan]) -> None:
    """Say which imported registers are for no counted work of the plans."""
    idle = unattached(registers, [plan.reading for plan in plans])
    if idle:
        named = ", ".join(f"{one.name} (for {one.target})" for one in idle)
        click.echo(
            "Note: no counted work of these plans has the id that these registers are for: "
            f"{named}; see planned-works register list.",
            err=True,
        )


def _summary(plans: Sequence[Plan]) -> str:
    precisions = [work.precision for plan in plans for work in plan.placed]
    unlocated = precisions.count(Precision.UNLOCATED)
    counted = precisions.count(Precision.CITY)
    on_map = len(precisions) - unlocated - counted
    return (
        f"{len(precisions)} works, {on_map} on the map, {counted} counted for a city or district, "
        f"{unlocated} not located{_sites_summary(plans)}"
    )


def _sites_summary(plans: Iterable[Plan]) -> str:
    """Say how many sites registers name of counted works, and how many of them have a place."""
    pairs = [(one.site, one.precision) for plan in plans for one in plan.sites if one.site]
    sites = [(site.part_of, precision) for site, precision in pairs if not site.is_group]
    placed = sum(precision is not Precision.UNLOCATED for _, precision in sites)
    works = len({part_of for part_of, _ in sites})
    return f"; {len(sites)} sites of {works} counted works, {placed} on the map" if sites else ""
