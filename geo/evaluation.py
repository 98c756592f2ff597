"""How well works were read, compared with an annotation of the same text by hand.

A predicted work matches an annotated one when their sentences overlap and a name or place of one
contains one of the other (simplified script, without quotes, brackets and marks); an annotated work
without a place also matches on an equal quantity. Each matches once, the closest first. Borderline
annotations count neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.gold import GoldWork, Span, compared, read_gold, read_negatives
from geo.model import Work

__all__ = ["GoldWork", "Scores", "Span", "evaluate", "read_gold", "read_negatives"]

_OPEN_IS_COMPLETE = {"open_to_service": "complete"}


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1, counts, and the names of what was missed and invented.

    `theme`, `stage` and `locatable` are shares of the matched core works, alternatives accepted;
    the strict ones accept none. `false_friends` counts clauses known to hold no work that gave one.
    """

    gold_core: int
    predicted: int
    recall: float
    precision: float
    f1: float
    theme: float
    stage: float
    locatable: float
    theme_strict: float
    stage_strict: float
    quantity_recall: float
    false_friends: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A predicted work in the form that is compared."""

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    quantities: frozenset[tuple[float, str]]
    answers: Mapping[str, str]


def evaluate(
    works: Sequence[Work], gold: Sequence[GoldWork], negatives: Iterable[Span] = ()
) -> Scores:
    """Compare works with an annotation; `negatives` are clauses that must give no work."""
    rows = [_row(work) for work in works]
    of_row, of_gold = _pairs(rows, gold)
    core = [index for index, work in enumerate(gold) if not work.borderline]
    hits = [index for index in core if index in of_gold]
    counted = [index for index in range(len(rows)) if _counts(index, rows, gold, of_row)]
    right = sum(index in of_row for index in counted)
    recall, precision = _share(len(hits), len(core)), _share(right, len(counted))
    pairs = [(rows[of_gold[index]], gold[index]) for index in hits]
    unmatched = [row for index, row in enumerate(rows) if index not in of_row]
    return Scores(
        gold_core=len(core),
        predicted=len(rows),
        recall=recall,
        precision=precision,
        f1=_share(2 * recall * precision, recall + precision),
        theme=_agreement(pairs, "theme"),
        stage=_agreement(pairs, "stage"),
        locatable=_agreement(pairs, "locatable"),
        theme_strict=_agreement(pairs, "theme", strict=True),
        stage_strict=_agreement(pairs, "stage", strict=True),
        quantity_recall=_quantity_recall(core, gold, rows, of_gold),
        false_friends=sum(any(_inside(row, span) for row in unmatched) for span in negatives),
        missed=tuple(gold[index].name for index in core if index not in of_gold),
        invented=tuple(rows[index].name for index in counted if index not in of_row),
    )


def _row(work: Work) -> _Row:
    return _Row(
        start=work.start,
        end=work.end,
        name=work.name,
        words=tuple(w for w in map(compared, (work.name, *work.places)) if len(w) > 1),
        quantities=frozenset((q.value, compared(q.unit)) for q in work.quantities),
        answers={"theme": work.theme, "stage": work.stage, "locatable": work.locatable},
    )


def _pairs(rows: Sequence[_Row], gold: Sequence[GoldWork]) -> tuple[dict[int, int], dict[int, int]]:
    """Match each row and each annotation at most once, closest first (ties: the later pair)."""
    closeness = (
        (_closeness(row, work), i, j) for i, row in enumerate(rows) for j, work in enumerate(gold)
    )
    of_row: dict[int, int] = {}
    of_gold: dict[int, int] = {}
    for _, i, j in sorted((pair for pair in closeness if pair[0] > 0), reverse=True):
        if i not in of_row and j not in of_gold:
            of_row[i], of_gold[j] = j, i
    return of_row, of_gold


def _closeness(row: _Row, work: GoldWork) -> float:
    """0 for no match; otherwise the length ratio of the closest names, more for equal numbers."""
    if min(row.end, work.end) <= max(row.start, work.start):
        return 0.0
    ratios = (
        min(len(a), len(b)) / max(len(a), len(b))
        for a in row.words
        for b in work.words
        if a in b or b in a
    )
    best = max(ratios, default=0.0)
    if row.quantities & work.quantities and (best or not work.places):
        best += 0.5
    return best


def _counts(
    index: int, rows: Sequence[_Row], gold: Sequence[GoldWork], of_row: Mapping[int, int]
) -> bool:
    """A row counts unless it matches, or could match, a borderline annotation only."""
    if index in of_row:
        return not gold[of_row[index]].borderline
    return not any(work.borderline and _closeness(rows[index], work) > 0 for work in gold)


def _agreement(
    pairs: Sequence[tuple[_Row, GoldWork]], field: str, *, strict: bool = False
) -> float:
    right = 0
    for row, work in pairs:
        accepted = work.answers[field][:1] if strict else work.answers[field]
        said = row.answers[field]
        right += _OPEN_IS_COMPLETE.get(said, said) in {
            _OPEN_IS_COMPLETE.get(a, a) for a in accepted
        }
    return _share(right, len(pairs))


def _quantity_recall(
    core: Iterable[int],
    gold: Sequence[GoldWork],
    rows: Sequence[_Row],
    of_gold: Mapping[int, int],
) -> float:
    """Share of the core works with printed amounts that were found with all of them."""
    printed = [index for index in core if gold[index].quantities]
    found = [
        index
        for index in printed
        if index in of_gold and gold[index].quantities <= rows[of_gold[index]].quantities
    ]
    return _share(len(found), len(printed)) if printed else 1.0


def _inside(row: _Row, span: Span) -> bool:
    return span.start <= row.start and row.end <= span.end


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
