"""Who may write to the server: nobody, unless a token is set; then whoever knows it."""

import hmac
from pathlib import Path

from flask import abort, current_app, request

from layers.origin import GeoPackageOrigin
from webmap.store import works_store

MOST_BYTES = 64_000_000
"""Size of an upload: a works file of a city has a few MB."""


def is_enabled() -> bool:
    """Tell whether the server takes corrections at all: into a file, and where a token is set.

    What is published in a database is edited there.
    """
    return bool(current_app.config["EDIT_TOKEN"]) and served_file() is not None


def served_file() -> Path | None:
    """Give the works file that is served; None where the works come from a database."""
    origin = works_store().origin
    return origin.path if isinstance(origin, GeoPackageOrigin) else None


def refuse_disabled() -> None:
    """Answer as if the page was not there, where the server takes no corrections."""
    if not is_enabled():
        abort(404)


def may_write() -> bool:
    """Tell whether a request comes from our own page and bears the token.

    The token travels in the form, never in a cookie: a foreign page cannot make a browser send it.
    """
    given = request.form.get("token", "").encode()
    known = str(current_app.config["EDIT_TOKEN"] or "").encode()
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    return bool(known) and hmac.compare_digest(given, known) and is_own
