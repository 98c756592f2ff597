"""Step: the verbs that open a clause (加快 + 推进 + 建设) and where their objects begin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from geo.reading import vocabulary
from geo.reading.quantities import find_amounts
from geo.reading.values import Predicate, Verb

_MARK = re.compile(
    r"(?:\d{1,2}[.、)](?!\d)|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[-*•·#>—]+"
    r"|[一二三四五六七八九十]{1,3}是要?|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]))+"
)
# By what method something is done (“一河一策”治理青溪).
_MANNER = re.compile(r"“[^“”]{2,12}[策法制式化议]”(?=[一-龥]{2})")
_NO_OBJECT = ("", "等", "、")
_JOINT = "、和与及并或"
_SILENT = frozenset({"adverb", "light"})
_BARRED = frozenset({"policy", "event"})
_ENDS_CHAIN = frozenset({"under_construction", "open_to_service"})
_NOT_SECOND = frozenset({"open_to_service", "plan", "preliminary_work"})
_PROTECTED_KINDS = frozenset({"site", "unique", "line", "area"})
_THINGS = frozenset({"measure", "counter", "household"})
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
    if any(verb.kind in _BARRED for verb in verbs) or _staged(verbs):
        return Predicate(verbs, "", body, len(text))
    return _inner(text, masked, verbs, body)


def _chain(text: str, position: int) -> tuple[tuple[Verb, ...], int]:
    """Verbs from `position` on as long as one follows another, and where they end."""
    lexicon = _lexicon()
    verbs: list[Verb] = []
    while word := lexicon.lead.at_start(text, start := _past_joint(text, position, verbs)):
        kind = lexicon.kinds.get(word)
        if kind is None or not _may_follow(verbs, kind):
            break
        position = start + len(word)
        verbs.append(Verb(word, kind, start, position))
        if kind in _BARRED:
            break
    return tuple(verbs), position


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
    found = (lexicon.firm_inner if light else lexicon.inner).search(masked, body + 1)
    if not found or masked[found.start() - 1] == "等":
        return Predicate(verbs, "", body, len(text))
    if vocabulary.affixes("finals").at_end(text, len(text), found.start()) == text[found.start() :]:
        return Predicate(verbs, "", body, len(text))
    inner, inner_body = _chain(text, found.start())
    if not _staged(inner) or text[inner_body : inner_body + 1] in _NO_OBJECT:
        return Predicate(verbs, "", body, len(text))
    return Predicate((*verbs, *inner), text[body : found.start()], inner_body, len(text))


def is_mere_number(text: str) -> bool:
    """Whether a clause is a noun with its number, which goes on with the verb before it."""
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
    if not _staged(verbs) or end - body < _OBJECT or any(verb.kind in _BARRED for verb in verbs):
        return ()
    return verbs
