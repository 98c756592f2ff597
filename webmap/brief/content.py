"""What a brief accounts for: every work of a selection once, and what is promised beyond it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Precision, Theme
from geo.script import to_simplified
from layers.selection import Selection
from webmap.cards import DocumentCard, WorkCard
from webmap.selection import select
from webmap.site_cards import SiteCard
from webmap.store import Snapshot

Works = tuple[WorkCard, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The works of a selection, each in one group, and their numbers in the list.

    `placed` are those with a place of their own, by theme; `counted_here` are counted for a
    district, `counted_city` for the whole city. Not of the selection, and in no count and no
    download of it, are `around` (counted for the whole city, so for its parts too) and `placeless`
    (they pass the other filters, and might lie here).
    """

    selection: Selection
    documents: tuple[DocumentCard, ...]
    found: Works
    placed: Mapping[Theme, Works]
    counted_here: Works
    counted_city: Works
    unlocated: Works
    around: Works
    placeless: Works
    sites: Mapping[str, tuple[SiteCard, ...]]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each work in the list, by its id."""
        grouped = [work for works in self.placed.values() for work in works]
        listed = (*grouped, *self.counted_here, *self.counted_city, *self.unlocated)
        return {work.work_id: number for number, work in enumerate(listed, start=1)}


def brief_of(snapshot: Snapshot, selection: Selection) -> Brief:
    """Sort the works that a selection finds into the groups of a brief."""
    found = tuple(select(snapshot.works, selection, snapshot.shapes))
    counted = [work for work in found if work.counted]
    around = _around(snapshot, selection, found)
    known = {work.document_id for work in (*found, *around)}
    within = _within(selection, snapshot.shapes)
    return Brief(
        selection=selection,
        documents=tuple(one for one in snapshot.documents if one.document_id in known),
        found=found,
        placed=_by_theme(work for work in found if work.mapped),
        counted_here=tuple(work for work in counted if work.district),
        counted_city=tuple(work for work in counted if not work.district),
        unlocated=tuple(work for work in found if work.precision is Precision.UNLOCATED),
        around=tuple(work for work in around if work.counted),
        placeless=tuple(work for work in around if work.precision is Precision.UNLOCATED),
        sites={
            work.work_id: tuple(filter(within, snapshot.sites_of(work.work_id)))
            for work in (*counted, *around)
        },
    )


def _around(snapshot: Snapshot, selection: Selection, found: Sequence[WorkCard]) -> Works:
    """Give the works of no district that pass all filters but those of place."""
    if not selection.of("district") and selection.area is None:
        return ()
    anywhere = replace(selection.with_values("district", ()), bbox=None, polygon=None)
    taken = {work.work_id for work in found}
    others = select(snapshot.works, anywhere, snapshot.shapes)
    return tuple(work for work in others if not work.district and work.work_id not in taken)


def _within(selection: Selection, shapes: Mapping[str, BaseGeometry]) -> Callable[[SiteCard], bool]:
    """Tell which sites lie where the selection is asked for."""
    districts, area = frozenset(map(to_simplified, selection.of("district"))), selection.area

    def is_within(site: SiteCard) -> bool:
        if districts and to_simplified(site.district) not in districts:
            return False
        if area is None:
            return True
        return site.site_id in shapes and bool(shapely.intersects(area, shapes[site.site_id]))

    return is_within


def _by_theme(works: Iterable[WorkCard]) -> dict[Theme, Works]:
    own = list(works)
    groups = {theme: tuple(work for work in own if work.theme is theme) for theme in Theme}
    return {theme: group for theme, group in groups.items() if group}
