"""Gathers the answers of all pieces: from the kept ones, else from the server, cut where needed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import OverpassError
from geo.gazetteer.overpass.answers import Answer, Verdict
from geo.gazetteer.overpass.asker import LONGEST_WAIT_S, Asker
from geo.gazetteer.overpass.keeping import Keep
from geo.gazetteer.overpass.pieces import Piece
from geo.gazetteer.overpass.server import TIMEOUT_VARIABLE, URL_VARIABLE

Progress = Callable[[float], None]
"""Called with the share that is done, from 0 to 1."""

_MAX_TOTAL_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Asks for what is not kept; `unfinished` is a folder on the same disk as the kept answers."""

    asker: Asker
    keep: Keep
    unfinished: Path

    def gather(self, pieces: Iterable[Piece], progress: Progress) -> tuple[Path, ...]:
        """Give the files of all pieces, in order.

        Raises
        ------
        OverpassError
            When a piece gets no whole answer; what is finished stays kept.
        """
        whole = tuple(pieces)
        files: list[Path] = []
        done, size = 0.0, 0
        for piece in self._finished(whole):
            files.append(self.keep.path(piece))
            size += files[-1].stat().st_size
            if size > _MAX_TOTAL_BYTES:
                raise OverpassError("The city's features are more than 1 GB: import an extract.")
            done += piece.share
            progress(done / len(whole))
        return tuple(files)

    def _finished(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Yield finished pieces, asking for each; one that is too much is cut into four."""
        waiting = [*pieces][::-1]
        while waiting:
            piece = waiting.pop()
            if self.keep.holds(piece):
                yield piece
            elif self.keep.is_cut(piece) or not self._finish(piece):
                waiting.extend(piece.quarters()[::-1])
            else:
                yield piece

    def _finish(self, piece: Piece) -> bool:
        """Ask for a piece; whether it was answered whole (else it is to be cut)."""
        target = self.unfinished / f"{piece.key}.osm.gz"
        answer = self.asker.ask(piece.query, target)
        if answer.verdict is Verdict.WHOLE:
            self.keep.put(piece, target)
            return True
        target.unlink(missing_ok=True)
        if answer.verdict not in {Verdict.TOO_MUCH, Verdict.OVERDUE} or piece.is_smallest:
            raise self._error(answer)
        if answer.verdict is Verdict.TOO_MUCH:
            self.keep.mark_cut(piece)
        return False

    def _error(self, answer: Answer) -> OverpassError:
        url = self.asker.server.url
        return OverpassError(f"{url}: {answer.verdict} ({answer.words}); {_advice(answer)}.")


def _advice(answer: Answer) -> str:
    if answer.verdict is Verdict.WRONG:
        return f"check the connection and {URL_VARIABLE}, then run the command again"
    if answer.verdict is Verdict.TOO_MUCH:
        return f"raise {TIMEOUT_VARIABLE}, or import an extract"
    wait_s = answer.wait_s or 0
    later = f"in {wait_s / 60:.0f} minutes" if wait_s > LONGEST_WAIT_S else "later"
    return f"run the command again {later}, it goes on where it stopped"
