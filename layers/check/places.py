"""Geometry, precision, licence and city of each work on the map."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.model import UNCERTAINTY_LIMITS_M, Precision
from layers.build import CRS
from layers.check.violation import Violation
from layers.frames import rows
from layers.geopackage import WorksFile


def place_violations(file: WorksFile) -> tuple[Violation, ...]:
    """Look at where the works are, how well that is known, and whose knowledge it is.

    The city is the polygon of the counted works that are promised for the whole of it: a place of
    kind `city`. In a file without one it is not known, and no work is held to be outside.
    """
    shapes = [one for name, frame in file.layers.items() for one in _geometries(name, frame)]
    outside = () if shapes else _outside(file)  # a broken geometry lies nowhere
    return (*_uncertainties(file), *_licences(file), *shapes, *outside)


def _placed(file: WorksFile) -> Iterator[tuple[str, Any]]:
    """Give the rows that hold a place: those of all works, and the features of sites."""
    works = set(file.works["work_id"])
    for row in rows(file.works):
        yield "works", row
    for name, frame in file.layers.items():
        for row in rows(frame[~frame["work_id"].isin(works)]):
            yield name, row


def _uncertainties(file: WorksFile) -> Iterator[Violation]:
    for name, row in _placed(file):
        problem = _uncertainty_problem(row.precision, row.uncertainty_m)
        if problem:
            yield Violation(name, row.work_id, "precision", problem)


def _uncertainty_problem(precision: str, uncertainty: float) -> str:
    if precision == Precision.UNLOCATED:
        return "" if pd.isna(uncertainty) else "is not located and yet has an uncertainty"
    if pd.isna(uncertainty) or uncertainty < 0:
        return f"is {precision} without an uncertainty in metres"
    limit = UNCERTAINTY_LIMITS_M.get(precision)
    if limit is not None and uncertainty > limit:
        return f"is {precision} (at most {limit} m) with an uncertainty of {uncertainty:g} m"
    return ""


def _licences(file: WorksFile) -> Iterator[Violation]:
    for row in rows(file.places):
        if not row.licence.strip():
            yield Violation("places", row.place_id, "licence", "has no licence")
    known = set(file.places["place_id"])
    for name, row in _placed(file):
        if row.precision == Precision.UNLOCATED:
            continue
        if not (row.licence or "").strip():
            yield Violation(name, row.work_id, "licence", "has a place without licence")
        if row.place_id and row.place_id not in known:
            yield Violation(name, row.work_id, "place", f"{row.place_id} is not in places")


def _geometries(name: str, frame: gpd.GeoDataFrame) -> Iterator[Violation]:
    for work_id, geometry in zip(frame["work_id"], frame.geometry, strict=True):
        if geometry is None or geometry.is_empty:
            yield Violation(name, work_id, "geometry", "is empty")
        elif not geometry.is_valid:
            yield Violation(name, work_id, "geometry", "is invalid")


def _outside(file: WorksFile) -> Iterator[Violation]:
    city = _city(file)
    if city is None:
        return
    metric = city.estimate_utm_crs()
    polygon, near = city.union_all(), city.to_crs(metric).union_all()
    for name, frame in file.layers.items():
        beyond = frame["precision"] == Precision.OUTSIDE
        inside = frame[beyond & frame.to_crs(CRS).intersects(polygon)]
        for work_id in inside["work_id"]:
            yield Violation(name, work_id, "city", "is outside by its precision and lies inside")
        own = frame[~beyond]
        far = own[own.to_crs(metric).distance(near) > own["uncertainty_m"]]
        for work_id in far["work_id"]:
            yield Violation(name, work_id, "city", "lies outside the city")


def _city(file: WorksFile) -> gpd.GeoSeries | None:
    """Give the polygons of works that are promised for a whole city, in EPSG:4326."""
    cities = set(file.places[file.places["kind"] == "city"]["place_id"])
    shapes = [
        frame[
            frame["place_id"].isin(cities) & (frame["precision"] == Precision.CITY)
        ].geometry.to_crs(CRS)
        for frame in file.layers.values()
    ]
    found = gpd.GeoSeries(pd.concat(shapes), crs=CRS) if shapes else gpd.GeoSeries([], crs=CRS)
    return None if found.empty else found
