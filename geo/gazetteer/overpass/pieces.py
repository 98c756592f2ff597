"""Cuts a city into pieces, each small enough for one polite question."""

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.overpass.groups import Group

# About 50 km: a city of common size takes some six tiles. Vast cities are thinly settled: larger
# tiles will do, and what is too much after all is cut.
TILE_DEGREES = 0.5
MOST_TILES = 64
MAX_DEPTH = 3
# A boundary that moves a little must not move the tiles: answers are kept by them.
_GRID = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """A box in EPSG:4326, degrees."""

    west: float
    south: float
    east: float
    north: float

    def quarters(self) -> tuple["Tile", ...]:
        """Cut the tile into four."""
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return (
            Tile(self.west, self.south, x, y),
            Tile(x, self.south, self.east, y),
            Tile(self.west, y, x, self.north),
            Tile(x, y, self.east, self.north),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some kinds of features in one tile; `depth` says how often it was cut into four."""

    tile: Tile
    group: Group
    depth: int = 0

    @property
    def share(self) -> float:
        """Its share of the tile that it was cut from."""
        return 0.25**self.depth

    @property
    def is_smallest(self) -> bool:
        """Whether it is not worth cutting any further."""
        return self.depth >= MAX_DEPTH

    def quarters(self) -> tuple["Piece", ...]:
        """Cut the piece into four."""
        depth = self.depth + 1
        return tuple(replace(self, tile=tile, depth=depth) for tile in self.tile.quarters())

    @property
    def query(self) -> str:
        """What is asked, in Overpass QL, without the limits that a server is given.

        Named features whole, wherever the tile cuts them: lines with all their nodes, areas with
        all their lines. Of routes, which may cross the country, only what lies in the tile.
        """
        found = "".join(f"{selection};" for selection in self.group.selections)
        tile = self.tile
        return (
            f"[bbox:{tile.south:.6f},{tile.west:.6f},{tile.north:.6f},{tile.east:.6f}];"
            f"({found})->.found;"
            'rel.found["type"~"^(multipolygon|boundary)$"]->.areas;'
            'rel.found["type"!~"^(multipolygon|boundary)$"]->.routes;'
            "(way.found;way(r.routes);)->.ways;"
            "(.found;node(r.routes);.ways;.ways >;.areas >;);"
            "out body;"
        )

    @property
    def key(self) -> str:
        """What its answer is kept under: the same for the same question."""
        return hashlib.sha256(self.query.encode()).hexdigest()[:32]


def cut(area: BaseGeometry, groups: Iterable[Group]) -> tuple[Piece, ...]:
    """Cut an area, in EPSG:4326, into tiles by groups; tiles that miss the area are left out."""
    tiles = [tile for tile in _tiles(area.bounds) if area.intersects(_box(tile))]
    return tuple(Piece(tile, group) for group in groups for tile in tiles)


def _tiles(bounds: tuple[float, float, float, float]) -> Iterator[Tile]:
    west, south, east, north = bounds
    side = max(TILE_DEGREES, math.sqrt((east - west) * (north - south) / MOST_TILES))
    longitudes, latitudes = _cuts(west, east, side), _cuts(south, north, side)
    for (low, high), (left, right) in itertools.product(
        itertools.pairwise(latitudes), itertools.pairwise(longitudes)
    ):
        yield Tile(left, low, right, high)


def _cuts(low: float, high: float, side: float) -> list[float]:
    """Cut a range, widened to hundredths of a degree, into equal stretches of at most `side`."""
    start, end = math.floor(low * _GRID) / _GRID, math.ceil(high * _GRID) / _GRID
    count = max(1, math.ceil((end - start) / side - 1e-9))
    return [start + (end - start) * step / count for step in range(count + 1)]


def _box(tile: Tile) -> BaseGeometry:
    return shapely.box(tile.west, tile.south, tile.east, tile.north)
