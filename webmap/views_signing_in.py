"""The pages that begin and end a session of whoever may write."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from geo.sentences import Sentence, say
from webmap.csrf import refuse_foreign
from webmap.editing import refuse_disabled
from webmap.rate_limit import refuse_hasty
from webmap.refusing import FORBIDDEN
from webmap.signing_in import knows_token, sign_in, sign_out

blueprint = Blueprint("sessions", __name__)

_MOST_BYTES: Final = 10_000
_AFTER: Final = {"edits": "edits.edits", "adding": "adding.overview"}
"""Pages that one may go on to: an address from outside is never followed."""


@blueprint.get("/sign-in")
def form() -> str:
    """Ask for the token and a name."""
    refuse_disabled()
    return _page(None)


@blueprint.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    """Begin a session where the token is right."""
    refuse_disabled()
    refuse_hasty("sign_in")
    request.max_content_length = _MOST_BYTES
    refuse_foreign()
    who = request.form.get("who", "").strip()
    if not who:
        return _page(say("Say who you are: your name stands beside what you change.")), 400
    if not knows_token(request.form.get("token", "")):
        return _page(say("The token is not right: ask whoever runs this server.")), FORBIDDEN
    sign_in(who)
    return redirect(_next())


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    refuse_disabled()
    request.max_content_length = _MOST_BYTES
    refuse_foreign()
    sign_out()
    return redirect(url_for("map.index"))


def _page(failed: Sentence | None) -> str:
    return render_template(
        "sign_in.html", failed=failed, after=request.values.get("after", "adding")
    )


def _next() -> str:
    return url_for(_AFTER.get(request.form.get("after", ""), "adding.overview"))
