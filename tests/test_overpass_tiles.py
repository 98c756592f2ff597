"""A city is cut into tiles: which are asked for, and with which question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overpass_server import CITY, PARKS, ROADS
from shapely.geometry import MultiPolygon, box

from geo.gazetteer.overpass.pieces import MOST_TILES, TILE_DEGREES, Tile, cut


def test_a_city_is_cut_into_tiles_by_groups() -> None:
    pieces = cut(CITY, (ROADS, PARKS))
    assert [piece.group for piece in pieces] == [ROADS, ROADS, PARKS, PARKS]
    assert {piece.tile for piece in pieces} == {
        Tile(119.0, 31.0, 119.5, 31.4),
        Tile(119.5, 31.0, 120.0, 31.4),
    }


def test_a_vast_city_is_cut_into_larger_tiles() -> None:
    pieces = cut(box(84, 29, 95, 36), (ROADS,))
    assert 32 <= len(pieces) <= 1.5 * MOST_TILES


def test_tiles_that_miss_the_city_are_not_asked_for() -> None:
    corners = MultiPolygon([box(119, 31, 119.1, 31.1), box(120.4, 32.4, 120.5, 32.5)])
    assert len(cut(corners, (ROADS,))) == 2


@given(
    st.floats(70, 130), st.floats(16, 52), st.floats(0.001, 4), st.floats(0.001, 4), st.integers(0)
)
def test_tiles_and_their_quarters_cover_the_city(
    west: float, south: float, width: float, height: float, choice: int
) -> None:
    city = box(west, south, west + width, south + height)
    pieces = cut(city, (ROADS,))
    tiles = [piece.tile for piece in pieces]
    assert sum(box(*sides(tile)).intersection(city).area for tile in tiles) == pytest.approx(
        city.area
    )
    assert all(
        tile.east - tile.west < TILE_DEGREES + 0.01
        and tile.north - tile.south < TILE_DEGREES + 0.01
        for tile in tiles
    )
    piece = pieces[choice % len(pieces)]
    quarters = [box(*sides(quarter.tile)).area for quarter in piece.quarters()]
    assert sum(quarters) == pytest.approx(box(*sides(piece.tile)).area)
    assert sum(quarter.share for quarter in piece.quarters()) == piece.share


def sides(tile: Tile) -> tuple[float, float, float, float]:
    return tile.west, tile.south, tile.east, tile.north


def test_a_boundary_that_moves_a_little_asks_the_same_questions() -> None:
    moved = box(119.0004, 31.0004, 119.9996, 31.3996)
    assert [p.key for p in cut(moved, (ROADS,))] == [p.key for p in cut(CITY, (ROADS,))]


def test_a_question_asks_for_whole_features_in_the_tile() -> None:
    (piece,) = cut(box(119, 31, 119.4, 31.4), (ROADS,))
    assert piece.query.startswith("[bbox:31.000000,119.000000,31.400000,119.400000];")
    assert 'nwr["highway"~"^(primary|secondary)$"]["name"];' in piece.query
    assert ".ways >;" in piece.query
    assert ".areas >;" in piece.query
    assert piece.query.endswith("out body;")
