"""Step: what the members of a list share: the head, the action, the final verb, the total."""

import re

from msgspec import Struct
from msgspec.structs import replace

from geo.model import Theme
from geo.reading import vocabulary
from geo.reading.clauses import Source
from geo.reading.nouns import describe, is_part, proper_of
from geo.reading.predicates import verbs_at
from geo.reading.quantities import Amount, find_amounts
from geo.reading.values import Item, Noun, Predicate, Verb
from geo.reading.vocabulary import Head

# A list of projects may mix all kinds: its members do not share a noun.
PROJECTS = "项目"
_WAYS = frozenset(
    {None, Theme.ROAD, Theme.EXPRESSWAY, Theme.BRIDGE_CROSSING, Theme.RAILWAY, Theme.METRO}
)
# Lines are called by the abbreviated names of the cities that they join (京港澳 for no policy).
_ABBREVIATED = 4
_POINTS = frozenset({"line", "site"})
_QUARTER = 2  # characters of 片区, 商圈, 东路
_NUMBERED = re.compile(r"[GSXY]\d")
_BETWEEN = re.compile(r"[至到—-]")


class Member(Struct, frozen=True, gc=False):
    """A member with what it has of its own or through its list.

    `tail` is the class that its list names behind 等, `tail_verbs` opens it (等|打造|滨水区);
    `shared` are the amounts printed there; `verbs` are its own opening verbs (新建A、改造B).
    """

    item: Item
    noun: Noun
    tail: Noun | None
    head: Head | None
    actions: tuple[Verb, ...]
    final: Verb | None
    amounts: tuple[Amount, ...]
    verbs: tuple[Verb, ...]

    @property
    def borrowed(self) -> bool:
        """Whether the head noun is the list's, not its own."""
        return self.head is not self.noun.head

    @property
    def shared(self) -> tuple[Amount, ...]:
        """Amounts that the list prints for all its members."""
        return self.tail.amounts if self.tail else ()


class _Right(Struct, frozen=True, gc=False):
    """What stands to the right of a member and may be meant for it as well."""

    head: Head | None = None
    actions: tuple[Verb, ...] = ()
    final: Verb | None = None


def share(
    source: Source, items: tuple[Item, ...], amounts: tuple[Amount, ...]
) -> tuple[Member, ...]:
    """Describe the members of a clause's lists, from right to left, and share out."""
    if len(items) == 1 and items[0].tail_end == 0:
        only = _member(source, items[0], amounts, (None, ()), _Right())
        return () if _is_bare_amount(only) else (only,)
    tails = {group: _tail(source, item, amounts) for group, item in _groups(items).items()}
    members: list[Member] = []
    right = _Right()
    for item in reversed(items):
        if members and members[-1].item.group != item.group:
            right = _Right()
        member = _member(source, item, amounts, tails[item.group], right)
        if total := _total(members, member, items):
            members.append(total)
        right = _Right(_lendable(member) or right.head, member.actions, member.final)
        members.append(member)
    return tuple(_merge_bare_amounts(_respective(_repeated(_continued(members[::-1])))))


def lend_counts(
    masked: str, predicate: Predicate, members: tuple[Member, ...]
) -> tuple[Member, ...]:
    """Give the one thing that is built for many the number of those (为30所学校|建设食堂)."""
    if not predicate.where or len(members) != 1 or members[0].amounts:
        return members
    found = find_amounts(masked, 0, predicate.body_start)
    counts = tuple(amount for amount in found if amount.kind in ("counter", "household"))
    return (replace(members[0], amounts=counts),)


def as_project(member: Member) -> Member:
    """A member of a list that calls its members projects by its title, not behind 等.

    What ends with a noun of no works is none, unless the noun tells a firm or its trade.
    """
    head = member.noun.head
    plant = head is None or head.reason == "firm" or head.word in vocabulary.classes("cues")
    if member.tail or not (plant or (head and head.theme)):
        return member
    return replace(member, tail=describe(PROJECTS, PROJECTS, 0, 2, ()))


def _groups(items: tuple[Item, ...]) -> dict[int, Item]:
    """One item of each list: they all have its tail."""
    return {item.group: item for item in items}


def _tail(
    source: Source, item: Item, amounts: tuple[Amount, ...]
) -> tuple[Noun | None, tuple[Verb, ...]]:
    if item.tail_end <= item.tail_start:
        return None, ()
    verbs = verbs_at(source.text, item.tail_start, item.tail_end)
    start = verbs[-1].end if verbs else item.tail_start
    return describe(source.text, source.masked, start, item.tail_end, amounts), verbs


def _member(
    source: Source,
    item: Item,
    amounts: tuple[Amount, ...],
    of_list: tuple[Noun | None, tuple[Verb, ...]],
    right: _Right,
) -> Member:
    tail, tail_verbs = of_list
    verbs = verbs_at(source.text, item.start, item.end)
    noun = describe(
        source.text, source.masked, verbs[-1].end if verbs else item.start, item.end, amounts
    )
    of_tail = tail.head if tail else None
    listed = of_tail is not None and not of_tail.word.endswith(PROJECTS)
    counted = tail is not None and bool(tail.amounts)
    borrowable = right.head if tail is None or (listed and not counted) else None
    if of_tail and borrowable and _ends_an_address(borrowable):
        borrowable = None
    own = _own_head(noun, borrowable, of_tail)
    return Member(
        item=item,
        noun=noun,
        tail=tail,
        head=own or borrowable or of_tail,
        actions=noun.actions or (tail.actions if tail else ()) or (() if verbs else right.actions),
        final=noun.final or (tail.final if tail else None) or right.final,
        amounts=noun.amounts,
        verbs=verbs or tail_verbs,
    )


