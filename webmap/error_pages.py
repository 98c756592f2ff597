"""What a page says of an error, in the site's style, or plainly where that cannot be made."""

import logging

from flask import render_template
from flask.globals import request_ctx
from markupsafe import escape

from webmap.security import nonce
from webmap.translation import gettext as _
from webmap.translation import language

_log = logging.getLogger(__name__)
_SERVER_ERROR = 500

_PLAIN = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{code}</title>
<style nonce="{nonce}">
body {{ max-width: 40em; margin: 4em auto; padding: 0 1em; font: 16px/1.6 system-ui, sans-serif; }}
</style>
</head>
<body><main><h1>{code}</h1><p>{words}</p></main></body>
</html>
"""


def error_page(code: int, message: str = "", reason: str = "") -> str:
    """Give the page of an error: `message` in the reader's language, or what the code means.

    `reason` is a sentence in English that tells what was wrong with the request. Whatever breaks
    the page itself is logged and answered plainly: an error of the error page helps nobody.
    """
    words = message or meaning(code)
    if request_ctx.url_adapter is None:  # asked under a name that is not ours: no address is known
        return _plain(code, f"{words} {reason}")
    try:
        return render_template("error.html", code=code, message=words, reason=reason)
    except Exception:
        _log.exception("The page of error %d could not be made", code)
        return _plain(code, f"{words} {reason}")


def _plain(code: int, words: str) -> str:
    return _PLAIN.format(language=language(), code=code, words=escape(words), nonce=nonce())


def meaning(code: int) -> str:
    """Give one sentence that says what an HTTP status means to a reader, and what to do."""
    known = {
        400: _("This request cannot be answered."),
        403: _("You may not do this here: ask whoever runs this server."),
        404: _(
            "There is no such page here. It may have belonged to another build of the works file."
        ),
        405: _("This page cannot be asked for in that way. Please go back and try again."),
        409: _("The works have changed meanwhile. Please load the page again."),
        413: _("That is more than this server takes at once: give a smaller file."),
        414: _("This address is too long. Please choose fewer filters."),
        429: _("That was too often in a short time. Please wait a minute and try again."),
        503: _("The server is busy just now. Please try again in a moment."),
    }
    if code in known:
        return known[code]
    if code >= _SERVER_ERROR:
        return _("The server made a mistake with this page. Please try again.")
    return known[400]
