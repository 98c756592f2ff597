"""Turn one row of a gazetteer or boundary file into a place, and refuse what is damaged."""

import math

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.rows import Row
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Place, Precision
from geo.script import to_simplified

BOUNDARY_COLUMNS = (
    "place_id",
    "name",
    "aliases",
    "kind",
    "precision",
    "uncertainty_m",
    "verified",
    "source",
    "licence",
    "note",
)
PLACE_COLUMNS = (*BOUNDARY_COLUMNS, "within", "geometry")
_REQUIRED = ("place_id", "name", "kind", "precision", "source", "licence")
_WORLD = shapely.box(-180, -90, 180, 90)
_KNOWN_PRECISIONS = frozenset(Precision) - {
    Precision.CITY,
    Precision.OUTSIDE,
    Precision.UNLOCATED,
}


def read_place(row: Row, geometry: str) -> Place:
    """Make a place of a row and its geometry (WKT or GeoJSON, EPSG:4326; may be "").

    Raises
    ------
    GazetteerError
        When a field is missing or no valid value.
    """
    _check_required(row)
    shape = _geometry(row, geometry)
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        name_hans=to_simplified(row["name"]),
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        kind=row["kind"],
        geometry=shape,
        precision=_precision(row),
        uncertainty_m=_uncertainty(row, blank_allowed=shape.is_empty),
        within=to_simplified(row["within"]),
        verified=row["verified"] == "yes",
        source=row["source"],
        licence=row["licence"],
        note=row["note"],
    )


def _check_required(row: Row) -> None:
    for column in _REQUIRED:
        if not row[column]:
            raise row.error(f"the column {column} is empty; fill it in.")
    if row["kind"] not in load_kinds():
        raise row.error(f"the kind {row['kind']} is not in kinds.csv; use one of those.")
    if row["verified"] not in {"yes", "no"}:
        raise row.error("verified is yes or no; write one of the two.")


def _precision(row: Row) -> Precision:
    if row["precision"] in _KNOWN_PRECISIONS:
        return Precision(row["precision"])
    known = ", ".join(sorted(_KNOWN_PRECISIONS))
    raise row.error(f"{row['precision']} is no precision of a place; use one of {known}.")


def _uncertainty(row: Row, *, blank_allowed: bool) -> float:
    if not row["uncertainty_m"] and blank_allowed:
        return 0.0
    try:
        value = float(row["uncertainty_m"])
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise row.error("uncertainty_m is no number of metres; write one, like 300.")
    return value


def _geometry(row: Row, text: str) -> BaseGeometry:
    if not text:
        return shapely.Polygon()
    try:
        shape = shapely.from_geojson(text) if text.startswith("{") else shapely.from_wkt(text)
    except (shapely.errors.GEOSException, ValueError) as error:
        raise row.error("the geometry cannot be read; write it as WKT, POINT (lon lat).") from error
    if shape.is_empty or not shape.is_valid:
        raise row.error("the geometry is empty or crosses itself; draw it again.")
    if not _WORLD.covers(shape):
        raise row.error("the geometry is not in degrees; give it in WGS-84, longitude first.")
    return shape
