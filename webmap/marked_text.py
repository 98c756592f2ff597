"""A plan's text and sentences, cut for showing where each work is spoken of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.script import to_simplified
from webmap.cards import DocumentCard, WorkCard
from webmap.marking import Mark, Segment, occurrences, segments

WORDS = "words"
STAGE = "stage"
PLACE = "place"
SENTENCE = "sentence"

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


def document_lines(
    document: DocumentCard, works: Sequence[WorkCard]
) -> Iterator[tuple[Stretch, ...]]:
    """Give the lines of a plan's text, each cut where the words of works begin and end."""
    by_id = {work.work_id: work for work in works}
    marks = [mark for work in works for mark in _marks(work)]
    offset = 0
    for line in document.text.splitlines(keepends=True):
        near = [mark for mark in marks if mark.start < offset + len(line) and mark.end > offset]
        yield _line(segments(line, near, offset), by_id)
        offset += len(line)


def _marks(work: WorkCard) -> list[Mark]:
    """Mark a work's own words, or its whole sentence where they are not told apart."""
    own = occurrences(work.sentence, work.words, work.work_id, WORDS, work.start)
    whole = Mark(work.start, work.end, work.work_id, SENTENCE if own else WORDS)
    return [whole, *own]


def _line(cut: Sequence[Segment], by_id: Mapping[str, WorkCard]) -> tuple[Stretch, ...]:
    own = [[mark for mark in segment.marks if mark.role == WORDS] for segment in cut]
    led_to = {marks[0].owner for marks in own if marks}
    begun: set[str] = set()
    stretches = []
    for segment, marks in zip(cut, own, strict=True):
        end = segment.start + len(segment.text)
        beginning = [mark.owner for mark in marks if mark.owner not in begun]
        also = [mark.owner for mark in marks if mark.end == end and mark.owner not in led_to]
        begun.update(beginning)
        led_to.update(also)
        stretches.append(
            Stretch(
                text=segment.text,
                works=tuple(by_id[mark.owner] for mark in marks),
                beginning=tuple(by_id[owner] for owner in dict.fromkeys(beginning)),
                also=tuple(by_id[owner] for owner in dict.fromkeys(also)),
                inside=bool(segment.marks),
            )
        )
    return tuple(stretches)
