"""Step: the objects of a verb into the members of their lists (`A、B和C等公园建设`)."""

import re
from collections.abc import Iterator
from functools import cache

from geo.reading import vocabulary
from geo.reading.nouns import describe, proper_of, proper_part
from geo.reading.quantities import find_amounts
from geo.reading.values import Item, Predicate
from geo.reading.vocabulary import affixes

_SHORTEST = 2
_ANY_CUT = re.compile(r"[、和与及并暨”》]")
_ANY_LIST = re.compile(r"[、和与及并暨”》等共合]")
_QUOTES = "“”‘’《》·"
_COMMA = re.compile(r"、|(?<=[”》])(?=[“《])")
_PHASE_LIST = re.compile(
    r"[一二三四五六七八九十\d]、[一二三四五六七八九十\d]+(?:期|标段|批|段|级|类)"
)
_COUNTED_TAIL = re.compile(r"等\d+[个项座条处](?=[^\d]{2,}$)")
_OWN_NUMBER = re.compile(r"\d|等")
_CORRIDOR_LIST = re.compile(r"沿.、(?=沿.)")
# What goes with the thing before it is no work of its own (隧道及接线工程, 航站区及配套设施).
_ACCESSORY = (
    "(?:周边|相关|附属|两侧)?(?:接线|连接线|引道|匝道|配套|附属|延伸段|延长段|延伸线|支线|周边)"
)
_ADJECTIVE_LIST = re.compile(r"[性型类级]、(?=[^、]{1,8}[性型类级](?:的|[项工设建]|$))")
_CONJUNCTION = re.compile(
    rf"以及(?!{_ACCESSORY})|及(?!其|以上|时|{_ACCESSORY})|(?<![共人中永义颐祥太])和(?![平谐美县田合睦]|{_ACCESSORY})"
    rf"|(?<!参)与(?!会|时|{_ACCESSORY})|并(?![网轨购])|暨"
)
_SOME = re.compile(r"(?:一批次?|一系列|若干|系列)")
_REALM = re.compile(r"^(?:中国|全国|国家|国际|全球)")
_ET_CETERA = re.compile(
    r"(?<![高初差])(?<!中(?=等(?:职业|专业|路)))等(?![级待于同候效])|共(?=\d)|合计(?=\d)"
)


def split_items(text: str, masked: str, predicate: Predicate) -> tuple[Item, ...]:
    """Split the objects of a predicate at 、 and 和, and give each member the tail of its list."""
    if places := _places(text, masked, predicate):
        return places
    start, end = predicate.body_start, predicate.body_end
    if not _ANY_LIST.search(masked, start, end):
        return (Item(start, end, 0, 0, 0),) if text[start:end].strip(_QUOTES) else ()
    pieces = _with_long_tails(masked, list(_pieces(masked, start, end)))
    items: list[Item] = []
    waiting: list[tuple[int, int]] = []
    group = 0
    for start, end in pieces:
        opens, tail = _tail_of(masked, start, end, len(waiting))
        if tail == 0:
            waiting.append((start, end))
            continue
        if opens > start:
            waiting.append((start, opens))
        items.extend(Item(a, b, group, tail, end) for a, b in waiting)
        waiting, group = [], group + 1
    items.extend(Item(a, b, group, 0, 0) for a, b in waiting)
    return tuple(item for item in items if text[item.start : item.end].strip(_QUOTES))


def _tail_of(masked: str, start: int, end: int, before: int) -> tuple[int, int]:
    """Where a list's last member ends and its tail begins: at 等, or at a count of its members."""
    if et_cetera := _ET_CETERA.search(masked, start, end):
        return et_cetera.span()
    if before:
        inside = [a for a in find_amounts(masked, start, end) if a.kind != "rating"]
        count = inside[0] if len(inside) == 1 else None
        if count and count.kind == "counter" and start < count.start and count.end < end:
            return (count.start, count.start) if count.value == before + 1 else (0, 0)
    return 0, 0


