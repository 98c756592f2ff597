"""Headers that keep a page to its own scripts, styles and server."""

import secrets
from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, g, request

from webmap.outside_maps import outside_maps

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FRAMED = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""What differs for a page that other sites may show within theirs."""


def init_app(app: Flask) -> None:
    """Set the headers on every response and give templates the nonce of their request."""
    app.after_request(_harden)
    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """Give the nonce of the present request; only scripts that carry it run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def framed(view: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Let other sites show what a view answers within a frame; no other answer may be framed.

    Such a view reads only: whoever frames it could make its visitors press what they do not see.
    """

    @wraps(view)
    def wrapped(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        g.framed = True
        return view(*args, **kwargs)

    return wrapped


def _lead_within(response: Response) -> None:
    """Let a redirect name a path alone: whoever forges the Host of a request leads nobody away."""
    target = urlsplit(response.headers.get("Location", ""))
    if response.status_code in range(300, 400) and target.netloc in {request.host, ""}:
        path = "/" + target.path.lstrip("/\\")
        response.headers["Location"] = urlunsplit(("", "", path, target.query, target.fragment))
        response.set_data(b"")


def _harden(response: Response) -> Response:
    if "Location" in response.headers:
        _lead_within(response)
    is_framed = bool(g.get("framed", False))
    images = [origin for one in outside_maps(current_app.config) for origin in one.origins]
    policy = _policy(nonce(), images, "*" if is_framed else "'none'")
    response.headers["Content-Security-Policy"] = policy
    for name, value in {**_HEADERS, **(_FRAMED if is_framed else {})}.items():
        response.headers[name] = value
    if is_framed:
        del response.headers["X-Frame-Options"]
    return response


def _policy(token: str, images: Sequence[str], framing: str) -> str:
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{token}'",
        "style-src": f"'self' 'nonce-{token}'",
        "img-src": " ".join(("'self'", "data:", *images)),
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": framing,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
