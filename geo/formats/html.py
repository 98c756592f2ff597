"""Web pages: the words that a reader sees, block by block, without what the page is framed with."""

import re
from typing import Any

from lxml import etree

from geo.decoding import decode
from geo.errors import DocumentEncodingError, DocumentError, DocumentTooLargeError
from geo.formats.extracted import Extracted
from geo.formats.page_lines import PageLines

# The parser stalls over a comment or the like of more than 10 MB.
MAX_PAGE = 9_500_000  # bytes, without scripts and pictures
MAX_TAGS = 500_000
SHORTEST_TITLE = 4

_PIECE = 65_536  # bytes

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
# Declared names stand for the larger sets that browsers read them as; others are left to detection.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What fills a page that was saved whole, and takes no part in its words.
_BALLAST = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|(?<=;base64,)[\w+/=]+",
    re.DOTALL | re.IGNORECASE,
)
_SITE_IN_TITLE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*——\s*|--+")


def extract_html(data: bytes, name: str, charset: str = "") -> Extracted:
    """Read a page; `charset` is what a mail's header says of it.

    Raises
    ------
    DocumentEncodingError
        The bytes are no text.
    DocumentTooLargeError
        It is larger than any plan's page, or nests its tags deeper.
    DocumentError
        It shows no words.
    """
    page = _BALLAST.sub("", _CONTROL.sub("", _decode(data, name, charset)))
    coded = page.encode("utf-8", errors="replace")
    if len(coded) > MAX_PAGE or coded.count(b"<") > MAX_TAGS:
        raise DocumentTooLargeError(
            f"{name} is larger than any plan's page: copy its words to a .txt file."
        )
    lines = PageLines(name)
    text = _read(coded, lines)
    if not text:
        raise DocumentError(
            f"{name} shows no words; its page may be built by scripts: copy the plan's words in a "
            "browser into a .txt file."
        )
    return Extracted(
        text,
        title=lines.meta.get("articletitle") or _title(lines.title),
        published=lines.meta.get("pubdate", ""),
        issuer=lines.meta.get("contentsource", ""),
        site=lines.meta.get("sitename", ""),
    )


def _decode(data: bytes, name: str, charset: str) -> str:
    """By what the page or its mail declares, where that fits, else by its bytes."""
    declared = _CHARSET.search(data[:4_096])
    named = declared[1].decode("ascii") if declared else charset
    encoding = _ENCODINGS.get(named.lower())
    if encoding is None:
        return decode(data, name)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _decode_in_spite(data, name, encoding)


def _decode_in_spite(data: bytes, name: str, encoding: str) -> str:
    """Decode a page whose declaration is wrong, or right but for a few damaged bytes."""
    try:
        return decode(data, name)
    except DocumentEncodingError:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") * 100 > len(text):
            raise
        return text


def _read(page: bytes, lines: PageLines) -> str:
    """Feed a page to `lines`, piece by piece, so that `lines` can stop the parser."""
    target: Any = lines  # the stubs ask a target to take comments and bytes as well
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    try:
        for start in range(0, len(page), _PIECE):
            parser.feed(page[start : start + _PIECE])
        return str(parser.close())
    except etree.LxmlError:
        return ""


def _title(printed: str) -> str:
    """The page's title without the site's name behind it."""
    words = " ".join(printed.split())
    head = _SITE_IN_TITLE.split(words)[0]
    return head if len(head) >= SHORTEST_TITLE else words
