"""How often one client may write: a bucket of tokens for each address, in this process."""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from flask import current_app, request

from geo.sentences import say
from webmap.refusing import HASTY, Refusal

_MOST_CLIENTS: Final = 10_000
_NETWORK_BITS: Final = 64
"""One household or office has a whole network of IPv6 addresses."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class RateLimit:
    """Lets a client do `burst` things at once, and one more every `every_s` seconds.

    Safe from several threads; each process counts for itself.
    """

    burst: int
    every_s: float
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def wait_s(self, client: str) -> int:
        """Take a token; give 0, or the whole seconds to wait where there is none."""
        now = self.clock()
        with self._lock:
            bucket = self._bucket(client, now)
            bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.at) / self.every_s)
            bucket.at = now
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0
            return math.ceil((1 - bucket.tokens) * self.every_s)

    def _bucket(self, client: str, now: float) -> _Bucket:
        if client not in self._buckets:
            if len(self._buckets) >= _MOST_CLIENTS:
                self._forget(now)
            self._buckets[client] = _Bucket(self.burst, now)
        return self._buckets[client]

    def _forget(self, now: float) -> None:
        """Forget whoever has been quiet for long enough, and at last the quietest."""
        full_s = self.burst * self.every_s
        kept = sorted(self._buckets.items(), key=lambda item: item[1].at, reverse=True)
        recent = [(client, one) for client, one in kept if now - one.at < full_s]
        self._buckets = dict(recent[: _MOST_CLIENTS // 2])


def limits() -> dict[str, RateLimit]:
    """Make the limits of an application: writes of all kinds, and tries of a token."""
    return {"write": RateLimit(30, 2.0), "sign_in": RateLimit(5, 12.0)}


def refuse_hasty(kind: str = "write") -> None:
    """Refuse a client that writes too often, with the seconds to wait."""
    wait = current_app.extensions["rate_limits"][kind].wait_s(client_of(request.remote_addr))
    if wait:
        raise Refusal(
            HASTY, say("That was too often: wait %(n)s seconds and try again.", n=wait), wait
        )


def client_of(address: str | None) -> str:
    """Give whom an address stands for: itself, or its network of IPv6."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, _NETWORK_BITS), strict=False))
