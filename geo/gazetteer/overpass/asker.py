"""Asks one question after the other: pauses between them, and waits where the server is busy."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import osmium

from geo.gazetteer.overpass.answers import Answer, Verdict, plain
from geo.gazetteer.overpass.asking import MAX_ANSWER_BYTES, ask
from geo.gazetteer.overpass.server import Server

TRIES = 4
# A server that lets a question run out of time may just be busy, or the question too much.
OVERDUE_TRIES = 2
FIRST_WAIT_S = 15.0
# A server that asks for more is left alone: the user comes back later.
LONGEST_WAIT_S = 600.0


@dataclass(slots=True)
class Asker:
    """Asks a server, one question at a time.

    `sleep` waits some seconds, `tell` is told why where that is long, `asked` counts questions.
    """

    server: Server
    sleep: Callable[[float], None] = time.sleep
    tell: Callable[[str], None] = lambda _: None
    max_bytes: int = MAX_ANSWER_BYTES
    asked: int = 0

    def ask(self, query: str, target: Path) -> Answer:
        """Ask until there is an answer or no hope of one; see `asking.ask`."""
        answer = self._once(query, target, self.server.pause_s)
        for tried in range(1, TRIES):
            wait_s = FIRST_WAIT_S * 2 ** (tried - 1) if answer.wait_s is None else answer.wait_s
            if not _is_passing(answer, tried) or wait_s > LONGEST_WAIT_S:
                break
            self.tell(f"{answer.verdict}; asking again in {wait_s:.0f} s")
            answer = self._once(query, target, max(wait_s, self.server.pause_s))
        return answer

    def _once(self, query: str, target: Path, wait_s: float) -> Answer:
        if self.asked:
            self.sleep(wait_s)
        self.asked += 1
        answer = ask(self.server, query, target, self.max_bytes)
        return _readable(answer, target) if answer.verdict is Verdict.WHOLE else answer


def _is_passing(answer: Answer, tried: int) -> bool:
    """Whether the same question, asked so many times, may be answered a little later."""
    if answer.verdict is Verdict.OVERDUE:
        return tried < OVERDUE_TRIES
    return answer.verdict in {Verdict.BUSY, Verdict.BROKEN}


def _readable(answer: Answer, target: Path) -> Answer:
    """Read the answer through as OpenStreetMap data: well-formed XML may still hold nonsense."""
    try:
        for _ in osmium.FileProcessor(target):
            pass
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        return Answer(Verdict.BROKEN, plain(str(error)))
    return answer
