"""Answers to what went wrong, in the site's style."""

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from geo.errors import (
    CrsError,
    DraftError,
    EmptySelectionError,
    PlannedWorksError,
    SelectionError,
)
from webmap.refusing import Refusal
from webmap.translation import gettext as _
from webmap.translation import sentence

_BAD_REQUEST, _NOT_FOUND = 400, 404


def init_app(app: Flask) -> None:
    """Answer every HTTP error with a page."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(SelectionError, _refusal)
    app.register_error_handler(CrsError, _refusal)
    app.register_error_handler(DraftError, _refusal)
    app.register_error_handler(EmptySelectionError, _nothing)


def _refused(error: Refusal) -> tuple[str, int, list[tuple[str, str]]]:
    page = render_template("error.html", code=error.code, message=sentence(error.said))
    return page, error.code, error.retry_headers


def _nothing(_error: EmptySelectionError) -> tuple[str, int]:
    words = _("No work passes these filters.")
    return render_template("error.html", code=_NOT_FOUND, message=words), _NOT_FOUND


def _refusal(error: PlannedWorksError) -> tuple[str, int]:
    return render_template("error.html", code=_BAD_REQUEST, reason=str(error)), _BAD_REQUEST


def _page(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    return render_template("error.html", code=error.code), error.code
