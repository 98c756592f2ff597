"""No foreign page can write: a form must bring back the secret that its reader's session holds."""

import hmac
import secrets
from typing import Final

from flask import g, request, session

from geo.sentences import say
from webmap.refusing import FORBIDDEN, Refusal

FIELD: Final = "csrf"
PRIVATE: Final = "is_for_one_reader"
"""What is set of a request whose answer depends on its session."""

_BYTES: Final = 32


def csrf_token() -> str:
    """Give the secret of the present session, made at its first form."""
    setattr(g, PRIVATE, True)
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(_BYTES)
    return str(session[FIELD])


def refuse_foreign() -> None:
    """Refuse a write that does not come from a form of ours, shown to the same reader.

    The cookie of the session is never sent with what a foreign page starts (SameSite=Strict); its
    secret in the form and the browser's own word on the sender stand behind that.
    """
    known, given = str(session.get(FIELD, "")), request.form.get(FIELD, "")
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if known and is_own and hmac.compare_digest(given.encode(), known.encode()):
        return
    raise Refusal(
        FORBIDDEN,
        say("This form is out of date or not ours: go back, load the page, try again."),
    )
