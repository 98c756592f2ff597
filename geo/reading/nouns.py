"""Step: a list's member taken apart: what it is called, what is done to it, how many there are."""

import re
from dataclasses import dataclass
from functools import cache

from geo.reading import vocabulary
from geo.reading.quantities import Amount, find_amounts
from geo.reading.values import Item, Noun, Verb

_EDGE = "“”‘’《》\"' ·-—的之了"
_BRACKET = re.compile(r"[(（][^()（）]*[)）]$")
_LEADING = re.compile(
    r"(?:总投资|投资|总长|全长|长约|面积|涉及|包括|约|近|共|超过?|不少于|不低于|合计|累计|力争|总计|至少|达到?|规模|"
    r"以上|以下|左右|的|及|余|各类?|一批|其中|新增|剩余|余下|首批|全市|全省|全区|全县|我市|本市)+"
)
_PART = re.compile(
    r"(?:第?[一二三四五六七八九十\d](?:[、和][一二三四五六七八九十\d])*期"
    r"|[东南西北中]{1,2}(?:延|延伸|延长|扩|延线|延伸线|延长线|段|侧|区|线)(?:段|线)?"
    r"|[一-龥\d]{1,8}(?:至|到|—|-)[一-龥\d]{1,10}段?|(?:部分|先行|示范|剩余|全|首)?(?:区)?段|[一-龥]{1,4}段"
    r"|(?:部分)?(?:路|区)段|首开段|首通段|起步区|启动区|核心区|标段)$"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A span on its way to a name, with what was taken off its ends so far."""

    start: int
    end: int
    actions: tuple[Verb, ...]
    final: Verb | None


def describe(text: str, start: int, end: int) -> Noun:
    """Take the words `text[start:end]` apart."""
    amounts = find_amounts(text, start, end)
    parts = _strip_right(text, _Parts(start, end, (), None), amounts)
    left = _strip_left(text, parts.start, parts.end, amounts)
    head, head_start, head_end = _head(text, left, parts.end)
    core = text[left : parts.end]
    prefix = text[left:head_start] if head else core
    return Noun(
        core_start=left,
        core_end=parts.end,
        core=core,
        head=head,
        prefix=prefix,
        proper=proper_part(prefix),
        actions=parts.actions,
        final=parts.final,
        amounts=amounts,
        after=text[head_end : parts.end] if head else "",
    )


def _strip_right(text: str, parts: _Parts, amounts: tuple[Amount, ...]) -> _Parts:
    """Take amounts, final verbs and actions off the end until a name is left."""
    while parts.end > parts.start:
        shorter = _strip_once(text, parts, amounts)
        if shorter is None:
            break
        parts = shorter
    return parts


def _strip_once(text: str, parts: _Parts, amounts: tuple[Amount, ...]) -> _Parts | None:
    start, end = parts.start, parts.end
    if text[end - 1] in _EDGE:
        return _Parts(start, end - 1, parts.actions, parts.final)
    for amount in amounts:
        if amount.end == end and amount.kind != "time":
            return _Parts(start, amount.start, parts.actions, parts.final)
    if word := vocabulary.longest_suffix(text, end, vocabulary.classes("finals"), start):
        if parts.final is None and not _is_head(text, start, end, len(word)):
            verb = Verb(word, vocabulary.classes("finals")[word], end - len(word), end)
            return _Parts(start, end - len(word), parts.actions, verb)
    if word := vocabulary.longest_suffix(text, end, vocabulary.classes("tails"), start):
        if not _is_head(text, start, end, len(word)):
            verb = Verb(word, vocabulary.classes("tails")[word], end - len(word), end)
            return _Parts(start, end - len(word), (verb, *parts.actions), parts.final)
    return None


def _is_head(text: str, start: int, end: int, length: int) -> bool:
    """Whether a head noun of a work, longer than the action, ends here (规划展览馆, 开发区)."""
    word = vocabulary.longest_suffix(text, end, vocabulary.heads(), start)
    return len(word) > length and vocabulary.heads()[word].theme is not None


def _strip_left(text: str, start: int, end: int, amounts: tuple[Amount, ...]) -> int:
    """Step over amounts and words that lead up to a name (约, 总投资4365亿元的)."""
    while start < end:
        if found := _LEADING.match(text, start, end):
            if found.end() >= end:
                return start
            start = found.end()
            continue
        amount = next(
            (a for a in amounts if a.start == start and a.end < end and a.kind != "time"), None
        )
        if amount is None:
            if text[start] not in _EDGE + "、":
                return start
            start += 1
        else:
            start = amount.end
    return start


def _head(text: str, start: int, end: int) -> tuple[vocabulary.Head | None, int, int]:
    """The head noun that ends the name, before a part of it (一期, 北延, A至B段) or inside it."""
    heads = vocabulary.heads()
    stop = end
    while stop > start:
        if word := vocabulary.longest_suffix(text, stop, heads, start):
            return heads[word], stop - len(word), stop
        shorter = _without_part(text, start, stop)
        if shorter == stop:
            break
        stop = shorter
    return _inner_head(text, start, end)


def _without_part(text: str, start: int, end: int) -> int:
    for pattern in (_BRACKET, _PART):
        if found := pattern.search(text[start:end]):
            return start + found.start()
    return end


def _inner_head(text: str, start: int, end: int) -> tuple[vocabulary.Head | None, int, int]:
    last = None
    for last in _inner_pattern().finditer(text, start, end):  # noqa: B007  the last one counts
        pass
    if last is None:
        return None, end, end
    return vocabulary.heads()[last[0]], last.start(), last.end()


@cache
def _inner_pattern() -> re.Pattern[str]:
    words = (w for w, h in vocabulary.heads().items() if h.theme is not None and len(w) > 1)
    return re.compile(vocabulary.pattern(words))


@cache
def _general() -> tuple[re.Pattern[str], frozenset[str]]:
    words = vocabulary.sections("generic")
    return re.compile(vocabulary.pattern(words["general"])), frozenset(words["letters"])


def proper_part(words: str) -> str:
    """What is left of a name's words without the general ones ("" for 城市综合 公园)."""
    general, letters = _general()
    left = general.sub("", words).strip("“”‘’《》()\"'、·-\0")
    return "" if letters.issuperset(left) else left
