"""The rules that find a place for a work, tried in order; the first that finds one decides."""

from collections.abc import Callable
from dataclasses import replace

from geo.gazetteer.corridors import corridor
from geo.gazetteer.finding import Basis, Finding, polygon_basis
from geo.gazetteer.matching import begun, exact_area, expect, named, stated_area
from geo.gazetteer.names import key
from geo.gazetteer.parts import extension, part_between, part_within
from geo.gazetteer.store import Gazetteer
from geo.model import Locatable, Place, Work

Rule = Callable[[Gazetteer, Work], Finding | None]

_SEVERAL = 2


def several_corridors(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Works along rivers, lakes and roads in general lie all over the city."""
    corridors = _corridors(gazetteer, work)
    if len(corridors) < _SEVERAL or gazetteer.city is None:
        return None
    return Finding(gazetteer.city, Basis.CITY, f"{'、'.join(corridors)} have no published limits")


def one_corridor(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """A corridor of the gazetteer (沿江), else somewhere in the city."""
    corridors = _corridors(gazetteer, work)
    if len(corridors) != 1 or work.locatable is not Locatable.AREA_NAMED:
        return None
    entries = gazetteer.entries(corridors[0])
    if len(entries) == 1:
        return Finding(entries[0].place, Basis.ALIAS, entries[0].words)
    if gazetteer.city is None:
        return None
    return Finding(gazetteer.city, Basis.CITY, f"{corridors[0]} has no published limits")


def stated(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """The text names a district for a work whose own place is not known."""
    place = stated_area(gazetteer, work)
    if place is None:
        return None
    return Finding(place, polygon_basis(place), f"{place.name_hans} named in the text")


def own_facility(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """A facility that is called the city's own (市…) stands somewhere in the city."""
    words = gazetteer.words
    name = key(work.name)
    is_own = name.startswith(words.own) and not name.startswith(words.not_own)
    if not is_own or gazetteer.city is None:
        return None
    return Finding(gazetteer.city, Basis.CITY, "the city's own facility, its site is not known")


def counted(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """A counted work lies all over the area that it is promised for, else all over the city."""
    place = _counted_area(gazetteer, work)
    if place is None:
        return None
    basis = polygon_basis(place)
    if basis is Basis.INSIDE:
        return Finding(place, basis, place.name_hans)
    return Finding(place, basis, f"counted for {place.name_hans}", counted=True)


NAMED_RULES: tuple[Rule, ...] = (
    several_corridors,
    part_between,
    extension,
    named,
    part_within,
    corridor,
    begun,
    stated,
    one_corridor,
    own_facility,
)
COUNTED_RULES: tuple[Rule, ...] = (counted,)


def find(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Give what the first rule that applies finds."""
    expect(gazetteer, work)
    is_counted = work.locatable is Locatable.CITYWIDE_QUANTITY
    findings = (rule(gazetteer, work) for rule in (COUNTED_RULES if is_counted else NAMED_RULES))
    return next((finding for finding in findings if finding), None)


def _counted_area(gazetteer: Gazetteer, work: Work) -> Place | None:
    for place in work.places:
        area = exact_area(gazetteer, place)
        if area:
            return area
    beginning = begun(gazetteer, replace(work, places=()))
    if beginning and beginning.basis is not Basis.NEAR:
        return beginning.place
    return stated_area(gazetteer, work) or gazetteer.city


def _corridors(gazetteer: Gazetteer, work: Work) -> tuple[str, ...]:
    text = key(work.name + "".join(work.places))
    found = (word for word in gazetteer.words.corridors if word in text)
    return tuple(sorted(found, key=text.index))
