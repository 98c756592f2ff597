"""Places the sites of counted works: as exactly as their registers and the gazetteer know it."""

from collections.abc import Iterable
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.geocode import REASONS_JOINED_BY, Geocoder, Weigher, unlocated
from geo.model import Candidate, Confidence, Locatable, PlacedWork, Quantity, Work
from geo.registers.joining import Listed
from geo.registers.ways import WAYS, Search, Where

GROUP_REASON = "a group, known by number only"


def place_sites(
    sites: Iterable[Listed], gazetteer: Gazetteer, geocoder: Geocoder
) -> tuple[PlacedWork, ...]:
    """Place every site, in order, geometries in EPSG:4326; one without a place says why.

    A group is no place. A candidate's place is never verified: it may belong to another promise.
    """
    return tuple(_placed(listed, gazetteer, geocoder) for listed in sites)


def _placed(listed: Listed, gazetteer: Gazetteer, geocoder: Geocoder) -> PlacedWork:
    work = _work_of(listed)
    if listed.site.is_group:
        return _unlocated(listed, work, GROUP_REASON)
    search = Search(
        gazetteer=gazetteer,
        geocoder=geocoder,
        work=work,
        district=listed.area,
        town=listed.site.town,
        positions=listed.positions,
    )
    found = (way(search) for way in WAYS)
    where = next((one for one in found if one), None)
    candidates = geocoder.candidates(work) if isinstance(geocoder, Weigher) else ()
    if where is None:
        reasons = [*search.told, *search.missing]
        return _unlocated(listed, work, _together(reasons), candidates)
    district = listed.site.district or where.district or _holding(where.drawing.geometry, gazetteer)
    return replace(
        _located(listed, work, where, district),
        located_by=_together([where.located_by, *search.told]),
        candidates=candidates,
    )


def _work_of(listed: Listed) -> Work:
    """Give a site as a work of its own, as a geocoder takes it and a layer holds it."""
    site = listed.site
    amount = f"{site.quantity:g}{site.unit}" if site.quantity is not None else ""
    quantities = (Quantity(site.quantity, site.unit, "", amount),) if site.quantity else ()
    return replace(
        listed.work,
        work_id=site.site_id,
        name=site.name,
        name_hans=site.name_hans,
        places=(),
        locatable=Locatable.EXACT_NAMED,
        quantities=quantities,
        district=site.district,
    )


def _located(listed: Listed, work: Work, where: Where, district: str) -> PlacedWork:
    site = replace(listed.site, district=district)
    return PlacedWork(
        work=replace(work, district=district),
        place=where.place,
        geometry=where.drawing.geometry,
        precision=where.drawing.precision,
        uncertainty_m=where.drawing.uncertainty_m,
        located_by=where.located_by,
        verified=where.verified and site.confidence is not Confidence.LOW,
        district=district,
        source=where.source,
        licence=where.licence,
        site=site,
    )


def _unlocated(
    listed: Listed, work: Work, reason: str, candidates: tuple[Candidate, ...] = ()
) -> PlacedWork:
    site = listed.site
    return replace(unlocated(work, reason, candidates), district=site.district, site=site)


def _holding(geometry: BaseGeometry | None, gazetteer: Gazetteer) -> str:
    """Give the district that holds a place of which nothing else says it."""
    if geometry is None:
        return ""
    spot = geometry.representative_point()
    holding = (one for one in gazetteer.districts if one.geometry.covers(spot))
    return next((district.name_hans for district in holding), "")


def _together(reasons: Iterable[str]) -> str:
    return REASONS_JOINED_BY.join(dict.fromkeys(filter(None, reasons)))
