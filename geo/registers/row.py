"""What a register says: its rows, and the counted work that it is for."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.model import Confidence, Precision, Theme

BUILT_IN = "built in"
"""What stands for the day of import of a register that comes with the program."""


@dataclass(frozen=True, slots=True)
class Position:
    """What a row says of where its site is, but for its district and town.

    `geometry` is in EPSG:4326, as exact as `precision` and `uncertainty_m` say, and known from
    `source` under `licence`; without one, `near` names a place that the site lies at, and
    `uncertainty_m` says how far from it (None: not said).
    """

    geometry: BaseGeometry | None
    near: str
    precision: Precision | None
    uncertainty_m: float | None
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A row of a register, numbered as in its file: a named site, or a group known by number.

    `count` is how many of the promised things it is; `quantity` and `unit` are its own length, area
    or capacity as printed.
    """

    number: int
    name: str
    district: str
    town: str
    position: Position
    is_group: bool
    count: int | None
    quantity: float | None
    unit: str
    status: str
    confidence: Confidence
    source: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A counted work by what its plan prints: 48 with unit 座 in the plan of a city for a year.

    `words` stand in its name, in simplified script; they tell works of one number apart.
    """

    city: str
    year: int
    theme: Theme
    value: float
    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A list of sites of one counted work, which `target` names by its id or by its promise.

    `imported` is the moment of its import (ISO 8601), or `BUILT_IN`; `work_name` is what the work
    was called then ("" where that was not known).
    """

    name: str
    target: str | Promise
    imported: str
    rows: tuple[SiteRow, ...]
    work_name: str = ""

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with the program."""
        return self.imported == BUILT_IN
