"""`planned-works extract`: the works of plans as JSON lines, or how a sentence is read."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from geo.batch import Extract, Wish, extract_all, failed
from geo.decoding import tell_lost
from geo.reading.explaining import explain
from geo.reading.extractors import load_extractor
from webmap.commands.options import DOCUMENT, city_option, year_option

_CLEAR_LINE = "\x1b[2K\x1b[G"
"""Wipes a progress bar off the line of a terminal; click leaves it out elsewhere."""


@click.command(epilog="Example: planned-works extract plan.txt --format jsonl > works.jsonl")
@click.argument("documents", metavar="DOC...", nargs=-1, type=DOCUMENT)
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
@click.option("--ledger", is_flag=True, help="Print what became of each clause instead.")
@click.option(
    "--explain", "sentence", metavar="SENTENCE", help="Show how a sentence is read, without DOC."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that read documents at the same time.",
)
@click.option(
    "--extractor",
    metavar="MODULE:NAME",
    help="Another extractor in place of the built-in rules, from the current folder or installed.",
)
@click.pass_context
def extract(  # noqa: PLR0913 (each option of the command is a parameter)
    ctx: click.Context,
    *,
    documents: tuple[Path, ...],
    city: str | None,
    year: int | None,
    form: str,  # noqa: ARG001 (one format so far)
    sentence: str | None,
    jobs: int,
    extractor: str | None,
    ledger: bool,
) -> None:
    """Print the works of plans; offsets count characters of the decoded text.

    The rows of many documents come in the order of the documents. One that cannot be read gets a
    sentence on standard error, the others go on, and the exit status is 1.
    """
    _refuse_mixed(documents, sentence, ledger=ledger)
    if extractor:
        sys.path.append(str(Path.cwd()))
    if sentence is not None:
        click.echo("\n".join(explain(sentence, load_extractor(extractor) if extractor else None)))
        return
    results = extract_all(documents, Wish(city, year, ledger, extractor), min(jobs, len(documents)))
    total = _print_all(_with_progress(results, documents))
    if len(documents) > 1:
        click.echo(total.sentence(), err=True)
    ctx.exit(1 if total.failed else 0)


@dataclass(slots=True)
class _Total:
    """Running counts of a run, begun when it is made; `size` in bytes of text."""

    started: float
    documents: int = 0
    failed: int = 0
    works: int = 0
    clauses: int = 0
    size: int = 0

    def add(self, result: Extract) -> None:
        """Count a document."""
        self.documents += not result.error
        self.failed += bool(result.error)
        self.works += result.works
        self.clauses += result.clauses
        self.size += result.size

    def sentence(self) -> str:
        """Say what was read and how fast."""
        megabytes = self.size / 1e6
        speed = megabytes / max(time.monotonic() - self.started, 1e-9)
        failed = f" ({self.failed} not read)" if self.failed else ""
        return (
            f"{self.documents} documents{failed}, {self.works} works, {self.clauses} clauses, "
            f"{megabytes:.2f} MB of text, {speed:.2f} MB/s"
        )


def _refuse_mixed(documents: tuple[Path, ...], sentence: str | None, *, ledger: bool) -> None:
    if sentence is None and not documents:
        raise click.UsageError("Name a document, or give a sentence with --explain.")
    if sentence is not None and (documents or ledger):
        raise click.UsageError("--explain reads its own sentence: leave out DOC and --ledger.")
    if sentence is not None and not sentence.strip():
        raise click.UsageError("--explain needs a sentence, such as '加快青云大桥建设。'.")


def _print_all(results: Iterable[Extract]) -> _Total:
    """Print each result as it comes; an id that came before would make its rows ambiguous."""
    total = _Total(time.monotonic())
    seen: set[str] = set()
    for result in results:
        known = _refuse_same_id(result, seen)
        total.add(known)
        if known.error:
            click.echo(f"{_CLEAR_LINE}Error: {known.error}", err=True)
        elif known.lost:
            click.echo(_CLEAR_LINE + tell_lost(str(known.path), known.lost), err=True)
        click.echo(known.lines, nl=False)
    return total


def _refuse_same_id(result: Extract, seen: set[str]) -> Extract:
    if result.error or result.document_id not in seen:
        seen.add(result.document_id)
        return result
    return failed(
        result.path,
        f"{result.path}: a document before it has the same id {result.document_id}; rename it.",
    )


def _with_progress(results: Iterator[Extract], documents: tuple[Path, ...]) -> Iterator[Extract]:
    """Show a bar for many documents on a terminal, unless their rows are printed there."""
    shown = len(documents) > 1 and sys.stderr.isatty() and not sys.stdout.isatty()
    if not shown:
        yield from results
        return
    sizes = sum(map(_size, documents))
    with click.progressbar(length=sizes, label="Reading", file=sys.stderr) as bar:
        for result in results:
            yield result
            bar.update(_size(result.path))


def _size(path: Path) -> int:
    """Bytes of a file, 0 where there is none: the reader will say so."""
    return path.stat().st_size if path.is_file() else 0
