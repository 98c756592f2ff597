"""Which registers list sites of which counted works of a plan."""

from collections.abc import Iterable, Sequence

from geo.gazetteer import Gazetteer
from geo.gazetteer.city_names import city_name
from geo.model import Document, Locatable, Reading, Work
from geo.registers.joining import Listed, sites_of
from geo.registers.row import Promise, Register
from geo.script import to_simplified


def listed_sites(
    reading: Reading, registers: Iterable[Register], gazetteer: Gazetteer
) -> tuple[Listed, ...]:
    """Give the sites of all counted works of a plan, in the order of the works."""
    own: dict[str, list[Register]] = {}
    for register in registers:
        work = work_of(register, reading)
        if work is not None:
            own.setdefault(work.work_id, []).append(register)
    return tuple(
        listed
        for work in reading.works
        if work.work_id in own
        for listed in sites_of(work, own[work.work_id], gazetteer)
    )


def work_of(register: Register, reading: Reading) -> Work | None:
    """Give the counted work that a register is for; None where there is none, or several are."""
    counted = [w for w in reading.works if w.locatable is Locatable.CITYWIDE_QUANTITY]
    found = [work for work in counted if _is_for(register, reading.document, work)]
    return found[0] if len(found) == 1 else None


def unattached(registers: Iterable[Register], readings: Sequence[Reading]) -> tuple[Register, ...]:
    """Give the imported registers that are for no counted work of any of the plans."""
    imported = (register for register in registers if not register.is_built_in)
    return tuple(
        register
        for register in imported
        if not any(work_of(register, reading) for reading in readings)
    )


def _is_for(register: Register, document: Document, work: Work) -> bool:
    target = register.target
    if not isinstance(target, Promise):
        return target == work.work_id
    is_plan = document.year == target.year and city_name(document.city) == city_name(target.city)
    is_named = work.theme is target.theme and all(word in work.name_hans for word in target.words)
    return is_plan and is_named and _prints(work, target)


def _prints(work: Work, promise: Promise) -> bool:
    """Whether a work promises this very number of its own, whatever its script."""
    return any(
        not quantity.shared
        and quantity.value == promise.value
        and to_simplified(quantity.unit) == to_simplified(promise.unit)
        for quantity in work.quantities
    )
