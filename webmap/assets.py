"""Addresses of static files that change with their content, so that browsers may keep them."""

import base64
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, request, url_for

STATIC = Path(__file__).parent / "static"
_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Give templates the addresses, and mark versioned answers as lasting."""
    app.jinja_env.globals.update(asset=asset, import_map=import_map)
    app.after_request(_keep)


def asset(path: str) -> str:
    """Address of a static file by the version of its content; in a saved page the file itself."""
    return _embedded(path) if is_offline() else url_for("static", filename=path, v=_version(path))


def import_map(bundle: str) -> dict[str, dict[str, str]]:
    """Name our scripts for the browser: `works` is the present bundle of them that a page runs."""
    return {"imports": {"works": asset(f"built/{bundle}.js")}}


def is_offline() -> bool:
    """Tell whether the page is to be saved as one file."""
    return bool(g.get("offline", False))


def _embedded(path: str) -> str:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    data = base64.b64encode((STATIC / path).read_bytes()).decode("ascii")
    return f"data:{kind};base64,{data}"


@cache
def _version(path: str) -> str:
    file = STATIC / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _keep(response: Response) -> Response:
    """Let browsers keep a file for good under the address of the very content that it now has."""
    if _is_present_version() and response.status_code < 400:  # noqa: PLR2004
        response.cache_control.max_age = _YEAR_S
        response.cache_control.no_cache = None
        response.cache_control.immutable = True
        response.cache_control.public = True
    return response


def _is_present_version() -> bool:
    if request.endpoint != "static" or not request.view_args:
        return False
    asked = request.args.get("v")
    return bool(asked) and asked == _version(str(request.view_args["filename"]))
