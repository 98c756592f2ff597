"""What a document says of itself: title, city, year, issuer, numbers, where its page has them."""

import re
from dataclasses import dataclass

from geo.gazetteer.city_names import find_division, plain_name, same_named
from geo.reading import vocabulary
from geo.script import to_simplified

_KIND = r"(?:工作报告|工作重点|重点工作|工作计划|计划|规划|纲要|实事|报告|要点|方案|项目|清单|任务)"
_FIELD = r"\s*(?:[|:：]|\s{{2}})\s*([^|\n]{{2,40}})"
_LABELS = {
    "issuer": ("发布机构", "发文机关", "发布单位", "发布人", "制定机关", "主办单位"),
    "index_number": ("信息索引号", "索引号", "统一编号"),
    "document_number": ("文件编号", "发文字号", "发布文号", "文件字号", "文号"),
    "title": ("内容概述", "标题", "文件名称"),
    "dated": ("生成日期", "发布日期", "发布时间", "成文日期", "公开日期", "时间"),
}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年|-\d|/\d|\.\d)")
_ROC_YEAR = re.compile(r"民国\s*(\d{2,3})\s*年")
_PLAN_YEAR = re.compile(
    r"[、)）#\s](20\d\d)年(?:主要任[务務]|重[点點]工作|主要工作|工作|政府工作|目[标標])(?!回|总|總|情|完)"
)
_HAN_YEAR = re.compile(r"(?<![〇○零一二三四五六七八九])[一二][〇○零一二三四五六七八九]{3}(?=\s*年)")
_HAN_DIGITS = str.maketrans("○〇零一二三四五六七八九", "000123456789")
# The day of the session at which a report was given, where its title has no year.
_SESSION = re.compile(
    r"((?:19|20)\d\d)年[\d一二三四五六七八九十]{1,3}月[^。]{0,40}?(?:会议|大会|全会)"
)
_LOOKS_BACK = re.compile(r"执行情况|完成情况|总结|回顾")
_KINDS = r"(市|省|自治区|自治州|地区|盟|县|新区|区)"
_BEFORE = r"(?:^|[^一-龥]|代表|中共|[在是]|关于|印发)"
_CITY = re.compile(
    rf"{_BEFORE}([一-龥]{{2,7}}?){_KINDS}"
    r"(?=政府|人民|发展|人大|国民|第[一二三四五六七八九十]+届|代?[市省州县区]长)"
)
_ANY_CITY = re.compile(rf"{_BEFORE}([一-龥]{{2,4}}?)(市(?![民场政区域容级圈])|省(?![级市])|自治区)")
_LED_IN = re.compile(r"^(?:中国|中共|全|我|本|现在|代表|在|是|关于|印发)+(?=[一-龥]{2})")
_NO_NAME = re.compile(
    r"[的该等]|^代表$|^第|^[我各对于和在向到以由与及为]|^全[国省市]|建设|推进|加强|提升|深化|打造|改造|类型|型城$|慧城$"
)
_NAMED_REPORT = re.compile(r"(?:(?<![一-龥])[一-龥]{2,8}[市省县区州])?(?:\d{4}年)?政府工作报告")
_SPACED = re.compile(r"[一-龥](?:[ \u2002\u2003\u3000\xa0]+[一-龥])+")
_SENTENCE = re.compile(r"[，。；：！？]")
_HEADER = 3_000
_OPENING = 800
_TITLE_LENGTH = range(4, 51)
_LONGEST_NAME = 24
_SHORTEST_NAME, _SHORTEST_FULL_NAME = 2, 3
_UNITS = tuple("省市州盟县旗区")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, city (simplified, without 市), year, issuer and numbers; empty or None where not said.

    `index_number` is that of the page in its open catalogue (014006438/2020-01466),
    `document_number` that of the paper (甲政发〔2031〕1号).
    """

    title: str
    city: str
    year: int | None
    issuer: str
    index_number: str
    document_number: str


def read_metadata(text: str, stem: str) -> Metadata:
    """Read a text's header (its first 3,000 characters); `stem` serves where it has no title."""
    header = text[:_HEADER]
    hans = _with_digits(to_simplified(header))
    issuer = _field(header, hans, "issuer")
    title = _title(header, hans) or stem
    return Metadata(
        title,
        _city(hans, issuer, title),
        _year(text, hans, title, stem),
        issuer,
        _field(header, hans, "index_number"),
        _field(header, hans, "document_number"),
    )


def slug(stem: str) -> str:
    """Turn a file's stem into an id of letters, digits and dashes."""
    return re.sub(r"[^\w]+", "-", stem.lower()).strip("-") or "document"


def _field(header: str, hans: str, name: str) -> str:
    pattern = "(?:" + "|".join(_LABELS[name]) + ")" + _FIELD.format()
    found = re.search(pattern, hans)
    return header[found.start(1) : found.end(1)].strip(" -—_|") if found else ""


