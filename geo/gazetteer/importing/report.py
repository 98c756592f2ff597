"""How far an import is, and what it had to leave out."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_MOST_TOLD = 5
_DESCRIPTORS = Path("/proc/self/fd")


@dataclass(slots=True)
class Report:
    """Collects what readers say; `progress` is called with the share that is done (0 to 1).

    `reading` is the part of the whole work that reading is: the rest is merging and writing.
    """

    progress: Callable[[float], None] | None = None
    reading: float = 0.7
    read: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)
    _done: float = 0.0

    def advance(self, share: float) -> None:
        """Say how much of the file is read (0 to 1)."""
        self._set(share * self.reading)

    def finish(self, share: float) -> None:
        """Say how much of what was read is written (0 to 1)."""
        self._set(self.reading + share * (1 - self.reading))

    def leave_out(self, problem: str) -> None:
        """Count a thing that cannot be used; the first few are told why."""
        self.left_out += 1
        if len(self.problems) < _MOST_TOLD:
            self.problems.append(problem)

    def _set(self, done: float) -> None:
        self._done = max(self._done, min(done, 1.0))
        if self.progress:
            self.progress(self._done)


def position(path: Path) -> float:
    """Give the share of a file that another library of this process has read, 0 where unknown.

    Where the system tells it (Linux), for the one that is furthest of those that have it open.
    """
    size, name = path.stat().st_size or 1, str(path.resolve())
    furthest = 0
    with contextlib.suppress(OSError, ValueError):
        for link in _DESCRIPTORS.iterdir():
            with contextlib.suppress(OSError):
                if str(link.readlink()) == name:
                    info = Path("/proc/self/fdinfo", link.name).read_text(encoding="ascii")
                    furthest = max(furthest, int(info.split()[1]))
    return furthest / size
