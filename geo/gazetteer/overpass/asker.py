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
FIRST_WAIT_S = 15.0
# A server that asks for more is left alone: the user comes back later.
LONGEST_WAIT_S = 600.0


@dataclass(slots=True)
class Asker:
    """Asks a server, one question at a time; `sleep` waits some seconds, `asked` counts."""

    server: Server
    sleep: Callable[[float], None] = time.sleep
    max_bytes: int = MAX_ANSWER_BYTES
    asked: int = 0

    def ask(self, query: str, target: Path) -> Answer:
        """Ask until there is an answer or no hope of one; see `asking.ask`."""
        answer = self._once(query, target, self.server.pause_s)
        for wait_s in (FIRST_WAIT_S * 2**turn for turn in range(TRIES - 1)):
            told_s = wait_s if answer.wait_s is None else answer.wait_s
            if not _is_passing(answer) or told_s > LONGEST_WAIT_S:
                break
            answer = self._once(query, target, max(told_s, self.server.pause_s))
        return answer

    def _once(self, query: str, target: Path, wait_s: float) -> Answer:
        if self.asked:
            self.sleep(wait_s)
        self.asked += 1
        answer = ask(self.server, query, target, self.max_bytes)
        return _readable(answer, target) if answer.verdict is Verdict.WHOLE else answer


def _is_passing(answer: Answer) -> bool:
    """Whether the same question may be answered a little later."""
    return answer.verdict in {Verdict.BUSY, Verdict.BROKEN}


def _readable(answer: Answer, target: Path) -> Answer:
    """Read the answer through as OpenStreetMap data: well-formed XML may still hold nonsense."""
    try:
        for _ in osmium.FileProcessor(target):
            pass
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        return Answer(Verdict.BROKEN, plain(str(error)))
    return answer
