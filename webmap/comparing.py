"""Two plans side by side: counts by theme and stage, and for one city what both of them name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.gazetteer.names import forms, key
from geo.gazetteer.vocabulary import load_words
from geo.model import Precision, Stage, Theme
from webmap.cards import DocumentCard, WorkCard

By = Literal["name", "like", "place"]
"""The same name; the same but for words about works (工程, 改造); the same place and theme."""

# Places of which two works can be told to share one; an area or a city holds many works.
_PLACES: Final = frozenset(
    {Precision.SURVEYED, Precision.STREET, Precision.APPROXIMATE, Precision.SCHEMATIC}
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A work that both plans name, in the words of each, and what tells that it is the same."""

    then: WorkCard
    now: WorkCard
    by: By


@dataclass(frozen=True, slots=True)
class Count:
    """How many works of one theme or stage each of the two plans has."""

    code: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans, the earlier first. Only plans of one city have `pairs`, `new` and `unnamed`.

    `unnamed` are works that the later plan does not name again: it need not mean that they are
    given up, and `new` ones need not be new to the city.
    """

    then: DocumentCard
    now: DocumentCard
    themes: tuple[Count, ...]
    stages: tuple[Count, ...]
    pairs: tuple[Pair, ...]
    new: tuple[WorkCard, ...]
    unnamed: tuple[WorkCard, ...]

    @property
    def is_of_one_city(self) -> bool:
        """Whether the plans are of one city, so that works can be followed."""
        return self.then.city == self.now.city

    @property
    def most(self) -> int:
        """The largest count, to which bars are drawn."""
        counts = (*self.themes, *self.stages)
        return max((number for one in counts for number in (one.then, one.now)), default=1)


def compare(
    one: DocumentCard, other: DocumentCard, works: Mapping[str, Sequence[WorkCard]]
) -> Comparison:
    """Compare two plans; `works` are those of each, by the id of its document."""
    then, now = sorted((one, other), key=_age)
    before, after = works[then.document_id], works[now.document_id]
    pairs = tuple(_pairs(before, after)) if then.city == now.city else ()
    named = {card.work_id for pair in pairs for card in (pair.then, pair.now)}
    follows = then.city == now.city
    return Comparison(
        then=then,
        now=now,
        themes=_counts(Theme, "theme", before, after),
        stages=_counts(Stage, "stage", before, after),
        pairs=pairs,
        new=tuple(card for card in after if follows and card.work_id not in named),
        unnamed=tuple(card for card in before if follows and card.work_id not in named),
    )


def _age(plan: DocumentCard) -> tuple[int, str, str]:
    return plan.year or 0, plan.city, plan.document_id


def _counts(
    codes: Iterable[str], name: str, before: Iterable[WorkCard], after: Iterable[WorkCard]
) -> tuple[Count, ...]:
    then = Counter(str(getattr(card, name)) for card in before)
    now = Counter(str(getattr(card, name)) for card in after)
    listed = (Count(str(code), then[str(code)], now[str(code)]) for code in codes)
    return tuple(one for one in listed if one.then or one.now)


def _pairs(before: Sequence[WorkCard], after: Sequence[WorkCard]) -> list[Pair]:
    """Pair works one to one, the surest first."""
    pairs: list[Pair] = []
    for by in get_args(By):
        done = {card.work_id for pair in pairs for card in (pair.then, pair.now)}
        waiting: defaultdict[tuple[str, ...], list[WorkCard]] = defaultdict(list)
        for card in before:
            if card.work_id not in done and (mark := _mark(card, by)):
                waiting[mark].append(card)
        for card in after:
            mark = _mark(card, by)
            if card.work_id not in done and mark and waiting[mark]:
                pairs.append(Pair(waiting[mark].pop(0), card, by))
    return sorted(pairs, key=lambda pair: (pair.now.start, pair.now.work_id))


def _mark(card: WorkCard, by: str) -> tuple[str, ...]:
    """Give what works of two plans have in common if they are the same, () where nothing tells."""
    if by == "name":
        return (key(card.name),)
    if by == "like":
        *_, bare = forms(key(card.name), load_words())
        return card.theme, bare.text, bare.phase
    place = card.place
    if place is None or card.precision not in _PLACES:
        return ()
    return card.theme, place.place_id
