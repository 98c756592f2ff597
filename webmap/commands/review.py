"""`planned-works review`: the works whose place a person should look at first."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import pandas as pd

from layers.geopackage import read_geopackage
from layers.geopackage.atomic import replacing
from layers.review import COLUMNS, Doubt, doubts, table
from layers.spreadsheets import safe_cell

_WIDTHS = (12, 9, 30)


@click.command(epilog="Example: planned-works review works.gpkg --csv review.csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--csv",
    "output",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Write all works and candidates as CSV for Excel (UTF-8 with byte order mark).",
)
def review(file: Path, output: Path | None) -> None:
    """List works whose place is weakest first, each with its candidates and the reasons."""
    ranked = doubts(read_geopackage(file))
    if output:
        _write(output, ranked)
        click.echo(f"{output}: {len(ranked)} works")
        return
    click.echo("\n".join(_lines(ranked)))


def _lines(ranked: Iterable[Doubt]) -> Iterator[str]:
    yield _row("precision", "metres", "work", "why")
    for doubt in ranked:
        work = doubt.work
        metres = "-" if pd.isna(work.uncertainty_m) else f"{work.uncertainty_m:g}"
        doubtful = "" if work.verified or work.precision == "unlocated" else " (not verified)"
        yield _row(work.precision, metres, work.name, work.located_by + doubtful)
        yield from (_candidate(one) for one in doubt.candidates)


def _candidate(one: Any) -> str:  # noqa: ANN401 (a pandas row)
    where = ", ".join(part for part in (one.kind, one.within, one.precision) if part)
    return _row("", f"{one.score:.2f}", f"  {one.name}", f"{where}: {one.reasons}")


def _row(*cells: str) -> str:
    """Align cells by the width that a terminal gives them; the last one is as long as it is."""
    *first, last = map(_printable, cells)
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(first, _WIDTHS, strict=True)
    )
    return "  ".join((*padded, last)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _printable(text: str) -> str:
    """Leave out what would steer a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def _write(path: Path, ranked: tuple[Doubt, ...]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in table(ranked))
    with replacing(path) as scratch:
        scratch.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
