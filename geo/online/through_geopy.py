"""What geopy's geocoders need to fetch in our bounds and with our errors, and to log no key."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeopyError

from geo.errors import OnlineError
from geo.online.fetching import Fetcher, decoded

T = TypeVar("T")


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Fetches for a geocoder of geopy; `check` sees each answer before geopy reads it."""

    def __init__(self, fetcher: Fetcher, check: Callable[[object], object]) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self._fetcher = fetcher
        self._check = check
        logging.getLogger("geopy").addFilter(_nothing)

    def get_text(self, url: str, *, timeout: object, headers: Mapping[str, str]) -> str:
        """Give the body as text; the time-out is the fetcher's own."""
        del timeout
        return self._fetcher.get(url, headers).decode(errors="replace")

    def get_json(self, url: str, *, timeout: object, headers: Mapping[str, str]) -> Any:  # noqa: ANN401
        """Give the decoded body."""
        del timeout
        return self._check(decoded(self._fetcher.get(url, headers), object))


def called(action: Callable[[], T]) -> T:
    """Call geopy, and give its errors our words: its own may hold the answer or the address.

    Raises
    ------
    OnlineError
        Whatever went wrong.
    """
    try:
        return action()
    except (GeopyError, ValueError, TypeError, LookupError, AttributeError):
        raise OnlineError("an answer in no known form") from None


def _nothing(record: logging.LogRecord) -> bool:
    """Let no record pass: geopy writes addresses with their keys, and bodies, to its log."""
    del record
    return False
