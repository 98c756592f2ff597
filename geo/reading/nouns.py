"""Step: a list's member taken apart: what it is called, what is done to it, how many there are."""

import re
from functools import cache

from msgspec import Struct

from geo.reading import vocabulary
from geo.reading.quantities import Amount
from geo.reading.values import Noun, Verb
from geo.reading.vocabulary import Affixes, Head, affixes

_EDGE = "“”‘’《》\"' ·-—的之了"
_LEADING = re.compile(
    r"(?:总投资|投资|总长|全长|长约|面积|涉及|包括|约|近|共|超过|不少于|不低于|合计|累计|力争|总计|至少|达到?|规模"
    r"|以上|以下|左右|的|以?及|余|各类?|一批|新一轮|\d+年以[上前]建成的?|\d+年以[上前]|其中|新增|剩余|余下|首批|全市|全省|全区|全县|我市|本市)+"
)
_HARMONY = tuple("美谐平睦")  # behind 和 these are one word with it
_JOINTS = "和或及与、"
_NUMBER = "[一二三四五六七八九十\\d]"
_PART = re.compile(
    rf"第?{_NUMBER}+(?:[、和至-]{_NUMBER}+)*期|[东南西北中]{{1,2}}(?:延|延伸|延长|扩)(?:线|段)?|[东南西北中]区"
    r"|(?:[一-龥A-Za-z\d-]{1,9}[至到—-])?[^至到—-]{1,9}段|部分|[一-龥A-Za-z\d]{1,9}[至到—-][一-龥]{1,9}"
)
_OF_A_LINE = re.compile(rf"第?{_NUMBER}+(?:[、和]{_NUMBER}+)*期|部分|区?段|[()]")
_PHASE = re.compile(rf"第?{_NUMBER}+(?:[、和至-]{_NUMBER}+)*期$")
_ROUND = re.compile(rf"(?:第{_NUMBER}+|新一)轮$")
# A stretch of time counts nothing; how strong a thing is belongs to its name (750千伏北通道).
_NO_COUNT = frozenset({"time", "rating"})
_RATING = r"\d+(?:\.\d+)?(?:千伏安?|万伏|兆伏安|kV|吨级)"
_ROUTES = frozenset("路道街线港")
# An investment in a named thing says that it is built (云东水库总投资5亿元).
_INVESTED = re.compile(
    r"(?:计划|预计|估算|概算|预算|拟)?(?:总|完成)?投资(?:额|约|为|超过?|逾|近|达到?)?$"
)
# What is mended in a place, when words of mending stand behind it (青云湖|水生态保护治理).
_FIELD = re.compile(r"(?:水|大气|土壤)?(?:生态环境|生态|环境|污染|水质)(?:系统|综合|一体化)?$")
# A plan of others that takes something in (…|纳入国家规划).
_INCLUDED = re.compile(
    r"(?:列入|纳入|进入)[^、,]{1,16}(?:规划|范围|盘子|计划|清单|项目库|目录|笼子|储备库)$"
)
# When something will be done (青云大桥|将于6月底前).
_DATE = (
    r"(?:(?:今年|明年|当年|\d{4}年)?(?:年?底|年中|年内|[上下]半年|[一二三四]季度|\d{1,2}月(?:份|底|初|末|[上中下]旬|\d{1,2}日)?"
    r"|汛期|春节|国庆节?|元旦|开学|暑期|入冬)(?:之?前|底|末|内|起)*|今年|明年|\d{4}年)"
)
_WHEN = re.compile(
    rf"(?:(?:力争|确保|争取|预计|计划|有望|分别)?[将于在]*{_DATE}|(?:将|力争|确保|争取|预计|有望|均|分别|陆续|相继|同步|全部))+$"
)
_WHEN_ENDS = frozenset("别续继步部将争保取计望均年月底中内度份初末旬日期节旦学冬前起")
_PART_ENDS = frozenset("期段延伸长扩线区分城站路口镇县市桥湾港山村庄")
_LONGEST_PART = 16


class _Parts(Struct, frozen=True, gc=False):
    """A span on its way to a name, with what was taken off its end so far."""

    end: int
    actions: tuple[Verb, ...] = ()
    final: Verb | None = None


def describe(text: str, masked: str, start: int, end: int, of_clause: tuple[Amount, ...]) -> Noun:
    """Take the words `text[start:end]` apart; `masked` blanks what quotes and brackets hold.

    `of_clause` are all amounts that the whole text prints.
    """
    amounts = tuple(a for a in of_clause if start <= a.start and a.end <= end)
    parts = _strip_right(text, start, _Parts(end), amounts)
    left = _strip_left(text, start, parts.end, amounts)
    head, head_start, head_end = _head(text, masked, left, parts.end)
    prefix = text[left:head_start] if head else text[left : parts.end]
    after = text[head_end : parts.end] if head else ""
    end = parts.end + _closing(text, left, parts.end)
    return Noun(
        core_start=left,
        core_end=end,
        core=text[left:end],
        head=head,
        prefix=prefix,
        actions=parts.actions,
        final=parts.final,
        amounts=amounts,
        after=after,
    )


