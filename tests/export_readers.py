"""Read exports back by the libraries that others use, as values by the id of the work."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fiona
import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from openpyxl import load_workbook

from layers.schema import COLUMNS

NAMES = [column.name for column in COLUMNS]
Values = dict[str, dict[str, Any]]


def by_id(frame: gpd.GeoDataFrame) -> Values:
    rows = frame.to_dict("records")
    places = frame.geometry
    return {
        row["work_id"]: {
            **{key: None if pd.isna(row[key]) else row[key] for key in NAMES if key in row},
            "geom": place,
        }
        for row, place in zip(rows, places, strict=True)
    }


def read_geojson(path: Path) -> Values:
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        one["id"]: {
            **one["properties"],
            "geom": shapely.geometry.shape(one["geometry"]) if one["geometry"] else None,
        }
        for one in found
    }


def read_csv(path: Path) -> Values:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["work_id"]: {**row, "geom": shapely.from_wkt(row["wkt"] or None)} for row in rows}


def read_xlsx(path: Path) -> Values:
    titles = {column.title.hans: column.name for column in COLUMNS}
    codes = {f"{column.title.hans}(代码)": column.name for column in COLUMNS if column.values}
    head, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    names = [codes.get(title) or titles.get(title, title) for title in map(str, head)]
    # The words of a code stand before it under the title alone: the code comes later and wins.
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return {row["work_id"]: {**row, "geom": shapely.from_wkt(row["图形 WKT"])} for row in found}


def read_layers(path: Path) -> Values:
    found: Values = {}
    for name in pyogrio.list_layers(path)[:, 0]:
        frame = pyogrio.read_dataframe(path, layer=name)
        if isinstance(frame, gpd.GeoDataFrame) and "work_id" in frame and len(frame):
            # Of KML, GDAL makes columns of its own first: a name, and the end of a time span.
            own = frame.drop(columns=["name2", "end"]) if "end2" in frame else frame
            found |= by_id(own.rename(columns={"Name": "name", "end2": "end"}))
    return found


def read_shapefiles(path: Path) -> Values:
    found: Values = {}
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".shp")]
    for name in names:
        with fiona.open(f"zip://{path}!{name}") as layer:
            for one in layer:
                row = dict(one.properties)
                found[row["work_id"]] = {**row, "geom": shapely.geometry.shape(one.geometry)}
    return found


READERS: dict[str, Callable[[Path], Values]] = {
    "gpkg": read_layers,
    "geojson": read_geojson,
    "shp": read_shapefiles,
    "fgb": lambda path: by_id(pyogrio.read_dataframe(path)),
    "parquet": lambda path: by_id(gpd.read_parquet(path)),
    "kml": read_layers,
    "kmz": read_layers,
    "csv": read_csv,
    "xlsx": read_xlsx,
}
