"""Web pages that a browser saved in a single file (.mhtml, .mht): the page inside the mail."""

from email import message_from_bytes, policy
from email.message import Message

from geo.errors import DocumentError, DocumentTooLargeError
from geo.formats.extracted import Extracted
from geo.formats.html import extract_html

_MAX_LINES = 500_000


def extract_mhtml(data: bytes, name: str) -> Extracted:
    """Read the first page of a saved web page.

    Raises
    ------
    DocumentTooLargeError
        It has more lines than any page.
    DocumentError
        It is damaged or holds no page.
    """
    for part in _parts(data, name):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return extract_html(page, name, part.get_content_charset(""))
    raise DocumentError(f"{name} holds no web page: open it in a browser and save it as .html.")


def _parts(data: bytes, name: str) -> list[Message]:
    if data.count(b"\n") > _MAX_LINES:
        raise DocumentTooLargeError(
            f"{name} has more lines than any plan's page: copy its words into a .txt file."
        )
    try:
        return list(message_from_bytes(data, policy=policy.compat32).walk())
    except Exception as error:  # a hostile file raises many kinds
        raise DocumentError(
            f"{name} is damaged: open it in a browser and save it as .html."
        ) from error
