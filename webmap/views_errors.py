"""Answers to what went wrong, in the site's style."""

from flask import Flask
from werkzeug.exceptions import HTTPException

from geo.errors import (
    CrsError,
    DraftError,
    EmptySelectionError,
    PlannedWorksError,
    SelectionError,
)
from webmap.error_pages import error_page
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
    page = error_page(error.code, sentence(error.said))
    return page, error.code, error.retry_headers


def _nothing(_error: EmptySelectionError) -> tuple[str, int]:
    words = _("No work passes these filters.")
    return error_page(_NOT_FOUND, words), _NOT_FOUND


def _refusal(error: PlannedWorksError) -> tuple[str, int]:
    return error_page(_BAD_REQUEST, reason=str(error)), _BAD_REQUEST


def _page(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]] | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    return error_page(error.code), error.code, _headers(error)


def _headers(error: HTTPException) -> list[tuple[str, str]]:
    """Keep what the error itself says, such as the methods that are allowed."""
    return [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
