"""Lines that OpenStreetMap draws as relations: metro lines, railways, rivers and canals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm.types import Relation

from geo.gazetteer.importing.kinds import KindRule, rule_of
from geo.gazetteer.importing.naming import Naming, naming, tag_naming

_TYPES = (
    ("type", "route"),
    ("type", "waterway"),
    ("type", "multipolygon"),
    ("type", "boundary"),
)
_AREAS = frozenset({"multipolygon", "boundary"})
_METRO_ROUTES = frozenset({"subway", "light_rail", "monorail", "tram"})
# 甲州地铁3号线: 东站 => 西站, and 3号线（东站—西站）: what follows is no part of the name.
_DIRECTION = re.compile(r"\s*(?:[:：]|[(（\[【].*(?:[-—–~→⇒>至]|方向|行).*[)）\]】]$).*$")
_NUMBER = re.compile(r"[A-Z]?\d{1,3}")


@dataclass(frozen=True, slots=True)
class Route:
    """A line as a relation draws it: the ways along it, and its names."""

    relation: int
    naming: Naming
    rule: KindRule
    ways: tuple[int, ...]
    stations: int


@dataclass(slots=True)
class Routes:
    """The routes of a file; `ways` are all that they need, `stops` the nodes of metro stations.

    `areas` are the named multipolygons that may be places.
    """

    routes: list[Route] = field(default_factory=list)
    ways: set[int] = field(default_factory=set)
    metro_ways: set[int] = field(default_factory=set)
    stops: set[int] = field(default_factory=set)
    areas: set[int] = field(default_factory=set)


def read_routes(path: Path) -> Routes:
    """Read the routes of a file in one pass over its relations.

    Raises
    ------
    RuntimeError
        When the file is damaged.
    """
    found = Routes()
    processor = osmium.FileProcessor(path, osmium.osm.RELATION)
    for relation in processor.with_filter(osmium.filter.TagFilter(*_TYPES)):
        if isinstance(relation, Relation):
            _add(found, relation)
    return found


def _add(found: Routes, relation: Relation) -> None:
    tags = {tag.k: tag.v for tag in relation.tags}
    if tags["type"] in _AREAS:
        names = tag_naming(tags)
        if names and rule_of(tags, "area", names.name):
            found.areas.add(relation.id)
        return
    names = _line_naming(tags)
    rule = rule_of(_as_line(tags), "line", names.name) if names else None
    if names is None or rule is None:
        return
    ways = tuple(m.ref for m in relation.members if m.type == "w" and _is_track(m.role))
    stops = [m.ref for m in relation.members if m.type == "n"]
    if rule.kind == "metro_line":
        found.stops.update(stops)
        found.metro_ways.update(ways)
    if ways:
        found.ways.update(ways)
        found.routes.append(Route(relation.id, names, rule, ways, len(stops)))


def _is_track(role: str) -> bool:
    return not role.startswith(("platform", "stop", "side_stream", "spring"))


def _as_line(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Give the tags that a way along the route would have."""
    route = tags.get("route", "")
    if route in _METRO_ROUTES:
        return {"railway": route}
    if route == "railway":
        return {"railway": "rail"}
    return {"waterway": tags["waterway"]} if "waterway" in tags else {}


def _line_naming(tags: Mapping[str, str]) -> Naming | None:
    """Give the names of a line without the direction that each of its routes adds."""
    whole = tag_naming(tags)
    if whole is None:
        return None
    names = [_DIRECTION.sub("", name) for name in (whole.name, *whole.aliases)]
    number = tags.get("ref", "").strip().upper()
    if tags.get("route") in _METRO_ROUTES and _NUMBER.fullmatch(number):
        network = tags.get("network", "").split(";")[0].strip()
        names += [f"{network}{number}号线"] if network else []
        names += [f"地铁{number}号线", f"{number}号线"]
    return naming(names)
