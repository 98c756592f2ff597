"""Write layers, tables and styles under the enforced schema; same input, same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import fiona
import fiona.errors
import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from fiona._err import CPLE_BaseError

from geo.errors import OutputError, SchemaError
from layers.build import Plan, build_layers
from layers.frames import frame_of
from layers.geopackage.atomic import replacing
from layers.qgis import STYLES, style_rows
from layers.records import build_tables
from layers.schema import COLUMNS, LAYERS, Column, Kind, Layer
from layers.tables import TABLES, Table

FIXED_TIME: Final = "1970-01-01T00:00:00.000Z"
# GDAL notes the time of writing; a fixed one lets the same input give the same bytes. It need not
# wait for the disk layer by layer: the file counts only once it is whole, and is synced then.
_GDAL_OPTIONS: Final = {"OGR_CURRENT_DATE": FIXED_TIME, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
GEOMETRY_COLUMN: Final = "geom"

_FIELD_TYPES: Final[dict[Kind, str]] = {
    "text": "str",
    "int": "int64",
    "float": "float",
    "bool": "bool",
    "datetime": "datetime",
}


def write_geopackage(path: Path, plans: Sequence[Plan], *, crs: str = "EPSG:4326") -> None:
    """Write works.gpkg (GeoPackage 1.3) with all layers, tables and styles, whole or not at all.

    Parameters
    ----------
    path
        Target; an older file there stays readable until the new one replaces it in one step.
    plans
        Documents with their placed works; geometries in EPSG:4326.
    crs
        The coordinate reference system of the layers in the file, as PROJ knows it.

    Raises
    ------
    SchemaError
        When a row does not fit the schema, or the CRS is unknown or unfit for a geometry.
    OutputError
        When the file cannot be written.
    """
    reference = _reference(crs)
    layers = {name: _in_crs(frame, reference) for name, frame in build_layers(plans).items()}
    tables = build_tables(plans, crs=reference.to_string())
    with replacing(path) as scratch, fiona.Env(**_GDAL_OPTIONS):
        try:
            _write_all(scratch, layers, tables, reference.to_wkt())
        except (fiona.errors.FionaError, CPLE_BaseError, RuntimeError) as error:
            why = " ".join(str(error).split())
            raise OutputError(
                f"{path} cannot be written ({why}); make room or choose another place"
            ) from error


def _reference(crs: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise SchemaError(
            f"{crs!r} is no coordinate reference system; give a code such as EPSG:4490"
        ) from error


def _in_crs(frame: gpd.GeoDataFrame, reference: pyproj.CRS) -> gpd.GeoDataFrame:
    moved = frame.to_crs(reference)
    if not np.isfinite(shapely.get_coordinates(moved.geometry.to_list())).all():
        raise SchemaError(f"a place lies where {reference.to_string()} is not defined")
    return moved


def _write_all(
    path: Path,
    layers: dict[str, gpd.GeoDataFrame],
    tables: dict[str, pd.DataFrame],
    crs_wkt: str,
) -> None:
    for name, frame in layers.items():
        _write_layer(path, LAYERS[name], frame, crs_wkt)
    for table in TABLES:
        _write_table(path, table, tables[table.name])
    styles = frame_of(
        style_rows(layers, geometry_column=GEOMETRY_COLUMN, time=FIXED_TIME), STYLES.columns
    )
    _write_table(path, STYLES, styles, key="id")


def _write_layer(path: Path, layer: Layer, frame: gpd.GeoDataFrame, crs_wkt: str) -> None:
    geometries = (shapely.geometry.mapping(shape) for shape in frame.geometry)
    with fiona.open(
        path,
        "w",
        driver="GPKG",
        VERSION="1.3",
        layer=layer.name,
        schema=_schema(COLUMNS, layer.family.geometry_type),
        crs_wkt=crs_wkt,
        GEOMETRY_NAME=GEOMETRY_COLUMN,
        IDENTIFIER=layer.title.hans,
        DESCRIPTION=layer.title.en,
    ) as collection:
        collection.writerecords(_records(frame, COLUMNS, geometries))


def _write_table(path: Path, table: Table, frame: pd.DataFrame, *, key: str = "fid") -> None:
    with fiona.open(
        path,
        "w",
        driver="GPKG",
        VERSION="1.3",
        layer=table.name,
        schema=_schema(table.columns, "None"),
        FID=key,
        IDENTIFIER=table.title.hans,
        DESCRIPTION=table.title.en,
    ) as collection:
        collection.writerecords(_records(frame, table.columns, (None for _ in frame.index)))


def _schema(columns: Sequence[Column], geometry: str) -> dict[str, object]:
    properties = [(column.name, _FIELD_TYPES[column.kind]) for column in columns]
    return {"geometry": geometry, "properties": properties}


def _records(
    frame: pd.DataFrame, columns: Sequence[Column], geometries: Iterable[object]
) -> Iterator[dict[str, object]]:
    names = [column.name for column in columns]
    values = [_plain(frame[name]) for name in names]
    for geometry, row in zip(geometries, zip(*values, strict=True), strict=True):
        properties = dict(zip(names, row, strict=True))
        yield {"type": "Feature", "geometry": geometry, "properties": properties}


def _plain(series: "pd.Series[Any]") -> list[object]:
    present = series.notna().tolist()
    pairs = zip(series.tolist(), present, strict=True)
    return [value if there else None for value, there in pairs]
