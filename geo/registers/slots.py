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

    @property
    def by_name(self) -> float:
        """How much is known of sites that have names, in the printed unit."""
        return self.filled - self.in_groups


def slots_of(work: Work, sites: Iterable[Site]) -> Slots | None:
    """Sum up the sites of a counted work; None for a work that promises no number.

    A group and the sites of its district (or town) count once: the larger of its number and their
    sum. Candidates never count.
    """
    if work.locatable is not Locatable.CITYWIDE_QUANTITY:
        return None
    quantity = promised(work.quantities)
    return slots_of_promise(work.work_id, quantity, sites) if quantity else None


def promised(quantities: Iterable[Quantity]) -> Quantity | None:
    """Give the number that a counted work promises: its first one that is its own."""
    return next((quantity for quantity in quantities if not quantity.shared), None)


def slots_of_promise(work_id: str, promise: Quantity, sites: Iterable[Site]) -> Slots:
    """Sum up the sites of a promise, as `slots_of` does."""
    own = list(sites)
    sure = [site for site in own if site.confidence is not Confidence.LOW]
    named = [site for site in sure if not site.is_group]
    value = _valued(promise)
    filled = _exactly(_filled(sure, value))
    return Slots(
        work_id=work_id,
        promised=promise.value,
        unit=promise.unit,
        named=len(named),
        filled=filled,
        in_groups=max(0.0, _exactly(filled - sum(map(value, named)))),
        candidates=sum(site.confidence is Confidence.LOW and not site.is_group for site in own),
    )


def is_measured(unit: str) -> bool:
    """Whether a promise in this printed unit is one of length, area ... and not of things."""
    return measure(Quantity(1.0, unit, "", "")).unit in _MEASURED


def _valued(promise: Quantity) -> Callable[[Site], float]:
    """Give what a site is of a promise, in its printed unit: its own quantity, else its number.

    Its own quantity counts where it is of the promise's kind (公顷 of 万平方米, 个 of 个), and its
    number only where things are promised: 5 of 117 万株 are 0.0005.
    """
    one = measure(Quantity(1.0, promise.unit, "", ""))
    counts = one.unit not in _MEASURED

    def value(site: Site) -> float:
        own = measure(Quantity(site.quantity or 0.0, site.unit, "", ""))
        if site.quantity is not None and own.unit == one.unit:
            return _exactly(own.value / one.value)
        return _exactly((site.count or 0) / one.value) if counts else 0.0

    return value


def _exactly(value: float) -> float:
    """Leave out what only the binary form of a decimal adds."""
    return float(f"{value:.12g}")


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
