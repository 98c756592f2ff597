"""The words that a page shows: blocks as paragraphs, rows of data tables as lines, no frame."""

import re
from itertools import islice

from lxml import etree
from lxml.html import defs

from geo.formats.extracted import join_paragraphs

_CELLS = ("td", "th")
_BLOCKS = (defs.block_tags - {"del", "ins", "col", "colgroup", *_CELLS}) | {
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
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
# A line break of the source between Chinese characters is no space: browsers show one, print none.
_CUT = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{_HAN}])")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = frozenset({"h1", "h2"})
_BREAK = "\n"


class PageLines:
    """Reads one page from its first element to its last, without recursion."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._parts: list[str] = []
        self._linked = 0  # characters of the open paragraph that stand in links
        self._links = 0  # links that are open
        self._row: etree._Element | None = None  # open row of a data table
        self._is_heading = False

    def read(self, root: etree._Element) -> str:
        """Give the page's text, with an empty line between paragraphs."""
        walk = etree.iterwalk(root, events=("start", "end"))
        unread = None
        for event, element in walk:
            if event == "start" and _is_unread(element):
                unread = element
                walk.skip_subtree()
            elif event == "start":
                self._open(element)
            else:
                if element is not unread:
                    self._close(element)
                self._add(element.tail)
        self._end_paragraph()
        return join_paragraphs(self._paragraphs)

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if self._row is not None:
            self._open_in_row(element)
        elif tag in _BLOCKS or tag in _CELLS:
            self._end_paragraph()
            self._is_heading = tag in _HEADINGS
            self._row = element if tag == "tr" and _is_data(element) else None
        elif tag == "br":
            self._parts.append(_BREAK)
        self._links += tag == "a" and element.get("href") is not None
        self._add(element.text)

    def _open_in_row(self, element: etree._Element) -> None:
        if element.tag in _CELLS and self._parts:
            self._parts.append(" | ")
        elif element.tag in _BLOCKS or element.tag == "br":
            self._parts.append(" ")

    def _close(self, element: etree._Element) -> None:
        self._links -= element.tag == "a" and element.get("href") is not None
        if element is self._row:
            self._row = None
        if self._row is None and (element.tag in _BLOCKS or element.tag in _CELLS):
            self._end_paragraph()

    def _add(self, text: str | None) -> None:
        if not text:
            return
        words = _WHITE.sub(" ", _CUT.sub("", text))
        self._parts.append(words)
        if self._links:
            self._linked += len(words.replace(" ", ""))

    def _end_paragraph(self) -> None:
        """Keep what was gathered, unless it is nothing but links: the page's way to other pages."""
        lines = (_WHITE.sub(" ", line).strip() for line in "".join(self._parts).split(_BREAK))
        paragraph = _BREAK.join(lines)
        is_navigation = self._linked * 4 > 3 * len(re.sub(r"\s", "", paragraph))
        if self._is_heading or not is_navigation:
            self._paragraphs.append(paragraph)
        self._parts.clear()
        self._linked = 0
        self._is_heading = False


def _is_unread(element: etree._Element) -> bool:
    """What a reader does not see, and what frames every page of the site."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNREAD:
        return True
    if element.get("hidden") is not None or element.get("role") in _FRAME_ROLES:
        return True
    if (style := element.get("style")) and _HIDDEN.search(style):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return tag not in ("html", "body") and not _FRAME_NAMES.isdisjoint(named)


def _is_data(row: etree._Element) -> bool:
    """Tell a row of data from one that only lays out the page: no cell holds several blocks."""
    cells = row.iterchildren(*_CELLS)
    return all(len(list(islice(cell.iterdescendants(*_BLOCKS), 2))) < 2 for cell in cells)  # noqa: PLR2004
