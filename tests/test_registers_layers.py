"""Registers with coordinates: map layers, other systems, and shifts that nobody mentions."""

import json
from pathlib import Path

import fiona
import pytest
from shapely.geometry import Point, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry
from test_registers_reading import SPOT, read, table

from geo.crs import Datum, from_wgs84
from geo.errors import GazetteerError, RegisterError
from geo.gazetteer.importing import shifted
from geo.model import Precision
from geo.registers import Stated


def layer(path: Path, sites: dict[str, BaseGeometry | None], crs: str | None = "EPSG:4326") -> Path:
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}[path.suffix]
    kind = next(shape.geom_type for shape in sites.values() if shape is not None)
    schema = {"geometry": kind, "properties": {"名称": "str", "区县": "str"}}
    with fiona.open(path, "w", driver=driver, schema=schema, crs=crs, encoding="utf-8") as target:
        for name, shape in sites.items():
            geometry = mapping(shape) if shape else None
            target.write({"geometry": geometry, "properties": {"名称": name, "区县": "东区"}})
    return path


def test_coordinates_of_other_systems_are_kept_in_wgs84(tmp_path: Path) -> None:
    shown = from_wgs84(SPOT, "gcj02")
    assert isinstance(shown, Point)
    path = table(tmp_path, "name,lon,lat", f"甲,{shown.x:.7f},{shown.y:.7f}")
    there = read(path, Stated(crs="gcj02")).rows[0].position.geometry
    assert there is not None
    assert there.distance(SPOT) < 1e-6
    metres = from_wgs84(SPOT, "EPSG:4549")
    (site,) = read(table(tmp_path, "name,wkt", f'甲,"{metres.wkt}"'), Stated(crs="EPSG:4549")).rows
    assert site.position.geometry is not None
    assert site.position.geometry.distance(SPOT) < 1e-6


@pytest.mark.parametrize("ending", ["gpkg", "shp", "fgb"])
def test_a_map_layer_is_a_register(tmp_path: Path, ending: str) -> None:
    square = box(120.1, 31.1, 120.2, 31.2)
    path = layer(tmp_path / f"own.{ending}", {"清溪苑": square})
    (site,) = read(path).rows
    assert (site.name, site.district) == ("清溪苑", "东区")
    assert isinstance(site.position.geometry, Polygon)
    assert site.position.geometry.equals(square)
    assert site.position.precision is Precision.APPROXIMATE


def test_a_geojson_gives_its_geometry_and_not_its_columns_of_coordinates(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    features = [
        {"geometry": mapping(SPOT), "properties": {"名称": "甲", "lon": "13500000", "lat": "1"}},
        {"geometry": None, "properties": {"名称": "乙"}},
        {"geometry": mapping(SPOT), "properties": {"名称": None}},
        {"geometry": {"type": "Point", "coordinates": ["x"]}, "properties": {"名称": "丁"}},
        "no feature",
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    reading = read(path)
    assert [(one.name, one.position.geometry) for one in reading.rows] == [
        ("甲", SPOT),
        ("乙", None),
    ]
    assert reading.problems == [
        "feature 3: it has no name; left out",
        "feature 4: its geometry is no GeoJSON; left out",
        "feature 5: it has no name; left out",
    ]


def test_a_layer_must_say_its_system_and_its_names(tmp_path: Path) -> None:
    path = layer(tmp_path / "own.shp", {"甲": SPOT}, crs=None)
    with pytest.raises(GazetteerError, match="does not say its coordinate system; add --crs"):
        read(path)
    assert read(path, Stated(crs="EPSG:4326")).rows[0].position.geometry == SPOT
    nameless = tmp_path / "own.geojson"
    nameless.write_text('{"features": [{"properties": {"a": 1}, "geometry": null}]}')
    with pytest.raises(RegisterError, match="no column holds names"):
        read(nameless)


def test_a_register_that_lies_shifted_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {f"云湖{n}": (120.1 + n % 5 / 20, 31.2 + n / 50) for n in range(10, 30)}
    monkeypatch.setattr(shifted, "_own", lambda: {name: (at,) for name, at in known.items()})
    lines = []
    for name, at in known.items():
        shown = from_wgs84(Point(at), Datum.GCJ02)
        assert isinstance(shown, Point)
        lines.append(f"{name},{shown.x},{shown.y}")
    path = table(tmp_path, "name,lon,lat", *lines)
    with pytest.raises(GazetteerError, match="say so with --crs gcj02"):
        read(path)
    assert len(read(path, Stated(crs="gcj02")).rows) == 20
