"""PDF files with a text layer: the lines of their pages, joined into paragraphs again.

The reader's own bounds on unpacking are drawn closer, and pages and seconds are counted, so that no
file takes more than bounded time and memory.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import monotonic
from typing import Any

import pypdf

from geo.errors import DocumentError, DocumentTooLargeError
from geo.formats.extracted import Extracted, join_paragraphs
from geo.formats.print_lines import body_lines, paragraphs, unreadable_share
from geo.lookalikes import unify

MAX_PAGES = 500
MAX_SECONDS = 120
MAX_STREAM = 5_000_000  # bytes that one part may unpack to; a page of text has far fewer
UNREADABLE = 0.3  # share of the characters that no document of this kind would have
FEW_CHARACTERS = 5  # a page; less is a stamp or a page number on scanned pages


def extract_pdf(data: bytes, name: str) -> Extracted:
    """Read a PDF file.

    Raises
    ------
    DocumentTooLargeError
        It has more pages, or takes longer to read, than any plan.
    DocumentError
        It is damaged, locked, only scanned, or its fonts do not say what they show.
    """
    try:
        with _quiet(), _bounded():
            pages = _pages(data, name)
    except DocumentError:
        raise
    except Exception as error:  # a hostile file raises many kinds
        raise DocumentError(
            f"{name} is damaged: open it in a PDF viewer and print it to a new PDF file."
        ) from error
    text = unify(join_paragraphs(paragraphs(body_lines(pages)))).replace("⸺", "——")
    _check(text, len(pages), name)
    return Extracted(text)


def _pages(data: bytes, name: str) -> list[list[str]]:
    """Lines of each page."""
    reader = pypdf.PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not _opens_without_password(reader):
        raise DocumentError(
            f"{name} is locked with a password: print it to a new PDF file without one."
        )
    if len(reader.pages) > MAX_PAGES:
        raise DocumentTooLargeError(
            f"{name} has {len(reader.pages)} pages, more than any plan: give the pages of the plan."
        )
    deadline = _Deadline(name)
    return [
        page.extract_text(visitor_operand_before=deadline).splitlines() for page in reader.pages
    ]


def _opens_without_password(reader: pypdf.PdfReader) -> bool:
    """Files that only forbid printing or copying open with an empty password."""
    try:
        return reader.decrypt("") != pypdf.PasswordType.NOT_DECRYPTED
    except pypdf.errors.DependencyError:
        return False


class _Deadline:
    """Stops a file that draws without end; asked before every drawing step."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._end = monotonic() + MAX_SECONDS

    def __call__(self, *_step: Any) -> None:  # noqa: ANN401  # whatever the reader gives
        if monotonic() > self._end:
            raise DocumentTooLargeError(
                f"{self._name} takes more than {MAX_SECONDS} seconds to read: print the pages of "
                "the plan to a new PDF file."
            )


def _check(text: str, pages: int, name: str) -> None:
    if len(text) < FEW_CHARACTERS * pages:
        raise DocumentError(
            f"{name} holds pictures of pages and no text: run text recognition (OCR) on it and "
            "give the text."
        )
    if unreadable_share(text) > UNREADABLE:
        raise DocumentError(
            f"{name} does not say which characters its fonts show: run text recognition (OCR) on "
            "it and give the text."
        )


@contextmanager
def _bounded() -> Iterator[None]:
    with pypdf.apply_configuration(
        maximum_declared_stream_length=MAX_STREAM,
        array_based_stream_maximum_output_length=MAX_STREAM,
        lzw_maximum_output_length=MAX_STREAM,
        run_length_maximum_output_length=MAX_STREAM,
        zlib_maximum_output_length=MAX_STREAM,
        brotli_maximum_output_length=MAX_STREAM,
        page_tree_maximum_entries=10 * MAX_PAGES,
        stream_parsing_work_maximum_count=500_000,
        xform_maximum_invocations_per_extraction=1_000,
    ):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the reader's remarks on damaged files, which it mends, out of the user's terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
