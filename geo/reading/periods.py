"""Step: which time a passage speaks of: the review, the coming year, later years, the page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from geo.model import Passage
from geo.reading import vocabulary
from geo.reading.values import Decision, Reason
from geo.script import all_to_simplified

_TOP = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章部篇]|#{1,3}\s)\s*([^。;；]{2,50})"
)
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部篇节]|#+\s)"
    r"[^。;；!！|]{2,60}$"
)
_LINE = 100
# The sizes of type that a page offers ([ 大 中 小 ]).
_SIZES = r"[大中小](?:[\s\[\]】【|/]+[大中小]){1,2}\s*[\])）】]?\s*$"
_LINK = re.compile(r"[^。；;|]{1,80}$")
_OPENING = 120
_KINDS = (
    ("review", Reason.REVIEWED),
    ("plan", None),
    ("own", Reason.OWN_WORK),
    ("later", Reason.LATER_YEARS),
)


@dataclass(frozen=True, slots=True)
class _Words:
    chrome: re.Pattern[str]
    foot: re.Pattern[str]
    links: re.Pattern[str]
    caption: re.Pattern[str]
    past: re.Pattern[str]
    kinds: tuple[tuple[re.Pattern[str], Reason | None, str], ...]


@cache
def _words() -> _Words:
    words = vocabulary.sections("sections")
    return _Words(
        # Behind a label a sentence is one of the page only where a sign says so.
        chrome=re.compile(
            rf"[\s\[(（【|>·•]*(?:{vocabulary.pattern(words['chrome'])}(?:$|\s*[:：|】\])）(（\[【>](?!.*。)"
            rf"|\s(?!.*[，。；;]))|{_SIZES})"
        ),
        foot=re.compile(vocabulary.pattern(words["registered"])),
        links=re.compile(rf"[\s【\[]*{vocabulary.pattern(words['links'])}[\s:：】\]>]*$"),
        caption=re.compile(
            rf"^\s*[▲△▼◀▶]|{vocabulary.pattern(words['caption'])}[\s。]*$|^[^。;；,，]+[(（]\d{{1,2}}[)）]\s*$"
        ),
        past=re.compile(vocabulary.pattern(words["past"])),
        kinds=tuple((re.compile(vocabulary.pattern(words[k])), r, k) for k, r in _KINDS),
    )


def read_periods(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Decision | None]]:
    """Give each passage with the reason why it promises nothing for the coming year, or None."""
    listed = list(passages)
    openings = all_to_simplified(passage.text[:_OPENING] for passage in listed)
    headings = [_top_heading(words) for words in openings]
    has_plan = any(_kind(heading)[1] == "plan" for heading in headings if heading)
    current: Decision | None = None
    linked: Decision | None = None
    for passage, words, heading in zip(listed, openings, headings, strict=True):
        if heading:
            current = _section(heading, current, has_plan=has_plan)
        linked = _of_links(words, linked)
        yield passage, linked or _of_passage(passage, words) or current


def is_past(text: str) -> str:
    """The words of a clause that say that something is done already ("" if none do)."""
    found = _words().past.search(text)
    return found[0] if found else ""


def _top_heading(words: str) -> str:
    found = _TOP.match(words)
    return found[1] if found else ""


def _section(heading: str, current: Decision | None, *, has_plan: bool) -> Decision | None:
    reason, kind, word = _kind(heading)
    if not kind:
        return None if current is None or current.reason is Reason.OWN_WORK else current
    if reason is None or (reason is Reason.LATER_YEARS and not has_plan):
        return None
    return Decision(reason, "section", word)


def _kind(heading: str) -> tuple[Reason | None, str, str]:
    for pattern, reason, kind in _words().kinds:
        if found := pattern.search(heading):
            return reason, kind, found[0]
    return None, "", ""


def _of_links(words: str, linked: Decision | None) -> Decision | None:
    """Titles of other pages below a line that announces them (相关阅读), up to prose."""
    if found := _words().links.match(words):
        return Decision(Reason.CHROME, "titles of other pages", found[0].strip())
    return linked if _LINK.match(words) and not _TOP.match(words) else None


def _of_passage(passage: Passage, words: str) -> Decision | None:
    is_line = len(passage.text) < _LINE
    if is_line and (found := _words().chrome.match(words) or _words().foot.search(words)):
        return Decision(Reason.CHROME, "line of the page", found[0])
    if is_line and (found := _words().caption.search(words)):
        return Decision(Reason.CHROME, "caption of a picture", found[0])
    if found := _HEADING.match(words):
        return Decision(Reason.HEADING, "numbered heading", found[0].strip())
    return None
