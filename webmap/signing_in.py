"""Who may write: nobody, unless a token is set; then whoever has once shown that they know it."""

import contextlib
import hashlib
import hmac
import os
import secrets
from datetime import timedelta
from typing import Final

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface

from geo.errors import SettingError
from geo.home import home_path
from geo.sentences import say
from webmap.csrf import PRIVATE, csrf_token
from webmap.rate_limit import limits
from webmap.refusing import FORBIDDEN, Refusal

COOKIE: Final = "planned-works"
LONGEST_NAME: Final = 80
_LASTS: Final = timedelta(hours=12)
_KEY_BYTES: Final = 32
_WHO, _PROOF = "who", "proof"


class _Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, kept to encrypted connections where there is one."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  Flask's signature
        return request.is_secure


def init_app(app: Flask) -> None:
    """Prepare sessions: signed, never seen by scripts or sent along by foreign pages.

    Raises
    ------
    SettingError
        When the key that signs them cannot be kept.
    """
    app.session_interface = _Sessions()
    app.secret_key = _key() if app.config["EDIT_TOKEN"] else secrets.token_bytes(_KEY_BYTES)
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        PERMANENT_SESSION_LIFETIME=_LASTS,
        MAX_FORM_MEMORY_SIZE=2_000_000,
    )
    app.after_request(_private)
    app.extensions["rate_limits"] = limits()
    app.jinja_env.globals.update(csrf_token=csrf_token, signed_in=signed_in)


def _private(response: Response) -> Response:
    """Keep what is made for one reader out of every cache."""
    if g.get(PRIVATE):
        response.headers["Cache-Control"] = "no-store"
    return response


def knows_token(given: str) -> bool:
    """Tell whether a text is the token, in a time that does not tell how much of it is right."""
    known = str(current_app.config["EDIT_TOKEN"] or "")
    return bool(known) and hmac.compare_digest(_digest(given), _digest(known))


def sign_in(who: str) -> None:
    """Begin a session of a person who has shown the token; what was in the old one is forgotten."""
    session.clear()
    session[_WHO] = " ".join(who.split())[:LONGEST_NAME]
    session[_PROOF] = _proof()


def sign_out() -> None:
    """End the session."""
    session.clear()


def signed_in() -> str:
    """Give the name of whoever is signed in, "" for anybody else.

    A session ends with its time, and when the server gets another token.
    """
    setattr(g, PRIVATE, True)
    if not session.get(_PROOF) or not current_app.config["EDIT_TOKEN"]:
        return ""
    is_known = hmac.compare_digest(str(session[_PROOF]).encode(), _proof().encode())
    return str(session.get(_WHO, "")) if is_known else ""


def refuse_strangers() -> str:
    """Give the name of whoever is signed in; refuse anybody else."""
    who = signed_in()
    if not who:
        raise Refusal(FORBIDDEN, say("Sign in first: this needs the token of this server."))
    return who


def _digest(text: str) -> bytes:
    """Give texts of any length as bytes of one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _proof() -> str:
    """Give what a session holds instead of the token; only this server can make it."""
    key = current_app.secret_key
    secret = key if isinstance(key, bytes) else str(key).encode()
    return hmac.new(secret, _digest(str(current_app.config["EDIT_TOKEN"])), "sha256").hexdigest()


def _key() -> bytes:
    """Give the key that signs sessions: one and the same for all processes, and after a restart."""
    path = home_path("session.key")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise SettingError(
            f"{path}: the key of sessions cannot be kept ({error.strerror}); choose another folder "
            "by PLANNED_WORKS_HOME, or serve without EDIT_TOKEN."
        ) from error
    if len(key) < _KEY_BYTES:
        raise SettingError(f"{path}: the key of sessions is damaged; delete this file.")
    return key
