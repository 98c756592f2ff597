"""Which place of the gazetteer the name of a work is, or begins with."""

from collections.abc import Iterator

from geo.gazetteer.finding import Basis, Finding, polygon_basis
from geo.gazetteer.names import forms, key
from geo.gazetteer.ranking import agreeing, best, fits
from geo.gazetteer.store import Gazetteer
from geo.gazetteer.vocabulary import SHORT_NAMED_KINDS
from geo.model import Place, Work

_SHORTEST_REST = 3
_SHORTEST_BEGINNING = 3


def named(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Find the place that the work's name, or one of its places, is the name of."""
    stated = stated_area(gazetteer, work)
    for text, area in _texts(gazetteer, work, stated):
        for form in forms(text, gazetteer.words):
            entries = agreeing(gazetteer, form.text, area)
            finding = best(gazetteer, work, form, entries)
            if finding:
                return finding
    return None


def begun(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Find the place whose name begins the name of the work, the longest there is.

    A work lies inside an area (town, zone, district), and near a line or site that fits its theme.
    """
    for name_key in _keys(work):
        for length in range(len(name_key) - 1, 1, -1):
            if name_key[length:] not in gazetteer.words.tails:
                finding = _begun_by(gazetteer, work, name_key[:length])
                if finding:
                    return finding
    return None


def _begun_by(gazetteer: Gazetteer, work: Work, name_key: str) -> Finding | None:
    is_long = len(name_key) >= _SHORTEST_BEGINNING
    area = exact_area(gazetteer, name_key)
    if area and (is_long or area.kind in SHORT_NAMED_KINDS):
        return Finding(area, polygon_basis(area), area.name_hans)
    if not is_long:
        return None
    entries = agreeing(gazetteer, name_key, stated_area(gazetteer, work))
    fitting = [entry for entry in entries if fits(gazetteer, work, entry)]
    return Finding(fitting[0].place, Basis.NEAR, fitting[0].words) if len(fitting) == 1 else None


def stated_area(gazetteer: Gazetteer, work: Work) -> Place | None:
    """Give the area that the text states for the work as its district."""
    return exact_area(gazetteer, work.district) if work.district else None


def exact_area(gazetteer: Gazetteer, name: str) -> Place | None:
    """Give the area of this name: a district rather than a town, zone or new town."""
    kinds = gazetteer.kinds
    areas = [place for place in gazetteer.search(name) if kinds[place.kind].extent == "area"]
    return min(areas, key=lambda place: polygon_basis(place) is Basis.INSIDE, default=None)


def _keys(work: Work) -> Iterator[str]:
    yield key(work.name)
    yield from map(key, sorted(work.places, key=len, reverse=True))


def _texts(
    gazetteer: Gazetteer, work: Work, stated: Place | None
) -> Iterator[tuple[str, Place | None]]:
    """Yield each name with the area it must lie in, then without the district before it."""
    for name_key in _keys(work):
        yield name_key, stated
        for district in gazetteer.districts:
            rest = _without_district(name_key, district)
            if len(rest) >= _SHORTEST_REST:
                yield rest, district


def _without_district(name_key: str, district: Place) -> str:
    full = key(district.name)
    if name_key.startswith(full):
        return name_key.removeprefix(full)
    short = full[:-1] if district.kind in SHORT_NAMED_KINDS else full
    return name_key.removeprefix(short) if name_key.startswith(short) else ""
