"""The printed numbers of works, summed where they may be: like with like, and none twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.measures import measure
from geo.model import Quantity, Theme
from geo.script import to_simplified
from webmap.cards import QuantityCard, WorkCard


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as the plan prints it, and the works that it is printed for."""

    text: str
    works: tuple[WorkCard, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers of one unit (SI, a currency, or what is counted) and of one thing.

    `what` is the thing in the plan's words; where it names none, it is "" and the numbers are those
    of works of one theme.
    """

    what: str
    theme: Theme
    unit: str
    value: float
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of what is printed for single works; totals of whole lists, which are in no sum.

    A total of a list is printed once for several works, of which a selection may hold only some:
    `shared` gives each once. `without` counts the works for which no number is printed.
    """

    sums: tuple[Sum, ...]
    shared: tuple[Sum, ...]
    without: int


_Key = tuple[str, str, Theme | None]


def totals_of(works: Sequence[WorkCard]) -> Totals:
    """Sum up the numbers of works, by unit and by what they count or measure."""
    own: defaultdict[_Key, list[tuple[WorkCard, QuantityCard]]] = defaultdict(list)
    shared: dict[tuple[object, ...], list[tuple[WorkCard, QuantityCard]]] = {}
    for work in works:
        for quantity in work.quantities:
            if quantity.shared:
                shared.setdefault(_occurrence(work, quantity), []).append((work, quantity))
            else:
                own[_key(work, quantity)].append((work, quantity))
    return Totals(
        sums=tuple(sorted(map(_sum, own.values()), key=_order)),
        shared=tuple(sorted(map(_once, shared.values()), key=_order)),
        without=sum(not work.quantities for work in works),
    )


def _key(work: WorkCard, quantity: QuantityCard) -> _Key:
    what = to_simplified(quantity.what)
    return _measured(quantity)[1], what, None if what else work.theme


def _occurrence(work: WorkCard, quantity: QuantityCard) -> tuple[object, ...]:
    """Tell one printed total from others: by its document, its sentence and its words."""
    return work.document_id, work.passage, work.start, quantity.text, quantity.what


def _sum(pairs: Sequence[tuple[WorkCard, QuantityCard]]) -> Sum:
    values = [_measured(quantity) for _, quantity in pairs]
    first, quantity = pairs[0]
    printed = tuple(Printed(one.text, (work,)) for work, one in pairs)
    return Sum(quantity.what, first.theme, values[0][1], _exact(v for v, _ in values), printed)


def _once(pairs: Sequence[tuple[WorkCard, QuantityCard]]) -> Sum:
    first, quantity = pairs[0]
    value, unit = _measured(quantity)
    printed = Printed(quantity.text, tuple(work for work, _ in pairs))
    return Sum(quantity.what, first.theme, unit, value, (printed,))


def _measured(quantity: QuantityCard) -> tuple[float, str]:
    found = measure(Quantity(quantity.value, quantity.unit, quantity.what, quantity.text))
    return found.value, found.unit


def _exact(values: Iterable[float]) -> float:
    """Leave out what only the binary form of a decimal adds."""
    return float(f"{sum(values):.12g}")


def _order(one: Sum) -> tuple[str, float, str]:
    return one.unit, -one.value, one.what
