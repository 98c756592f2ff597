"""`planned-works evaluate`: how well a document's works were read, against an annotation."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from geo.document import read_document
from geo.evaluation import evaluate as score
from geo.evaluation import read_gold, read_negatives
from geo.reading import read_works
from webmap.commands.options import DOCUMENT


@click.command(epilog="Example: planned-works evaluate plan.txt gold.jsonl --misses")
@click.argument("document", metavar="DOC", type=DOCUMENT)
@click.argument("gold", metavar="GOLD.jsonl", type=DOCUMENT)
@click.argument("negatives", metavar="[NEGATIVES.jsonl]", required=False, type=DOCUMENT)
@click.option("--misses", is_flag=True, help="Name what was missed and what was invented.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def evaluate(
    document: Path, gold: Path, negatives: Path | None, *, misses: bool, as_json: bool
) -> None:
    """Compare what is read from a plan with an annotation of the same text."""
    works = read_works(read_document(document)).works
    scores = score(works, read_gold(gold), read_negatives(negatives) if negatives else ())
    if as_json:
        click.echo(json.dumps(asdict(scores), ensure_ascii=False))
        return
    for name, value in asdict(scores).items():
        if isinstance(value, float):
            click.echo(f"{name:16} {value:.3f}")
        elif isinstance(value, int):
            click.echo(f"{name:16} {value}")
    if misses:
        click.echo("missed:   " + "、".join(scores.missed))
        click.echo("invented: " + "、".join(scores.invented))
