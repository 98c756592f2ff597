"""Reads the named things of an OpenStreetMap extract (.osm.pbf, .osm), memory bounded by nodes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import osmium
import shapely
from osmium.osm.types import Area, Node, OSMEntity, Way
from shapely.geometry import LineString, MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.kinds import Form, KindRule, has_rule, rule_of
from geo.gazetteer.importing.naming import NAME_TAGS, Naming, refs_of, tag_naming
from geo.gazetteer.importing.report import Report, position
from geo.gazetteer.importing.routes import Route, Routes, read_routes
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Precision

ODBL = "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors"

_FORMS: Mapping[str, Form] = {"n": "point", "w": "line", "a": "area"}
_STRUCTURES = {"bridge:name": "bridge", "tunnel:name": "tunnel"}
_ON_PAPER = ("proposed", "planned")
_PLANNED = ("construction", *_ON_PAPER)
_STATIONS = frozenset({"metro_station", "railway_station"})
# Where the position itself is known: drawn from pictures, to some 50 m; a lone node stands
# somewhere in the thing, and a node of a town or a new town somewhere in its middle. What is only
# proposed was drawn from a plan.
_DRAWN = (Precision.SURVEYED, 50.0)
_NODE = (Precision.STREET, 200.0)
_MIDDLE = (Precision.APPROXIMATE, 1000.0)
_PAPER = (Precision.APPROXIMATE, 1000.0)
_FEWEST_POINTS = 2
_STEP = 2_000

_factory = osmium.geom.WKBFactory()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the objects of a file into features, and gathers the ways of its routes."""

    routes: Routes
    tracks: dict[int, BaseGeometry]

    def features(self, entity: OSMEntity) -> Iterator[Feature]:
        kind_of_object = entity.type_str()
        raw = {tag.k: tag.v for tag in entity.tags}
        is_on_paper, tags = _is_on_paper(raw), _effective(raw)
        is_track = kind_of_object == "w" and entity.id in self.routes.ways
        is_stop = kind_of_object == "n" and entity.id in self.routes.stops
        if not (is_track or is_stop or _may_be_place(tags, kind_of_object)):
            return
        geometry = _geometry(entity)
        if geometry is None:
            return
        if isinstance(entity, Area) and not entity.from_way():
            self.routes.areas.discard(entity.orig_id())
        if is_track:
            self.tracks[entity.id] = geometry
            if entity.id in self.routes.metro_ways:
                return
        if is_stop:
            tags = {"public_transport": "stop_position", "subway": "yes"} | tags
            tags |= {"subway": "yes"} if tags.get("railway") in {"station", "halt", "stop"} else {}
        found = _features(_origin(entity), tags, _FORMS[kind_of_object], geometry)
        yield from map(_drawn_on_paper, found) if is_on_paper else found

    def lines(self) -> Iterator[Feature]:
        """Yield the routes whose ways were seen."""
        for route in self.routes.routes:
            parts = [self.tracks[way] for way in route.ways if way in self.tracks]
            if parts:
                yield _route_feature(route, parts)


def read_osm(path: Path, report: Report) -> Iterator[Feature]:
    """Yield the named things of a file, in pieces as they are drawn.

    Names and kinds: see `naming` and `osm_kinds.csv`. Areas are assembled of multipolygons; ways
    with missing nodes keep the others.

    Raises
    ------
    GazetteerError
        When the file is no OpenStreetMap file, or is cut off.
    """
    with _told(path):
        reader = _Reader(read_routes(path), {})
        named = osmium.filter.KeyFilter(*NAME_TAGS)
        wanted = osmium.filter.KeyFilter(*NAME_TAGS, *_STRUCTURES, "ref", "railway", "waterway")
        processor = osmium.FileProcessor(path).with_areas(named).with_filter(wanted)
        for number, entity in enumerate(processor):
            if number % _STEP == 0:
                report.advance(position(path))
            yield from reader.features(entity)
        yield from reader.lines()
        for relation in sorted(reader.routes.areas):
            report.leave_out(f"relation {relation}: its outline is not whole in this extract")


def osm_date(path: Path) -> str:
    """Give the day of the data as the file's header says it, or "".

    Raises
    ------
    GazetteerError
        When the file is no OpenStreetMap file.
    """
    with _told(path), osmium.io.Reader(path, osmium.osm.NOTHING) as reader:
        header = reader.header()
        stamp = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return datetime.fromisoformat(stamp).date().isoformat()
    except ValueError:
        return ""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise GazetteerError(
            f"{path}: no whole OpenStreetMap file ({str(error)[:120]}); download it again."
        ) from error


def _effective(tags: dict[str, str]) -> dict[str, str]:
    """Take what is being built or planned for what it will be: plans speak of it."""
    for key in ("highway", "railway"):
        state = tags.get(key)
        if state in _PLANNED:
            tags[key] = tags.get(state) or tags.get(key + ":" + state) or "road"
    return tags


