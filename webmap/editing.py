"""Who may write to the server: nobody, unless a token is set; then whoever knows it."""

import hmac

from flask import abort, current_app, request

MOST_BYTES = 64_000_000
"""Size of an upload: a works file of a city has a few MB."""


def is_enabled() -> bool:
    """Tell whether the server takes corrections at all."""
    return bool(current_app.config["EDIT_TOKEN"])


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
