"""From the bytes of a plan's file to its text, one module a format; the bytes tell the format."""

from collections.abc import Callable

from geo.errors import DocumentError, DocumentTooLargeError
from geo.formats.docx import extract_docx
from geo.formats.extracted import Extracted
from geo.formats.html import extract_html
from geo.formats.mhtml import extract_mhtml
from geo.formats.pdf import extract_pdf
from geo.formats.recognise import Format, recognise
from geo.formats.text import extract_plain

__all__ = ["MAX_CHARACTERS", "Extracted", "extract_text"]

MAX_CHARACTERS = 10_000_000

_EXTRACTORS: dict[Format, Callable[[bytes, str], Extracted]] = {
    Format.TEXT: extract_plain,
    Format.HTML: extract_html,
    Format.MHTML: extract_mhtml,
    Format.DOCX: extract_docx,
    Format.PDF: extract_pdf,
}


def extract_text(data: bytes, name: str) -> Extracted:
    """Read the text of a plan's file; `name` is the file's, for its ending and for messages.

    Raises
    ------
    DocumentEncodingError
        The bytes are no text in a known encoding.
    DocumentTooLargeError
        The file unpacks to more than a plan ever holds.
    DocumentError
        The format is not read, or the file is damaged, locked or without text.
    """
    extracted = _EXTRACTORS[recognise(data, name)](data, name)
    if len(extracted.text) > MAX_CHARACTERS:
        raise DocumentTooLargeError(
            f"{name} holds more than {MAX_CHARACTERS // 1_000_000} million characters: "
            "cut it into smaller files."
        )
    if not extracted.text.strip("\ufeff \t\r\n\xa0\u2003\u3000"):
        raise DocumentError(f"{name} is empty: give a file that holds a plan's text.")
    return extracted
