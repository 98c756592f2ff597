"""All registers that a build attaches: those that the user imported, then the built-in ones."""

from pathlib import Path

from geo.home import home_path
from geo.registers.builtin import built_in
from geo.registers.keeping import kept
from geo.registers.row import Register


def registers_path() -> Path:
    """Give the path of the file that keeps imported registers."""
    return home_path("registers.sqlite")


def known_registers() -> tuple[Register, ...]:
    """Give the registers that are kept, the newest first, then those of the program.

    Raises
    ------
    RegisterError
        When the user's file cannot be read.
    GazetteerError
        When a file of the program's is damaged.
    """
    return (*kept(registers_path()), *built_in())
