"""The rows of the works file as values that pages can show."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.model import Locatable, Precision, Stage, Theme
from layers.searching import Searched, searched
from layers.tables import Outcome


@dataclass(frozen=True, slots=True)
class QuantityCard:
    """A printed number; `text` is the plan's own words."""

    value: float
    unit: str
    what: str
    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A gazetteer entry that stands behind a work's position."""

    place_id: str
    name: str
    name_hans: str
    kind: str
    within: str
    source: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A plan: `text` is its decoded original, to which all offsets refer."""

    document_id: str
    title: str
    city: str
    year: int | None
    issuer: str
    document_number: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A work with all that a page says of it.

    `words` are exact substrings of the sentence that name the work; `searched` is
    what a query looks into; `layer` is "" for a work that is not located.
    """

    work_id: str
    name: str
    name_hans: str
    theme: Theme
    stage: Stage
    stage_words: str
    quantity_text: str
    quantities: tuple[QuantityCard, ...]
    district: str
    city: str
    year: int | None
    locatable: Locatable
    precision: Precision
    uncertainty_m: float | None
    located_by: str
    verified: bool
    place: PlaceCard | None
    source: str
    licence: str
    layer: str
    document_id: str
    section: str
    passage: int
    start: int
    end: int
    sentence: str
    words: tuple[str, ...]
    searched: Searched

    @property
    def counted(self) -> bool:
        """Whether the work is a count over a city or district, with no single place."""
        return self.precision is Precision.CITY

    @property
    def mapped(self) -> bool:
        """Whether the map shows a place of its own for the work."""
        return bool(self.layer) and not self.counted


def work_cards(
    works: pd.DataFrame, quantities: pd.DataFrame, places: pd.DataFrame
) -> tuple[WorkCard, ...]:
    """Make a card of each row of the `works` table, in the order of the plan."""
    place_by_id = {place.place_id: place for place in map(place_card, card_rows(places))}
    numbers = defaultdict(list)
    for row in card_rows(quantities):
        numbers[row["work_id"]].append(_quantity(row))
    cards = (_work(row, tuple(numbers[row["work_id"]]), place_by_id) for row in card_rows(works))
    return tuple(sorted(cards, key=_in_text_order))


def _in_text_order(card: WorkCard) -> tuple[str, int, int, str]:
    first = min(map(card.sentence.find, card.words), default=0)
    return card.document_id, card.start, first, card.work_id


def document_cards(documents: pd.DataFrame) -> tuple[DocumentCard, ...]:
    """Make a card of each row of the `documents` table."""
    return tuple(
        DocumentCard(
            document_id=row["document_id"],
            title=row["title"],
            city=row["city"],
            year=row["year"],
            issuer=row["issuer"] or "",
            document_number=row["document_number"] or "",
            text=row["full_text"],
        )
        for row in card_rows(documents)
    )


def clause_counts(clauses: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Count for each document its clauses, and those of them that gave works."""
    read: Counter[str] = Counter()
    gave: Counter[str] = Counter()
    for row in card_rows(clauses[["document_id", "outcome"]]):
        read[row["document_id"]] += 1
        gave[row["document_id"]] += row["outcome"] != Outcome.NO_WORK
    return {one: (read[one], gave[one]) for one in read}


def card_rows(frame: pd.DataFrame) -> Iterator[dict[Hashable, Any]]:
    """Give rows by column name, with None for what is missing."""
    for row in frame.to_dict("records"):
        yield {key: None if pd.isna(value) else value for key, value in row.items()}


def _work(
    row: Mapping[Hashable, Any],
    quantities: tuple[QuantityCard, ...],
    places: Mapping[str, PlaceCard],
) -> WorkCard:
    return WorkCard(
        work_id=row["work_id"],
        name=row["name"],
        name_hans=row["name_hans"],
        theme=Theme(row["theme"]),
        stage=Stage(row["stage"]),
        stage_words=row["stage_words"] or "",
        quantity_text=row["quantity_text"] or "",
        quantities=quantities,
        district=row["district"] or "",
        city=row["city"],
        year=row["year"],
        locatable=Locatable(row["locatable"]),
        precision=Precision(row["precision"]),
        uncertainty_m=row["uncertainty_m"],
        located_by=row["located_by"],
        verified=bool(row["verified"]),
        place=places.get(row["place_id"]),
        source=row["source"] or "",
        licence=row["licence"] or "",
        layer=row["layer"] or "",
        document_id=row["document_id"],
        section=row["section"] or "",
        passage=row["passage"],
        start=row["start"],
        end=row["end"],
        sentence=row["sentence"],
        words=_words(row, quantities),
        searched=searched(row["name"], row["sentence"]),
    )


def _words(row: Mapping[Hashable, Any], quantities: tuple[QuantityCard, ...]) -> tuple[str, ...]:
    named = [word for word in (row.get("words") or "").split("\n") if word]
    numbers = [quantity.text for quantity in quantities if not quantity.shared]
    words = [word for word in dict.fromkeys([*named, *numbers, row["name"]]) if word]
    return tuple(
        word
        for word in words
        if word in row["sentence"] and not any(word in other for other in words if other != word)
    )


def _quantity(row: Mapping[Hashable, Any]) -> QuantityCard:
    return QuantityCard(
        value=row["value"],
        unit=row["unit"] or "",
        what=row["what"] or "",
        text=row["text"] or "",
        shared=bool(row["shared"]),
    )


def place_card(row: Mapping[Hashable, Any]) -> PlaceCard:
    """Make a card of a row of the `places` table."""
    return PlaceCard(
        place_id=row["place_id"],
        name=row["name"],
        name_hans=row["name_hans"],
        kind=row["kind"],
        within=row["within"] or "",
        source=row["source"],
        licence=row["licence"],
        note=row["note"] or "",
    )
