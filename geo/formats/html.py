"""Web pages: the words that a reader sees, block by block, without what the page is framed with."""

import re

from lxml import etree

from geo.decoding import decode
from geo.errors import DocumentEncodingError, DocumentError, DocumentTooLargeError
from geo.formats.extracted import Extracted
from geo.formats.page_lines import PageLines

MAX_ELEMENTS = 1_000_000

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
# The declared names stand for the larger sets that browsers read them as.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": ""}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SITE_IN_TITLE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*——\s*|--+")


def extract_html(data: bytes, name: str, charset: str = "") -> Extracted:
    """Read a page; `charset` is what a mail's header says of it.

    Raises
    ------
    DocumentEncodingError
        The bytes are no text.
    DocumentTooLargeError
        The page has more elements than any plan's.
    DocumentError
        It shows no words.
    """
    page = _CONTROL.sub("", _decode(data, name, charset))
    if page.count("<") > 2 * MAX_ELEMENTS:
        raise DocumentTooLargeError(
            f"{name} has more elements than any plan's page: copy its words into a .txt file."
        )
    root = _parse(page)
    text = "" if root is None else PageLines().read(root)
    if root is None or not text:
        raise DocumentError(
            f"{name} shows no words; its page may be built by scripts: copy the plan's words in a "
            "browser into a .txt file."
        )
    meta = _meta(root)
    return Extracted(
        text,
        title=meta.get("articletitle") or _title(root),
        published=meta.get("pubdate", ""),
        issuer=meta.get("contentsource", ""),
        site=meta.get("sitename", ""),
    )


def _decode(data: bytes, name: str, charset: str) -> str:
    """By byte order mark, by what the page or its mail declares, then by its bytes."""
    if data.startswith(_BOMS):
        return decode(data, name)
    declared = _CHARSET.search(data[:4_096])
    named = declared[1].decode("ascii").lower() if declared else charset.lower()
    encoding = _WIDER.get(named, named)
    try:
        return data.decode(encoding) if encoding else decode(data, name)
    except (UnicodeError, LookupError):
        return _decode_in_spite(data, name, encoding)


def _decode_in_spite(data: bytes, name: str, encoding: str) -> str:
    """Decode a page whose declaration is wrong, or right but for a few damaged bytes."""
    try:
        return decode(data, name)
    except DocumentEncodingError:
        try:
            text = data.decode(encoding, errors="replace")
        except LookupError:
            text = ""
        if not text or text.count("\ufffd") * 100 > len(text):
            raise
        return text


def _parse(page: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(page.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError:
        return None


def _meta(root: etree._Element) -> dict[str, str]:
    """The page's named statements, by name in small letters; the first of each counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        said = " ".join((meta.get("content") or "").split())[:200]
        found.setdefault((meta.get("name") or "").lower(), said)
    return found


def _title(root: etree._Element) -> str:
    """The page's title without the site's name behind it."""
    words = " ".join((root.findtext(".//title") or "").split())[:200]
    parts = _SITE_IN_TITLE.split(words)
    return parts[0] if len(parts[0]) >= 4 else words  # noqa: PLR2004
