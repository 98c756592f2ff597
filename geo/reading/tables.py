"""Step: which rows of tables frame the page, which head a table, and what each column says."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from geo.model import Stage
from geo.reading import vocabulary
from geo.reading.matching import Matching
from geo.reading.values import Decision, Reason

SEPARATOR = "|"

_ROLES = (
    *("number", "unit", "money", "started", "completed", "years", "place", "kind", "stage"),
    *("content", "name"),
)
_STAGES = ("open_to_service", "complete", "start", "preliminary_work", "plan", "under_construction")
_SPACE = re.compile(r"\s")
_BRACKET = re.compile(r"\(([^()]*)\)$")
_YEAR = re.compile(r"20\d\d")
_RULE = re.compile(r"[\s|:+=-]*$")
_TITLE = 60  # characters that a title has at most
_LABEL = 16  # characters that a label has at most
_LABELS = 2  # labels that a header has at least
_NEW = re.compile(r"20\d\d年|(?:表|清单|名单|目录)\)?$|实事")
_LIST = re.compile(r"(?:项目|工程)[一-龥]{0,8}(?:表|清单|名单|目录)\)?$")
_ITEM = re.compile(r"(?:\d{1,3}[.、)]|[(]\d{1,3}[)]|[①-⑳])(?!\d)[^。;!?]{2,60}[。;]?$")
_PROJECTS = re.compile(
    r"(?:重大|重点|建设|投资|工程|储备|前期|续建|在建)(?:类|建设|工程|产业)*项目|重点工程"
)
# Of a title or group, words of stage count right before its projects (竣工投产项目).
_GROUP = r"(?:建设|工作|实施|并|、|和|类|的|转|\d+个)*(?:项目|工程)"
_END = r"(?:工作|手续|建设)?[。;]?$"
# What is done by a share only is not complete (完成总工程量的60%).
_SHARE = re.compile(r"\d(?:%|成)|百分之|投资\d")


class Row(Struct, frozen=True, gc=False):
    """A row of a table: the `decision` that it holds no work, or what its cells are.

    `roles` and `units` are those of its columns, from the left; `stage` is what its cells, its
    group or its table's title say, in `words`; `listed` tells whether each row is a project.
    """

    decision: Decision | None = None
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    stage: Stage | None = None
    words: str = ""
    listed: bool = False


class _Above(Struct, frozen=True, gc=False):
    """What stands above a row: the title of its table or list, the stage of its group of rows."""

    title: str = ""
    stage: Stage | None = None
    words: str = ""


def read_rows(matchings: Iterable[Matching], year: int | None) -> Iterator[Row | None]:
    """Give the row that each passage is, None for passages that are none."""
    table, above = Row(), _Above()
    for matching in matchings:
        cells = _cells(matching.text)
        if len(cells) > 1:
            header = _header(cells, above.title)
            table = header or table
            yield header or _row(cells, table, above, year)
        elif _ITEM.match(matching.text) and _LIST.search(above.title):
            listed = "实事" not in above.title
            yield Row(None, ("name",), ("",), above.stage, above.words, listed=listed)
        else:
            above = _above(matching.text, above)
            table = table if above.title else Row()
            yield None


def _cells(text: str) -> list[str]:
    return [_SPACE.sub("", cell) for cell in text.split(SEPARATOR)] if SEPARATOR in text else []


def _above(text: str, above: _Above) -> _Above:
    """A short line is the title of what follows or of a group of its rows; prose ends all."""
    if len(text) > _TITLE or "。" in text:
        return _Above()
    if _ITEM.match(text):
        return above
    stage, words = _stage_of_group(text)
    if _NEW.search(text):
        return _Above(text, stage, words)
    title = above.title or text
    return _Above(title, stage, words) if stage else replace(above, title=title)


def _header(cells: list[str], title: str) -> Row | None:
    """The row of labels above a table (序号 | 项目名称 | 建设内容 | 责任单位)."""
    filled = [cell for cell in cells if cell]
    labels = [label for cell in filled if (label := _label(cell))]
    if len(labels) < _LABELS or len(labels) * 2 < len(filled):
        return None
    roles = tuple(_role(_label(cell)) for cell in cells)
    if not {"name", "content", "stage"}.intersection(roles):
        return None
    works = any(
        word in label for word in vocabulary.sections("tables")["works"] for label in labels
    )
    listed = "name" in roles and bool(works or _PROJECTS.search(title))
    decision = Decision(Reason.HEADING, "labels of a table", SEPARATOR.join(labels))
    units = tuple(found[1] if (found := _BRACKET.search(cell)) else "" for cell in cells)
    return Row(decision, roles, units, listed=listed)


def _label(cell: str) -> str:
    """The words of a column's label, without its bracket ("" if the cell is none)."""
    words = re.sub(r"\([^()]*\)|\d{4}年?", "", cell)
    return words if len(words) <= _LABEL and _labels().fullmatch(words) else ""


