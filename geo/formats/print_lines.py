"""Lines of printed pages: page numbers and running heads dropped, the rest joined to paragraphs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_EDGE = 2  # lines at the head and at the foot of a page that may be its frame
_PAGE_NUMBER = re.compile(
    r"[-—–―─·•\s]*(?:第\s*)?[\divxIVX]{1,5}(?:\s*页)?(?:\s*[/,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―─·•\s]*"
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)】]*$")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|第[一二三四五六七八九十]+[章节部篇]|\d{1,2}[.．、](?!\d)|[—●■◆★▲]"
)
_LATIN = re.compile(r"[A-Za-z0-9,.;:)%]$")
_FULL = 0.8  # of the usual width: a shorter line ends its paragraph
_READABLE = re.compile(
    r"[\s!-~\xa0-\xff\u2000-\u2fff\u3000-\u30ff\u3105-\u312f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)


def body_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines of the pages without page numbers and what heads or ends many pages alike."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    frames = _running(stripped)
    return [
        line
        for page in stripped
        for index, line in enumerate(page)
        if not (_at_edge(index, page) and _is_frame(line, frames))
    ]


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands at the edge of at least three pages and of a third of all, numbers aside."""
    counts = Counter(
        key
        for page in pages
        for key in {_key(line) for index, line in enumerate(page) if _at_edge(index, page)}
    )
    least = max(3, len(pages) / 3)
    return frozenset(key for key, count in counts.items() if count >= least)


def _at_edge(index: int, page: Sequence[str]) -> bool:
    return index < _EDGE or index >= len(page) - _EDGE


def _key(line: str) -> str:
    return _DIGITS.sub("0", re.sub(r"\s", "", line))


def _is_frame(line: str, frames: frozenset[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line) is not None or _key(line) in frames


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Join lines that go on: full ones, and those that end in mid-sentence."""
    full = _FULL * _usual_width(lines)
    gathered: list[str] = []
    for last, line in pairwise(["", *lines]):
        if gathered and not _goes_on(last, line, full):
            yield "".join(gathered)
            gathered.clear()
        gathered += (_seam(last, line) if gathered else "", line)
    yield "".join(gathered)


def _goes_on(last: str, line: str, full: float) -> bool:
    if _SENTENCE_END.search(last) or _ITEM.match(line):
        return False
    return last.endswith(("，", "、", ",")) or _width(last) >= full


def _seam(last: str, line: str) -> str:
    """A space between words of Latin script, nothing within Chinese."""
    return " " if _LATIN.search(last) and _LATIN.search(line[:1]) else ""


def _usual_width(lines: Iterable[str]) -> float:
    """Width that one line in five reaches: the width of full lines."""
    widths = sorted(map(_width, lines))
    return widths[len(widths) * 4 // 5] if widths else 0


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def unreadable_share(text: str) -> float:
    """Share of the characters that belong to no script of such documents."""
    return 1 - len(_READABLE.findall(text)) / max(1, len(text))
