"""What a brief says of how well the places of its works are known, and of what it leaves out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.model import Precision
from layers.titles import PRECISIONS
from webmap.brief.content import Brief
from webmap.translation import gettext as _
from webmap.translation import title
from webmap.wording import number

_SENTENCES: Mapping[Precision, Callable[[], str]] = {
    Precision.SURVEYED: lambda: _("Within 50 m of the true place."),
    Precision.STREET: lambda: _("Within 300 m of the true place."),
    Precision.APPROXIMATE: lambda: _("Within 2 km of the true place."),
    Precision.SCHEMATIC: lambda: _(
        "A line through known points in the right order; its course between them is not known."
    ),
    Precision.AREA: lambda: _("Somewhere inside an area; the mark is no site."),
    Precision.CITY: lambda: _("Counted for the city or a district; drawn nowhere."),
    Precision.OUTSIDE: lambda: _("Beyond the city; not on this map."),
    Precision.UNLOCATED: lambda: _("No place was found; listed, and drawn nowhere."),
}


@dataclass(frozen=True, slots=True)
class PrecisionNote:
    """How many works are known so well, and what that means; `code` is "unverified" for doubts."""

    code: str
    name: str
    count: str
    meaning: str


def precision_notes(brief: Brief) -> tuple[PrecisionNote, ...]:
    """Explain each precision that there is, best first, and what no source confirms."""
    return tuple(_notes(brief))


def _notes(brief: Brief) -> Iterator[PrecisionNote]:
    for precision, words in PRECISIONS.items():
        count = sum(work.precision is precision for work in brief.found)
        if count:
            meaning = _SENTENCES[precision]()
            yield PrecisionNote(str(precision), title(words), number(count), meaning)
    doubtful = sum(work.mapped and not work.verified for work in brief.found)
    if doubtful:
        meaning = _("No source confirms the position; drawn with dots.")
        yield PrecisionNote("unverified", _("unverified"), number(doubtful), meaning)


def remarks(brief: Brief, beyond: Sequence[int]) -> tuple[str, ...]:
    """Say which works the map does not show, and which the selection could not hold."""
    return tuple(_remarks(brief, beyond))


def _remarks(brief: Brief, beyond: Sequence[int]) -> Iterator[str]:
    numbers = brief.numbers
    placed = {numbers[work.work_id] for works in brief.placed.values() for work in works}
    hidden = sorted(placed.intersection(beyond))
    if hidden:
        yield _("Not shown on this map: %(numbers)s.") % {"numbers": _(", ").join(runs(hidden))}
    if brief.placeless:
        words = {"n": number(len(brief.placeless))}
        yield (
            _(
                "%(n)s more works that pass the other filters have no place and name no district: "
                "they are not in this brief, and may lie here."
            )
            % words
        )


def runs(numbers: Sequence[int]) -> Iterator[str]:
    """Shorten ascending numbers: 3, 7, 8, 9 are 3 and 7–9."""
    start = 0
    for at, one in enumerate(numbers, start=1):
        if at == len(numbers) or numbers[at] != one + 1:
            yield str(one) if numbers[start] == one else f"{numbers[start]}–{one}"
            start = at
