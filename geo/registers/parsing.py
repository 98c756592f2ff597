"""From the cells of one row to what it says of a site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.gazetteer.importing.records import RecordError, usable
from geo.gazetteer.importing.table import point, shape
from geo.model import Confidence, Precision
from geo.registers.cells import amount, coded, metres, name, text, whole, with_unit
from geo.registers.claiming import claimed, resolution_m
from geo.registers.row import Position, SiteRow
from geo.registers.words import plain, total_words

Shape = Callable[[], BaseGeometry | None]

_MOST_DEGREES = 180.0
_NORTH_END = 90.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What counts where a row does not say it: its source, licence, confidence, unit; and its CRS.

    `crs` is the system of the coordinates in the row's own cells.
    """

    source: str
    licence: str
    confidence: Confidence
    unit: str
    crs: str


def site_row(number: int, cells: Mapping[str, str], usual: Usual, drawn: Shape) -> SiteRow:
    """Make a row of its cells by column; `drawn` gives its geometry in a layer, in EPSG:4326.

    Raises
    ------
    RecordError
        When a cell cannot be what its column is, with words that say why.
    """
    named = name("name", cells.get("name", ""))
    _refuse_nameless(named)
    is_group = coded("group", cells.get("group", "")) == "yes"
    count = whole("count", cells.get("count", ""))
    own = amount("quantity", cells.get("quantity", ""))
    own = with_unit(own, text("unit", cells.get("unit", "") or usual.unit, 20)) if own else None
    _refuse_odd_counts(count, is_group=is_group, has_amount=own is not None)
    source = text("source", cells.get("source", "")) or usual.source
    licence = text("licence", cells.get("licence", "")) or usual.licence
    confidence = coded("confidence", cells.get("confidence", ""))
    return SiteRow(
        number=number,
        name=named,
        district=name("district", cells.get("district", "")),
        town=name("town", cells.get("town", "")),
        position=_position(cells, usual.crs, drawn, (source, licence)),
        is_group=is_group,
        count=count if is_group or count else 1,
        quantity=own.value if own else None,
        unit=own.unit if own else "",
        status=text("status", cells.get("status", "")),
        confidence=Confidence(confidence) if confidence else usual.confidence,
        source=source,
        licence=licence,
        note=text("note", cells.get("note", "")),
    )


def _refuse_nameless(named: str) -> None:
    if not named:
        raise RecordError("it has no name")
    if plain(named) in total_words():
        raise RecordError(
            "it is a total of other rows; name what it counts and mark it in the column group"
        )


def _refuse_odd_counts(count: int | None, *, is_group: bool, has_amount: bool) -> None:
    if is_group and count is None and not has_amount:
        raise RecordError("it is a group without a count or quantity")
    if not is_group and count == 0:
        raise RecordError("its count is 0; a site is at least one")


def _position(
    cells: Mapping[str, str], crs: str, drawn: Shape, evidence: tuple[str, str]
) -> Position:
    stated = coded("precision", cells.get("precision", ""))
    precision = Precision(stated) if stated else None
    uncertainty_m = metres("uncertainty_m", cells.get("uncertainty_m", ""))
    geometry, least_m = _geometry(cells, crs, drawn)
    if geometry is not None:
        is_line = geometry.geom_type.endswith("LineString")
        precision, uncertainty_m = claimed(precision, uncertainty_m, least_m, is_line=is_line)
    source, licence = evidence
    return Position(
        geometry=geometry,
        near=text("near", cells.get("near", "")),
        precision=precision,
        uncertainty_m=uncertainty_m,
        source=text("position_source", cells.get("position_source", "")) or source,
        licence=text("position_licence", cells.get("position_licence", "")) or licence,
    )


def _geometry(
    cells: Mapping[str, str], crs: str, drawn: Shape
) -> tuple[BaseGeometry | None, float]:
    """Give a row's geometry, in EPSG:4326, with what its numbers leave open, in metres.

    What a layer draws goes before columns of coordinates, which may be in any other system.
    """
    shown = drawn()
    if shown is not None:
        return shown, 0.0
    east, north, wkt = (cells.get(column, "") for column in ("lon", "lat", "wkt"))
    if bool(east) != bool(north):
        raise RecordError("it has only one of longitude and latitude")
    if east and north:
        spot = point(east, north)
        _refuse_swapped(spot.x, spot.y)
        is_degrees = abs(spot.x) <= _MOST_DEGREES and abs(spot.y) <= _NORTH_END
        return usable(spot, crs), resolution_m(east, north) if is_degrees else 0.0
    if wkt:
        return usable(shape(wkt), crs), 0.0
    return None, 0.0


def _refuse_swapped(x: float, y: float) -> None:
    if abs(x) <= _NORTH_END < abs(y) <= _MOST_DEGREES:
        raise RecordError("its longitude and latitude are the wrong way round")
