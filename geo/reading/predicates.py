"""Step: the verbs that open a clause (加快 + 推进 + 建设) and where their objects begin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from geo.reading import vocabulary
from geo.reading.nouns import describe, is_part
from geo.reading.quantities import find_amounts
from geo.reading.values import Predicate, Verb

_MARK = re.compile(
    r"(?:\d{1,2}[.、)](?!\d)|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[-*•·#>—]+"
    r"|[一二三四五六七八九十]{1,3}是要?|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]))+"
)
# By what method something is done (“一河一策”治理青溪).
_MANNER = re.compile(r"“[^“”]{2,12}[策法制式化议]”(?=[一-龥]{2})")
# Part of a city, or who acts there, with what comes before a verb (东安区重点|推进…).
_ACTOR = re.compile(
    r"[一-龥]{2,10}?[区县市镇乡片](?:重点|将|要|着力|全力|抓紧|抓好|继续|持续|积极|同步|统筹|大力|稳步|有序|全面|主动|加快)*"
)
_NO_OBJECT = ("", "等", "、")
_JOINT = "、和与及并或"
_SILENT = frozenset({"adverb", "light"})
_BARRED = frozenset({"policy", "event"})
_ENDS_CHAIN = frozenset({"under_construction", "open_to_service"})
_NOT_SECOND = frozenset({"open_to_service", "plan", "preliminary_work"})
_PROTECTED_KINDS = frozenset({"site", "unique", "line", "area"})
_CHANGING = frozenset({"build", "renew"})
_THINGS = frozenset({"measure", "counter", "household"})
# More of the list that the clause before began (…等6条高铁，以及青溪水库等水利工程建设).
_MORE = re.compile(r"^(?:以及|及|和)|等\d|等[^,]{0,10}(?:项目|工程)")
# A list member needs this many characters behind its own verb (新建|绿道).
_OBJECT = 3


@dataclass(frozen=True, slots=True)
class _Lexicon:
    lead: vocabulary.Affixes
    kinds: Mapping[str, str]
    inner: re.Pattern[str]
    firm_inner: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    kinds = vocabulary.classes("verbs")
    starts = vocabulary.Affixes(kinds)
    protected = (head.word for head in vocabulary.heads().values() if _is_protected(head, starts))
    return _Lexicon(
        vocabulary.Affixes([*kinds, *protected]),
        kinds,
        re.compile(_inner_pattern()),
        re.compile(rf"{vocabulary.signs('firm_inner').pattern}(?=.)(?!{_barred_words()})"),
    )


def _inner_pattern() -> str:
    """Verbs behind a place: before an object, and the firm ones before its number as well."""
    inner, firm = vocabulary.signs("inner").pattern, vocabulary.signs("firm_inner").pattern
    return rf"{inner}(?=[^\d、和与及的等])(?!{_barred_words()})|{firm}(?=\d)"


def _barred_words() -> str:
    return vocabulary.signs("not_behind_inner").pattern


def _is_protected(head: vocabulary.Head, starts: vocabulary.Affixes) -> bool:
    """A noun that begins like a verb (规划展览馆, 营造林, 绿化面积) and must not be cut there."""
    found = starts.at_start(head.word, 0)
    if not found or head.theme is None:
        return False
    left = len(head.word) - len(found)
    counted = head.word.endswith("面积")
    return left > 0 and (counted or head.kind in _PROTECTED_KINDS or left == 1)


def find_predicate(text: str, masked: str) -> Predicate:
    """Find the opening verbs of a clause, or verbs behind a place or a body that acts."""
    mark = _MARK.match(text) or _MANNER.match(text)
    start = mark.end() if mark else 0
    verbs, body = _chain(text, start)
    if any(verb.kind in _BARRED for verb in verbs):
        return _behind_manner(text, masked, verbs, body)
    if _staged(verbs):
        return Predicate(verbs, "", body, len(text))
    return _inner(text, masked, verbs, body)


def _behind_manner(text: str, masked: str, verbs: tuple[Verb, ...], body: int) -> Predicate:
    """Look for the verb behind words of how, where or for whom (围绕产业|建设; 为10所学校|安装)."""
    whole = Predicate(verbs, "", body, len(text))
    if not vocabulary.signs("manner").fullmatch(verbs[-1].word):
        return whole
    found = _inner_at(text, masked, vocabulary.signs("behind_manner"), verbs[:-1], body)
    return found or whole


def _chain(text: str, position: int) -> tuple[tuple[Verb, ...], int]:
    """Verbs from `position` on as long as one follows another, and where they end."""
    lexicon = _lexicon()
    verbs: list[Verb] = []
    while word := lexicon.lead.at_start(text, start := _past_joint(text, position, verbs)):
        kind = lexicon.kinds.get(word)
        if kind is None or not _may_follow(verbs, kind) or (verbs and _is_counted(text, start)):
            break
        position = start + len(word)
        verbs.append(Verb(word, kind, start, position))
        if kind in _BARRED:
            break
    return tuple(verbs), position


def _is_counted(text: str, start: int) -> bool:
    """Whether a word that is a verb as well is the thing that is counted (完成|造林绿化50万亩)."""
    word = vocabulary.affixes("heads").at_start(text, start)
    known = bool(word) and vocabulary.heads()[word].theme is not None
    return known and text[start + len(word) : start + len(word) + 1].isdigit()


def _past_joint(text: str, position: int, verbs: list[Verb]) -> int:
    """Step over 、 or 和 between two verbs (新建、改造; 新建和完善)."""
    if not verbs or position >= len(text) or verbs[-1].kind in _SILENT:
        return position
    return position + 1 if text[position] in _JOINT else position


def _may_follow(verbs: list[Verb], kind: str) -> bool:
    staged = [verb for verb in verbs if verb.kind not in _SILENT]
    if not staged:
        return True
    if kind in _BARRED or kind in _NOT_SECOND or kind in _SILENT:
        return False
    return staged[-1].kind not in _ENDS_CHAIN or kind == "counted"


def _staged(verbs: tuple[Verb, ...]) -> bool:
    return any(verb.kind not in _SILENT for verb in verbs)


def _inner(text: str, masked: str, verbs: tuple[Verb, ...], body: int) -> Predicate:
    """Look for verbs behind a subject; light verbs before it (支持, 推动) ask for firmer ones."""
    lexicon = _lexicon()
    light = any(verb.kind == "light" for verb in verbs)
    pattern = lexicon.firm_inner if light else lexicon.inner
    return _inner_at(text, masked, pattern, verbs, body) or Predicate(verbs, "", body, len(text))


def _inner_at(
    text: str, masked: str, pattern: re.Pattern[str], verbs: tuple[Verb, ...], body: int
) -> Predicate | None:
    found = pattern.search(masked, body + 1)
    if not found or masked[found.start() - 1] == "等":
        return None
    at = found.start()
    if vocabulary.affixes("finals").at_end(text, len(text), at) == text[at:]:
        return None
    inner, inner_body = _chain(text, at)
    if done := _done(text, masked, inner, inner_body):
        return Predicate((*verbs, *done), "", body, at)
    staged = _staged(inner) or _ACTOR.fullmatch(text, body, at) is not None
    if not staged or text[inner_body : inner_body + 1] in _NO_OBJECT:
        return None
    if vocabulary.signs("not_behind_inner").match(text, inner_body):
        return None
    return Predicate((*verbs, *inner), text[body:at], inner_body, len(text))


def _done(text: str, masked: str, verbs: tuple[Verb, ...], body: int) -> tuple[Verb, ...]:
    """Verbs that only say what is done to what stands before them (青云路|实施改造)."""
    if not verbs or not vocabulary.signs("doing").fullmatch(verbs[0].word[:2]):
        return ()
    if body == len(text):
        return verbs if _staged(verbs) else ()
    noun = describe(text, masked, body, len(text), find_amounts(masked, body))
    if noun.amounts or not noun.actions or any(a.kind == "policy" for a in noun.actions):
        return ()
    if noun.core and not is_part(noun.core):
        return ()
    deciding = tuple(action for action in noun.actions if action.kind in _NOT_SECOND)
    changed = (replace(a, kind="counted") for a in noun.actions if a.kind in _CHANGING)
    return deciding or (*verbs, *changed)


def goes_on(text: str) -> bool:
    """Whether a clause is a noun with its number, or more of a list, under the verb before it."""
    if vocabulary.signs("figures").match(text):
        return False
    if _MORE.search(text):
        return True
    amounts = find_amounts(text)
    return bool(amounts) and amounts[-1].kind in _THINGS and amounts[-1].end == len(text)


def continue_predicate(predicate: Predicate, said: tuple[Verb, ...]) -> Predicate:
    """Give a predicate without verbs those that were said before (…120座，户厕500座)."""
    if predicate.verbs or not said:
        return predicate
    return replace(predicate, verbs=said)


def verbs_at(text: str, start: int, end: int) -> tuple[Verb, ...]:
    """Opening verbs of a list's member (新建A、改造B), if a name is left behind them."""
    verbs, body = _chain(text, start)
    if _is_counted(text, start):
        return ()
    if not _staged(verbs) or end - body < _OBJECT or any(verb.kind in _BARRED for verb in verbs):
        return ()
    return verbs