def _role(label: str) -> str:
    sections = vocabulary.sections("tables")
    return next((role for role in _ROLES if any(word in label for word in sections[role])), "")


@cache
def _labels() -> re.Pattern[str]:
    sections = vocabulary.sections("tables")
    words = (word for role in (*_ROLES, "joining") for word in sections[role])
    return re.compile(f"(?:{vocabulary.pattern(words)})+")


def _row(cells: list[str], table: Row, above: _Above, year: int | None) -> Row:
    if _RULE.match("".join(cells)):
        return Row(Decision(Reason.CHROME, "rule of a table", SEPARATOR))
    if not table.roles and (found := next(filter(_is_meta, cells), "")):
        return Row(Decision(Reason.CHROME, "table of the page", found))
    surplus = len(cells) - len(table.roles)
    # A cell that spans rows stands at the left and is printed once.
    roles = table.roles[-surplus:] if surplus < 0 else table.roles
    units = table.units[-surplus:] if surplus < 0 else table.units
    stage, words = _stage_of_cells(cells, roles, year)
    if stage is None:
        stage, words = above.stage, above.words
    return Row(None, roles, units, stage, words, table.listed)


def _is_meta(cell: str) -> bool:
    label = cell.partition(":")[0].strip("[]()【】")
    return label in vocabulary.sections("tables")["meta"]


def _stage_of_cells(
    cells: list[str], roles: tuple[str, ...], year: int | None
) -> tuple[Stage | None, str]:
    """What the columns of goals say, then those of dates, then how the contents end."""
    readers = (("stage", _stage_of_goal), ("kind", _stage_of_kind), ("content", _stage_at_end))
    for role, read in readers:
        if role == "content" and (found := _stage_of_dates(cells, roles, year))[0]:
            return found
        for cell, own in zip(cells, roles, strict=False):
            if own == role and (found := read(cell))[0]:
                return found
    return None, ""


def _stage_of_goal(words: str) -> tuple[Stage | None, str]:
    stage, said = _strongest(words)
    if stage in (Stage.COMPLETE, Stage.OPEN_TO_SERVICE) and _SHARE.search(words):
        return Stage.UNDER_CONSTRUCTION, said
    return stage, said


def _stage_of_kind(words: str) -> tuple[Stage | None, str]:
    return _strongest(words) if len(words) <= _LABEL else (None, "")


def _stage_at_end(words: str) -> tuple[Stage | None, str]:
    return _strongest(words, _END)


def _stage_of_group(words: str) -> tuple[Stage | None, str]:
    return _strongest(words, _GROUP)


def _strongest(words: str, behind: str = "") -> tuple[Stage | None, str]:
    """The strongest stage that some words name, and its word."""
    for name in _STAGES:
        if found := _stage_words(name, behind).search(words):
            return vocabulary.stage_of(name), found[1]
    return None, ""


@cache
def _stage_words(name: str, behind: str) -> re.Pattern[str]:
    pattern = vocabulary.pattern(vocabulary.sections("tables")[name])
    return re.compile(rf"(?<![未已])({pattern})(?!区){behind}")


def _stage_of_dates(
    cells: list[str], roles: tuple[str, ...], year: int | None
) -> tuple[Stage | None, str]:
    """Begun or ended in the plan's year, by the columns 开工时间, 竣工时间, 建设年限."""
    years = {role: _YEAR.findall(cell) for cell, role in zip(cells, roles, strict=False)}
    span = years.get("years", [])
    ends = years.get("completed") or span[1:]
    begins = years.get("started") or span[:1]
    for stage, dates in ((Stage.COMPLETE, ends), (Stage.START, begins)):
        if dates and dates[-1] == str(year):
            return stage, dates[-1]
    return None, ""