def _closing(text: str, start: int, end: int) -> int:
    """1 where a name opens quotes that close right behind it (云环路“花环|”)."""
    opened = text.count("“", start, end) > text.count("”", start, end)
    return int(opened and text[end : end + 1] == "”")


def _strip_right(text: str, start: int, parts: _Parts, amounts: tuple[Amount, ...]) -> _Parts:
    """Take amounts, final verbs and actions off the end until a name is left."""
    shorter: _Parts | None = parts
    while shorter is not None:
        parts = shorter
        shorter = _strip_once(text, start, parts, amounts) if parts.end > start else None
    return parts


def _strip_once(text: str, start: int, parts: _Parts, amounts: tuple[Amount, ...]) -> _Parts | None:
    end = parts.end
    if text[end - 1] in _EDGE:
        return _Parts(end - 1, parts.actions, parts.final)
    end_of_amount = _before_bracket(text, start, end)
    for amount in amounts:
        if amount.end in (end, end_of_amount) and amount.kind != "time":
            return _Parts(amount.start, parts.actions, parts.final)
    if amounts and _is_money(amounts, end) and (found := _INVESTED.search(text, start, end)):
        built = Verb(found[0], "invested", found.start(), end)
        return _Parts(found.start(), (built, *parts.actions), parts.final)
    if text[end - 1] in _WHEN_ENDS and (found := _WHEN.search(text, start, end)):
        return _Parts(found.start(), parts.actions, parts.final)
    final = _final_at_end(text, start, parts)
    if final is not None:
        return _Parts(final.start, parts.actions, final)
    return _strip_action(text, start, parts)


def _final_at_end(text: str, start: int, parts: _Parts) -> Verb | None:
    """The verb that closes the promise; none behind policy (运营 in 线路运营水平)."""
    if parts.final is not None or any(action.kind == "policy" for action in parts.actions):
        return None
    if found := _INCLUDED.search(text, start, parts.end):
        return Verb(found[0], "preliminary_work", found.start(), parts.end)
    return _verb_at_end(text, start, parts.end, "finals")


def _strip_action(text: str, start: int, parts: _Parts) -> _Parts | None:
    """Take off what is done, and the joint between two of them (建设或|规划)."""
    end = parts.end
    if verb := _verb_at_end(text, start, end, "tails") or _phase_of_works(text, start, end):
        return _Parts(verb.start, (verb, *parts.actions), parts.final)
    if parts.actions and (found := _FIELD.search(text, start, end)):
        first = parts.actions[0]
        wider = Verb(text[found.start() : first.end], first.kind, found.start(), first.end)
        works = first.kind in ("renew", "protect") and first.start == end
        return _Parts(found.start(), (wider, *parts.actions[1:]), parts.final) if works else None
    if parts.actions and text[end - 1] in _JOINTS and _verb_at_end(text, start, end - 1, "tails"):
        return _Parts(end - 1, parts.actions, parts.final)
    return None


def _is_money(amounts: tuple[Amount, ...], start: int) -> bool:
    return any(amount.kind == "money" and amount.start - start in (0, 1) for amount in amounts)


def _before_bracket(text: str, start: int, end: int) -> int:
    """Where a bracket opens that closes the span (15万套|(间))."""
    return text.rfind("(", start, end) if text[end - 1] == ")" else end


def _phase_of_works(text: str, start: int, end: int) -> Verb | None:
    """A phase behind what is done (云河综合整治|四期)."""
    if text[end - 1] == "轮" and (found := _ROUND.search(text, start, end)):
        return Verb(found[0], "neutral", found.start(), end)
    found = _PHASE.search(text, start, end) if text[end - 1] == "期" else None
    if found is None or not affixes("tails").at_end(text, found.start(), start):
        return None
    return Verb(found[0], "neutral", found.start(), end)


def _verb_at_end(text: str, start: int, end: int, name: str) -> Verb | None:
    """The verb that ends the span, unless it only ends a longer noun (规划展览馆, 乡村治理)."""
    word = affixes(name).at_end(text, end, start)
    if not word:
        return None
    kind = vocabulary.classes(name)[word]
    noun = affixes("heads").at_end(text, end, start)
    if len(noun) > len(word) or (noun == word and kind == "policy" and _is_works(noun)):
        return None
    return Verb(word, kind, end - len(word), end)


