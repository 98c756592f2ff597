"""Many documents, one after the other or by several processes: results in order, memory flat."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import active_children, get_context
from pathlib import Path

from geo.decoding import count_lost
from geo.document import read_document
from geo.errors import PlannedWorksError, WorkerError
from geo.jsonl import ledger_line, work_line
from geo.reading import read_works
from geo.reading.extractors import Extractor, load_extractor

_AHEAD = 2
"""Documents a process may be ahead of the one that is printed next."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to read of each document and how: see the options of `planned-works extract`."""

    city: str | None = None
    year: int | None = None
    ledger: bool = False
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a document gave: its lines of JSON, or the sentence that says why it gave none.

    `size` is the UTF-8 length of its text in bytes, `lost` the number of its lost characters.
    """

    path: Path
    document_id: str
    lines: str
    works: int
    clauses: int
    size: int
    error: str
    lost: int = 0


def extract_all(paths: Iterable[Path], wish: Wish, jobs: int = 1) -> Iterator[Extract]:
    """Read documents by `jobs` processes; the results come in the order of `paths`.

    Raises
    ------
    ExtractorError
        The extractor that `wish` names cannot be loaded.
    WorkerError
        A process ended before it gave its result.
    """
    _load(wish.extractor)
    if jobs == 1:
        return (extract_one(path, wish) for path in paths)
    return _by_processes(paths, wish, jobs)


def extract_one(path: Path, wish: Wish) -> Extract:
    """Read one document; an error of ours becomes the sentence of its result."""
    try:
        document = read_document(path, city=wish.city, year=wish.year)
        reading = read_works(document, _load(wish.extractor))
    except PlannedWorksError as error:
        return failed(path, str(error))
    if wish.ledger:
        lines = [ledger_line(row, document.document_id) for row in reading.ledger]
    else:
        lines = [work_line(work) for work in reading.works]
    size = len(document.text.encode())
    text = "".join(f"{line}\n" for line in lines)
    counts = len(reading.works), len(reading.ledger)
    return Extract(path, document.document_id, text, *counts, size, "", count_lost(document.text))


def failed(path: Path, error: str) -> Extract:
    """Give the result of a document that gave nothing."""
    return Extract(path, document_id="", lines="", works=0, clauses=0, size=0, error=error)


@cache
def _load(reference: str | None) -> Extractor | None:
    """Load an extractor once in each process."""
    return load_extractor(reference) if reference else None


def _by_processes(paths: Iterable[Path], wish: Wish, jobs: int) -> Iterator[Extract]:
    waiting: deque[tuple[Path, Future[Extract]]] = deque()
    with _pool(jobs) as pool:
        for path in paths:
            waiting.append((path, pool.submit(extract_one, path, wish)))
            if len(waiting) >= jobs * _AHEAD:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool that leaves no process behind, whatever ends the reading."""
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _end_by_interrupt)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - others:
            process.terminate()
        raise
    pool.shutdown()


def _end_by_interrupt() -> None:
    """Let Ctrl+C end a process without a word of its own: the one that waits for it will speak."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _result(path: Path, future: Future[Extract]) -> Extract:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerError(
            f"A reading process ended before {path} was read, perhaps for lack of memory: use a "
            "smaller --jobs, or leave out the document that ends it."
        ) from error
