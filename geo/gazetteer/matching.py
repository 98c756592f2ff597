"""Which place of the gazetteer the name of a work is, or begins with."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from geo.gazetteer.finding import Basis, Finding, polygon_basis
from geo.gazetteer.names import Form, forms, key
from geo.gazetteer.ranking import agreeing, best, fits
from geo.gazetteer.sameness import distinct
from geo.gazetteer.sides import sides
from geo.gazetteer.spelling import STEPS, other_spellings, same
from geo.gazetteer.store import Entry, Gazetteer
from geo.gazetteer.texts import plain_keys, without_lead
from geo.gazetteer.vocabulary import SHORT_NAMED_KINDS
from geo.model import Place, Work

_SHORTEST_REST = 3
_SHORTEST_BEGINNING = 3
# Several rules ask for the readings of a work, one after the other.
_REMEMBERED = 16

Named = tuple[Form, Place | None]


def named(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Find the place that the work's name, or one of its places, is the name of."""
    readings = readings_of(gazetteer, work)
    for step in STEPS:
        for form, area in readings:
            matches = agreeing(gazetteer, step(gazetteer, form.text), area)
            finding = best(gazetteer, work, form, matches)
            if finding:
                return finding
    return _first(sides(gazetteer, work, form) for form, _ in readings)


def expect(gazetteer: Gazetteer, work: Work) -> None:
    """Tell the gazetteer at once all keys that a work may ask for."""
    texts = {form.text for form, _ in readings_of(gazetteer, work)}
    others = {spelling for text in texts for spelling, _ in other_spellings(text)}
    beginnings = {one[:length] for one in _keys(gazetteer, work) for length in range(2, len(one))}
    gazetteer.expect(texts | others | beginnings)


def _first(findings: Iterable[Finding | None]) -> Finding | None:
    return next((finding for finding in findings if finding), None)


@lru_cache(_REMEMBERED)
def readings_of(gazetteer: Gazetteer, work: Work) -> tuple[Named, ...]:
    """Give each name of a work and its shorter forms, with the area that it must lie in."""
    return tuple(_readings(gazetteer, work))


def _readings(gazetteer: Gazetteer, work: Work) -> Iterator[Named]:
    seen: set[tuple[Form, str]] = set()
    for text, area in _texts(gazetteer, work, stated_area(gazetteer, work)):
        for form in forms(text, gazetteer.words):
            known = form, area.place_id if area else ""
            if known not in seen:
                seen.add(known)
                yield form, area


def begun(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Find the place whose name begins the name of the work, the longest there is.

    A work lies inside an area (town, zone, district), and near a line or site that fits its theme.
    """
    for name_key in _keys(gazetteer, work):
        for length in range(len(name_key) - 1, 1, -1):
            if name_key[length:] not in gazetteer.words.tails:
                finding = _begun_by(gazetteer, work, name_key[:length], name_key[length:])
                if finding:
                    return finding
    return None


def _begun_by(gazetteer: Gazetteer, work: Work, name_key: str, rest: str) -> Finding | None:
    if not gazetteer.entries(name_key):
        return None
    is_long = len(name_key) >= _SHORTEST_BEGINNING
    area = exact_area(gazetteer, name_key)
    if area and (is_long or area.kind in SHORT_NAMED_KINDS):
        return Finding(area, polygon_basis(area), area.name_hans)
    if not is_long or any(word in rest for word in gazetteer.words.elsewhere):
        return None
    matches = agreeing(gazetteer, same(gazetteer, name_key), stated_area(gazetteer, work))
    fitting = [match.entry for match in matches if fits(gazetteer, work, match.entry)]
    alone = distinct(fitting, gazetteer.kinds)
    return Finding(alone[0].place, Basis.NEAR, alone[0].words) if len(alone) == 1 else None


def stated_area(gazetteer: Gazetteer, work: Work) -> Place | None:
    """Give the area that the text states for the work as its district."""
    return exact_area(gazetteer, work.district) if work.district else None


def exact_area(gazetteer: Gazetteer, name: str) -> Place | None:
    """Give the area of this name: a district rather than a town, zone or new town.

    Of several towns or villages of one name none is meant more than the others.
    """
    kinds = gazetteer.kinds
    areas = [entry for entry in gazetteer.entries(key(name)) if _is_area(entry, gazetteer)]
    for entry in areas:
        if polygon_basis(entry.place) is not Basis.INSIDE:
            return entry.place
    different = distinct(areas, kinds)
    return different[0].place if len(different) == 1 else _full_name(different)


def _is_area(entry: Entry, gazetteer: Gazetteer) -> bool:
    return gazetteer.kinds[entry.place.kind].extent == "area"


def _full_name(entries: Iterable[Entry]) -> Place | None:
    """Give the one place that has the name in full, where the others have it beside another."""
    full = [entry.place for entry in entries if not entry.is_alias]
    return full[0] if len(full) == 1 else None


def _keys(gazetteer: Gazetteer, work: Work) -> Iterator[str]:
    names = (work.name, *sorted(work.places, key=len, reverse=True))
    yield from dict.fromkeys(one for name in names for one in plain_keys(name, gazetteer.words))


def _owned(gazetteer: Gazetteer, name_key: str) -> str:
    """Write the city's name where a name calls a facility the city's own (市博物馆)."""
    own, not_own = gazetteer.words.own, gazetteer.words.not_own
    if not gazetteer.city_name or name_key.startswith(not_own) or not name_key.startswith(own):
        return ""
    lead = next(lead for lead in own if name_key.startswith(lead))
    return f"{gazetteer.city_name}市{name_key.removeprefix(lead)}"


def _texts(
    gazetteer: Gazetteer, work: Work, stated: Place | None
) -> Iterator[tuple[str, Place | None]]:
    """Yield each name with the area it must lie in, then without the district before it."""
    for name_key in _keys(gazetteer, work):
        yield name_key, stated
        owned = _owned(gazetteer, name_key)
        if owned:
            yield owned, stated
        for district in gazetteer.districts:
            rest = _without_district(name_key, district)
            if len(rest) >= _SHORTEST_REST:
                yield rest, district
                for bare in without_lead(rest, gazetteer.words):
                    yield bare, district


def _without_district(name_key: str, district: Place) -> str:
    full = key(district.name)
    if name_key.startswith(full):
        return name_key.removeprefix(full)
    short = full[:-1] if district.kind in SHORT_NAMED_KINDS else full
    return name_key.removeprefix(short) if name_key.startswith(short) else ""
