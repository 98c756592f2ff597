"""What people have corrected of works and sites, as values for pages."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from webmap.cards import card_rows


@dataclass(frozen=True, slots=True)
class EditCard:
    """One correction: its number in the log, who made it when and why, and which values."""

    number: int
    who: str
    why: str
    day: str
    fields: tuple[str, ...]


def edit_cards(edits: pd.DataFrame) -> Mapping[str, tuple[EditCard, ...]]:
    """Give the corrections of each work and site by its id, the oldest first."""
    fields: dict[tuple[str, int], list[str]] = defaultdict(list)
    facts: dict[tuple[str, int], tuple[str, str, str]] = {}
    for row in card_rows(edits):
        key = row["work_id"], row["number"]
        fields[key].append(row["field"])
        facts[key] = row["who"], row["why"] or "", row["at"][:10]
    cards: dict[str, list[EditCard]] = defaultdict(list)
    for (work_id, number), (who, why, day) in sorted(facts.items()):
        cards[work_id].append(EditCard(number, who, why, day, tuple(fields[work_id, number])))
    return {work_id: tuple(own) for work_id, own in cards.items()}
