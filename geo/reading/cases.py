"""What the rules of judging look at: a member of a list with the verbs that govern it."""

import re

from msgspec import Struct

from geo.model import Theme
from geo.reading import vocabulary
from geo.reading.lists import Member
from geo.reading.nouns import proper_of, proper_part
from geo.reading.quantities import PHYSICAL, Amount
from geo.reading.values import Verb

EXACT = frozenset({"site", "line", "unique", "area", "zone"})
_DOING = frozenset({"invested", "build", "renew", "protect", "plan", "preliminary_work"})
_BUILDING = frozenset(
    {"under_construction", "counted", "complete", "open_to_service", "start"}
    | {"plan", "preliminary_work"}
)
NUMBERED_ROAD = re.compile(r"[GSXY]\d{1,4}(?![\dA-Za-z])")
_DIRECTION = re.compile(r"[东南西北中]{1,2}")
_ORDINAL = re.compile(r"(?:市|省|区|县)?第[一二三四五六七八九十]+")
_PHASE = re.compile(r"[一二三四五六七八九十\d]期$")
_BY_LENGTH = re.compile(r"[一-龥]{2,}[路街巷桥渠]|[一二三四五六七八九十百]{2,}[河湖湾山溪江]")
# Names as short as one character before a head noun are ordinary words more often than names.
_NAME = 2


class Case(Struct, frozen=True, gc=False):
    """All that the rules look at: a member, the verbs that govern it, words before them.

    `counts` are amounts of physical things; `builds` whether a verb says that something is built,
    changed or planned; `does` whether the words behind the name say what is done to it.
    """

    member: Member
    verbs: tuple[Verb, ...]
    where: str
    text: str
    counts: tuple[Amount, ...]
    builds: bool
    does: bool

    @property
    def works(self) -> bool:
        """Whether verb or action speak of works at all."""
        return self.builds or self.does


def case_of(member: Member, verbs: tuple[Verb, ...], where: str, text: str) -> Case:
    """Make the case of a member, with what its rules ask most."""
    return Case(
        member=member,
        verbs=verbs,
        where=where,
        text=text,
        counts=tuple(amount for amount in member.amounts if amount.kind in PHYSICAL),
        builds=member.final is not None or any(verb.kind in _BUILDING for verb in verbs),
        does=any(action.kind in _DOING for action in member.actions)
        or any(amount.kind == "money" for amount in member.amounts),
    )


def is_named(member: Member) -> bool:
    """Whether a member has a proper name in front of its head noun."""
    noun, head = member.noun, member.head
    if head is None:
        return False
    if not member.borrowed and len(proper_of(noun)) >= _NAME:
        return True
    if _is_numbered(member):
        return True
    if member.borrowed:
        return bool(proper_part(noun.core)) and _DIRECTION.fullmatch(noun.core) is None
    return is_named_road(member) or _is_route(member)


def _is_numbered(member: Member) -> bool:
    """Whether an ordinal or a phase sets a member apart (第三医院, 云江公园二期)."""
    noun, head = member.noun, member.head
    if head is None:
        return False
    if head.kind in ("line", "site") and _ORDINAL.match(noun.prefix):
        return True
    return (head.kind != "counted" or member.borrowed) and _PHASE.search(noun.core) is not None


def is_named_road(member: Member) -> bool:
    """A road that is called after the part of the city it serves (城西大道)."""
    noun, head = member.noun, member.noun.head
    if (
        head is None
        or head.kind != "line"
        or head.theme is not Theme.ROAD
        or len(head.word) > _NAME
    ):
        return False
    area = opening_area(noun.core)
    return bool(area) and noun.prefix == area


def _is_route(member: Member) -> bool:
    """A line or water by its number (3号线, S3公路, 九曲湾) or its short name (中山路, 云山)."""
    noun, head = member.noun, member.noun.head
    if head is None or head.kind not in ("natural", "line"):
        return False
    if any(c.isascii() and c.isalnum() for c in noun.prefix + noun.after):
        return True
    short = len(head.word) == 1 or head.word[0] in "东南西北中" or head.word[-1] == "段"
    return short and (
        bool(proper_of(noun)) or _BY_LENGTH.fullmatch(noun.prefix + head.word) is not None
    )


def is_listed(member: Member) -> bool:
    """Whether the list calls its members works: projects, or things with a head noun."""
    tail = member.tail
    if tail is None:
        return False
    return (tail.head is not None and tail.head.theme is not None) or are_projects(member)


def are_projects(member: Member) -> bool:
    """Whether the list calls its members projects."""
    if member.tail is None:
        return False
    words = member.tail.core + "".join(action.word for action in member.tail.actions)
    return vocabulary.signs("projects").search(words) is not None


def opening_area(words: str) -> str:
    """The general part of a city that some words begin with ("" if none)."""
    found = vocabulary.areas("area").match(words)
    return found[0] if found else ""
