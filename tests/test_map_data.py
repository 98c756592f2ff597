"""The data of the map holds every work once, small, and where it really lies."""

import json
from typing import Any

import factories
import geopandas as gpd
import numpy as np
import pytest
import shapely
import site_factories
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.registers import Slots
from layers.build import build_layers
from layers.schema import COLUMNS
from webmap.map_data import SCALE, map_data

METRE = 1.5e-5
"""About a metre and a half in degrees: what rounding may move."""


def data_of(layers: dict[str, gpd.GeoDataFrame], **slots: Slots) -> dict[str, Any]:
    return json.loads(map_data(layers, slots))


def layer_of(*shapes: BaseGeometry, crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    """Give a layer of works that differ in their id alone."""
    row = {column.name: None for column in COLUMNS} | {
        "name": "橋",
        "theme": "road",
        "stage": "start",
        "precision": "street",
        "verified": True,
    }
    rows = [row | {"work_id": f"w{number}"} for number in range(len(shapes))]
    return gpd.GeoDataFrame(rows, geometry=list(shapes), crs=crs)


def pairs(steps: list[int]) -> list[tuple[float, float]]:
    """Undo the steps of a list of coordinates."""
    return [tuple(pair) for pair in np.array(steps).reshape(-1, 2).cumsum(axis=0) / SCALE]


def test_every_work_and_site_is_there_with_its_codes() -> None:
    layers = build_layers([site_factories.with_sites()])
    data = data_of(layers)
    columns, codes = data["columns"], data["codes"]
    assert {len(column) for column in columns.values()} == {sum(map(len, layers.values()))}
    for layer in layers.values():
        for _, row in layer.iterrows():
            at = columns["work_id"].index(row["work_id"])
            for name in ("theme", "stage", "precision"):
                assert codes[name][columns[name][at]] == row[name]
            assert columns["verified"][at] == int(row["verified"])
            assert columns["part_of"][at] == (row["part_of"] or None)


def test_a_place_that_many_works_share_is_sent_once() -> None:
    square = MultiPolygon([shapely.box(120, 31, 121, 32)])
    data = data_of(
        {"road_areas": layer_of(square, square, MultiPolygon([shapely.box(0, 0, 1, 1)]))}
    )
    assert data["columns"]["shape"] == [0, 0, 1]
    assert len(data["shapes"]) == 2


def test_lines_areas_with_holes_and_points_are_lists_as_deep_as_they_hold() -> None:
    hole = Polygon(
        shapely.box(120, 31, 121, 32).exterior.coords,
        [shapely.box(120.2, 31.2, 120.4, 31.4).exterior.coords],
    )
    shapes = {
        "road_points": MultiPoint([(120, 31), (121, 32)]),
        "road_lines": MultiLineString([[(120, 31), (121, 32)], [(122, 31), (122.5, 31.25)]]),
        "road_areas": MultiPolygon([hole]),
    }
    points, lines, areas = data_of({name: layer_of(one) for name, one in shapes.items()})["shapes"]
    assert pairs(points) == [(120, 31), (121, 32)]
    assert [pairs(line) for line in lines] == [[(120, 31), (121, 32)], [(122, 31), (122.5, 31.25)]]
    assert [len(ring) for ring in areas[0]] == [10, 10]


def test_a_single_line_of_many_corners_stays_a_line() -> None:
    steps = np.arange(300)
    line = LineString(np.column_stack((120 + steps / 1000, 31 + np.sin(steps / 9) / 100)))
    (shape,) = data_of({"road_lines": layer_of(MultiLineString([line]))})["shapes"]
    assert 10 < len(shape[0]) / 2 <= 300
    assert shapely.hausdorff_distance(LineString(pairs(shape[0])), line) < 1e-4


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-84, 84)), min_size=1, max_size=9))
def test_rounding_moves_no_place_by_more_than_a_metre_or_so(
    spots: list[tuple[float, float]],
) -> None:
    (shape,) = data_of({"road_points": layer_of(MultiPoint(spots))})["shapes"]
    for (x, y), (left, top) in zip(pairs(shape), spots, strict=True):
        assert abs(x - left) < METRE
        assert abs(y - top) < METRE


def test_other_systems_are_turned_to_degrees() -> None:
    there = layer_of(MultiPoint([(120, 31)])).to_crs("EPSG:4549")
    (shape,) = data_of({"road_points": there})["shapes"]
    assert pairs(shape)[0] == pytest.approx((120, 31), abs=METRE)


def test_a_counted_work_says_what_is_known_of_it() -> None:
    layer = layer_of(MultiPoint([(120, 31)]), MultiPoint([(120, 31)]))
    slots = Slots("w0", promised=48, unit="座", named=13, filled=15, in_groups=2, candidates=1)
    assert data_of({"road_points": layer}, w0=slots)["columns"]["known"] == [[13, 48], None]


def test_no_works_are_no_data_but_data_all_the_same() -> None:
    data = data_of({})
    assert data["shapes"] == []
    assert set(map(len, data["columns"].values())) == {0}


def test_it_is_much_smaller_than_the_layers() -> None:
    layers = build_layers([factories.example()])
    written = sum(len(layer.to_json()) for layer in layers.values())
    assert len(map_data(layers, {})) < written / 2
