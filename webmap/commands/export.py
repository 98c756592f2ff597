"""`planned-works export`: layers, or the works that pass filters, in another format or system."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geo.errors import OutputError
from layers.export import (
    Export,
    Format,
    Wanted,
    file_stem,
    format_of,
    marked_target,
    prepared,
    write_export,
)
from layers.geopackage.source import geopackage_source
from layers.polygon_file import polygon_text
from webmap.exporting import FORMATS
from webmap.selection import address_pairs, strict_selection
from webmap.translation import DEFAULT, LANGUAGES

_FILTERS = (
    ("--theme", "theme", "Theme, such as metro"),
    ("--stage", "stage", "Stage, such as start"),
    ("--precision", "precision", "Precision, such as surveyed"),
    ("--district", "district", "District, as the works name it"),
    ("--year", "year", "Year"),
    ("--document", "document_id", "Document, by its id"),
)
_ADDRESS = re.compile(r"https?://[^\s?#|'\"<>]+")
_REPEATED = "; may come several times."
_SHOWN_FROM = 20_000
"""Works from which on writing takes long enough to be shown."""


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    for flag, name, words in reversed(_FILTERS):
        command = click.option(flag, name, multiple=True, help=words + _REPEATED)(command)
    return command


@click.command(
    epilog="Example: planned-works export works.gpkg --theme metro --format xlsx -o metro.xlsx"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--layer", "layers", multiple=True, help="Layer, such as metro_lines" + _REPEATED)
@click.option(
    "--format",
    "code",
    type=click.Choice(list(FORMATS)),
    help="Format to write; told by the ending of OUT otherwise.",
)
@click.option(
    "--crs",
    default="EPSG:4326",
    show_default=True,
    help="Coordinate system: a code such as EPSG:4490, or gcj02 or bd09, which are shifted.",
)
@_filters
@click.option("--words", "q", help="Words that name and sentence must all hold, in either script.")
@click.option("--bbox", metavar="W,S,E,N", help="Box in degrees that a work must meet.")
@click.option("--polygon", metavar="WKT|FILE", help="Polygon that a work must meet.")
@click.option(
    "--where",
    metavar="ADDRESS",
    default="",
    help="The same filters as an address of the web map: 'theme=metro&stage=start'.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(list(LANGUAGES)),
    default=DEFAULT,
    show_default=True,
    help="Language of file names, balloons and pages.",
)
@click.option("--server", metavar="URL", default="", help="Server that a QGIS project reads from.")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="File to write; named after city, year and filters otherwise.",
)
def export(  # noqa: PLR0913  # one parameter for each option
    *,
    file: Path,
    layers: tuple[str, ...],
    code: str | None,
    crs: str,
    where: str,
    language: str,
    server: str,
    output: Path | None,
    **filters: str | tuple[str, ...] | None,
) -> None:
    """Write the works that pass all filters (all works, where there is none)."""
    form, ending = _format(code, output)
    selection = strict_selection([*address_pairs(where), *_pairs(filters)])
    wanted = Wanted(selection, layers, crs, language, file.name, _server(server))
    with geopackage_source(file) as source:
        made = prepared(source, wanted, form)
        target = output or Path(f"{file_stem(made.title, wanted)}{ending}")
        target = marked_target(target, made.system, ending)
        _refuse_source(file, target)
        _write(made, form, target)
    click.echo(f"{target}: {form.held(made.counts)} works")
    for note in _notes(made, form):
        click.echo(f"Note: {note}", err=True)


def _server(address: str) -> str:
    if address and not _ADDRESS.fullmatch(address):
        raise click.UsageError(f"{address[:60]} is no server: give one such as http://host:8000.")
    return address


def _format(code: str | None, output: Path | None) -> tuple[Format, str]:
    if output and output.suffix.lower() == ".shp":
        raise OutputError(f"{output} would be several files: name a zip, such as works.shp.zip.")
    told = format_of(output.name, FORMATS) if output else None
    if code is None and told:
        return told
    if code is None:
        raise click.UsageError(f"Say in which format: --format with one of {', '.join(FORMATS)}.")
    form = FORMATS[code]
    return form, told[1] if told and told[0] is form else form.ending


def _pairs(filters: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, given in filters.items():
        for value in (given,) if isinstance(given, str) else given or ():
            yield name, polygon_text(value) if name == "polygon" else value


def _refuse_source(file: Path, target: Path) -> None:
    if target.exists() and target.samefile(file):
        raise OutputError(f"{target} is the file that is exported: choose another name (-o).")


def _write(made: Export, form: Format, target: Path) -> None:
    held = form.held(made.counts)
    with click.progressbar(length=held, label="Writing", hidden=held < _SHOWN_FROM) as progress:
        write_export(replace(made, progress=progress.update), form, target)


def _notes(made: Export, form: Format) -> Iterator[str]:
    left_out = made.counts.total - form.held(made.counts)
    if left_out:
        others = ", ".join(one.code for one in FORMATS.values() if one.holds_unplaced)
        yield f"{left_out} works without a place are left out; these formats hold them: {others}."
    if made.system.shifted:
        yield (
            f"Positions are in {made.system.shifted}, hundreds of metres beside WGS-84, and the "
            "file's name says so."
        )
