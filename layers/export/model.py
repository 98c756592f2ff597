"""What is exported, and what each export says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyproj import CRS

from layers.selection import Selection
from layers.source import WorksSource
from layers.titles import Title

_DECIMALS_DEGREES: Final = 7
_DECIMALS_METRES: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for: works, layers (none named: all works), system and language.

    `file` is the name of the works file, so that the export can say how it is made again; `server`
    the address of a server of the same works, for a project that reads from it. `crs` is a name as
    `geo.crs.crs_of` takes it.
    """

    selection: Selection
    layers: tuple[str, ...] = ()
    crs: str = "EPSG:4326"
    language: str = "zh-Hans"
    file: str = "works.gpkg"
    server: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """The coordinate system of an export; `shifted` names the datum of one that is not WGS-84."""

    name: str
    crs: CRS
    shifted: str = ""

    @property
    def wkt(self) -> str:
        """The system as well-known text."""
        return str(self.crs.to_wkt())

    @property
    def code(self) -> str:
        """Authority and number, such as EPSG:4490; "" for a system that has none."""
        authority = None if self.shifted else self.crs.to_authority()
        return ":".join(authority) if authority else ""

    @property
    def is_wgs84(self) -> bool:
        """Whether positions are longitude and latitude in WGS-84."""
        return self.code == "EPSG:4326"

    @property
    def in_degrees(self) -> bool:
        """Whether coordinates are longitude and latitude."""
        return bool(self.crs.is_geographic)

    @property
    def decimals(self) -> int:
        """Digits behind the point that keep a millimetre or a centimetre."""
        return _DECIMALS_DEGREES if self.in_degrees else _DECIMALS_METRES

    @property
    def marked_name(self) -> str:
        """The system by code and name, with a warning where its positions are shifted."""
        if not self.shifted:
            return " ".join(part for part in (self.code, self.crs.name) if part)
        return (
            f"{self.shifted}: 坐标经过偏移,不是 WGS-84,与 WGS-84 数据相差数百米. "
            "Positions are shifted by hundreds of metres and are not WGS-84."
        )


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that an export says of itself: a key, its name for people, and what it says."""

    key: str
    title: Title
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many works are exported: with a place, and without one."""

    placed: int
    unplaced: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.placed + self.unplaced


@dataclass(frozen=True, slots=True)
class Export:
    """All that a writer of a format needs.

    `layers` are those that are read; `whole` tells whether all works were asked for, those without
    a place among them. `title` names the works (city and year), `notes` are what every format
    carries; `file` is what the file will be called, `server` where a project reads from, without
    a slash at its end; `progress` is told of each batch that is read.
    """

    source: WorksSource
    selection: Selection
    layers: tuple[str, ...]
    whole: bool
    system: System
    title: str
    notes: tuple[Note, ...]
    counts: Counts
    language: str
    file: str = ""
    server: str = ""
    progress: Callable[[int], None] = lambda _: None

    @property
    def is_complete(self) -> bool:
        """Whether it is the source as it is, with nothing left out."""
        return self.whole and not self.selection.pairs

    def note(self, key: str) -> str:
        """Give what the export says under a key."""
        return next((one.text for one in self.notes if one.key == key), "")
