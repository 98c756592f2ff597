"""How much of a counted promise is known by name or by number, and nothing counted twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from geo.measures import measure
from geo.model import Confidence, Locatable, Quantity, Site, Work

_MEASURED = frozenset({"m", "m2", "m3", "W", "J", "V", "kg", "kg/d", "kg/a", "m3/d"})


@dataclass(frozen=True, slots=True)
class Slots:
    """A promise of so many things, or so much length or area, and what is known of it.

    `promised`, `filled` and `in_groups` are in the printed `unit`: all that is known, and how much
    of it only by the number of a group. `named` counts sites that surely or very likely belong to
    the promise, `candidates` those that only may.
    """

    work_id: str
    promised: float
    unit: str
    named: int
    filled: float
    in_groups: float
    candidates: int


def slots_of(work: Work, sites: Iterable[Site]) -> Slots | None:
    """Sum up the sites of a counted work; None for a work that promises no number.

    A group and the sites of its district (or town) count once: the larger of its number and their
    sum. Candidates never count.
    """
    quantity = _promise(work)
    if quantity is None:
        return None
    own = list(sites)
    sure = [site for site in own if site.confidence is not Confidence.LOW]
    named = [site for site in sure if not site.is_group]
    value = _measured(quantity) if measure(quantity).unit in _MEASURED else _counted
    filled = _filled(sure, value)
    return Slots(
        work_id=work.work_id,
        promised=quantity.value,
        unit=quantity.unit,
        named=len(named),
        filled=filled,
        in_groups=max(0.0, filled - sum(map(value, named))),
        candidates=sum(site.confidence is Confidence.LOW and not site.is_group for site in own),
    )


def _promise(work: Work) -> Quantity | None:
    if work.locatable is not Locatable.CITYWIDE_QUANTITY:
        return None
    return next((quantity for quantity in work.quantities if not quantity.shared), None)


def _counted(site: Site) -> float:
    return float(site.count or 0)


def _measured(promise: Quantity) -> Callable[[Site], float]:
    """Give a site's own length or area in the promise's printed unit; 0 where it has none."""
    unit = measure(promise).unit
    factor = measure(Quantity(1.0, promise.unit, "", "")).value

    def value(site: Site) -> float:
        own = measure(Quantity(site.quantity or 0.0, site.unit, "", ""))
        return float(f"{own.value / factor:.12g}") if own.unit == unit else 0.0

    return value


def _filled(sites: Sequence[Site], value: Callable[[Site], float]) -> float:
    """Sum up town by town, district by district; each level counts its groups or its parts."""
    ordered = sorted(sites, key=lambda site: (site.district, site.town))
    districts = [list(own) for _, own in groupby(ordered, key=lambda site: site.district)]
    return _level(districts, value, lambda site: site.district, _district)


def _district(sites: Sequence[Site], value: Callable[[Site], float]) -> float:
    towns = [list(own) for _, own in groupby(sites, key=lambda site: site.town)]
    return _level(towns, value, lambda site: site.town, _town)


def _town(sites: Sequence[Site], value: Callable[[Site], float]) -> float:
    return _larger(sites, value, 0.0)


def _level(
    parts: Sequence[Sequence[Site]],
    value: Callable[[Site], float],
    name: Callable[[Site], str],
    below: Callable[[Sequence[Site], Callable[[Site], float]], float],
) -> float:
    """Give what the named parts of a level hold together with the rows of the level itself."""
    own = [site for part in parts for site in part if not name(site)]
    held = sum(below(part, value) for part in parts if name(part[0]))
    return _larger(own, value, held)


def _larger(own: Sequence[Site], value: Callable[[Site], float], held: float) -> float:
    groups = [value(site) for site in own if site.is_group]
    return max([*groups, held + sum(value(site) for site in own if not site.is_group)])
