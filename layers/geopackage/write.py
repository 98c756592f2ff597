"""Write layers, tables and styles under the enforced schema; same input, same bytes."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.errors import OutputError, SchemaError
from layers.arrow import arrow_table
from layers.build import Plan, all_features, build_layers
from layers.geopackage.atomic import replacing
from layers.geopackage.drivers import write_layer, write_table
from layers.geopackage.finish import finish
from layers.records import build_tables
from layers.schema import COLUMNS, LAYERS
from layers.tables import TABLES


def write_geopackage(
    path: Path,
    plans: Sequence[Plan],
    *,
    crs: str = "EPSG:4326",
    geocoders: Sequence[str] = (),
) -> None:
    """Write works.gpkg (GeoPackage 1.3) with all layers, tables and styles, whole or not at all.

    Parameters
    ----------
    path
        Target; an older file there stays readable until the new one replaces it in one step.
    plans
        Documents with their placed works; geometries in EPSG:4326.
    crs
        The coordinate reference system of the layers in the file, as PROJ knows it.
    geocoders
        The online geocoders that were asked for places.

    Raises
    ------
    SchemaError
        When a row does not fit the schema, or the CRS is unknown or unfit for a geometry.
    OutputError
        When the file cannot be written.
    """
    reference = _reference(crs)
    features = all_features(plans)
    built = build_layers(plans, features)
    layers = {name: _in_crs(frame, reference) for name, frame in built.items()}
    tables = build_tables(plans, layers, features, crs=reference.to_string(), geocoders=geocoders)
    with replacing(path) as scratch:
        named = scratch.with_suffix(".gpkg")  # GDAL warns of any other ending
        try:
            _write_all(named, layers, tables, reference.to_wkt())
            finish(named, list(layers), name=path.name)
        except RuntimeError as error:
            why = " ".join(str(error).split())
            raise OutputError(
                f"{path} cannot be written ({why}); make room or choose another place"
            ) from error
        named.replace(scratch)


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
        write_layer(path, LAYERS[name], arrow_table(frame, COLUMNS), crs_wkt)
    for table in TABLES:
        write_table(path, table, arrow_table(tables[table.name], table.columns))
