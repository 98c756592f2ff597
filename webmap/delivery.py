"""How answers travel: named by their content, and compressed where that does no harm."""

import gzip
import hashlib
from threading import Lock
from typing import Final

from flask import Flask, Response, request

from webmap.security import nonce

_OK, _UNCHANGED = 200, 304
_NOT_COMPRESSED: Final = frozenset({204, 206, _UNCHANGED})
_SMALL: Final = 1_000
"""Bytes that travel in one packet anyway."""

_KEPT: Final = 64
_TYPES: Final = frozenset(
    {
        "application/geo+json",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
    }
)


class _Compressed:
    """Compressed forms of the latest files and data by address and ETag: each is made once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str], bytes] = {}
        self._lock = Lock()

    def form(self, address: str, etag: str, data: bytes) -> bytes:
        """Give the compressed form of the data that have this ETag."""
        found = self._forms.get((address, etag))
        if found is None:
            found = _packed(data, level=9 if len(data) < 1_000_000 else 6)  # noqa: PLR2004  1 s a core
            with self._lock:
                while len(self._forms) >= _KEPT:
                    self._forms.pop(next(iter(self._forms)))
                self._forms[address, etag] = found
        return found


def init_app(app: Flask) -> None:
    """Watch every answer leave; what is registered later has changed it before."""
    compressed = _Compressed()
    app.after_request(lambda response: _compress(_identify(response), compressed))


def keep_secret(response: Response) -> Response:
    """Mark the answer of a page that holds secrets: it is neither kept nor compressed.

    The size of a compressed page tells who can put words into it what else stands there.
    """
    response.cache_control.no_store = True
    return response


def _identify(response: Response) -> Response:
    """Give a page an ETag of its content, and spare who has it already."""
    if not response.cache_control:
        response.cache_control.no_cache = True
        response.cache_control.private = True
    is_page = response.mimetype == "text/html" and response.status_code == _OK
    if not is_page or request.method not in {"GET", "HEAD"} or response.is_streamed:
        return response
    if response.cache_control.no_store or response.get_etag()[0]:
        return response
    content = response.get_data().replace(nonce().encode(), b"")
    response.set_etag(hashlib.sha256(content).hexdigest()[:20], weak=True)
    response.make_conditional(request)
    if response.status_code == _UNCHANGED:
        # The page that the browser kept runs under the policy that came with it: its nonce.
        response.headers.pop("Content-Security-Policy", None)
    return response


def _compress(response: Response, compressed: _Compressed) -> Response:
    if not _may_compress(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return response
    response.direct_passthrough = False  # a static file, whose bytes are wanted now
    data = response.get_data()
    if len(data) < _SMALL:
        return response
    etag, _is_weak = response.get_etag()
    is_kept = etag and request.blueprint in {None, "data"}
    packed = (
        compressed.form(request.full_path, str(etag), data) if is_kept else _packed(data, level=5)
    )
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    if etag:
        response.set_etag(etag, weak=True)  # other bytes, the same content
    return response


def _may_compress(response: Response) -> bool:
    """Tell whether an answer is text, all there, not secret and not a file to be kept as it is."""
    is_text = str(response.mimetype).startswith("text/") or response.mimetype in _TYPES
    is_whole = response.status_code not in _NOT_COMPRESSED and (
        request.endpoint == "static" or not response.is_streamed
    )
    return (
        is_text
        and is_whole
        and not response.cache_control.no_store
        and "attachment" not in str(response.headers.get("Content-Disposition"))
        and "Content-Encoding" not in response.headers
    )


def _packed(data: bytes, level: int) -> bytes:
    return gzip.compress(data, compresslevel=level, mtime=0)
