"""`planned-works extract`: a plan's works as JSON lines, without places on a map."""

from pathlib import Path

import click

from geo.document import read_document
from geo.jsonl import work_line
from geo.reading import read_works
from webmap.commands.options import DOCUMENT, city_option, year_option


@click.command(epilog="Example: planned-works extract plan.txt --format jsonl > works.jsonl")
@click.argument("document", metavar="DOC", type=DOCUMENT)
@city_option
@year_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="How to print the works: one JSON object a line.",
)
def extract(document: Path, city: str | None, year: int | None, form: str) -> None:  # noqa: ARG001
    """Print the works of a plan; offsets count characters of the decoded text."""
    for work in read_works(read_document(document, city=city, year=year)).works:
        click.echo(work_line(work))