def _places(text: str, masked: str, predicate: Predicate) -> tuple[Item, ...]:
    """Places in each of which some of a kind are built (在云江、青溪等流域|实施一批修复工程)."""
    start = text.find(predicate.where) if "、" in predicate.where else -1
    if start < 0 or not _SOME.match(masked, predicate.body_start):
        return ()
    et_cetera = _ET_CETERA.search(masked, start, start + len(predicate.where))
    if et_cetera is None:
        return ()
    first = start + int(text[start] == "在")
    pieces = _pieces(masked, first, et_cetera.start())
    return tuple(Item(a, b, 0, predicate.body_start, predicate.body_end) for a, b in pieces)


def _with_long_tails(masked: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what a list prints behind its number (等106个旧屋区、城中村改造项目) to one tail."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        counted = joined and _COUNTED_TAIL.search(masked, *joined[-1])
        own_number = _OWN_NUMBER.search(masked, start, end)
        if counted and (not own_number or not ends_a_name(masked[joined[-1][0] : joined[-1][1]])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _pieces(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for cut_start, cut_end in _cuts(masked, start, end):
        if cut_start > position:
            yield position, cut_start
        position = max(position, cut_end)
    if position < end:
        yield position, end


def _cuts(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the signs and words that separate members."""
    if not _ANY_CUT.search(masked, start, end):
        return []
    cuts = [found.span() for found in _COMMA.finditer(masked, start, end)]
    kept = {found.start() + 1 for found in _PHASE_LIST.finditer(masked, start, end)}
    kept |= {found.start() + 2 for found in _CORRIDOR_LIST.finditer(masked, start, end)}
    kept |= {found.start() + 1 for found in _ADJECTIVE_LIST.finditer(masked, start, end)}
    cuts = [cut for cut in cuts if cut[0] not in kept]
    for found in _CONJUNCTION.finditer(masked, start + 1, end):
        left = max((cut[1] for cut in cuts if cut[1] <= found.start()), default=start)
        right = min((cut[0] for cut in cuts if cut[0] >= found.end()), default=end)
        if _separates(masked, left, found, right, listed=bool(cuts)):
            cuts.append(found.span())
    return sorted(cuts)


def _separates(masked: str, left: int, found: re.Match[str], end: int, *, listed: bool) -> bool:
    """A conjunction separates where a whole name ends before it, or at the end of a 、 list."""
    before = masked[left : found.start()]
    after = masked[found.end() : end]
    if min(len(before), len(after)) < _SHORTEST:
        return False
    if _is_fragment(before) or _goes_on(before, after):
        return False
    if ends_a_name(before):
        return True
    return listed and found[0] in ("和", "以及", "及", "与") and ends_a_name(after)


def _goes_on(before: str, after: str) -> bool:
    """Whether both only say what is done to one thing (云溪生态保护|及|城乡供水工程)."""
    if _OWN_NUMBER.search(after) or not _actions().at_end(before, len(before)):
        return False
    right = describe(after, after, 0, len(after), ())
    if right.actions and not right.core:
        return True
    if vocabulary.classes("tails")[_actions().at_end(before, len(before))] == "build":
        return False
    done = bool(right.actions) or after.endswith(("工程", "项目"))
    if proper_of(right) or (right.head is None and proper_part(right.core)) or not done:
        return False
    left = describe(before, before, 0, len(before), ()).head
    return right.head is None or left is None or left.kind in ("natural", "area")


@cache
def _actions() -> vocabulary.Affixes:
    words = vocabulary.sections("tails")
    return vocabulary.Affixes((*words["build"], *words["renew"], *words["protect"]))


def _is_fragment(words: str) -> bool:
    """Whether words are a field rather than a name ((中国)创新|与软件开发中心)."""
    words = _REALM.sub("", words)
    if words in vocabulary.classes("tails"):
        return True
    return not affixes("heads").at_end(words, len(words)) and words in _fields()


@cache
def _fields() -> frozenset[str]:
    return frozenset(vocabulary.sections("generic")["general"])


def ends_a_name(words: str) -> bool:
    """Whether the last words can close a name: a head noun, an action, a phase, a number."""
    if _OTHER_END.search(words):
        return True
    return bool(_ends().at_end(words, len(words)))


_OTHER_END = re.compile(r"(?:[)”》\d]|[一二三四五六七八九十]期|段|等|以上)$")


@cache
def _ends() -> vocabulary.Affixes:
    names = (word for word, head in vocabulary.heads().items() if head.theme is not None)
    return vocabulary.Affixes((*names, *vocabulary.classes("tails"), *vocabulary.classes("finals")))
