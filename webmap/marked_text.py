"""A plan's text and sentences, cut for showing where each work is spoken of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from geo.reading.values import Reason
from geo.script import to_simplified
from webmap.cards import DocumentCard, WorkCard
from webmap.clause_cards import ClauseCard
from webmap.marking import Mark, Segment, occurrences, segments

WORDS = "words"
STAGE = "stage"
PLACE = "place"
SENTENCE = "sentence"
CLAUSE = "clause"
LINE = "line"

_AROUND = 160
"""Characters of a paragraph that are shown before and after a sentence."""

_VERB = 2
"""Characters of a usual verb."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a plan's text.

    `works` are those whose own words it is, the closest first, and the first is what it leads to;
    `beginning` are those whose words begin here; `also` are those that no stretch of the line leads
    to and whose words end here; `inside` tells whether it is in the sentence of any work.
    """

    text: str
    works: tuple[WorkCard, ...]
    beginning: tuple[WorkCard, ...]
    also: tuple[WorkCard, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What stands of a clause in one line; `card` is None for white space between clauses."""

    card: ClauseCard | None
    begins: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan's text, with its end."""

    start: int
    end: int
    clauses: tuple[ClauseText, ...]

    @property
    def stretches(self) -> Iterator[Stretch]:
        """All pieces of the line in turn."""
        for clause in self.clauses:
            yield from clause.stretches

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return all(one.text.isspace() for one in self.stretches)

    def holds_only(self, reason: Reason) -> bool:
        """Tell whether all its clauses are left out for one reason, such as being a heading."""
        cards = [clause.card for clause in self.clauses if clause.card]
        return bool(cards) and all(card.reason == reason for card in cards)


class Marker:
    """Marks the works of one plan in stretches of its text; offsets count in the whole text."""

    def __init__(self, works: Sequence[WorkCard], clauses: Sequence[ClauseCard] = ()) -> None:
        self._works = {work.work_id: work for work in works}
        self._own = [mark for work in works for mark in _own_marks(work)]
        spans = dict.fromkeys((work.start, work.end) for work in works)
        sentences = [Mark(start, end, "", SENTENCE) for start, end in spans]
        parts = [Mark(one.start, one.end, str(one.number), CLAUSE) for one in clauses]
        self._clauses = {str(one.number): one for one in clauses}
        self._marks = [*self._own, *sentences, *parts]

    def places(self) -> dict[str, int]:
        """Tell where the words of each work begin."""
        found: dict[str, int] = {}
        for mark in self._own:
            found[mark.owner] = min(mark.start, found.get(mark.owner, mark.start))
        return found

    def lines(self, text: str, offset: int = 0) -> Iterator[Line]:
        """Give the lines of a stretch of the text, each cut where words and clauses begin and end.

        `offset` is where the stretch begins in the whole text.
        """
        marks = [*self._marks, *_line_marks(text, offset)]
        begun = _turned(self.places())
        for _, cut in groupby(segments(text, marks, offset), key=_line_of):
            yield self._line(list(cut), begun)

    def stretches(self, text: str, offset: int) -> tuple[Stretch, ...]:
        """Give one stretch of the text, beside which its works are named already."""
        cut = segments(text, self._own, offset)
        return tuple(replace(one, also=()) for one in self._stretches(cut, {}))

    def _line(self, cut: Sequence[Segment], begun: Mapping[int, Sequence[str]]) -> Line:
        stretches = zip(cut, self._stretches(cut, begun), strict=True)
        grouped = groupby(stretches, key=lambda pair: _owner(pair[0], CLAUSE))
        clauses = tuple(self._clause(number, list(pairs)) for number, pairs in grouped)
        return Line(cut[0].start, cut[-1].start + len(cut[-1].text), clauses)

    def _clause(self, number: str | None, pairs: Sequence[tuple[Segment, Stretch]]) -> ClauseText:
        stretches = tuple(stretch for _, stretch in pairs)
        card = self._clauses[number] if number else None
        begins = card is not None and card.start == pairs[0][0].start
        return ClauseText(card, begins, stretches)

    def _stretches(
        self, cut: Sequence[Segment], begun: Mapping[int, Sequence[str]]
    ) -> Iterator[Stretch]:
        own = [[mark for mark in segment.marks if mark.role == WORDS] for segment in cut]
        led_to = {marks[0].owner for marks in own if marks}
        for segment, marks in zip(cut, own, strict=True):
            end = segment.start + len(segment.text)
            also = [mark.owner for mark in marks if mark.end == end and mark.owner not in led_to]
            led_to.update(also)
            yield Stretch(
                text=segment.text,
                works=self._cards(mark.owner for mark in marks),
                beginning=self._cards(begun.get(segment.start, ())),
                also=self._cards(also),
                inside=any(mark.role in _SPOKEN for mark in segment.marks),
            )

    def _cards(self, ids: Iterable[str]) -> tuple[WorkCard, ...]:
        return tuple(self._works[one] for one in dict.fromkeys(ids))


