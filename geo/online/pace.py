"""How often a service is asked: never faster than it wants, and again after a while if busy."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from geo.errors import OnlineError

T = TypeVar("T")

_TRIES = 4
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0


@dataclass(slots=True)
class Pace:
    """Keeps `interval_s` between two calls, and repeats those that may succeed later.

    The wait before each further try is twice the one before it, or what the service asks for.
    """

    interval_s: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float = field(default=0.0, init=False)

    def call(self, action: Callable[[], T]) -> T:
        """Do it, up to four times.

        Raises
        ------
        OnlineError
            The last failure, when no further try is worth it.
        """
        wait = _FIRST_WAIT_S
        for _ in range(_TRIES - 1):
            try:
                return self._once(action)
            except OnlineError as error:
                if not error.again:
                    raise
                self.sleep(min(max(wait, error.wait_s), _LONGEST_WAIT_S))
            wait *= 2
        return self._once(action)

    def _once(self, action: Callable[[], T]) -> T:
        early = self._free_at - self.clock()
        if early > 0:
            self.sleep(early)
        try:
            return action()
        finally:
            self._free_at = self.clock() + self.interval_s
