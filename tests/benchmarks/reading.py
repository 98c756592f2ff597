"""Measure the reading: MB of text a second of one core, memory over many documents, its peers.

Usage: python tests/benchmarks/reading.py [DOC ...] [--size MB] [--memory MB] [--peers PYTHON]

The corpus repeats the paragraphs of the built-in document (and of each DOC) in random order, always
the same. Seconds are of processor time, so that a busy machine changes little. The peers are
measured in the same run, on the same text in simplified script, where they are installed: into an
environment of their own, by `pip install '.[peers]'`, whose Python is given as `--peers` (default:
the Python that runs this).
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from geo.batch import Wish, extract_one
from geo.document import read_document
from geo.model import Document
from geo.paths import data_path
from geo.reading import read_works
from geo.script import to_simplified

BUILT_IN = data_path("documents", "wuxi2020.txt")
GOLD = Path(__file__).resolve().parent.parent / "gold" / "wuxi2020.jsonl"
PEERS = Path(__file__).with_name("peers.py")
MB = 1_000_000
DOCUMENT = 5 * MB
PEER_SECONDS = 20
_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》()（）]")


def main() -> None:
    """Print memory first, while the process has used little, then the speeds and the names."""
    chosen = _arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    paragraphs = _paragraphs([BUILT_IN, *chosen.documents])
    if chosen.memory:
        _measure_memory(paragraphs, chosen.memory * MB)
    _measure_speed(paragraphs, chosen.size * MB)
    _measure_peers(paragraphs, chosen.size * MB, chosen.peers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", metavar="DOC", nargs="*", type=Path)
    parser.add_argument("--size", metavar="MB", type=int, default=2, help="text read for speed")
    parser.add_argument("--memory", metavar="MB", type=int, default=100, help="text read in all")
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable)
    return parser.parse_args()


def _paragraphs(paths: Iterable[Path]) -> list[str]:
    return [passage.text for path in paths for passage in read_document(path).passages]


def _corpus(paragraphs: list[str], size: int, seed: int = 0) -> Iterator[str]:
    """Give paragraphs in random order until they have `size` bytes."""
    chance, done = random.Random(seed), 0  # noqa: S311 (a corpus, no secret)
    while done < size:
        for paragraph in chance.sample(paragraphs, len(paragraphs)):
            yield paragraph
            done += len(paragraph.encode()) + 1
            if done >= size:
                return


def _write(folder: str, name: str, paragraphs: Iterable[str]) -> Path:
    path = Path(folder, f"{name}.txt")
    path.write_text("\n".join(paragraphs), encoding="utf-8")
    return path


def _measure_memory(paragraphs: list[str], size: int) -> None:
    """Print the peak of memory after the first document and after all."""
    count, works, first = max(1, size // DOCUMENT), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = _write(folder, "document", _corpus(paragraphs, DOCUMENT, number))
            works += extract_one(path, Wish()).works
            first = first or _peak()
    print(f"memory: {count} documents of {DOCUMENT // MB} MB, {works} works")
    print(f"  peak {first:.0f} MB after the first, {_peak():.0f} MB after all")


def _peak() -> float:
    """Peak of the resident set of this process in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MB


def _measure_speed(paragraphs: list[str], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_works(read_document(BUILT_IN))  # vocabulary is loaded at the first call
        document = read_document(_write(folder, "corpus", _corpus(paragraphs, size)))
    started = time.process_time()
    reading = read_works(document)
    seconds = time.process_time() - started
    done, characters = len(document.text.encode()), len(document.text)
    print(f"speed: {done / MB:.2f} MB, {characters / 1e6:.2f} million characters, one core")
    print(f"  {len(reading.works)} works in {len(reading.ledger)} clauses, {seconds:.1f} s")
    print(
        f"  {done / MB / seconds:.2f} MB/s, {characters / 1e6 / seconds:.2f} million characters/s"
    )


def _measure_peers(paragraphs: list[str], size: int, python: str) -> None:
    """Print speed and whole names of this program and of each peer, on the same text."""
    document = read_document(BUILT_IN)
    wanted = _wanted(document)
    works = {_bare(work.name) for work in read_works(document).works}
    print(f"peers: share of the {len(wanted)} annotated names found whole in the built-in document")
    ours = version("planned-works")
    print(f"  {'planned-works ' + ours:22} {_share(wanted, works)}  speed above")
    for name, result in _run_peers(document, paragraphs, size, python).items():
        if result is None:
            print(f"  {name:22} not installed: pip install '.[peers]'")
            continue
        speed = result["bytes"] / MB / result["seconds"]
        share = _share(wanted, {_bare(found) for found in result["names"]})
        print(f"  {name + ' ' + result['version']:22} {share}  {speed:.4f} MB/s")


def _run_peers(
    document: Document, paragraphs: list[str], size: int, python: str
) -> dict[str, dict[str, object]]:
    passages = {
        "gold": [to_simplified(passage.text) for passage in document.passages],
        "corpus": [to_simplified(text) for text in _corpus(paragraphs, size)],
    }
    command = [python, str(PEERS), str(PEER_SECONDS)]
    done = subprocess.run(
        command, input=json.dumps(passages), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _wanted(document: Document) -> set[str]:
    """Names of the annotated works that stand in the text as one stretch."""
    text = _bare(document.text)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    names = {_bare(row["name"]) for row in rows if not row.get("borderline")}
    return {name for name in names if name in text}


def _bare(words: str) -> str:
    """Words in simplified script, without space, quotes and brackets."""
    return _MARKS.sub("", to_simplified(words))


def _share(wanted: set[str], found: set[str]) -> str:
    return f"{len(wanted & found) / len(wanted):6.1%} ({len(wanted & found)})"


if __name__ == "__main__":
    main()