_SPOKEN: Collection[str] = (WORDS, SENTENCE)


def around(document: DocumentCard, work: WorkCard) -> tuple[str, str]:
    """Give what stands before and after a sentence in its paragraph, cut where it is long."""
    start = document.text.rfind("\n", 0, work.start) + 1
    end = document.text.find("\n", work.end)
    before = document.text[start : work.start].lstrip()
    after = document.text[work.end : end if end >= 0 else None].rstrip()
    is_cut = len(before) > _AROUND, len(after) > _AROUND
    return (
        f"…{before[-_AROUND:]}" if is_cut[0] else before,
        f"{after[:_AROUND]}…" if is_cut[1] else after,
    )


def sentence_segments(work: WorkCard) -> list[Segment]:
    """Cut a work's sentence at its own words and at those that decided its stage and place."""
    words = occurrences(work.sentence, work.words, work.work_id, WORDS)
    return segments(work.sentence, [*words, *_verbs(work), *_places(work)])


def _places(work: WorkCard) -> list[Mark]:
    """Mark the words by which a work was placed, as far as the sentence writes them out.

    A place's name may go on where the plan's ends (高速 for 高速公路): its beginning is marked.
    """
    sentence = to_simplified(work.sentence)
    told = work.located_by.partition(": ")[2]
    names = [told, work.place.name_hans if work.place else "", work.district]
    begun = (_beginning(to_simplified(name), sentence) for name in names)
    return occurrences(sentence, list(dict.fromkeys(begun)), work.work_id, PLACE)


def _beginning(name: str, sentence: str) -> str:
    """Give as much of a name's beginning as a sentence holds; "" where that says nothing."""
    lengths = range(len(name), _VERB - 1, -1)
    return next((name[:length] for length in lengths if name[:length] in sentence), "")


def _verbs(work: WorkCard) -> list[Mark]:
    """Mark the governing verbs; two that the sentence keeps apart are found one by one.

    They are compared in simplified script, which keeps every character's place.
    """
    sentence, verbs = to_simplified(work.sentence), to_simplified(work.stage_words)
    pairs = [verbs[at : at + _VERB] for at in range(0, len(verbs), _VERB)]
    return occurrences(sentence, [verbs] if verbs in sentence else pairs, work.work_id, STAGE)


def _own_marks(work: WorkCard) -> list[Mark]:
    """Mark a work's own words, or its whole sentence where they are not told apart."""
    own = occurrences(work.sentence, work.words, work.work_id, WORDS, work.start)
    return own or [Mark(work.start, work.end, work.work_id, WORDS)]


def _line_marks(text: str, offset: int) -> Iterator[Mark]:
    for line in text.splitlines(keepends=True):
        yield Mark(offset, offset + len(line), str(offset), LINE)
        offset += len(line)


def _line_of(segment: Segment) -> str | None:
    return _owner(segment, LINE)


def _owner(segment: Segment, role: str) -> str | None:
    return next((mark.owner for mark in segment.marks if mark.role == role), None)


def _turned(places: Mapping[str, int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for owner, start in places.items():
        found[start].append(owner)
    return found