def _is_works(noun: str) -> bool:
    return vocabulary.heads()[noun].theme is not None


def _strip_left(text: str, start: int, end: int, amounts: tuple[Amount, ...]) -> int:
    """Step over amounts and words that lead up to a name (约, 总投资4365亿元的)."""
    while start < end:
        step = _leading_end(text, start, end, amounts)
        if step in (start, end):
            return start
        start = step
    return start


def _leading_end(text: str, start: int, end: int, amounts: tuple[Amount, ...]) -> int:
    if found := _LEADING.match(text, start, end):
        return found.end()
    for amount in amounts:
        if amount.start == start and amount.end <= end and amount.kind not in _NO_COUNT:
            return amount.end
    return start + 1 if text[start] in _EDGE + "、" else start


def _head(text: str, masked: str, start: int, end: int) -> tuple[Head | None, int, int]:
    """The head noun that ends the name, stands before a part of it (一期, A至B段), or inside."""
    heads = vocabulary.heads()
    if word := affixes("heads").at_end(text, end, start):
        return heads[word], end - len(word), end
    if form := _form(text, start, end):
        return form, end, end
    stop = _before_part(text, masked, start, end)
    if stop < end and (word := affixes("heads").at_end(text, stop, start)):
        return heads[word], stop - len(word), stop
    return _inner_head(masked, start, end)


def _form(text: str, start: int, end: int) -> Head | None:
    """What a name says by its form alone (引江济淮)."""
    words = text[start:end]
    return next((head for form, head in vocabulary.forms() if form.search(words)), None)


def _before_part(text: str, masked: str, start: int, end: int) -> int:
    """Where the shortest part begins that has a head noun of works in front of it."""
    if masked[end - 1 : end] == ")" and (opening := masked.rfind("(", start, end)) > start:
        return opening
    if text[end - 1 : end] not in _PART_ENDS:
        return end
    after_other = end
    for length in range(2, min(_LONGEST_PART, end - start - 1) + 1):
        stop = end - length
        word = affixes("heads").at_end(text, stop, start)
        phase = text[end - 1] == "期"
        if (
            word
            and _divisible(vocabulary.heads()[word], phase=phase)
            and _PART.fullmatch(text, stop, end)
        ):
            if len(word) > 1 or word in _ROUTES:
                return stop
            # 吴淞江|江苏段, 云三线|虹桥段: the part may itself begin with 江 or end with 桥
            after_other = stop
    return after_other


def is_part(words: str) -> bool:
    """Whether words only name a part of something (北延, 二期, A至B段)."""
    return _PART.fullmatch(words) is not None


def _divisible(head: Head, *, phase: bool) -> bool:
    """Whether parts and phases of such a thing are named (not 城 in 城区段)."""
    return head.theme is not None and (phase or head.kind != "area" or len(head.word) > 1)


def _inner_head(masked: str, start: int, end: int) -> tuple[Head | None, int, int]:
    word, stop = _inner_words().last_in(masked, start, end)
    if not word:
        return None, end, end
    return vocabulary.heads()[word], stop - len(word), stop


@cache
def _inner_words() -> Affixes:
    heads = vocabulary.heads().items()
    return Affixes(word for word, head in heads if head.theme and len(word) > 1 and not head.vague)


def proper_of(noun: Noun) -> str:
    """The proper words before a head noun, or of the part of a line that is meant behind it."""
    prefix = noun.prefix
    for joint in "的和之":
        before, _, described = prefix.rpartition(joint)
        if joint == "和" and described[:1] in _HARMONY:
            continue
        if len(before) > 1 and (joint != "的" or not affixes("heads").at_end(before, len(before))):
            prefix = described
    if proper := proper_part(prefix):
        return proper
    if noun.head is None or noun.head.kind != "line":
        return ""
    return proper_part(_OF_A_LINE.sub("", noun.after))


@cache
def _general() -> tuple[vocabulary.Eraser, re.Pattern[str], frozenset[str]]:
    words = vocabulary.sections("generic")
    regions = vocabulary.pattern(vocabulary.sections("areas")["region"])
    # Behind another character a region's name is part of a longer one (琼西北).
    return (
        vocabulary.Eraser(words["general"]),
        re.compile(rf"{_RATING}|(?<![一-龥]){regions}"),
        frozenset(words["letters"]),
    )


def proper_part(words: str) -> str:
    """What is left of a name's words without the general ones ("" for 城市综合 公园)."""
    general, region, letters = _general()
    left = general.erase(region.sub("", words)).strip("“”‘’《》()\"'、·-\0")
    return "" if letters.issuperset(left) else left
