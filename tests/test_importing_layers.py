"""Map layers: what becomes a place, and what is refused."""

import json
from pathlib import Path

import fiona
import pytest
from shapely.geometry import LineString, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from test_importing_tables import DUMP, SPOT, found, run

from geo.crs import from_wgs84
from geo.errors import GazetteerError
from geo.gazetteer.importing import Given


def layer(
    path: Path, shapes: dict[str, BaseGeometry | None], crs: str | None = "EPSG:4326", **more: str
) -> Path:
    driver = {
        ".gpkg": "GPKG",
        ".geojson": "GeoJSON",
        ".shp": "ESRI Shapefile",
        ".fgb": "FlatGeobuf",
    }
    kind = next(shape.geom_type for shape in shapes.values() if shape is not None)
    schema = {"geometry": kind, "properties": {"name": "str"}}
    options = {"driver": driver[path.suffix], "schema": schema, "crs": crs, **more}
    with fiona.open(path, "w", **options) as target:
        for name, shape in shapes.items():
            geometry = mapping(shape) if shape else None
            target.write({"geometry": geometry, "properties": {"name": name}})
    return path


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "fgb"])
def test_a_map_layer_gives_places(tmp_path: Path, ending: str) -> None:
    line = LineString([(120.1, 31.2), (120.2, 31.3)])
    run(layer(tmp_path / f"own.{ending}", {"青川路": line}, encoding="utf-8"))
    (road,) = found(tmp_path, "青川路")
    assert (road.kind, road.geometry.equals(line)) == ("road", True)


def test_all_layers_of_a_geopackage_are_read_each_in_its_own_system(tmp_path: Path) -> None:
    path = tmp_path / "own.gpkg"
    layer(path, {"青川公园": from_wgs84(SPOT, "EPSG:4549")}, "EPSG:4549", layer="parks")
    square = Polygon([(120, 31), (120.1, 31), (120.1, 31.1), (120, 31.1)])
    layer(path, {"南湖": square}, "EPSG:4490", layer="lakes")
    assert run(path).places == 2
    assert found(tmp_path, "青川公园")[0].geometry.distance(SPOT) < 1e-6
    (lake,) = found(tmp_path, "南湖")
    assert lake.geometry.symmetric_difference(square).area < 1e-6
    assert lake.kind == "lake"


def test_a_layer_in_gcj02_is_kept_in_wgs84(tmp_path: Path) -> None:
    path = layer(tmp_path / "own.gpkg", {"青川公园": from_wgs84(SPOT, "gcj02")})
    run(path, Given(crs="gcj02"))
    assert found(tmp_path, "青川公园")[0].geometry.distance(SPOT) < 1e-6


def test_a_layer_that_does_not_say_its_system_is_refused(tmp_path: Path) -> None:
    path = layer(tmp_path / "own.shp", {"青川公园": SPOT}, crs=None)
    with pytest.raises(GazetteerError, match="does not say its coordinate system; add --crs"):
        run(path)
    assert run(path, Given(crs="EPSG:4326")).places == 1


def test_features_without_a_usable_geometry_are_left_out(tmp_path: Path) -> None:
    summary = run(layer(tmp_path / "own.geojson", {"青川公园": SPOT, "白石公园": None}))
    assert (summary.places, summary.problems) == (1, ("feature 2: it has no geometry",))


@pytest.mark.parametrize("name", ["own.gpkg", "own.geojson", "own.shp", "own.fgb"])
def test_a_file_that_is_no_map_is_named(tmp_path: Path, name: str) -> None:
    for data in (b"", b"<OGRVRTDataset/>", b"{", b"SQLite format 3\x00", b"fgb\x03fgb\x00"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(GazetteerError, match=rf"own\.{name[4:]}: "):
            run(tmp_path / name)


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (["青川公园", None, "<b>白石</b>园", "园" * 500], 2),
        (["青川公园", 7, 7.5, True], 4),
        (["青川公园", ["a"], {"b": 1}], 1),
    ],
)
def test_odd_values_harm_nothing(tmp_path: Path, values: list[object], places: int) -> None:
    features = [
        {"type": "Feature", "properties": {"name": value}, "geometry": mapping(SPOT)}
        for value in values
    ]
    path = tmp_path / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    summary = run(path)
    assert (summary.places, summary.places + summary.left_out) == (places, len(values))


# what the user says of a file


@pytest.mark.parametrize(
    "given", [Given(crs="gcj02"), Given(kind="park"), Given(licence="MIT"), Given(attribution="a")]
)
def test_what_a_format_says_itself_cannot_be_stated_otherwise(tmp_path: Path, given: Given) -> None:
    (tmp_path / "CN.txt").write_text(DUMP, encoding="utf-8")
    with pytest.raises(GazetteerError, match="says that itself; leave --"):
        run(tmp_path / "CN.txt", given)
