"""`planned-works register`: named sites of counted works, from a list of the user's own."""

import re
from pathlib import Path
from typing import Final

import click

from geo.errors import RegisterError
from geo.home import home_path
from geo.model import Confidence, Locatable
from geo.registers import (
    Promise,
    Register,
    Stated,
    forget,
    keep,
    known_registers,
    read_register,
    registers_path,
)
from layers.frames import rows
from layers.geopackage import read_geopackage
from webmap.commands.tables import aligned

_WORK_ID: Final = re.compile(r"[0-9a-f]{12}")
_LONGEST_NAME = 100
_MOST_NAMED = 20


@click.group(epilog="Example: planned-works register import plants.xlsx --work 75e2f2aca9f8")
def register() -> None:
    """Name the sites of works that a plan only counts, such as 48 sewage plants."""


@register.command(
    "import", epilog="Example: planned-works register import plants.csv --work 75e2f2aca9f8"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--work", "work_id", metavar="ID", required=True, help="Id of the counted work.")
@click.option(
    "--works",
    "works_file",
    metavar="WORKS.gpkg",
    type=click.Path(path_type=Path),
    help="A file that the work must be in.",
)
@click.option("--name", default="", help="Name of the register (default: the file's).")
@click.option("--source", default="", help="Where the list comes from (default: the file's name).")
@click.option("--licence", default="", help="Licence of the list.")
@click.option(
    "--confidence",
    type=click.Choice([str(one) for one in Confidence]),
    default=str(Confidence.MEDIUM),
    show_default=True,
    help="How sure it is that a site belongs to the work, where its row does not say.",
)
@click.option("--crs", default="", help="Coordinates of a table or layer: EPSG:4490, gcj02, bd09.")
def import_register(  # noqa: PLR0913 (each option of the command is a parameter)
    *,
    file: Path,
    work_id: str,
    works_file: Path | None,
    name: str,
    source: str,
    licence: str,
    confidence: str,
    crs: str,
) -> None:
    """Import a list of sites (.csv, .xlsx, .gpkg, .geojson, .shp, .fgb) for a counted work; it
    replaces the one of the same name for the same work. Every build then attaches it.
    """  # noqa: D205 (one sentence)
    _refuse_odd(work_id, name or file.name)
    work_name = _counted_work(works_file, work_id) if works_file else ""
    stated = Stated(source, licence, Confidence(confidence), crs)
    reading = read_register(file, stated, home_path("gazetteer.sqlite"))
    keep(registers_path(), name or file.name, work_id, work_name, reading.rows)
    for problem in reading.problems:
        click.echo(f"{file}: {problem}", err=True)
    groups = sum(row.is_group for row in reading.rows)
    left_out = f"; {len(reading.problems)} rows left out" if reading.problems else ""
    click.echo(
        f"{name or file.name}: {len(reading.rows) - groups} sites and {groups} groups for the work "
        f"{work_id}{_called(work_name)}{left_out}"
    )


@register.command("list", epilog="Example: planned-works register list")
def list_registers() -> None:
    """Name all registers, and the counted works that they attach to."""
    header = ("register", "for", "sites", "groups", "licence", "imported", "source")
    click.echo("\n".join(aligned([header, *map(_cells, known_registers())])))


@register.command(epilog="Example: planned-works register remove plants.csv")
@click.argument("name")
def remove(name: str) -> None:
    """Remove an imported register, for whatever works it was imported."""
    count = forget(registers_path(), name)
    if not count:
        raise RegisterError(f"{name}: no imported register has this name{_other_names(name)}.")
    click.echo(f"{name}: removed, {count} {'register' if count == 1 else 'registers'}")


def _refuse_odd(work_id: str, name: str) -> None:
    if not _WORK_ID.fullmatch(work_id):
        raise RegisterError(
            f"{work_id[:40]}: this is no id of a work; give its 12 digits and letters, such as "
            "75e2f2aca9f8, from the table works or the address of its page."
        )
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise RegisterError(f"The name of a register has at most {_LONGEST_NAME} characters.")


def _counted_work(path: Path, work_id: str) -> str:
    """Give the name of a counted work of a file, or refuse what is none."""
    works = list(rows(read_geopackage(path).works))
    counted = [one for one in works if one.locatable == Locatable.CITYWIDE_QUANTITY]
    found = next((one for one in works if one.work_id == work_id), None)
    if found in counted and found is not None:
        return str(found.name)
    listed = ", ".join(f"{one.work_id} ({one.name})" for one in counted[:_MOST_NAMED])
    what = f"{found.name} is no counted work" if found else f"{path} has no work of this id"
    raise RegisterError(f"{work_id}: {what}; counted works are {listed or 'not in it'}.")


def _cells(one: Register) -> tuple[str, ...]:
    groups = sum(row.is_group for row in one.rows)
    first, *others = dict.fromkeys(row.source for row in one.rows)
    sources = f"{first} and {len(others)} more" if others else first
    licences = "; ".join(dict.fromkeys(row.licence for row in one.rows))
    sites = f"{len(one.rows) - groups}"
    return one.name, _target(one), sites, f"{groups}", licences, one.imported, sources


def _target(one: Register) -> str:
    if not isinstance(one.target, Promise):
        return f"{one.target}{_called(one.work_name)}"
    promise = one.target
    words = "".join(promise.words)
    return f"{promise.city} {promise.year} {promise.value:g}{promise.unit}{words} ({promise.theme})"


def _called(work_name: str) -> str:
    return f" ({work_name})" if work_name else ""


def _other_names(name: str) -> str:
    known = known_registers()
    if any(one.name == name for one in known):
        return ", it comes with the program and stays"
    imported = ", ".join(dict.fromkeys(one.name for one in known if not one.is_built_in))
    return f"; there are {imported}" if imported else "; none is imported"
