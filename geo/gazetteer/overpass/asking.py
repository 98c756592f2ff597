"""Puts one question to an Overpass server and streams the answer to a file, within bounds."""

import gzip
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from geo.gazetteer.overpass.answers import Answer, AnswerReader, Verdict, plain
from geo.gazetteer.overpass.server import Server

MAX_ANSWER_BYTES = 256 * 1024**2
_MAX_PAGE_BYTES = 20_000
_BLOCK_BYTES = 64 * 1024
# The server's memory for a question: less than it allows, so that it lets the question in sooner.
_MAX_SERVER_BYTES = 256 * 1024**2
# What an answer may take beyond the server's own time: to wait for a slot there (at most as long
# again), and to travel.
_GRACE_S = 15.0
_TRAVEL_FACTOR = 3

_BUSY_STATUS = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)


class _NoRedirect(HTTPRedirectHandler):
    """Follows no redirection: a question sent on by GET would arrive empty."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Let the redirection be an error, which names its status."""


def ask(server: Server, query: str, target: Path, max_bytes: int = MAX_ANSWER_BYTES) -> Answer:
    """Ask once; `target` holds the answer (gzipped OSM XML) where the verdict is `WHOLE`.

    Parameters
    ----------
    server
        Whom to ask.
    query
        Statements in Overpass QL, without time and size limits.
    target
        File to write; what it holds after any other verdict is of no use.
    max_bytes
        What an answer may measure, unpacked.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    try:
        with _open(server, query) as response:
            return _kept(response, target, max_bytes, _patience_s(server))
    except HTTPError as error:
        with error:
            return _refused(error)
    except TimeoutError:
        return Answer(Verdict.TOO_MUCH, f"no answer in {server.timeout_s:.0f} s")
    except URLError as error:
        return Answer(Verdict.WRONG, f"no connection ({plain(str(error.reason))})")
    except (ConnectionError, zlib.error) as error:
        return Answer(Verdict.BROKEN, plain(str(error)))


def _silence_s(server: Server) -> float:
    return server.timeout_s + min(_GRACE_S, server.timeout_s)


def _patience_s(server: Server) -> float:
    return _TRAVEL_FACTOR * _silence_s(server)


@contextmanager
def _network() -> Iterator[None]:
    """Tell what the network does wrong from what the disk does: both are an OSError."""
    try:
        yield
    except (TimeoutError, URLError):
        raise
    except (OSError, HTTPException) as error:
        raise ConnectionError(f"{type(error).__name__}: {error}") from error


def _open(server: Server, query: str) -> HTTPResponse:
    limits = f"[out:xml][timeout:{server.timeout_s:.0f}][maxsize:{_MAX_SERVER_BYTES}]"
    request = Request(  # noqa: S310  the setting is checked to be http or https
        server.url,
        data=urlencode({"data": limits + query}).encode(),
        headers={"User-Agent": server.agent, "Accept-Encoding": "gzip"},
    )
    opener = build_opener(_NoRedirect)
    with _network():
        response: HTTPResponse = opener.open(request, timeout=_silence_s(server))
    return response


def _kept(response: HTTPResponse, target: Path, max_bytes: int, patience_s: float) -> Answer:
    """Stream the answer to the file and judge it on its way."""
    reader, size, deadline = AnswerReader(), 0, time.monotonic() + patience_s
    with gzip.open(target, "wb", compresslevel=1) as file:
        for data in _blocks(response):
            size += len(data)
            if size > max_bytes:
                return Answer(Verdict.TOO_MUCH, f"more than {max_bytes / 1e6:.0f} MB")
            if time.monotonic() > deadline:
                return Answer(Verdict.TOO_MUCH, "the answer comes too slowly")
            if not reader.feed(data):
                break
            file.write(data)
    return reader.finish()


def _blocks(response: HTTPResponse) -> Iterator[bytes]:
    """Yield an answer as it arrives, unpacked a block at a time: it may claim any size."""
    packed = response.headers.get("Content-Encoding", "").strip().lower() == "gzip"
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    while data := _block(response):
        if unpacker is None:
            yield data
            continue
        yield unpacker.decompress(data, _BLOCK_BYTES)
        while unpacker.unconsumed_tail:
            yield unpacker.decompress(unpacker.unconsumed_tail, _BLOCK_BYTES)


def _block(response: HTTPResponse) -> bytes:
    with _network():
        return response.read1(_BLOCK_BYTES)


def _refused(error: HTTPError) -> Answer:
    """Judge an answer by its status: busy, or not what we take the server for."""
    words = f"{error.code}: {_page(error)}"
    wait_s = retry_after_s(error.headers, datetime.now(UTC))
    if error.code in _BUSY_STATUS:
        return Answer(Verdict.BUSY, words, wait_s)
    if error.code == HTTPStatus.GATEWAY_TIMEOUT:
        return Answer(Verdict.OVERDUE, words, wait_s)
    return Answer(Verdict.WRONG, words)


def _page(error: IO[bytes]) -> str:
    try:
        return plain(error.read(_MAX_PAGE_BYTES).decode("utf-8", "replace")) or "no words"
    except (OSError, HTTPException):
        return "no words"


def retry_after_s(headers: Message, now: datetime) -> float | None:
    """Give the seconds that a server asks to wait: a number or a date; None where it does not."""
    text = (headers.get("Retry-After") or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())
