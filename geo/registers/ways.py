"""The ways to the place of a site, tried in order; the first that leads to one decides."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.areas import reach_m
from geo.gazetteer.drawing import Drawing, draw, round_about
from geo.gazetteer.finding import Basis, Finding, joint, polygon_basis
from geo.gazetteer.ranking import lies_in
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.geocode import Geocoder
from geo.model import Place, PlacedWork, Precision, Work
from geo.registers.claiming import claimed
from geo.registers.naming import area_named, place_named
from geo.registers.row import Position

# A name that is only similar, or borne by several, is no place; the district to which a geocoder
# falls back comes last.
_BY_NAME: Final = frozenset(Basis) - {
    Basis.SIMILAR,
    Basis.SEVERAL,
    Basis.NEAR,
    Basis.CORRIDOR,
    Basis.DISTRICT,
    Basis.URBAN,
    Basis.CITY,
}
# A site lies so near the place that it is said to lie at, where its row does not say how near.
_NEAR_M: Final = 3_000.0
# A town reaches so far from its middle, in degrees (about 10 km): beyond it lies a namesake.
_TOWN_REACH: Final = 0.1
_METRES_PER_DEGREE: Final = 111_000
_BETWEEN_NAMES: Final = re.compile(r"[;；、]")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a site lies, how that is known and who says so; `district` is what holds the place."""

    drawing: Drawing
    located_by: str
    source: str
    licence: str
    verified: bool
    place: Place | None = None
    district: str = ""


@dataclass(slots=True)
class Search:
    """The search for the place of one site.

    `work` is the site as a geocoder takes it, `district` the area that its rows state as such:
    a district, all urban ones, the city. `told` are reasons against what its rows say, `missing`
    those why a way led nowhere.
    """

    gazetteer: Gazetteer
    geocoder: Geocoder
    work: Work
    district: Place | None
    town: str
    positions: tuple[Position, ...]
    told: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def holder(self) -> Place | None:
        """The area that nothing of the site may leave."""
        return self.district or self.gazetteer.city


def by_coordinates(search: Search) -> Where | None:
    """The coordinates of a row, unless they lie where the site cannot be."""
    for position in search.positions:
        geometry = position.geometry
        if geometry is None or position.precision is None or position.uncertainty_m is None:
            continue
        problem = _contradiction(search, geometry, position.uncertainty_m)
        if problem:
            search.told.append(problem)
            continue
        drawing = Drawing(geometry, position.precision, position.uncertainty_m)
        if position.precision is Precision.AREA:
            is_polygon = geometry.geom_type.endswith("Polygon")
            radius = 0.0 if is_polygon else position.uncertainty_m
            drawing = round_about(geometry, radius, search.holder)
        words = f"{Basis.REGISTER}: {position.source}"[:100]
        return Where(drawing, words, position.source, position.licence, verified=True)
    return None


def _contradiction(search: Search, geometry: BaseGeometry, uncertainty_m: float) -> str:
    city, district = search.gazetteer.city, search.district
    reach = uncertainty_m / _METRES_PER_DEGREE
    if city is not None and not shapely.dwithin(geometry, city.geometry, reach):
        return "its coordinates lie outside the city"
    if district is not None and not lies_in(geometry, district):
        return f"its coordinates lie outside {district.name_hans}"
    return ""


def by_place(search: Search) -> Where | None:
    """The place that a row says it lies at, or between."""
    for position in search.positions:
        names = [name.strip() for name in _BETWEEN_NAMES.split(position.near) if name.strip()]
        places = [place for name in names for place in _one_place(search, name)]
        if names and len(places) == len(names):
            return _at(search, position, tuple(places))
    return None


def _one_place(search: Search, name: str) -> tuple[Place, ...]:
    found = place_named(search.gazetteer, name, search.district)
    if len(found) == 1:
        return found
    several = "several places" if found else "no place"
    search.missing.append(f"{several} called {name[:40]} in {search.gazetteer.title}")
    return ()


def _at(search: Search, position: Position, places: tuple[Place, ...]) -> Where:
    place = places[0] if len(places) == 1 else joint(places)
    extent = search.gazetteer.kinds[place.kind].extent if len(places) == 1 else "several"
    if extent == "area":
        return _within(search, place, place.name_hans)
    shape = place.geometry.convex_hull if extent == "several" else place.geometry
    reach = reach_m(shape) if extent == "site" else 0.0
    precision, metres = _beside(position, max(place.uncertainty_m, reach))
    if precision is Precision.AREA or extent != "site":
        drawing = round_about(shape, metres, search.holder)
    else:
        drawing = Drawing(shape.representative_point(), precision, metres)
    return _where(place, drawing, f"{Basis.NEAR}: {place.name_hans}")


