"""An uploaded plan is read and placed, telling how far it is."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from geo.document import read_document
from geo.errors import CityUnknownError, DocumentError
from geo.model import Clause, Document, Work
from geo.reading.values import ClauseReading
from geo.registers import known_registers
from layers.build import Plan
from layers.making import read_and_placed
from webmap.adding.drafts import Draft, Progress

_PAUSE_S: Final = 0.2
_MOST_NAMES: Final = 500

Tell = Callable[[Progress], object]


def read_draft(draft: Draft, content: bytes, tell: Tell) -> Plan:
    """Read and place the plan of a draft; `tell` hears of each step, not of each clause.

    Raises
    ------
    DocumentError
        When the file cannot be read, or holds no works.
    CityUnknownError
        When neither the text nor its sender names the city.
    """
    tell(Progress("text"))
    document = _document(draft, content)
    watching = _Watching(len(document.text), document.title, tell)
    plan = read_and_placed(
        document, known_registers(), watch=watching.clause, placing=watching.placing
    )
    if not plan.reading.works:
        raise DocumentError(
            "No works were found in this text: give a plan that promises works, such as a "
            "政府工作报告."
        )
    return plan


def read_progress(plan: Plan) -> Progress:
    """Say of a plan that is read and placed what has been found."""
    reading = plan.reading
    names = tuple(work.name for work in reading.works)
    return Progress(
        step="placing",
        done=len(names),
        total=len(names),
        clauses=len(reading.ledger),
        works=names[-_MOST_NAMES:],
        title=reading.document.title,
    )


def _document(draft: Draft, content: bytes) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder, draft.file)
        path.write_bytes(content)
        document = read_document(path, city=draft.city or None, year=draft.year)
    if not document.city:
        raise CityUnknownError("The text does not name its city: say which it is.")
    return replace(document, document_id=draft.document_id)


@dataclass(slots=True)
class _Watching:
    """Counts what is read and placed, and tells of it a few times a second."""

    characters: int
    title: str
    tell: Tell
    clauses: int = 0
    names: list[str] = field(default_factory=list)
    told: float = 0.0

    def clause(self, clause: Clause, reading: ClauseReading) -> None:
        """See a clause that has been read."""
        self.clauses += 1
        self.names += (finding.name for finding in reading.findings)
        self._tell("reading", clause.end, self.characters)

    def placing(self, works: tuple[Work, ...]) -> Iterator[Work]:
        """Pass works on as they are placed."""
        self.names = [work.name for work in works]
        return self._counted(works)

    def _counted(self, works: Iterable[Work]) -> Iterator[Work]:
        for number, work in enumerate(works):
            self._tell("placing", number, len(self.names))
            yield work

    def _tell(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told < _PAUSE_S:
            return
        self.told = now
        names = tuple(self.names[-_MOST_NAMES:])
        self.tell(Progress(step, done, total, self.clauses, names, self.title))
