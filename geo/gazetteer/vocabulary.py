"""The general words of placing: kinds of place with the themes they fit, and words about works."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

from geo.gazetteer.rows import Row, read_rows
from geo.model import Theme
from geo.paths import data_path

Extent = Literal["site", "line", "area"]
# What words at the end of a work's name say of its place: it is the place, or it lies beside it.
Loose = Literal["", "extension", "near"]
DISTRICT_KINDS = frozenset({"prefecture", "district", "county_city", "county"})
# Names of these are said without their last character and still mean the whole (甲州 = 甲州市).
SHORT_NAMED_KINDS = frozenset({"prefecture", "county_city", "county", "city", "urban_districts"})

# In which direction an extension leads: 延伸线 is also 东延伸线.
_WAYS = ("东", "南", "西", "北", "东南", "东北", "西南", "西北")
_ALL = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place: what a work of which theme may be it (`themes`) or lie at it (`also`).

    `reach_m` is how far an area reaches from its known centre (0 for sites and lines); `words`
    in a work's name speak for this kind.
    """

    name: str
    extent: Extent
    reach_m: float
    base_map: bool
    words: tuple[str, ...]
    themes: frozenset[Theme]
    also: frozenset[Theme]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words that stand round a place's name in the name of a work, by role, longest first.

    `works` say what is done, `extensions` and `near` that it is done beside the place,
    `corridors` name no place of their own, `own` says that a facility belongs to the city
    (unless it is one of `not_own`), and `tails` make another name of a place's (甲州 + 路).
    `modifiers` may be left out of a name (国际), `leads` stand before one (新建), and `elsewhere`
    say that the work is built on another ground than the place of its name (新院区).
    """

    works: tuple[str, ...]
    extensions: tuple[str, ...]
    near: tuple[str, ...]
    corridors: tuple[str, ...]
    own: tuple[str, ...]
    not_own: tuple[str, ...]
    tails: tuple[str, ...]
    modifiers: tuple[str, ...]
    leads: tuple[str, ...]
    elsewhere: tuple[str, ...]
    endings: Mapping[str, Loose] = field(init=False, repr=False)
    longest: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ways = tuple(f"{way}{word}" for word in self.extensions for way in _WAYS)
        roles: tuple[tuple[tuple[str, ...], Loose], ...] = (
            (self.near, "near"),
            ((*self.extensions, *ways), "extension"),
            (self.works, ""),
        )
        endings = {word: loose for words, loose in roles for word in words}
        object.__setattr__(self, "endings", endings)
        object.__setattr__(self, "longest", max(map(len, endings), default=0))


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Read `data/gazetteer/kinds.csv`.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    columns = ("kind", "extent", "reach_m", "base_map", "words", "themes", "also")
    path = data_path("gazetteer", "kinds.csv")
    return {row["kind"]: _kind(row) for row in read_rows(path, columns)}


def _kind(row: Row) -> Kind:
    extent = row["extent"]
    if extent not in get_args(Extent) or not re.fullmatch(r"\d*", row["reach_m"]):
        raise row.error("extent is site, line or area, and reach_m a number of metres; mend them.")
    return Kind(
        row["kind"],
        extent,  # type: ignore[arg-type]  # checked above
        float(row["reach_m"] or 0),
        row["base_map"] == "yes",
        row.words("words"),
        _themes(row, "themes"),
        _themes(row, "also"),
    )


def _themes(row: Row, column: str) -> frozenset[Theme]:
    if row[column] == _ALL:
        return frozenset(Theme)
    try:
        return frozenset(map(Theme, row.words(column)))
    except ValueError as error:
        raise row.error(f"{error}; use the themes of the works, or {_ALL}.") from error


@cache
def load_words() -> Words:
    """Read `data/gazetteer/words.csv`.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    roles = (
        *("work", "extension", "near", "corridor", "own", "not_own", "tail"),
        *("modifier", "lead", "elsewhere"),
    )
    found: dict[str, list[str]] = {role: [] for role in roles}
    for row in read_rows(data_path("gazetteer", "words.csv"), ("word", "role")):
        if row["role"] not in found or not row["word"]:
            raise row.error(f"the role is one of {', '.join(roles)}; mend the row.")
        found[row["role"]].append(row["word"])
    return Words(*(tuple(sorted(found[role], key=len, reverse=True)) for role in roles))
