"""A layer as GeoJSON for the web."""

import json

from factories import example, hostile
from shapely.geometry import shape

from layers.build import build_layers
from layers.geojson import layer_geojson
from layers.schema import COLUMNS


def test_a_layer_is_a_feature_collection_with_every_column() -> None:
    layer = build_layers([example()])["metro_lines"]
    collection = json.loads(layer_geojson(layer))
    (feature,) = collection["features"]
    assert collection["type"] == "FeatureCollection"
    assert feature["id"] == "jia-2020-002"
    assert list(feature["properties"]) == [column.name for column in COLUMNS]
    assert feature["properties"]["sentence"] == "確保地鐵1號線一期建成通車。"
    assert feature["properties"]["quantity"] is None
    assert feature["properties"]["edited"] is False
    assert shape(feature["geometry"]).equals(layer.geometry.iloc[0])


def test_outer_rings_run_anticlockwise() -> None:
    frame = build_layers([example()])["sewage_areas"]
    clockwise = frame.set_geometry(frame.geometry.reverse())
    (feature,) = json.loads(layer_geojson(clockwise))["features"]
    assert all(part.exterior.is_ccw for part in shape(feature["geometry"]).geoms)


def test_a_layer_in_another_reference_system_comes_in_degrees() -> None:
    frame = build_layers([example()])["metro_lines"]
    (feature,) = json.loads(layer_geojson(frame.to_crs("EPSG:4549")))["features"]
    assert shape(feature["geometry"]).equals_exact(frame.geometry.iloc[0], 1e-6)


def test_the_same_layer_gives_the_same_text() -> None:
    frame = build_layers([example()])["metro_lines"]
    assert layer_geojson(frame) == layer_geojson(frame)


def test_markup_stays_text() -> None:
    plan = hostile()
    frame = build_layers([plan])["park_points"]
    (feature,) = json.loads(layer_geojson(frame))["features"]
    assert feature["properties"]["name"] == plan.placed[0].work.name


def test_a_layer_without_rows_is_an_empty_collection() -> None:
    frame = build_layers([example()])["metro_lines"]
    assert json.loads(layer_geojson(frame.iloc[:0]))["features"] == []
