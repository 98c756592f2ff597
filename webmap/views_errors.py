"""Answers to what went wrong, in the site's style."""

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException


def init_app(app: Flask) -> None:
    """Answer every HTTP error with a page."""
    app.register_error_handler(HTTPException, _page)


def _page(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    return render_template("error.html", code=error.code), error.code