def _total(members: list[Member], last: Member, items: tuple[Item, ...]) -> Member | None:
    """The total that a list prints for more things than it names (中山路等断头路10条)."""
    group, tail = last.item.group, last.tail
    if tail is None or not _counts_works(tail):
        return None
    if members and members[-1].item.group == group:
        return None
    named = sum(item.group == group for item in items)
    if not any(a.kind == "counter" and a.value > named for a in tail.amounts):
        return None
    item = Item(last.item.tail_start, last.item.tail_end, group, 0, 0)
    return Member(item, tail, None, tail.head, tail.actions, tail.final, tail.amounts, last.verbs)


def _counts_works(tail: Noun) -> bool:
    """Whether a list's number is of works: of a kind of them, or of projects."""
    if tail.head is not None:
        return tail.head.theme is not None
    return any(action.word.endswith(PROJECTS) for action in tail.actions)


def _own_head(noun: Noun, of_right: Head | None, of_tail: Head | None) -> Head | None:
    """The member's head noun, unless it only ends a name that goes with the list's.

    云寺 in 云寺、东安等检查站 is no temple, 云江 in 东安、云江等过江通道 no river, and 云城 in
    云城、东安产业园 no town: what they have in common is said of them all.
    """
    head = noun.head
    common = of_tail or of_right
    if head is None or common is None or common.theme is None or common.kind == "natural":
        return head
    if head.theme is None and common.kind == "line" and len(noun.core) <= _ABBREVIATED:
        return None
    if len(head.word) > 1:
        return None if _goes_between(noun, common) or _is_bare(noun, of_tail, common) else head
    if head.kind == "line" and of_tail is not None and of_tail.theme not in _WAYS:
        return None
    changed = any(action.kind in ("renew", "protect") for action in noun.actions)
    short = head.kind == "site" and of_tail is not None
    bare = head.kind == "area" and (len(noun.prefix) == 1 or _is_found(of_tail))
    return None if short or bare or (head.kind == "natural" and not changed) else head


def _is_found(of_tail: Head | None) -> bool:
    """Whether a list's noun is of things found by name, so that 云城 is one of them."""
    return of_tail is not None and of_tail.kind in ("site", "line") and len(of_tail.word) > 1


def _goes_between(noun: Noun, common: Head) -> bool:
    """Whether a name only says between which places a line of its list runs (机场至云东)."""
    if noun.head is not None and noun.head.kind == "line":
        return False
    return common.kind == "line" and _BETWEEN.search(noun.core) is not None and bool(noun.after)


def _is_bare(noun: Noun, of_tail: Head | None, common: Head) -> bool:
    """Whether a head noun alone is the name of one of a list (西站等片区; 长城、云江公园).

    So is what only says where an area of its list lies (中山路、云江广场等商圈).
    """
    if noun.head is None:
        return False
    bare = noun.core == noun.head.word
    if of_tail is not None and of_tail.kind == "area":
        quarters = vocabulary.signs("quarters").fullmatch(of_tail.word[-_QUARTER:])
        return bare or (quarters is not None and noun.head.kind in _POINTS)
    return bare and noun.head.kind == "area" and common.word.endswith("公园")


def _ends_an_address(head: Head) -> bool:
    """Whether a noun is that of its own street alone (云山、中山东路等商圈)."""
    return head.theme is Theme.ROAD and len(head.word) <= _QUARTER


def _lendable(member: Member) -> Head | None:
    """A head noun that members to the left may miss: one behind a name (惠联|垃圾焚烧发电厂)."""
    head = member.noun.head
    if head is None or head.theme is None or len(head.word) == 1:
        return None
    return head if proper_of(member.noun) else None


def _continued(members: list[Member]) -> list[Member]:
    """Give a mere part (北延、南延; 二期) the head noun of the member before it."""
    for index in range(1, len(members)):
        before, member = members[index - 1], members[index]
        same = before.item.group == member.item.group
        part = is_part(member.noun.core) and not _NUMBERED.match(member.noun.core)
        if same and before.head is not None and member.head is None and part:
            members[index] = replace(member, head=before.head)
    return members


def _is_bare_amount(member: Member) -> bool:
    return bool(member.amounts) and not member.noun.core and not member.noun.actions


def _repeated(members: list[Member]) -> list[Member]:
    """Give an amount with a verb of its own the noun before it (新建道路5条、改造8条)."""
    for index in range(1, len(members)):
        before, member = members[index - 1], members[index]
        if member.verbs and _is_bare_amount(member) and before.head is not None:
            noun = replace(before.noun, amounts=member.noun.amounts, actions=(), final=None)
            members[index] = replace(member, noun=noun, head=before.head)
    return members


def _respective(members: list[Member]) -> list[Member]:
    """Share out as many amounts as there are things (供热、燃气管网80公里、60公里)."""
    bare = 0
    while bare < len(members) and _is_bare_amount(members[-1 - bare]):
        bare += 1
    named = members[: len(members) - bare]
    if not bare or len(named) != bare + 1 or any(member.amounts for member in named[:-1]):
        return members
    amounts = [named[-1].amounts, *(member.amounts for member in members[-bare:])]
    return [
        replace(member, amounts=own, noun=replace(member.noun, amounts=own))
        for member, own in zip(named, amounts, strict=True)
    ]


def _merge_bare_amounts(members: list[Member]) -> list[Member]:
    """Give an amount that stands alone (55万平方米、2.8万户旧房改造) to the member behind it."""
    merged: list[Member] = []
    waiting: tuple[Amount, ...] = ()
    for member in members:
        if _is_bare_amount(member):
            waiting += member.amounts
        else:
            merged.append(replace(member, amounts=waiting + member.amounts) if waiting else member)
            waiting = ()
    return merged
