"""What may honestly be drawn of a place: its shape where known, else the area that it lies in."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.gazetteer.areas import buffer_m, polygons_of, reach_m
from geo.gazetteer.finding import AREA_BASES, Basis, Finding, polygon_basis
from geo.gazetteer.store import Gazetteer
from geo.model import Place, Precision

# From here on a disc says no more than the district does.
_DISC_LIMIT_M = 8_000.0
# How far from a place a work may lie that is only near it, such as the extension of a road.
_NEAR_M = 3_000.0
# A later phase of a plant or school stands beside the first one, within so many metres.
_PHASE_M = 300.0
# How well a crossing, and a boundary, is known that ends a part of a line.
_PART_M = 300.0
_BOUNDARY_M = 1_500.0
_ROUND_M = -2
_PARTS = frozenset({Basis.BETWEEN, Basis.WITHIN})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A geometry in EPSG:4326 with its precision and its uncertainty in metres."""

    geometry: BaseGeometry
    precision: Precision
    uncertainty_m: float


def draw(finding: Finding, gazetteer: Gazetteer) -> Drawing:
    """Give the geometry, in EPSG:4326, that a finding is worth.

    Sites and lines keep their geometry and precision. An area is never a bare point: it is the
    place's polygon, a disc (a belt for lines) of its uncertainty, or its whole district, inside
    the district or the city. What lies outside the city stays where it is.
    """
    place = finding.place
    if is_outside(place, gazetteer):
        return Drawing(_shape(place, gazetteer, None), Precision.OUTSIDE, place.uncertainty_m)
    if finding.counted:
        return _area(place.geometry, Precision.CITY)
    if finding.basis in _PARTS and finding.shape is not None:
        return _part(finding, finding.shape)
    surroundings = _surroundings(finding, gazetteer)
    if surroundings is not None:
        return _area(_clipped(surroundings, gazetteer.city), Precision.AREA)
    if _is_area(finding, gazetteer):
        holder = _holder(place, gazetteer)
        return _area(_clipped(_shape(place, gazetteer, holder), holder), Precision.AREA)
    return _own(finding, gazetteer)


def round_about(geometry: BaseGeometry, radius_m: float, holder: Place | None) -> Drawing:
    """Give the area that lies within a radius of a geometry, as far as its holder reaches.

    Without a radius it is the geometry itself, which then is a polygon.
    """
    area = buffer_m(geometry, radius_m) if radius_m else geometry
    return _area(_clipped(area, holder), Precision.AREA)


def _own(finding: Finding, gazetteer: Gazetteer) -> Drawing:
    """Give the place's geometry, no more precise than the work's name is about it."""
    place = finding.place
    geometry, precision, uncertainty_m = (
        _own_part(place, gazetteer),
        place.precision,
        place.uncertainty_m,
    )
    if finding.basis is Basis.PART:
        return Drawing(geometry, Precision.SCHEMATIC, uncertainty_m)
    if finding.basis is Basis.PHASE and precision is Precision.SURVEYED:
        return Drawing(geometry, Precision.STREET, max(uncertainty_m, _PHASE_M))
    return Drawing(geometry, precision, uncertainty_m)


def _part(finding: Finding, shape: BaseGeometry) -> Drawing:
    """Give the part of a line that a name tells; its ends are less certain than the line."""
    place = finding.place
    if place.precision is not Precision.SURVEYED:
        return Drawing(shape, place.precision, place.uncertainty_m)
    if finding.basis is Basis.BETWEEN:
        return Drawing(shape, Precision.STREET, max(place.uncertainty_m, _PART_M))
    return Drawing(shape, Precision.APPROXIMATE, max(place.uncertainty_m, _BOUNDARY_M))


def _surroundings(finding: Finding, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Give the area beside a place, beyond the end of a line, or round all places of a tie."""
    place = finding.place
    if finding.basis is Basis.END:
        return buffer_m(finding.shape or place.geometry, _NEAR_M)
    if finding.basis is Basis.NEAR:
        return _near(place, gazetteer)
    if finding.tied and polygon_basis(place) is Basis.INSIDE:
        return buffer_m(place.geometry.convex_hull, max(place.uncertainty_m, _PART_M))
    return None


def is_outside(place: Place, gazetteer: Gazetteer) -> bool:
    """Whether the place is held by another city, or lies apart from this one."""
    if place.within:
        return gazetteer.district(place.within) is None
    return gazetteer.city is not None and not place.geometry.intersects(gazetteer.city.geometry)


def _area(geometry: BaseGeometry, precision: Precision) -> Drawing:
    return Drawing(geometry, precision, round(reach_m(geometry), _ROUND_M))


def _is_area(finding: Finding, gazetteer: Gazetteer) -> bool:
    """Whether no more is known than that the work lies somewhere in the place."""
    place = finding.place
    somewhere = finding.basis in AREA_BASES or place.precision is Precision.AREA
    return somewhere or _is_centre(place, gazetteer)


def _is_centre(place: Place, gazetteer: Gazetteer) -> bool:
    """Whether a point or line stands for a whole area, such as a town."""
    extended = gazetteer.kinds[place.kind].extent == "area"
    return extended and not _is_polygon(place.geometry)


def _is_polygon(geometry: BaseGeometry) -> bool:
    return geometry.geom_type.endswith("Polygon")


def _shape(place: Place, gazetteer: Gazetteer, holder: Place | None) -> BaseGeometry:
    """Give the polygon that a place is, or that it lies in; a site or line stays what it is."""
    known = place.precision is not Precision.AREA and not _is_centre(place, gazetteer)
    if known or _is_polygon(place.geometry):
        return place.geometry
    radius = max(place.uncertainty_m, gazetteer.kinds[place.kind].reach_m)
    if holder is not None and radius >= _DISC_LIMIT_M:
        return holder.geometry
    return buffer_m(place.geometry, radius)


def _near(place: Place, gazetteer: Gazetteer) -> BaseGeometry:
    reach = gazetteer.kinds[place.kind].reach_m
    return buffer_m(place.geometry, max(place.uncertainty_m, reach, _NEAR_M))


def _own_part(place: Place, gazetteer: Gazetteer) -> BaseGeometry:
    """Keep the city's part of a polygon; a line is drawn whole, for it leads somewhere."""
    if _is_polygon(place.geometry):
        return _clipped(place.geometry, _holder(place, gazetteer))
    return place.geometry


def _holder(place: Place, gazetteer: Gazetteer) -> Place | None:
    """Give the district that holds a place, else the city."""
    return gazetteer.district(place.within) or gazetteer.city


def _clipped(area: BaseGeometry, holder: Place | None) -> BaseGeometry:
    if holder is None or holder.geometry.covers(area):
        return area
    inside = polygons_of(area.intersection(holder.geometry))
    return holder.geometry if inside.is_empty else inside
