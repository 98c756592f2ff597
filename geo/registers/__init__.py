"""Named sites of works that a plan only counts: read from registers, placed, and summed up."""

from geo.registers.attaching import listed_sites, unattached, work_of
from geo.registers.builtin import built_in
from geo.registers.keeping import forget, keep, kept
from geo.registers.known import known_registers, registers_path
from geo.registers.placing import place_sites
from geo.registers.reading import RegisterReading, Stated, read_register
from geo.registers.row import Promise, Register
from geo.registers.slots import Slots, is_measured, promised, slots_of, slots_of_promise

__all__ = [
    "Promise",
    "Register",
    "RegisterReading",
    "Slots",
    "Stated",
    "built_in",
    "forget",
    "is_measured",
    "keep",
    "kept",
    "known_registers",
    "listed_sites",
    "place_sites",
    "promised",
    "read_register",
    "registers_path",
    "slots_of",
    "slots_of_promise",
    "unattached",
    "work_of",
]
