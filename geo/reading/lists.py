"""Step: what the members of a list share: the head, the action, the final verb, the total."""

from dataclasses import dataclass

from geo.reading.nouns import describe
from geo.reading.predicates import verbs_at
from geo.reading.quantities import Amount
from geo.reading.values import Item, Noun, Verb
from geo.reading.vocabulary import Head


@dataclass(frozen=True, slots=True)
class Member:
    """A member with what it has of its own or through its list.

    `tail` is the class that its list names behind 等; `shared` are the amounts printed there;
    `verbs` are its own opening verbs (新建A、改造B), empty where the clause's govern it.
    """

    item: Item
    noun: Noun
    tail: Noun | None
    head: Head | None
    borrowed: bool
    actions: tuple[Verb, ...]
    final: Verb | None
    amounts: tuple[Amount, ...]
    shared: tuple[Amount, ...]
    verbs: tuple[Verb, ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Right:
    """What stands to the right of a member and may be meant for it as well."""

    head: Head | None = None
    actions: tuple[Verb, ...] = ()
    final: Verb | None = None


def share(text: str, items: tuple[Item, ...]) -> tuple[Member, ...]:
    """Describe the members of a clause's lists, from right to left, and share out."""
    tails = {item.group: _tail(text, item) for item in items}
    sizes = {item.group: sum(i.group == item.group for i in items) for item in items}
    members: list[Member] = []
    right = _Right()
    for item in reversed(items):
        if members and members[-1].item.group != item.group:
            right = _Right()
        member = _member(text, item, tails[item.group], right, sizes[item.group])
        right = _Right(member.noun.head or right.head, member.actions, member.final)
        members.append(member)
    return tuple(_merge_bare_amounts(members[::-1]))


def _tail(text: str, item: Item) -> Noun | None:
    return (
        describe(text, item.tail_start, item.tail_end) if item.tail_end > item.tail_start else None
    )


def _member(text: str, item: Item, tail: Noun | None, right: _Right, size: int) -> Member:
    verbs = verbs_at(text, item.start, item.end)
    noun = describe(text, verbs[-1].end if verbs else item.start, item.end)
    head = noun.head or (tail.head if tail else None) or right.head
    actions = noun.actions or (tail.actions if tail else ()) or (() if verbs else right.actions)
    final = noun.final or (tail.final if tail else None) or right.final
    return Member(
        item=item,
        noun=noun,
        tail=tail,
        head=head,
        borrowed=noun.head is None,
        actions=actions,
        final=final,
        amounts=noun.amounts,
        shared=tail.amounts if tail else (),
        verbs=verbs,
        size=size,
    )


def _merge_bare_amounts(members: list[Member]) -> list[Member]:
    """Give an amount that stands alone (55万平方米、2.8万户旧房改造) to the member behind it."""
    merged: list[Member] = []
    waiting: tuple[Amount, ...] = ()
    for member in members:
        if member.amounts and not member.noun.core.strip() and not member.noun.actions:
            waiting += member.amounts
            continue
        if waiting:
            member = _with_amounts(member, waiting + member.amounts)  # noqa: PLW2901
            waiting = ()
        merged.append(member)
    return merged


def _with_amounts(member: Member, amounts: tuple[Amount, ...]) -> Member:
    return Member(
        member.item,
        member.noun,
        member.tail,
        member.head,
        member.borrowed,
        member.actions,
        member.final,
        amounts,
        member.shared,
        member.verbs,
        member.size,
    )
