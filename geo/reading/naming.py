"""Step: what a work is called, which words name its place, and how it can be found."""

import re

from geo.model import Locatable, Theme
from geo.reading.cases import Case, is_named, opening_area
from geo.reading.lists import PROJECTS, Member
from geo.reading.nouns import proper_of, proper_part
from geo.reading.values import Noun
from geo.reading.vocabulary import affixes, heads

_COUNTY = re.compile(
    r"[一-龥]{2,4}?(?:新区|开发区|高新区|经开区|(?<![园社景校片辖城地厂院矿灌港街小山库林湖])区(?![域级间块划段])|县(?![域级城道])|市(?![场政民区域属级容])"
    r"|镇(?![级区])|街道|半岛)(?![一-龥]*的)"
)
_ONE = re.compile(r"[一二三四五六七八九十\d]期|[一-龥][至到—-][一-龥]")
_AT = re.compile(r"(?:在|于|沿着|支持|推动|推进|鼓励|加快|全市|市区|全域|全区|全县|各)+")
_CITY = re.compile(r"(?:全市|市区|全域|全区|全县|全部|所有)")
_URBAN = "市区"
_NAME = 2
_EDGE = "“”‘’《》\"'"
_PLAIN = frozenset({"建设", "项目", "工程", "等", "项目建设", "面积", "里程"})
# How hard one works at a thing is no part of its name.
_EFFORT = frozenset({"力度", "工作", "任务", "水平"})
_APART = frozenset({"time", "invested"})
_WHOLE = frozenset({"line", "site", "unique", "zone"})
_SINGLE = frozenset({"line", "site", "unique", "natural", "area", "zone"})


def work_name(member: Member) -> tuple[int, int, str]:
    """Span of the name in the clause, and the head noun of its list where it has none itself."""
    noun = member.noun
    end = noun.core_end
    done = [a for a in noun.actions if a.kind not in _APART and a.word not in _EFFORT]
    bare = noun.head is None and not proper_of(noun)
    if done and (bare or not all(action.word in _PLAIN for action in done)):
        end = max(end, done[-1].end)
    opened = _opened(noun.core) or int(_is_quoted(noun) and end > noun.core_end)
    start = done[0].start if done and not noun.core else noun.core_start
    return start - opened, end, _borrowed_word(member)


def _is_quoted(noun: Noun) -> bool:
    """Whether the words before what is done stand in quotes (“好房子”|建设)."""
    quote = noun.actions[0].start - noun.core_end if noun.actions else 0
    return quote == 1 and "“" not in noun.core


def _opened(core: str) -> int:
    """1 where a name begins inside quotes that it closes itself (“一号”|核心区)."""
    return int("”" in core and "“" not in core[: core.index("”")])


def _borrowed_word(member: Member) -> str:
    head = member.head
    if head is None or head.theme is None or not member.borrowed:
        return ""
    return "" if head.word.endswith(PROJECTS) else head.word


def place_spans(case: Case) -> tuple[tuple[int, int], ...]:
    """Spans of the words that name the work or its place; none for counted things."""
    noun = case.member.noun
    if is_counted(case):
        area = area_at(noun.core)
        return ((noun.core_start, noun.core_start + len(area)),) if area else ()
    head = case.member.head
    whole = head is not None and (head.kind in _WHOLE or head.theme is Theme.NEW_TOWN)
    area = "" if whole else opening_area(noun.core)
    start, end = noun.core_start, noun.core_start + len(area) if area else noun.core_end
    while start < end and case.text[start] in _EDGE:
        start += 1
    while end > start and case.text[end - 1] in _EDGE:
        end -= 1
    return ((start, end),)


def is_counted(case: Case) -> bool:
    """Whether the work is a number of things rather than one named thing."""
    counts = [amount for amount in case.counts if amount.kind != "rating"]
    if not counts and (is_named(case.member) or not case.counts):
        return False
    head, noun = case.member.head, case.member.noun
    leads = any(amount.end <= noun.core_start for amount in counts)
    many = any(amount.kind == "counter" and amount.value > 1 for amount in counts)
    single = head is not None and head.kind in _SINGLE and is_named(case.member)
    return leads or many or not single


def area_at(words: str) -> str:
    """The part of the city or the county that opens some words ("" if none does)."""
    if opening := _AT.match(words):
        words = words[opening.end() :]
    return opening_area(words) or _county_at(words)


def district_of(case: Case, *, counted: bool) -> str:
    """The county or part of the city that the text states for a work ("" if none)."""
    words = case.member.noun.core
    own = area_at(words) if counted else _county_at(words)
    return own or area_at(case.where) or _urban(case.where + words)


def _urban(words: str) -> str:
    """Give 市区, all urban districts of a city together, where the words say so."""
    return _URBAN if words.startswith(_URBAN) else ""


def _county_at(words: str) -> str:
    found = _COUNTY.match(words)
    if found is None or len(proper_part(found[0][:-1])) < _NAME:
        return ""
    head = heads().get(affixes("heads").at_end(found[0], len(found[0])))
    return "" if head is not None and head.kind == "counted" else found[0]


def _is_single(member: Member) -> bool:
    """Whether one of many things is told from the others (青溪二期污水处理设施, A至B管道)."""
    noun = member.noun
    is_counted = noun.head is not None and noun.head.kind == "counted"
    return is_counted and _ONE.search(noun.prefix) is not None


def read_locatable(case: Case) -> Locatable:
    """Tell whether a work is found by its name, by an area, or only as a count."""
    member = case.member
    if is_counted(case) or _CITY.match(case.text, member.item.start):
        area = area_at(member.noun.core) or area_at(case.where)
        return Locatable.AREA_NAMED if area else Locatable.CITYWIDE_QUANTITY
    head = member.noun.head
    if head is None or member.borrowed:
        of_list = member.head
        in_area = of_list is not None and of_list.kind == "area"
        return Locatable.AREA_NAMED if in_area else Locatable.EXACT_NAMED
    if head.kind in ("line", "site", "unique") or _is_single(member):
        return Locatable.EXACT_NAMED
    if head.kind in ("area", "zone", "counted") or opening_area(member.noun.core):
        return Locatable.AREA_NAMED
    return Locatable.EXACT_NAMED
