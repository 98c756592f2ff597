"""Which works are meant: read from an address or a command, the same for pages and exports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import SelectionError
from layers.schema import COLUMNS
from layers.searching import SIMILAR, Query, query_of

Bounds = tuple[float, float, float, float]

FILTERS: Final[tuple[str, ...]] = (
    "theme",
    "stage",
    "precision",
    "locatable",
    "district",
    "section",
    "city",
    "year",
    "document_id",
    "verified",
    "work_id",
)
"""Columns whose values may be asked for, in the order in which an address names them."""

LONGEST_QUERY: Final = 200
_MOST_VALUES = 200
_MOST_VERTICES = 2_000
_CODES: Final[Mapping[str, frozenset[str]]] = {
    column.name: frozenset(str(code) for code, _ in column.values)
    for column in COLUMNS
    if column.name in FILTERS and column.values
} | {"verified": frozenset({"yes", "no"})}


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters that a work must all pass; without any, every work passes.

    `values` holds for a column the values that pass; `query` what was typed to be looked for in
    name and sentence (see `layers.searching`). `bbox` (west, south, east, north) and `polygon` are
    in EPSG:4326 and must be met by the work's geometry, so that a work without one does not pass.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    query: str = ""
    bbox: Bounds | None = None
    polygon: BaseGeometry | None = None

    def of(self, name: str) -> frozenset[str]:
        """Give the values of a column that pass; empty where all do."""
        return self.values.get(name, frozenset())

    @property
    def search(self) -> Query:
        """The words of the query as they are looked for."""
        return query_of(self.query)

    @property
    def typed(self) -> str:
        """The words of the query as a person typed them."""
        return self.query.removeprefix(SIMILAR)

    @property
    def similar(self) -> "Selection":
        """The same selection with words that may hold slips."""
        return replace(self, query=f"{SIMILAR}{self.typed}")

    @property
    def area(self) -> BaseGeometry | None:
        """What a geometry must meet (EPSG:4326), or None for everywhere."""
        if self.bbox is None:
            return self.polygon
        corners = shapely.box(*self.bbox)
        return shapely.intersection(corners, self.polygon) if self.polygon else corners

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The address parameters that name this selection: the same filters, the same pairs."""
        listed = [(name, value) for name in FILTERS for value in sorted(self.of(name))]
        words = [("q", self.query)] if self.query else []
        bbox = [("bbox", ",".join(f"{edge:.7g}" for edge in self.bbox))] if self.bbox else []
        shape = [("polygon", shapely.to_wkt(self.polygon, 6))] if self.polygon else []
        return [*words, *listed, *bbox, *shape]

    @property
    def address(self) -> str:
        """The same as a query string, such as `theme=metro&theme=road`."""
        return urlencode(self.pairs)

    def with_values(self, name: str, values: Iterable[str]) -> "Selection":
        """Give the same selection with other values of one column."""
        kept = {key: one for key, one in self.values.items() if key != name}
        wanted = frozenset(values)
        return replace(self, values={**kept, name: wanted} if wanted else kept)


def selection_of(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Read a selection from address parameters; others than those of a selection are left alone.

    Raises
    ------
    SelectionError
        When a code is unknown, or a box or polygon is none, with one sentence that says what to do.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    values: dict[str, frozenset[str]] = {
        name: _values(name, given[name]) for name in FILTERS if name in given
    }
    return Selection(
        values=values,
        query=" ".join(given.get("q", []))[:LONGEST_QUERY],
        bbox=_bbox(given["bbox"][-1]) if "bbox" in given else None,
        polygon=_polygon(given["polygon"][-1]) if "polygon" in given else None,
    )


def selection_from(address: str) -> Selection:
    """Read a selection from a query string, with or without its question mark.

    Raises
    ------
    SelectionError
        When a name is none of a selection's, or a value cannot be used.
    """
    pairs = parse_qsl(address.removeprefix("?"), keep_blank_values=True)
    known = {*FILTERS, "q", "bbox", "polygon"}
    for name, _ in pairs:
        if name not in known:
            raise SelectionError(f"{name[:40]} is no filter: use {', '.join(sorted(known))}.")
    if address and not pairs:
        raise SelectionError(f"{address[:60]} is no filter: give one such as theme=metro.")
    return selection_of(pairs)


def passes(row: Any, selection: Selection) -> bool:  # noqa: ANN401  whatever has the columns
    """Tell whether a row, by its attributes, passes the filters of its columns."""
    return all(value_of(row, name) in wanted for name, wanted in selection.values.items())


def value_of(row: Any, name: str) -> str:  # noqa: ANN401
    """Give a column's value as an address names it: truth is yes or no."""
    value = getattr(row, name)
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _values(name: str, given: Sequence[str]) -> frozenset[str]:
    if len(given) > _MOST_VALUES:
        raise SelectionError(f"More than {_MOST_VALUES} values of {name}: ask for fewer.")
    known = _CODES.get(name)
    for value in given:
        if known is not None and value not in known:
            raise SelectionError(f"{value[:40]} is no {name}: use {', '.join(sorted(known))}.")
    return frozenset(given)


def _bbox(text: str) -> Bounds:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise SelectionError(
            f"{text[:60]} is no box: give west,south,east,north in degrees, such as "
            "119.5,31.0,120.6,32.0."
        ) from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004  degrees
        raise SelectionError("A box is west,south,east,north in degrees, in this order.")
    return west, south, east, north


def _polygon(text: str) -> BaseGeometry:
    try:
        shape = shapely.from_wkt(text)
    except ShapelyError as error:
        raise SelectionError(
            "polygon is no shape: give WKT in degrees, such as "
            "POLYGON((120 31,121 31,121 32,120 31))."
        ) from error
    if shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty or not shape.is_valid:
        raise SelectionError("polygon must be one valid POLYGON or MULTIPOLYGON, in WKT.")
    if shapely.get_num_coordinates(shape) > _MOST_VERTICES:
        raise SelectionError(f"polygon has more than {_MOST_VERTICES} corners: simplify it.")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004  degrees
        raise SelectionError("polygon has a corner that is nowhere on earth: give degrees.")
    return shape
