"""Writes small OpenStreetMap extracts of invented things."""

from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

Points = list[tuple[float, float]]
Tags = dict[str, str]


@dataclass
class OsmFile:
    """Collects things and writes them as .osm or .osm.pbf, as the ending says."""

    nodes: list[Node] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def node(self, lon: float, lat: float, tags: Tags | None = None) -> int:
        """Add a node and give its id."""
        number = len(self.nodes) + 1
        self.nodes.append(Node(id=number, version=1, location=(lon, lat), tags=tags or {}))
        return number

    def way(self, points: Points, tags: Tags | None = None) -> int:
        """Add a way through points of its own; one that ends where it begins is closed."""
        closed = points[0] == points[-1]
        nodes = [self.node(*point) for point in (points[:-1] if closed else points)]
        return self.way_of([*nodes, nodes[0]] if closed else nodes, tags)

    def way_of(self, nodes: list[int], tags: Tags | None = None) -> int:
        """Add a way through known nodes, which need not be in the file."""
        number = len(self.ways) + 1
        self.ways.append(Way(id=number, version=1, nodes=nodes, tags=tags or {}))
        return number

    def square(self, west: float, south: float, size: float, tags: Tags | None = None) -> int:
        """Add a closed way round a square."""
        east, north = west + size, south + size
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return self.way(corners, tags)

    def relation(self, members: list[tuple[str, int, str]], tags: Tags) -> int:
        """Add a relation of members (type, id, role)."""
        number = len(self.relations) + 1
        self.relations.append(Relation(id=number, version=1, members=members, tags=tags))
        return number

    def write(self, path: Path) -> Path:
        """Write the file and give its path."""
        with osmium.SimpleWriter(path, overwrite=True) as writer:
            for node in self.nodes:
                writer.add_node(node)
            for way in self.ways:
                writer.add_way(way)
            for relation in self.relations:
                writer.add_relation(relation)
        return path
