"""One request over HTTP to a service that may be slow, broken or hostile: bounded in all ways."""

import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

import msgspec

from geo.errors import OnlineError

_MOST_BYTES = 2_000_000
_PIECE = 65_536
_LONGEST_WAIT_S = 60.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 402, 403, 407})

T = TypeVar("T")


class _NoRedirects(HTTPRedirectHandler):
    """Follows nowhere: an address holds a key, which must not reach another server."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Give no further request."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches by GET; `timeout_s` bounds a request as a whole, from the look-up of its host on.

    No error and no log names the address that was fetched, because it may hold a key.
    """

    timeout_s: float
    user_agent: str

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> bytes:
        """Give the body of a successful answer of at most 2 MB.

        Raises
        ------
        OnlineError
            With the reason in a few words.
        """
        outcomes: SimpleQueue[bytes | OnlineError] = SimpleQueue()
        # A thread of its own: a server that sends its headers byte by byte meets every time-out
        # of the socket, and the look-up of a name has none.
        job = Thread(target=lambda: outcomes.put(self._outcome(url, headers or {})), daemon=True)
        job.start()
        try:
            outcome = outcomes.get(timeout=self.timeout_s)
        except Empty:
            raise OnlineError("time-out", again=True) from None
        if isinstance(outcome, OnlineError):
            raise outcome
        return outcome

    def _outcome(self, url: str, headers: Mapping[str, str]) -> bytes | OnlineError:
        own = {"User-Agent": self.user_agent, "Accept": "application/json"}
        request = Request(url, headers={**own, **headers})  # noqa: S310  # http(s) only: see settings
        try:
            with _opener().open(request, timeout=self.timeout_s) as response:
                return self._read(response)
        except OnlineError as error:
            return error
        except HTTPError as error:
            error.close()
            return _status_error(error)
        except TimeoutError:
            return OnlineError("time-out", again=True)
        except URLError as error:
            slow = isinstance(error.reason, TimeoutError)
            return OnlineError("time-out" if slow else "no connection", again=True)
        except (OSError, HTTPException, ValueError):
            return OnlineError("broken connection", again=True)

    def _read(self, response: IO[bytes] | HTTPResponse) -> bytes:
        body = bytearray()
        end = time.monotonic() + self.timeout_s
        while piece := response.read1(_PIECE):  # type: ignore[union-attr]  # an HTTPResponse has it
            body += piece
            if len(body) > _MOST_BYTES:
                raise OnlineError("an answer of more than 2 MB")
            if time.monotonic() > end:
                raise OnlineError("time-out", again=True)
        return bytes(body)


def decoded(body: bytes, kind: type[T]) -> T:
    """Read JSON of a stated form.

    Raises
    ------
    OnlineError
        When it is no JSON, or of another form.
    """
    try:
        return msgspec.json.decode(body, type=kind, strict=False)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise OnlineError("an answer in no known form") from None


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirects)


def _status_error(error: HTTPError) -> OnlineError:
    return OnlineError(
        f"HTTP status {error.code}",
        again=error.code in _AGAIN,
        wait_s=_wait_s(error.headers.get("Retry-After") or ""),
        refused=error.code in _REFUSED,
    )


def _wait_s(text: str) -> float:
    """Read the header Retry-After: seconds, or a date; 0 for anything else."""
    if text.strip().isdecimal():
        seconds = float(text)
    else:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (ValueError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT_S)
