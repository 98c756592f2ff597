"""What the levels and types of online answers are worth: `data/gazetteer/online_levels.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo.gazetteer.rows import Row, read_rows
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Precision
from geo.paths import data_path

_COLUMNS = ("service", "level", "kind", "precision", "uncertainty_m")
_ANY = "*"
# An answer of a service is a position that somebody drew, never a survey of the site.
_WORTH = frozenset({Precision.STREET, Precision.APPROXIMATE, Precision.AREA})


@dataclass(frozen=True, slots=True)
class Level:
    """The kind of place that a level means ("" where it does not tell), and how well it is known.

    `precision` is None where an answer of this level places nothing: a district, a bus stop, a
    single point of a long line.
    """

    kind: str
    precision: Precision | None
    uncertainty_m: float


def level_of(service: str, *levels: str) -> Level:
    """Give what the first known of these levels is worth, the most telling first."""
    known = load_levels()
    found = (known.get((service, level)) for level in (*levels, _ANY))
    return next(level for level in found if level)


@cache
def load_levels() -> Mapping[tuple[str, str], Level]:
    """Read the table of levels.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    path = data_path("gazetteer", "online_levels.csv")
    return {(row["service"], row["level"]): _level(row) for row in read_rows(path, _COLUMNS)}


def _level(row: Row) -> Level:
    if row["kind"] and row["kind"] not in load_kinds():
        raise row.error(f"the kind {row['kind']} is not in kinds.csv; use one of those.")
    if not row["precision"]:
        return Level(row["kind"], None, 0.0)
    if row["precision"] not in _WORTH or not row["uncertainty_m"].isdecimal():
        raise row.error(
            f"the precision is {', '.join(sorted(_WORTH))} or empty, the uncertainty metres."
        )
    return Level(row["kind"], Precision(row["precision"]), float(row["uncertainty_m"]))
