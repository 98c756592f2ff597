"""The words that a page shows: blocks as paragraphs, rows of data tables as lines, no frame.

The page is read as the parser meets its tags, without a tree: memory and time stay in proportion to
the page, however it is nested.
"""

import re
from collections.abc import Mapping

from lxml.html import defs

from geo.errors import DocumentTooLargeError
from geo.formats.extracted import join_paragraphs

MAX_DEPTH = 500

_CELLS = {"td", "th"}
_BLOCKS = (defs.block_tags - {"del", "ins", "col", "colgroup"}) | {
    *("article", "aside", "body", "details", "figcaption", "figure", "header", "main", "section"),
    "summary",
}
_NOT_SHOWN = {"head", "script", "style", "noscript", "template", "rp", "rt"}
_OBJECTS = {"applet", "button", "embed", "iframe", "object", "select", "svg", "textarea"}
_UNREAD = frozenset({"footer", "nav"} | _NOT_SHOWN | _OBJECTS)
_FRAME_ROLES = frozenset({"contentinfo", "menu", "menubar", "navigation", "search"})
_FRAME_NAMES = frozenset(
    {"breadcrumb", "breadcrumbs", "copyright", "crumb", "crumbs", "foot", "footer", "menu", "nav"}
    | {"navbar", "navigation", "pager", "pagination", "share", "sidebar"}
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2"})
# A row of so many cells holds data, with so many paragraphs in a cell at most.
_COLUMNS, _PARAGRAPHS = 3, 4
_BREAK = "\x00"  # stands for <br> until white space has been put in order
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
# A line break of the source between Chinese characters is no space: browsers show one, print none.
_CUT = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{_HAN}])")
_WHITE = re.compile(r"[ \t\r\n\f]+")


class PageLines:
    """Takes the tags and words of one page, in order, and gives its text."""

    def __init__(self, name: str) -> None:
        self._name = name  # the file's, for the message
        self._depth = 0
        self.title = ""
        self.meta: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._row: list[list[str]] | None = None  # the open row: paragraphs of each of its cells
        self._parts: list[str] = []  # words of the open paragraph
        self._linked = 0  # how many characters of it stand in links
        self._links = 0  # links that are open
        self._unread = 0  # open elements that are not shown, and all inside them
        self._in_title = False
        self._is_heading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag.

        Raises
        ------
        DocumentTooLargeError
            Tags are nested deeper than on any page; the parser's time would grow with the square.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DocumentTooLargeError(
                f"{self._name} nests its tags deeper than any page: copy its words to a .txt file."
            )
        if tag == "meta":
            said = " ".join(attributes.get("content", "").split())[:200]
            self.meta.setdefault(attributes.get("name", "").lower(), said)
        self._in_title = tag == "title" and not self.title
        if self._unread or _is_unread(tag, attributes):
            self._unread += 1
        else:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        """Take a closing tag, written or implied."""
        self._depth -= 1
        self._in_title = False
        if self._unread:
            self._unread -= 1
            return
        self._links -= tag == "a" and self._links > 0
        if tag in _BLOCKS:
            self._end_paragraph()
        if tag == "tr":
            self._end_row()

    def data(self, words: str) -> None:
        """Take words between tags."""
        if self._in_title:
            self.title = (self.title + words)[:200]
        if self._unread:
            return
        self._parts.append(words)
        if self._links:
            self._linked += len(_WHITE.sub("", words))

    def close(self) -> str:
        """Give the page's text, with an empty line between paragraphs."""
        self._end_paragraph()
        self._end_row()
        return join_paragraphs(self._paragraphs)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
            self._is_heading = tag in _HEADINGS
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in _CELLS and self._row is not None:
            self._row.append([])
        elif tag == "br":
            self._parts.append(_BREAK)
        self._links += tag == "a" and "href" in attributes

    def _end_paragraph(self) -> None:
        """Keep what was gathered, unless it is nothing but links: the page's way to other pages."""
        self._is_heading, is_heading = False, self._is_heading
        if not self._parts:
            return
        words = _CUT.sub("", "".join(self._parts))
        lines = [_WHITE.sub(" ", line).strip() for line in words.split(_BREAK)]
        is_navigation = self._linked * 4 > 3 * sum(len(line.replace(" ", "")) for line in lines)
        if is_heading or not is_navigation:
            self._keep("\n".join(lines).strip())
        self._parts.clear()
        self._linked = 0

    def _keep(self, paragraph: str) -> None:
        if paragraph and self._row:
            self._row[-1].append(paragraph)
        elif paragraph:
            self._paragraphs.append(paragraph)

    def _end_row(self) -> None:
        """A line of cells; where a cell holds several paragraphs the row only lays out the page."""
        row, self._row = self._row or [], None
        most = _PARAGRAPHS if sum(map(bool, row)) >= _COLUMNS else 1
        if all(len(cell) <= most for cell in row):
            cells = (" ".join(" ".join(cell).split("\n")) for cell in row)
            self._keep(" | ".join(cells) if any(row) else "")
        else:
            self._paragraphs += (paragraph for cell in row for paragraph in cell)


def _is_unread(tag: str, attributes: Mapping[str, str]) -> bool:
    """What a reader does not see, and what frames every page of the site."""
    if tag in _UNREAD or "hidden" in attributes or attributes.get("role") in _FRAME_ROLES:
        return True
    if _HIDDEN.search(attributes.get("style", "")):
        return True
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
    return tag not in ("html", "body") and not _FRAME_NAMES.isdisjoint(named)
