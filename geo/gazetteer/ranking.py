"""Which of the places that bear a name fits the work: by kind, words and the text's district."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.gazetteer.finding import AREA_BASES, Basis, Finding, common_area, polygon_basis
from geo.gazetteer.names import Form, key, phase_of
from geo.gazetteer.preferring import best_known
from geo.gazetteer.store import Entry, Gazetteer
from geo.model import Place, Work

_UNFIT_TIER = 2
# A full name this long means its place even where the theme speaks against it.
_TELLING_LENGTH = 4
# Boundaries are generalised by up to this many degrees (about 2 km).
_BOUNDARY_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """How well a place fits a work, best (least) first; the last tier fits by name alone."""

    tier: int
    no_word_of_its_kind: bool
    is_alias: bool


def agreeing(gazetteer: Gazetteer, name_key: str, area: Place | None) -> tuple[Entry, ...]:
    """Give the entries of a name that may lie in the area that the text states, if it does."""
    district = gazetteer.district(area.within) or area if area else None
    entries = gazetteer.entries(name_key)
    return best_known(entry for entry in entries if _may_lie_in(entry.place, district))


def fits(gazetteer: Gazetteer, work: Work, entry: Entry) -> bool:
    """Whether a work of this theme may be, or lie at, a place of this kind."""
    return _tier(gazetteer, work, entry) < _UNFIT_TIER


def best(gazetteer: Gazetteer, work: Work, form: Form, entries: Iterable[Entry]) -> Finding | None:
    """Give the place that fits best; the area common to all where several fit equally."""
    ranked = [(_rank(gazetteer, work, form, entry), entry) for entry in entries]
    fitting = [(rank, entry) for rank, entry in ranked if rank is not None]
    if not fitting:
        return None
    top = min(rank for rank, _ in fitting)
    first, *others = [entry for rank, entry in fitting if rank == top]
    if not others:
        return Finding(first.place, _basis(gazetteer, form, first, top), first.words)
    area = common_area((first.place, *(other.place for other in others)), gazetteer)
    return Finding(area, Basis.SEVERAL, first.words) if area else None


def _may_lie_in(place: Place, district: Place | None) -> bool:
    if district is None or place.within == district.name_hans:
        return True
    return bool(place.geometry.distance(district.geometry) <= _BOUNDARY_TOLERANCE)


def _rank(gazetteer: Gazetteer, work: Work, form: Form, entry: Entry) -> _Rank | None:
    tier = _tier(gazetteer, work, entry)
    if tier == _UNFIT_TIER and (entry.is_alias or len(form.text) < _TELLING_LENGTH):
        return None
    name_key = key(work.name)
    speaks = any(word in name_key for word in gazetteer.kinds[entry.place.kind].words)
    return _Rank(tier, not speaks, entry.is_alias)


def _tier(gazetteer: Gazetteer, work: Work, entry: Entry) -> int:
    kind = gazetteer.kinds[entry.place.kind]
    return 0 if work.theme in kind.themes else 1 if work.theme in kind.also else _UNFIT_TIER


def _basis(gazetteer: Gazetteer, form: Form, entry: Entry, rank: _Rank) -> Basis:
    place = entry.place
    polygon = polygon_basis(place)
    if polygon in AREA_BASES - {Basis.INSIDE}:
        return polygon
    phase = phase_of(key(place.name))
    if form.loose or rank.tier == _UNFIT_TIER or (form.phase and phase not in {"", form.phase}):
        return Basis.NEAR
    if form.phase and not phase and gazetteer.kinds[place.kind].extent == "line":
        return Basis.PART
    return Basis.ALIAS if entry.is_alias else Basis.NAME
