"""Long work behind a page: one thread that takes job after job from a short queue."""

import logging
from collections.abc import Callable
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import Final

_log = logging.getLogger(__name__)

MOST_WAITING: Final = 2

Job = Callable[[], object]


class Jobs:
    """Does jobs one by one in a thread of this process, started with the first.

    A key names a job, so that none waits or runs twice at a time. What a job raises is logged.
    """

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._queue: Queue[tuple[str, Job]] = Queue(most)
        self._done: dict[str, Event] = {}
        self._lock = Lock()
        self._thread: Thread | None = None

    def submit(self, key: str, job: Job) -> bool:
        """Take a job, or know it already; False where too many wait."""
        with self._lock:
            if key in self._done:
                return True
            try:
                self._queue.put_nowait((key, job))
            except Full:
                return False
            self._done[key] = Event()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
            return True

    def wait(self, key: str, timeout_s: float) -> None:
        """Wait until a job is done, but not for ever."""
        event = self._done.get(key)
        if event is not None:
            event.wait(timeout_s)

    def _work(self) -> None:
        while True:
            key, job = self._queue.get()
            try:
                job()
            except Exception:  # the thread must live on for the next job
                _log.exception("The job of draft %s failed", key)
            finally:
                with self._lock:
                    self._done.pop(key).set()
