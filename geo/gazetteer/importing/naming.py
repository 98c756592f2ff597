"""All names that a thing bears: in every script, and its other, old, short and official ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

# The tags of the name itself, in the order in which they may stand for it.
_NAME_TAGS = ("name", "name:zh", "name:zh-Hans", "name:zh-CN", "name:zh-Hant", "name:zh-TW")
_OTHER_TAGS = ("official_name", "short_name", "alt_name", "old_name", "loc_name")
_LANGUAGES = ("", ":zh", ":zh-Hans", ":zh-Hant")

NAME_TAGS: tuple[str, ...] = (
    *_NAME_TAGS,
    *(tag + language for tag in _OTHER_TAGS for language in _LANGUAGES),
    "name:en",
)
"""The tags that hold names, the telling ones first."""

_SEPARATOR = re.compile(r"[;；]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# 甲研究所 (ABC), 甲乙高速公路(北向): the bracket is no part of the name.
_BESIDE = re.compile(r"\s*[(（](?:[\x20-\x7e]+|[东東南西北]向|[上下]行)[)）]$")
# 甲州水务有限公司白石污水处理厂: who runs a thing is no part of what a plan calls it.
_OPERATOR = re.compile(r"^.{2,30}?(?:有限责任公司|有限公司|集团公司|公司|集团)(?=.{4,})")
_REF = re.compile(r"[A-Z]{1,2}\d{1,4}[A-Z]?\d?")
_BRACKETS = (")", "）")
_LONGEST = 120
_MOST = 30
_MOST_REFS = 6


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of a thing and its other names, without repetition."""

    name: str
    aliases: tuple[str, ...]


def naming(values: Iterable[str]) -> Naming | None:
    """Make a naming of values, best first; each may hold several names between semicolons.

    The first name with a Chinese character is the name. None where no name is left.
    """
    found = list(dict.fromkeys(name for value in values for name in _names(value)))
    found.sort(key=lambda name: _CHINESE.search(name) is None)
    if not found:
        return None
    return Naming(found[0], tuple(found[1 : _MOST + 1]))


def tag_naming(tags: Mapping[str, str]) -> Naming | None:
    """Make the naming of a thing by its tags."""
    return naming(tags[tag] for tag in NAME_TAGS if tag in tags)


def refs_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Give the numbers of a road (G42, S48, X201) that the tag `ref` holds."""
    parts = (part.strip().upper() for part in _SEPARATOR.split(tags.get("ref", "")[:_LONGEST]))
    refs = dict.fromkeys(part.replace(" ", "") for part in parts)
    return tuple(ref for ref in refs if _REF.fullmatch(ref))[:_MOST_REFS]


def _names(value: str) -> Iterator[str]:
    for part in _SEPARATOR.split(value):
        name = (part if part.isprintable() else _UNPRINTABLE.sub(" ", part)).strip()
        if name and len(name) <= _LONGEST:
            yield name
            bare = _BESIDE.sub("", name) if name.endswith(_BRACKETS) else ""
            if bare:
                yield bare
            own = _OPERATOR.sub("", bare or name) if "公司" in name or "集团" in name else ""
            if own and own != (bare or name):
                yield own
