"""A draft as it would be published: its works and ledger, with the corrections made so far."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from shapely.geometry.base import BaseGeometry

from layers.build import Plan, all_features, build_layers
from layers.edits.applying import apply_edits
from layers.edits.sides import now_states
from layers.edits.values import Edit, State
from layers.making import edit_log
from layers.records import build_tables
from layers.tables import Outcome
from webmap.cards import DocumentCard, WorkCard, card_rows, document_cards, work_cards
from webmap.meter import Meter, meter

_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A clause of the plan, what became of it, and the ids of its works."""

    number: int
    text: str
    outcome: Outcome
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft in the words of pages; all of works is by their id, shapes are in EPSG:4326."""

    document: DocumentCard
    works: Mapping[str, WorkCard]
    ledger: tuple[LedgerLine, ...]
    meter: Meter
    states: Mapping[str, State]
    shapes: Mapping[str, BaseGeometry]
    corrections: Mapping[str, tuple[Edit, ...]]


class Previews:
    """Makes previews, and keeps the latest: pages ask for the same one again and again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Preview] = OrderedDict()
        self._lock = Lock()

    def of(self, plan: Plan, edits: Sequence[Edit]) -> Preview:
        """Give the preview of a plan with corrections, beside those in the log of the server."""
        known = edit_log().edits()
        marks = tuple((edit.number, edit.status) for edit in (*known, *edits))
        mark = id(plan), marks
        with self._lock:
            found = self._kept.get(mark)
        if found is None:
            found = _preview(plan, known, edits)
            with self._lock:
                self._kept[mark] = found
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return found


def _preview(plan: Plan, known: Sequence[Edit], edits: Sequence[Edit]) -> Preview:
    applied = apply_edits([plan], [*known, *edits]).plans
    features = all_features(applied)
    tables = build_tables(
        applied, build_layers(applied, features), features, crs="EPSG:4326", geocoders=()
    )
    works = work_cards(tables["works"], tables["quantities"], tables["places"])
    corrections: dict[str, tuple[Edit, ...]] = {}
    for edit in edits:
        if edit.applied:
            own = edit.correction.work_id
            corrections[own] = (*corrections.get(own, ()), edit)
    return Preview(
        document=document_cards(tables["documents"])[0],
        works={one.work_id: one for one in works},
        ledger=tuple(map(_line, card_rows(tables["clauses"]))),
        meter=meter(works),
        states=now_states(applied),
        shapes={
            one.work.work.work_id: one.geometry for one in features if one.geometry is not None
        },
        corrections=corrections,
    )


def _line(row: Mapping[object, object]) -> LedgerLine:
    works = str(row["works"] or "").split()
    return LedgerLine(
        number=int(str(row["number"])),
        text=str(row["text"]).strip(),
        outcome=Outcome(str(row["outcome"])),
        works=tuple(works),
    )
