"""The sites of counted works, and what is known of each promise, as values for pages."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.model import Confidence, Precision
from geo.registers import Slots
from layers.geopackage import WorksFile
from webmap.cards import PlaceCard, WorkCard, card_rows, place_card

_SURENESS = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class SiteCard:
    """A site of a counted work, or a group known by number, with the evidence for it.

    `work` is the counted work. `source` and `licence` are those of its position; `evidence` and
    `evidence_licence` say why it belongs to the work. `layer` is "" where it has no place.
    """

    site_id: str
    work: WorkCard
    name: str
    is_group: bool
    count: int | None
    quantity: float | None
    unit: str
    district: str
    town: str
    status: str
    confidence: Confidence
    precision: Precision
    uncertainty_m: float | None
    located_by: str
    verified: bool
    place: PlaceCard | None
    source: str
    licence: str
    layer: str
    evidence: str
    evidence_licence: str
    note: str
    register: str

    @property
    def city(self) -> str:
        """The city whose plan counts it."""
        return self.work.city

    @property
    def mapped(self) -> bool:
        """Whether the map shows a place for it."""
        return bool(self.layer)

    @property
    def is_sure(self) -> bool:
        """Whether it fills a slot: a candidate does not."""
        return self.confidence is not Confidence.LOW


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of each counted work, the surest first, and the slots of each that has a number."""

    by_id: Mapping[str, SiteCard]
    by_work: Mapping[str, tuple[SiteCard, ...]]
    slots: Mapping[str, Slots]


def sites_of(file: WorksFile, works: Sequence[WorkCard]) -> Sites:
    """Make cards of the tables `sites` and `slots`, and of the features of sites."""
    known = {work.work_id: work for work in works}
    features = dict(_features(file))
    places = {place.place_id: place for place in map(place_card, card_rows(file.places))}
    cards = [
        _site(row, known[row["part_of"]], features.get(row["site_id"], {}), places)
        for row in card_rows(file.sites)
        if row["part_of"] in known
    ]
    by_work: defaultdict[str, list[SiteCard]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: _SURENESS.index(card.confidence)):
        by_work[card.work.work_id].append(card)
    return Sites(
        by_id={card.site_id: card for card in cards},
        by_work={work_id: tuple(own) for work_id, own in by_work.items()},
        slots={row["work_id"]: _slots(row) for row in card_rows(file.slots)},
    )


def _features(file: WorksFile) -> Iterator[tuple[str, Mapping[Hashable, Any]]]:
    """Give the rows of sites in the layers: they hold what is known of a site's position."""
    for frame in file.layers.values():
        own = pd.DataFrame(frame[frame["part_of"].notna()]).drop(columns=frame.geometry.name)
        for row in card_rows(own):
            yield row["work_id"], row


def _site(
    row: Mapping[Hashable, Any],
    work: WorkCard,
    feature: Mapping[Hashable, Any],
    places: Mapping[str, PlaceCard],
) -> SiteCard:
    return SiteCard(
        site_id=row["site_id"],
        work=work,
        name=row["name"],
        is_group=bool(row["is_group"]),
        count=row["count"],
        quantity=row["quantity"],
        unit=row["unit"] or "",
        district=row["district"] or "",
        town=row["town"] or "",
        status=row["status"] or "",
        confidence=Confidence(row["confidence"]),
        precision=Precision(row["precision"]),
        uncertainty_m=feature.get("uncertainty_m"),
        located_by=row["located_by"] or "",
        verified=bool(feature.get("verified")),
        place=places.get(feature.get("place_id") or ""),
        source=feature.get("source") or "",
        licence=feature.get("licence") or "",
        layer=row["layer"] or "",
        evidence=row["source"],
        evidence_licence=row["licence"],
        note=row["note"] or "",
        register=row["register"],
    )


def _slots(row: Mapping[Hashable, Any]) -> Slots:
    return Slots(
        work_id=row["work_id"],
        promised=row["promised"],
        unit=row["unit"] or "",
        named=row["named"],
        filled=row["filled"],
        in_groups=row["in_groups"],
        candidates=row["candidates"],
    )
