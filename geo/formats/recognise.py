"""Which format a file has, told by its first bytes and only then by its name."""

import re
import zipfile
from enum import Enum, auto
from io import BytesIO

from geo.errors import DocumentError, DocumentTooLargeError


class Format(Enum):
    """The formats that are read."""

    TEXT = auto()
    HTML = auto()
    MHTML = auto()
    DOCX = auto()
    PDF = auto()


MAX_MEMBERS = 5_000

_HEAD = 4_096
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|meta)\b")
_XHTML = re.compile(rb"\s*<\?xml\b[^>]*>.{0,600}?<html\b", re.DOTALL)
_MAIL = re.compile(rb"^content-type:\s*multipart/related", re.MULTILINE)
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_AS_TEXT = "open it in its program and save it as .docx, .pdf or .txt."
_AN_IMAGE = "is an image: run text recognition (OCR) on it and give the text."
_AN_ARCHIVE = "is an archive: unpack it and give the plan that lies in it."
_A_SHEET = "is a spreadsheet: copy the plan's words into a .docx or .txt file."
_REFUSED = (
    (b"{\\rtf", f"is an .rtf file: {_AS_TEXT}"),
    (b"\x89PNG\r\n", _AN_IMAGE),
    (b"\xff\xd8\xff", _AN_IMAGE),
    (b"GIF8", _AN_IMAGE),
    (b"II*\x00", _AN_IMAGE),
    (b"MM\x00*", _AN_IMAGE),
    (b"Rar!\x1a", _AN_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _AN_ARCHIVE),
    (b"\x1f\x8b\x08", _AN_ARCHIVE),
    (b"\xfd7zXZ\x00", _AN_ARCHIVE),
    (b"BZh9", _AN_ARCHIVE),
    (b"PK\x05\x06", _AN_ARCHIVE),
    (b"SQLite format 3\x00", "is a database: give the plan's text as .docx, .pdf or .txt."),
    (b"\x7fELF", "is a program: give the plan's text as .docx, .pdf or .txt."),
    (b"MZ\x90\x00", "is a program: give the plan's text as .docx, .pdf or .txt."),
)
# Folders and members that tell what a zip file is.
_PACKAGES = (
    ("xl/", _A_SHEET),
    ("ppt/", f"is a presentation: {_AS_TEXT}"),
    ("OFD.xml", "is an .ofd file: open it in its reader and save it as .pdf or .txt."),
    ("content.xml", f"is an OpenDocument file: {_AS_TEXT}"),
    ("META-INF/container.xml", "is an e-book: save the plan's words as .txt."),
)


def recognise(data: bytes, name: str) -> Format:
    """Tell the format of a file.

    Raises
    ------
    DocumentError
        It is one that is not read; the sentence says what to save it as.
    """
    head = data[:_HEAD]
    if b"%PDF-" in head[:1_024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _package(data, name)
    if reason := _refusal(data, name):
        raise DocumentError(f"{name} {reason}")
    return _written(head, name)


def _written(head: bytes, name: str) -> Format:
    letters = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").lower()
    if _PAGE.match(letters) or _XHTML.match(letters):
        return Format.HTML
    if _MAIL.search(letters):
        return Format.MHTML
    if name.lower().endswith(_PAGE_NAMES) and b"<" in letters:
        return Format.HTML
    return Format.TEXT


def _refusal(data: bytes, name: str) -> str:
    """Why a file is not read; "" if nothing speaks against it."""
    if data.startswith(_OLE):
        return _old_office(data, name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _AN_IMAGE
    if data.startswith(b"BM") and b"\x00" in data[:16]:
        return _AN_IMAGE
    return next((reason for magic, reason in _REFUSED if data.startswith(magic)), "")


def _old_office(data: bytes, name: str) -> str:
    """Tell Word's old files, which are also the coat of a locked new one, from spreadsheets."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is locked with a password: save a copy without it and give that."
    if "Workbook".encode("utf-16-le") in data:
        return _A_SHEET
    if name.lower().endswith(".wps"):
        return f"is a .wps file: {_AS_TEXT}"
    return f"is a .doc file of old Word: {_AS_TEXT}"


def _package(data: bytes, name: str) -> Format:
    # Counted before opening: the list of members alone can fill the memory.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise DocumentTooLargeError(
            f"{name} holds more parts than any document: give the plan's text as .docx or .txt."
        )
    try:
        members = zipfile.ZipFile(BytesIO(data)).namelist()
    except Exception as error:  # a hostile file raises many kinds
        raise DocumentError(
            f"{name} is damaged: open it in its program and save a new copy."
        ) from error
    if any(member.startswith("word/document") for member in members):
        return Format.DOCX
    reasons = (why for sign, why in _PACKAGES if any(m.startswith(sign) for m in members))
    raise DocumentError(f"{name} {next(reasons, _AN_ARCHIVE)}")
