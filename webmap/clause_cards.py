"""The rows of the ledger as values that pages can show."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from geo.reading.values import Reason
from layers.frames import rows
from layers.ledger import reason_of


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A clause: its words are `text[start:end]` of its plan, `works` the ids of what it promises.

    `reason` is None where the ledger gives none that is known.
    """

    number: int
    passage: int
    section: str
    start: int
    end: int
    reason: Reason | None
    works: tuple[str, ...]


def clause_cards(clauses: pd.DataFrame) -> dict[str, tuple[ClauseCard, ...]]:
    """Make a card of each row of the table `clauses`, by document, in the order of its words."""
    found = defaultdict(list)
    for row in rows(clauses):
        found[row.document_id].append(
            ClauseCard(
                number=row.number,
                passage=row.passage,
                section=row.section or "",
                start=row.start,
                end=row.end,
                reason=reason_of(row.reason),
                works=tuple((row.works or "").split()),
            )
        )
    return {key: tuple(sorted(own, key=_place)) for key, own in found.items()}


def _place(card: ClauseCard) -> tuple[int, int]:
    return card.start, card.number
