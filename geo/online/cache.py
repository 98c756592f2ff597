"""Answers of online geocoders kept on disk, so that a second build asks nothing twice."""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from geo.online.answers import Answer, Question

_FORM = "1"
"""Raised when an Answer gets another form: what older programs kept is then asked again."""

_MOST_BYTES = 100_000
_KEPT_S = 90 * 24 * 3600.0
_BOX_DECIMALS = 4

_Answers = tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of one file an answer; a file that is damaged, large or old counts as missing.

    Names of files come from the question alone: no key of a service is ever in them.
    """

    folder: Path
    most_entries: int = 20_000
    now: Callable[[], float] = time.time

    def get(self, service: str, question: Question) -> _Answers | None:
        """Give what was answered, or None where nothing is kept."""
        path = self._path(service, question)
        try:
            state = path.stat()
            if state.st_size > _MOST_BYTES or self.now() - state.st_mtime > _KEPT_S:
                return None
            return msgspec.json.decode(path.read_bytes(), type=_Answers)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def put(self, service: str, question: Question, answers: _Answers) -> None:
        """Keep an answer; where the disk refuses, nothing is kept and nothing fails."""
        path = self._path(service, question)
        content = msgspec.json.encode(answers)
        if len(content) > _MOST_BYTES:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(path, content)
            self._bound()

    def _path(self, service: str, question: Question) -> Path:
        box = [round(degree, _BOX_DECIMALS) for degree in question.box]
        told = msgspec.json.encode([_FORM, service, question.text, question.city, box])
        return self.folder / f"{hashlib.sha256(told).hexdigest()}.json"

    def _bound(self) -> None:
        """Drop the older half where there are too many."""
        files = list(self.folder.iterdir())
        if len(files) > self.most_entries:
            by_age = sorted(files, key=lambda file: file.stat().st_mtime)
            for file in by_age[: len(files) // 2]:
                file.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write through a temporary file, so that no reader meets half an answer."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
