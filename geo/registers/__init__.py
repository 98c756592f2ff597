"""Named sites of works that a plan only counts: read from registers, placed, and summed up."""

from geo.registers.slots import Slots, slots_of

__all__ = ["Slots", "slots_of"]