def _beside(position: Position, least_m: float) -> tuple[Precision, float]:
    """Say how well a site is known that lies beside a place: as an area, unless its row says more.

    It is never surveyed, however well the place is.
    """
    if position.precision is None:
        return Precision.AREA, max(position.uncertainty_m or _NEAR_M, least_m)
    stated = Precision.STREET if position.precision is Precision.SURVEYED else position.precision
    return claimed(stated, position.uncertainty_m, least_m, is_line=False)


def by_name(search: Search) -> Where | None:
    """The place that the gazetteer, or an online geocoder, knows by the site's own name."""
    placed = search.geocoder.locate(search.work)
    basis = placed.located_by.partition(": ")[0] if placed else ""
    if placed is None or placed.geometry is None or not _is_meant(search, placed, basis):
        search.missing.append(_why_not_by_name(search, basis))
        return None
    return Where(
        drawing=Drawing(placed.geometry, placed.precision, placed.uncertainty_m or 0.0),
        located_by=placed.located_by,
        source=placed.source,
        licence=placed.licence,
        verified=placed.verified,
        place=placed.place,
        district=placed.district,
    )


def _is_meant(search: Search, placed: PlacedWork, basis: str) -> bool:
    """Whether it is by its name that a site was found, and where its rows say that it is."""
    geometry, district = placed.geometry, search.district
    if geometry is None or placed.precision is Precision.OUTSIDE:
        return False
    if basis == Basis.DISTRICT and district is None:
        return True  # its name begins with that of a district
    if basis not in _BY_NAME and not (basis == Basis.SIMILAR and _is_called_so(search, placed)):
        return False
    if district is not None and not lies_in(geometry, district):
        return False
    towns = area_named(search.gazetteer, search.town, district) if search.town else ()
    near = (shapely.dwithin(geometry, town.geometry, _TOWN_REACH) for town in towns)
    return not towns or any(near)


def _is_called_so(search: Search, placed: PlacedWork) -> bool:
    """Whether a name is the same but for a last word that means the same (污水厂, 污水处理厂)."""
    called = place_named(search.gazetteer, search.work.name, search.district)
    return placed.place in called


def _why_not_by_name(search: Search, basis: str) -> str:
    title = search.gazetteer.title
    if basis == Basis.SIMILAR:
        return f"only a similar name in {title}"
    if basis == Basis.SEVERAL:
        return f"several places of this name in {title}"
    return search.geocoder.reason(search.work)


def by_town(search: Search) -> Where | None:
    """Somewhere in its town."""
    if not search.town:
        return None
    towns = area_named(search.gazetteer, search.town, search.district)
    if len(towns) == 1:
        return _within(search, towns[0], towns[0].name_hans)
    several = "several places" if towns else "no place"
    search.missing.append(f"{several} called {search.town[:40]} in {search.gazetteer.title}")
    return None


def _within(search: Search, area: Place, words: str) -> Where:
    """Draw a site somewhere in an area, which may be wider than usual by what its rows say."""
    stated = [one.uncertainty_m or 0.0 for one in search.positions if one.geometry is None]
    wide = replace(area, uncertainty_m=max(area.uncertainty_m, *stated, 0.0))
    basis = polygon_basis(area)
    drawing = draw(Finding(wide, basis, words), search.gazetteer)
    return _where(area, drawing, f"{basis}: {words}")


def by_district(search: Search) -> Where | None:
    """Somewhere in its district."""
    if search.district is None or search.district.kind not in DISTRICT_KINDS:
        stated = search.work.district
        known = f"no district called {stated[:40]} in {search.gazetteer.title}"
        search.missing.append(known if stated else "the register names no district")
        return None
    words = f"{search.district.name_hans} named in the register"
    drawing = draw(Finding(search.district, Basis.DISTRICT, words), search.gazetteer)
    return _where(search.district, drawing, f"{Basis.DISTRICT}: {words}")


def _where(place: Place, drawing: Drawing, located_by: str) -> Where:
    return Where(
        drawing=drawing,
        located_by=located_by[:100],
        source=place.source,
        licence=place.licence,
        verified=place.verified,
        place=place,
        district=place.within,
    )


Way = Callable[[Search], Where | None]

WAYS: Final[tuple[Way, ...]] = (by_coordinates, by_place, by_name, by_town, by_district)
"""The order in which ways are tried."""
