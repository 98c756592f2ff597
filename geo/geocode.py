"""From works to placed works: the gazetteer first, other geocoders behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.candidates import weigh
from geo.gazetteer.drawing import draw, is_outside
from geo.gazetteer.finding import Basis, Finding
from geo.gazetteer.matching import stated_area
from geo.gazetteer.neighbours import settled
from geo.gazetteer.rules import find
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.model import Candidate, Locatable, PlacedWork, Precision, Work

REASONS_JOINED_BY = "; "
_EXACT = frozenset({Precision.SURVEYED, Precision.STREET, Precision.APPROXIMATE})
# No list of a plan is longer; a table that is read as one would only cost time.
_MOST_BESIDE = 30
_DISTRICT_LIKE = frozenset({*DISTRICT_KINDS, "urban_districts"})


class Geocoder(Protocol):
    """Whatever finds places for works."""

    def locate(self, work: Work) -> PlacedWork | None:
        """Give the work with its place, geometry in EPSG:4326, or None when it finds none."""

    def reason(self, work: Work) -> str:
        """Say why it found none, such as "no place of this name in …"; "" if never asked."""


@runtime_checkable
class Weigher(Protocol):
    """A geocoder that says which places it weighed for a work, found or not."""

    def candidates(self, work: Work) -> tuple[Candidate, ...]:
        """Give the places that the work may mean, best first."""


@runtime_checkable
class Settler(Protocol):
    """A geocoder that can decide a tie by where other works of the same list lie."""

    def settle(self, work: Work, beside: Sequence[BaseGeometry]) -> PlacedWork | None:
        """Give the work at the one of its tied places that the others lie beside, or None."""


@dataclass(frozen=True, slots=True)
class GazetteerGeocoder:
    """Finds works in the gazetteer of their city (see `geo.gazetteer.rules` for how)."""

    gazetteer: Gazetteer

    def locate(self, work: Work) -> PlacedWork | None:
        """Give the work with what may honestly be drawn of its place, or None."""
        finding = find(self.gazetteer, work)
        return self._placed(work, finding) if finding else None

    def reason(self, work: Work) -> str:
        """Say why the gazetteer has no place for the work."""
        is_counted = work.locatable is Locatable.CITYWIDE_QUANTITY
        missing = "no boundary of the city" if is_counted else "no place of this name"
        return f"{missing} in {self.gazetteer.title}"

    def candidates(self, work: Work) -> tuple[Candidate, ...]:
        """Give the places that the work may mean, best first."""
        return weigh(self.gazetteer, work)

    def settle(self, work: Work, beside: Sequence[BaseGeometry]) -> PlacedWork | None:
        """Decide between equal places of the work by its neighbours in the list, or give None."""
        finding = find(self.gazetteer, work)
        decided = settled(finding, beside) if finding and finding.tied else None
        return self._placed(work, decided) if decided else None

    def _placed(self, work: Work, finding: Finding) -> PlacedWork:
        drawing = draw(finding, self.gazetteer)
        return PlacedWork(
            work=work,
            place=finding.place,
            geometry=drawing.geometry,
            precision=drawing.precision,
            uncertainty_m=drawing.uncertainty_m,
            located_by=finding.located_by,
            verified=finding.place.verified,
            district=self._district(work, finding),
            source=finding.place.source,
            licence=finding.place.licence,
            candidates=weigh(self.gazetteer, work),
        )

    def _district(self, work: Work, finding: Finding) -> str:
        """Give the full name of the district in the text, else of the one that holds the place."""
        if is_outside(finding.place, self.gazetteer):
            return ""
        stated = stated_area(self.gazetteer, work)
        for area in (stated, finding.place):
            if area and area.kind in _DISTRICT_LIKE:
                return area.name_hans
        return finding.place.within or (stated.within if stated else "")


@dataclass(frozen=True, slots=True)
class FirstMatch:
    """Asks geocoders in turn; the first that finds a place decides."""

    geocoders: tuple[Geocoder, ...]

    def locate(self, work: Work) -> PlacedWork | None:
        """Give the first placed work that is found, or None."""
        found = (geocoder.locate(work) for geocoder in self.geocoders)
        return next((placed for placed in found if placed), None)

    def reason(self, work: Work) -> str:
        """Give the reasons of all, each once."""
        reasons = (geocoder.reason(work) for geocoder in self.geocoders)
        return REASONS_JOINED_BY.join(dict.fromkeys(filter(None, reasons)))

    def settle(self, work: Work, beside: Sequence[BaseGeometry]) -> PlacedWork | None:
        """Give what the first geocoder decides that can."""
        able = (geocoder for geocoder in self.geocoders if isinstance(geocoder, Settler))
        found = (geocoder.settle(work, beside) for geocoder in able)
        return next((placed for placed in found if placed), None)

    def candidates(self, work: Work) -> tuple[Candidate, ...]:
        """Give the candidates of all, in their order."""
        return tuple(one for geocoder in self.geocoders for one in _candidates(work, geocoder))


def place_works(works: Iterable[Work], geocoder: Geocoder) -> tuple[PlacedWork, ...]:
    """Place every work, in order; one without a place says in `located_by` why it has none.

    A work of several equal places is placed at last, by the works of its clause that are known.
    """
    placed = [geocoder.locate(work) or _unlocated(work, geocoder) for work in works]
    if not isinstance(geocoder, Settler):
        return tuple(placed)
    known: defaultdict[tuple[str, int], list[BaseGeometry]] = defaultdict(list)
    for one in placed:
        beside = known[one.work.document_id, one.work.clause]
        if one.geometry is not None and one.precision in _EXACT and len(beside) < _MOST_BESIDE:
            beside.append(one.geometry)
    return tuple(_settled(one, geocoder, known) for one in placed)


def _settled(
    one: PlacedWork, geocoder: Settler, known: Mapping[tuple[str, int], Sequence[BaseGeometry]]
) -> PlacedWork:
    beside = known.get((one.work.document_id, one.work.clause), ())
    if not beside or not one.located_by.startswith(Basis.SEVERAL):
        return one
    return geocoder.settle(one.work, beside) or one


def unlocated(work: Work, reason: str, candidates: tuple[Candidate, ...] = ()) -> PlacedWork:
    """Give a work without a place, with the reason why it has none."""
    return PlacedWork(
        work=work,
        place=None,
        geometry=None,
        precision=Precision.UNLOCATED,
        uncertainty_m=None,
        located_by=reason,
        verified=False,
        district="",
        source="",
        licence="",
        candidates=candidates,
    )


def _unlocated(work: Work, geocoder: Geocoder) -> PlacedWork:
    return unlocated(work, geocoder.reason(work), _candidates(work, geocoder))


def _candidates(work: Work, geocoder: Geocoder) -> tuple[Candidate, ...]:
    return geocoder.candidates(work) if isinstance(geocoder, Weigher) else ()
