"""Which province, city or district a name means, in every usual spelling."""

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache

from geo.gazetteer.divisions import Division, divisions
from geo.script import to_simplified

_LONGEST_NAME = 40
_SHORTEST_NAME = 2
_LONG_ENDS = ("新区", "特区", "林区")
_NEAR_COUNT = 3
_NEARNESS = 0.5
_NEAR_TRIED = 20


class _Rank(IntEnum):
    """Whom a name means where several bear it; the least wins."""

    CITY = 0
    PROVINCE = 1
    DISTRICT = 2
    SHORT_CITY = 3
    SHORT_PROVINCE = 4
    SHORT_PREFECTURE = 5
    SHORT_COUNTY_CITY = 6
    SHORT_COUNTY = 7
    SHORT_DISTRICT = 8


_RANK_BY_KIND = {
    "county_city": _Rank.SHORT_COUNTY_CITY,
    "county": _Rank.SHORT_COUNTY,
    "district": _Rank.SHORT_DISTRICT,
}


def spellings(division: Division) -> tuple[str, ...]:
    """Give the names of a division, the shortest first and the full one last."""
    return tuple(dict.fromkeys((*_short_names(division), division.name)))


def _short_names(division: Division) -> Iterator[str]:
    short = division.short
    if division.level == "district" and len(short) > _SHORTEST_NAME:
        end = next((end for end in _LONG_ENDS if short.endswith(end)), short[-1])
        yield short.removesuffix(end)
    yield short
    if division.name.endswith("自治州"):
        yield f"{short}州"


def find_division(name: str) -> Division | None:
    """Find the one division that a name means, such as 苏州, 蘇州市 or 江苏省苏州市.

    Where several bear a name, cities go before provinces, and these before districts; None where
    none is left, or several of one level.
    """
    found = same_named(to_simplified(name[:_LONGEST_NAME]).strip())
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def same_named(name: str) -> tuple[Division, ...]:
    """Give the highest divisions that bear a name in simplified script."""
    known = _by_name().get(name)
    return _highest(known) if known else _named_with_parent(name)


def _highest(known: tuple[tuple[_Rank, Division], ...]) -> tuple[Division, ...]:
    top = min((rank for rank, _ in known), default=None)
    return tuple(division for rank, division in known if rank == top)


def _named_with_parent(name: str) -> tuple[Division, ...]:
    """Find a division below the one whose name begins the name (甲州市乙区)."""
    for length in range(len(name) - _SHORTEST_NAME, _SHORTEST_NAME - 1, -1):
        known = _by_name().get(name[length:], ())
        above = same_named(name[:length]) if known else ()
        if len(above) == 1:
            below = tuple(one for one in known if above[0].code in one[1].parents)
            if below:
                return _highest(below)
    return ()


@cache
def _by_name() -> Mapping[str, tuple[tuple[_Rank, Division], ...]]:
    """Index the divisions by their names in simplified script, for some names keep 乾 or 於."""
    bearers = [(name, division) for division in divisions() for name in spellings(division)]
    hans = to_simplified("\n".join(name for name, _ in bearers)).split("\n")
    found: defaultdict[str, list[tuple[_Rank, Division]]] = defaultdict(list)
    for key, (name, division) in zip(hans, bearers, strict=True):
        found[key].append((_rank(division, name), division))
    return {key: tuple(known) for key, known in found.items()}


def _rank(division: Division, name: str) -> _Rank:
    if name == division.name:
        return {"city": _Rank.CITY, "province": _Rank.PROVINCE}.get(division.level, _Rank.DISTRICT)
    if division.level == "province":
        return _Rank.SHORT_PROVINCE
    if division.level == "city":
        is_city = division.name == f"{division.short}市"
        return _Rank.SHORT_CITY if is_city else _Rank.SHORT_PREFECTURE
    return _RANK_BY_KIND[division.kind]


def plain_name(division: Division) -> str:
    """Give the shortest name that means this division alone."""
    for name in spellings(division):
        if same_named(to_simplified(name)) == (division,):
            return name
    return full_name(division)


def full_name(division: Division) -> str:
    """Give the name with that of what holds the division before it (甲州市乙区)."""
    above = next((one for one in divisions() if one.code in division.parents[:1]), None)
    return f"{above.name}{division.name}" if above else division.name


def city_name(name: str) -> str:
    """Give the plain name of the city that a name means; a name that none bears stays as it is."""
    division = find_division(name)
    return plain_name(division) if division else name


def near_names(name: str) -> tuple[str, ...]:
    """Give names that may be meant by one that means no division: at most three, or all bearers."""
    text = to_simplified(name[:_LONGEST_NAME]).strip()
    bearers = same_named(text)
    if bearers:
        return tuple(full_name(division) for division in bearers)
    near = difflib.get_close_matches(text, _by_name(), _NEAR_TRIED, _NEARNESS)
    near.sort(key=lambda name: (name[0] != text[0], min(rank for rank, _ in _by_name()[name])))
    return tuple(near[:_NEAR_COUNT])
