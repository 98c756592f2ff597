"""Headers that keep a page to its own scripts, styles and server."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    """Set the headers on every response and give templates the nonce of their request."""
    app.after_request(_harden)
    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """Give the nonce of the present request; only scripts that carry it run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _policy(
        nonce(), current_app.config["BASE_MAP_URL"]
    )
    response.headers.extend(_HEADERS)
    return response


def _policy(token: str, base_map_url: str | None) -> str:
    images = " ".join(filter(None, ("'self'", "data:", _origin(base_map_url))))
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{token}'",
        "style-src": f"'self' 'nonce-{token}'",
        "img-src": images,
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _origin(url: str | None) -> str | None:
    if not url:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