def _is_on_paper(tags: Mapping[str, str]) -> bool:
    """Whether there is nothing on the ground yet that could have been surveyed."""
    return any(tags.get(key) in _ON_PAPER for key in ("highway", "railway"))


def _drawn_on_paper(feature: Feature) -> Feature:
    precision, uncertainty_m = _PAPER
    return replace(feature, precision=precision, uncertainty_m=uncertainty_m)


def _may_be_place(tags: Mapping[str, str], kind_of_object: str) -> bool:
    """Whether a look at an object's shape is worth its while."""
    if kind_of_object not in _FORMS:
        return False
    return has_rule(tags, _FORMS[kind_of_object]) or any(tag in tags for tag in _STRUCTURES)


def _origin(entity: OSMEntity) -> tuple[str, int]:
    if isinstance(entity, Area):
        return ("way" if entity.from_way() else "relation"), entity.orig_id()
    return ("node" if isinstance(entity, Node) else "way"), entity.id


def _features(
    origin: tuple[str, int], tags: Mapping[str, str], form: Form, geometry: BaseGeometry
) -> Iterator[Feature]:
    names, refs = tag_naming(tags), refs_of(tags) if "highway" in tags else ()
    rule = rule_of(tags, form, names.name if names else "") if names or refs else None
    if rule:
        refs = refs if rule.kind in {"road", "expressway"} else ()
        if names or refs:
            yield _feature(origin, names or Naming("", ()), rule, geometry, refs)
    if form != "point" and "highway" in tags:
        yield from _structures(origin, tags, geometry)


def _structures(
    origin: tuple[str, int], tags: Mapping[str, str], geometry: BaseGeometry
) -> Iterator[Feature]:
    """Yield the bridge or tunnel that a stretch of road has a name for."""
    for tag, kind in _STRUCTURES.items():
        names = tag_naming({"name": tags[tag]}) if tag in tags else None
        if names:
            rule = KindRule(0, {}, frozenset(), (), (), kind, 500.0)
            one = _feature(origin, names, rule, geometry)
            yield replace(one, place_id=f"{one.place_id}:{kind}")


def _feature(
    origin: tuple[str, int],
    names: Naming,
    rule: KindRule,
    geometry: BaseGeometry,
    refs: tuple[str, ...] = (),
) -> Feature:
    kind_of_object, number = origin
    precision, uncertainty_m = _known(rule.kind, geometry)
    return Feature(
        place_id=f"osm-{kind_of_object[0]}{number}",
        name=names.name,
        aliases=_with_station(names, rule.kind),
        kind=rule.kind,
        geometry=geometry,
        precision=precision,
        uncertainty_m=uncertainty_m,
        note=f"{kind_of_object} {number}",
        merge_m=rule.merge_m,
        refs=refs,
    )


def _known(kind: str, geometry: BaseGeometry) -> tuple[Precision, float]:
    if geometry.geom_type != "Point":
        return _DRAWN
    return _MIDDLE if load_kinds()[kind].extent == "area" else _NODE


def _with_station(names: Naming, kind: str) -> tuple[str, ...]:
    """Add the name that plans give a station: the map says 东湖, they say 东湖站."""
    if kind not in _STATIONS or names.name.endswith("站"):
        return names.aliases
    return tuple(dict.fromkeys((*names.aliases, f"{names.name}站")))


def _route_feature(route: Route, parts: list[BaseGeometry]) -> Feature:
    shape = shapely.line_merge(MultiLineString([*shapely.get_parts(parts)]))
    feature = _feature(("relation", route.relation), route.naming, route.rule, shape)
    if not route.stations:
        return feature
    return replace(feature, note=f"{feature.note} with {route.stations} stops")


def _geometry(entity: OSMEntity) -> BaseGeometry | None:
    """Give the shape of an object in EPSG:4326, or None where it has none that can be drawn."""
    try:
        if isinstance(entity, Node):
            return shapely.from_wkb(_factory.create_point(entity))
        if isinstance(entity, Way):
            return shapely.from_wkb(_factory.create_linestring(entity))
        if isinstance(entity, Area):
            return _single(shapely.from_wkb(_factory.create_multipolygon(entity)))
    except (RuntimeError, osmium.InvalidLocationError):
        return _known_part(entity) if isinstance(entity, Way) else None
    return None


def _known_part(way: Way) -> BaseGeometry | None:
    """Give the line through the nodes of a way that lie in the extract."""
    points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    return LineString(points) if len(set(points)) >= _FEWEST_POINTS else None


def _single(shape: BaseGeometry) -> BaseGeometry:
    parts: list[BaseGeometry] = list(shape.geoms) if isinstance(shape, MultiPolygon) else []
    return parts[0] if len(parts) == 1 else shape