def _title(header: str, hans: str) -> str:
    if said := _field(header, hans, "title"):
        return said
    for line in re.finditer(r"[^\n]+", hans[:_OPENING]):
        start = line.start()
        if _SPACED.fullmatch(spaced := line[0].strip()) and re.search(_KIND, _close(spaced)):
            return _close(header[start : line.end()])
        piece = re.split(r"\s{2}", line[0].strip(" #—\t"))[0]
        if _is_title(piece):
            start += line[0].index(piece)
            return header[start : start + len(piece)].strip(" #—")
    found = _NAMED_REPORT.search(hans[:_OPENING])
    return header[found.start() : found.end()] if found else ""


def _is_title(words: str) -> bool:
    """Whether words name a kind of plan, and are no sentence."""
    is_short = len(words) in _TITLE_LENGTH
    return is_short and not _SENTENCE.search(words) and bool(re.search(_KIND, words))


def _close(words: str) -> str:
    return re.sub(r"\s", "", words)


def _with_digits(hans: str) -> str:
    """Years in characters as digits (二〇三一年), so that the text keeps its length."""
    return _HAN_YEAR.sub(lambda found: found[0].translate(_HAN_DIGITS), hans)


def _year(text: str, hans: str, title: str, stem: str) -> int | None:
    """The year of the title, of a heading of the plan, of the page's dates, of the file's name."""
    plan = _PLAN_YEAR.search(text)
    for words in (
        _year_of_plan(_with_digits(to_simplified(title))),
        plan[1] + "年" if plan else "",
        session[0] if (session := _SESSION.search(hans)) else "",
        *_dates(hans),
        _stem_year(stem),
        hans,
    ):
        if found := _YEAR.search(words):
            return int(found[1])
        if found := _ROC_YEAR.search(words):
            return int(found[1]) + 1911
    return None


def _year_of_plan(title: str) -> str:
    """What a title says from its plan's year on (2030年执行情况与2031年计划)."""
    years = list(_YEAR.finditer(title))
    looks_back = len(years) > 1 and _LOOKS_BACK.search(title)
    return title[years[-1].start() :] if looks_back else title


def _stem_year(stem: str) -> str:
    """The year in a file's name, as it is printed in a text ("" if none)."""
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", stem)
    return f"{found[0]}年" if found else ""


def _dates(hans: str) -> list[str]:
    found = _field(hans, hans, "dated")
    return [found] if found else []


def _city(hans: str, issuer: str, title: str) -> str:
    """The first city that the issuer, the title or the opening names; a province if none.

    A known city, county or province goes before what only looks like one in the same words.
    """
    for words in (to_simplified(issuer), to_simplified(title)):
        if found := _known(words) or _looks_like(words) or _known_in_front(words):
            return found
    return _looks_like(hans)


def _looks_like(words: str) -> str:
    """What stands where a city's name stands, a known one first, by its plain name."""
    text = _without_dates(words)
    for pattern in (_CITY, _ANY_CITY):
        pairs = [(_LED_IN.sub("", found[1]), found[2]) for found in pattern.finditer(text)]
        known = (pair for pair in pairs if same_named("".join(pair)))
        if pair := next(known, None) or next((pair for pair in pairs if _is_name(pair[0])), None):
            return _plain(*pair)
    return ""


def _is_name(words: str) -> bool:
    """Whether words may name a city that no list knows: they begin with no verb (优化|城市)."""
    verb = vocabulary.affixes("verbs").at_start(words, 0)
    return len(words) >= _SHORTEST_NAME > len(verb) and not _NO_NAME.search(words)


def _plain(name: str, unit: str) -> str:
    """Give the plain name of what is called so; what several are called keeps its unit.

    So does a name that without its unit would be that of another city; a new district lies in
    the city that it is named after.
    """
    bearers = same_named(name + unit)
    if len(bearers) == 1:
        return plain_name(bearers[0])
    other = find_division(name)
    is_inside = other is not None and other.level == "city" and unit.endswith("区")
    return name if not bearers and (is_inside or other is None) else name + unit


def _known(words: str) -> str:
    """The first known city, county or province with its unit, or district with its city."""
    text = _without_dates(words)
    for start in range(len(text)):
        for length in range(min(_LONGEST_NAME, len(text) - start), _SHORTEST_FULL_NAME - 1, -1):
            piece = text[start : start + length]
            division = find_division(piece) if piece.endswith(_UNITS) else None
            if division and (division.kind != "district" or len(piece) > len(division.name)):
                return plain_name(division)
    return ""


def _known_in_front(words: str) -> str:
    """The known city or province that the words begin with, however short its name."""
    text = _without_dates(words)
    pieces = (text[:length] for length in range(_LONGEST_NAME, 1, -1))
    bearers = next((found for piece in pieces if (found := same_named(piece))), ())
    is_city = len(bearers) == 1 and bearers[0].level != "district"
    return plain_name(bearers[0]) if is_city else ""


def _without_dates(words: str) -> str:
    return re.sub(
        r"[\d〇○零一二三四五六七八九十]+\s*[年月日]|[—\d]|(?<!\s)[ \xa0](?!\s)", "", words
    )
