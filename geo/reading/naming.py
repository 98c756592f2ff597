"""Step: what a work is called, which words name its place, and how it can be found."""

import re
from functools import cache

from geo.model import Locatable
from geo.reading import vocabulary
from geo.reading.judging import Case, areas, is_named
from geo.reading.lists import Member
from geo.reading.nouns import proper_part

_COUNTY = re.compile(
    r"^[一-龥]{1,4}?(?:新区|开发区|高新区|经开区|新城|老城|区|县|市|镇|街道|片区|半岛)(?![一-龥]*[的])"
)
_EDGE = "“”‘’《》\"'"


def work_name(text: str, member: Member) -> tuple[int, int, str]:
    """Span of the name in the clause, and words of its list that complete it."""
    noun = member.noun
    start, end = noun.core_start, noun.core_end
    if noun.actions and not (len(noun.actions) == 1 and noun.actions[0].word in _PLAIN):
        end = max(end, noun.actions[-1].end)
    added = ""
    if member.borrowed and member.head is not None:
        added = member.head.word
    return start, end, added


_PLAIN = ("建设", "项目", "工程", "等")


def place_spans(text: str, case: Case) -> tuple[tuple[int, int], ...]:
    """Spans of the words that name the work or its place; none for counted things."""
    member = case.member
    noun = member.noun
    if not is_counted(case):
        return (_trim(text, noun.core_start, noun.core_end),)
    if area := area_at(noun.prefix):
        return ((noun.core_start, noun.core_start + len(area)),)
    return ()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def is_counted(case: Case) -> bool:
    """Whether the work is a number of things rather than one named thing."""
    if not case.counts:
        return False
    head = case.member.head
    single = head is not None and head.kind in ("line", "site", "unique", "natural", "area")
    return not (single and is_named(case.member) and not _many(case))


def _many(case: Case) -> bool:
    return any(amount.kind == "counter" and amount.value > 1 for amount in case.counts)


def area_at(words: str) -> str:
    """The part of the city or the county that opens some words ("" if none does)."""
    if found := _area_pattern().match(words):
        return found[0]
    found = _COUNTY.match(words)
    return found[0] if found and len(proper_part(found[0][:-1])) > 1 else ""


@cache
def _area_pattern() -> re.Pattern[str]:
    return re.compile(vocabulary.pattern(areas()))


def read_locatable(case: Case) -> Locatable:
    """Tell whether a work is found by its name, by an area, or only as a count."""
    member = case.member
    if is_counted(case):
        area = area_at(member.noun.prefix) or area_at(case.where)
        return Locatable.AREA_NAMED if area else Locatable.CITYWIDE_QUANTITY
    head = member.noun.head or member.head
    if head is None:
        return Locatable.EXACT_NAMED
    if (
        head.kind in ("area", "counted")
        or member.noun.core in areas()
        or member.noun.prefix in areas()
    ):
        return Locatable.AREA_NAMED
    return Locatable.EXACT_NAMED
