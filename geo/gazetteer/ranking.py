"""Which of the places that bear a name fits the work: by name, kind, words and district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.gazetteer.finding import AREA_BASES, Basis, Finding, common_area, polygon_basis
from geo.gazetteer.generics import kinds_of
from geo.gazetteer.names import Form, key, phase_of
from geo.gazetteer.sameness import best_known, distinct, outweighing
from geo.gazetteer.spelling import Closeness, Match
from geo.gazetteer.store import Entry, Gazetteer
from geo.gazetteer.texts import plain_keys
from geo.model import Place, Work

UNFIT_TIER = 2
# A full name this long means its place even where the theme speaks against it.
_TELLING_LENGTH = 4
# Boundaries are generalised by up to this many degrees (about 2 km).
_BOUNDARY_TOLERANCE = 0.02
_WHOLE = frozenset({Basis.NAME, Basis.ALIAS, Basis.SIMILAR})


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How well a place fits a work, best (least) first; the last tier fits by name alone."""

    closeness: Closeness
    tier: int
    no_word_of_its_kind: bool
    is_alias: bool


def agreeing(
    gazetteer: Gazetteer, matches: Iterable[Match], area: Place | None
) -> tuple[Match, ...]:
    """Give the matches in the city that may lie in the area that the text states, if it does."""
    district = gazetteer.district(area.within) or area if area else None
    return tuple(
        match
        for match in matches
        if not is_next_door(gazetteer, match.entry.place)
        and may_lie_in(match.entry.place, district)
    )


def is_next_door(gazetteer: Gazetteer, place: Place) -> bool:
    """Whether a place lies beside the city, and no list says that it is known to lie elsewhere."""
    city = gazetteer.city
    return city is not None and not place.within and not city.geometry.intersects(place.geometry)


def fits(gazetteer: Gazetteer, work: Work, entry: Entry) -> bool:
    """Whether a work of this theme may be, or lie at, a place of this kind."""
    return tier_of(gazetteer, work, entry.place) < UNFIT_TIER


def tier_of(gazetteer: Gazetteer, work: Work, place: Place) -> int:
    """Give 0 where a work of this theme may be the place, 1 where it may lie at it, else 2."""
    kind = gazetteer.kinds[place.kind]
    return 0 if work.theme in kind.themes else 1 if work.theme in kind.also else UNFIT_TIER


def may_lie_in(place: Place, district: Place | None) -> bool:
    """Whether a place may lie in a district, given how roughly boundaries are drawn."""
    if district is None or place.within == district.name_hans:
        return True
    return lies_in(place.geometry, district)


def lies_in(geometry: BaseGeometry, district: Place) -> bool:
    """Whether a geometry in EPSG:4326 meets a district, given how roughly boundaries are drawn."""
    return bool(geometry.distance(district.geometry) <= _BOUNDARY_TOLERANCE)


def best(gazetteer: Gazetteer, work: Work, form: Form, matches: Iterable[Match]) -> Finding | None:
    """Give the place that fits best; where several fit equally, an area that holds them all."""
    ranked = [(rank_of(gazetteer, work, form, match), match) for match in matches]
    fitting = [(rank, match) for rank, match in ranked if rank is not None]
    if not fitting:
        return None
    top = min(rank for rank, _ in fitting)
    equal = [match.entry for rank, match in fitting if rank == top]
    different = distinct(equal, gazetteer.kinds)
    entry = different[0] if len(different) == 1 else outweighing(different)
    if entry is None:
        return _several(gazetteer, different)
    near = (match.entry for rank, match in fitting if rank.tier == top.tier)
    entry = best_known(entry, near, gazetteer.kinds)
    basis = _basis(gazetteer, form, entry, top)
    if top.tier and basis in _WHOLE and not _is_named(gazetteer, work, form):
        basis = Basis.INSIDE if _is_area(gazetteer, entry.place) else Basis.NEAR
    return Finding(entry.place, basis, entry.words)


def rank_of(gazetteer: Gazetteer, work: Work, form: Form, match: Match) -> Rank | None:
    """Say how well a place fits, or None where it does not."""
    entry = match.entry
    tier = tier_of(gazetteer, work, entry.place)
    if tier == UNFIT_TIER and not _is_telling(form, match):
        return None
    name_key = key(work.name)
    speaks = any(word in name_key for word in gazetteer.kinds[entry.place.kind].words)
    return Rank(match.closeness, tier, not speaks, entry.is_alias)


def _is_telling(form: Form, match: Match) -> bool:
    """Whether a name alone says enough: long, full, and of no other kind by its last word."""
    if match.entry.is_alias or match.closeness is not Closeness.SAME:
        return False
    kinds = kinds_of(form.text)
    return len(form.text) >= _TELLING_LENGTH and (not kinds or match.entry.place.kind in kinds)


def _several(gazetteer: Gazetteer, different: Sequence[Entry]) -> Finding | None:
    places = tuple(entry.place for entry in different)
    area = common_area(places, gazetteer)
    return Finding(area, Basis.SEVERAL, different[0].words, tied=places) if area else None


def _is_named(gazetteer: Gazetteer, work: Work, form: Form) -> bool:
    """Whether the work itself is called so; else the words are of a place that it lies at."""
    keys = plain_keys(work.name, gazetteer.words)
    return any(form.text in one for one in keys)


def _is_area(gazetteer: Gazetteer, place: Place) -> bool:
    return gazetteer.kinds[place.kind].extent == "area"


def _basis(gazetteer: Gazetteer, form: Form, entry: Entry, rank: Rank) -> Basis:
    place = entry.place
    polygon = polygon_basis(place)
    if polygon in AREA_BASES - {Basis.INSIDE}:
        return polygon
    phase = phase_of(key(place.name))
    other_phase = form.phase and phase not in {"", form.phase}
    if rank.tier == UNFIT_TIER and polygon is Basis.INSIDE and _is_area(gazetteer, place):
        return Basis.INSIDE
    if form.loose or other_phase or rank.tier == UNFIT_TIER or rank.closeness is Closeness.ONE_OF:
        return Basis.NEAR
    if form.phase and not phase:
        is_line = gazetteer.kinds[place.kind].extent == "line"
        return Basis.PART if is_line else Basis.PHASE
    if rank.closeness is not Closeness.SAME:
        return Basis.SIMILAR
    return Basis.ALIAS if entry.is_alias else Basis.NAME
