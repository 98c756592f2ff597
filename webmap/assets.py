"""Addresses of static files that change with their content, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

STATIC = Path(__file__).parent / "static"
_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Give templates the addresses, and mark versioned answers as lasting."""
    app.jinja_env.globals.update(asset=asset, import_map=import_map)
    app.after_request(_keep)


def asset(path: str) -> str:
    """Address of a static file, with the version of its content."""
    return url_for("static", filename=path, v=_version(path))


def import_map() -> dict[str, dict[str, str]]:
    """Name our modules for the browser: `works/panel` is the present `js/panel.js`."""
    modules = sorted((STATIC / "js").glob("*.js"))
    return {"imports": {f"works/{file.stem}": asset(f"js/{file.name}") for file in modules}}


@cache
def _version(path: str) -> str:
    file = STATIC / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and request.args.get("v") and response.status_code < 400:  # noqa: PLR2004
        response.cache_control.max_age = _YEAR_S
        response.cache_control.no_cache = None
        response.cache_control.immutable = True
        response.cache_control.public = True
    return response
