"""Keeps finished pieces as files, so that a later run goes on where one stopped."""

import gzip
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.errors import GazetteerError
from geo.gazetteer.overpass.pieces import Piece
from geo.home import HOME_VARIABLE, home_path

_HEAD_BYTES = 4096
_LEFT_S = 24 * 3600
_DATE = re.compile(rb'<meta osm_base="([0-9TZ:-]{20})"')


@dataclass(frozen=True, slots=True)
class Keep:
    """A folder of answers: `KEY.osm.gz` of finished pieces, `KEY.cut` (empty) of those cut up."""

    folder: Path

    def path(self, piece: Piece) -> Path:
        """Where the answer of a piece is kept."""
        return self.folder / f"{piece.key}.osm.gz"

    def holds(self, piece: Piece) -> bool:
        """Whether a piece is finished."""
        return self.path(piece).is_file()

    def is_cut(self, piece: Piece) -> bool:
        """Whether a piece was found to be too much for one question."""
        return self._mark(piece).is_file()

    def put(self, piece: Piece, answer: Path) -> None:
        """Keep a whole answer; from now on the piece is finished."""
        os.replace(answer, self.path(piece))  # noqa: PTH105  never half a file

    def mark_cut(self, piece: Piece) -> None:
        """Note that the quarters are to be asked for in its place."""
        self._mark(piece).touch()

    def forget(self, pieces: Iterable[Piece]) -> None:
        """Drop the answers of pieces and of what they were cut into."""
        waiting = list(pieces)
        while waiting:
            piece = waiting.pop()
            if self.is_cut(piece):
                waiting.extend(piece.quarters())
            for path in (self.path(piece), self._mark(piece)):
                path.unlink(missing_ok=True)

    def _mark(self, piece: Piece) -> Path:
        return self.folder / f"{piece.key}.cut"


def default_keep() -> Keep:
    """Answers in the folder of the user's own things."""
    return Keep(home_path("cache", "overpass"))


@contextmanager
def workshop(keep: Keep) -> Iterator[Path]:
    """Give a folder for unfinished files on the same disk, which goes away afterwards.

    Raises
    ------
    GazetteerError
        When files cannot be written there: one sentence.
    """
    try:
        keep.folder.mkdir(parents=True, exist_ok=True)
        _clear_up(keep.folder)
        with TemporaryDirectory(prefix="unfinished-", dir=keep.folder) as folder:
            yield Path(folder)
    except OSError as error:
        if isinstance(error, ConnectionError):
            raise
        raise GazetteerError(
            f"{keep.folder}: answers cannot be kept ({error.strerror or error}); make room there, "
            f"or name another folder by {HOME_VARIABLE}."
        ) from error


def _clear_up(folder: Path) -> None:
    """Drop what a killed run left; what is younger may belong to a run that goes on."""
    for left in folder.glob("unfinished-*"):
        if left.stat().st_mtime < time.time() - _LEFT_S:
            shutil.rmtree(left, ignore_errors=True)


def osm_base(answer: Path) -> str:
    """Give the date of the data of a finished piece, as its server states it (UTC)."""
    with gzip.open(answer) as file:
        found = _DATE.search(file.read(_HEAD_BYTES))
    return found[1].decode() if found else ""
