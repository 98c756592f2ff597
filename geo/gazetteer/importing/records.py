"""Records of a table (rows of a CSV file, features of a map layer), and features made of them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_wgs84
from geo.errors import CrsError
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.kinds import Form, kind_by_name, rule_of
from geo.gazetteer.importing.naming import NAME_TAGS, Naming, naming
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Precision

NAME_COLUMNS = ("name", "名称", "名字", "地名", "name_zh", "全称")
_ALIAS_COLUMNS = ("aliases", "alias", "别名", "简称", "曾用名", "name_en", "英文名")
_KIND_COLUMNS = ("kind", "类型", "类别")
_ID_COLUMNS = ("place_id", "id", "编号", "osm_id")
_KIND_OF_FORM: Mapping[Form, str] = {"point": "facility", "line": "road", "area": "region"}
_FORMS: tuple[Form, ...] = ("point", "line", "area")
_WORLD = shapely.box(-180, -90, 180, 90)
# Without a word on it, a place of the user's own is taken to be right to its street.
_USUAL_M = 300.0
_LIMITS = ((50.0, Precision.SURVEYED), (300.0, Precision.STREET))
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Table:
    """What is said of a whole table: its name, the system of its coordinates, its usual kind."""

    name: str
    crs: str
    kind: str | None = None


class RecordError(ValueError):
    """A record that cannot be a place; its words say why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A feature of a map layer as its file gives it, numbered from 1 in its layer.

    `values` are by column, names of columns in lower case; `shape` gives the geometry in `crs`, or
    None where it has none, and raises `RecordError` where it is none.
    """

    layer: str
    number: int
    values: Mapping[str, str]
    crs: str
    shape: Callable[[], BaseGeometry | None]


def feature_of(
    table: Table, number: int, record: Mapping[str, str], geometry: BaseGeometry | None
) -> Feature:
    """Make a feature of a record and its geometry in the table's coordinate system.

    Parameters
    ----------
    number
        Of the record in its table; its id where it has no other.
    record
        Values by column, names of columns in lower case.

    Raises
    ------
    RecordError
        When it has no name, or no geometry that can be used.
    """
    names = _naming(record)
    if geometry is None:
        raise RecordError("it has no geometry")
    shape = usable(geometry, table.crs)
    uncertainty_m = _uncertainty(record)
    own_id = next((record[c] for c in _ID_COLUMNS if record.get(c)), "") or str(number)
    return Feature(
        place_id=f"{table.name}-{own_id[:_LONGEST_ID]}",
        name=names.name,
        aliases=names.aliases,
        kind=_kind(table, record, names.name, shape),
        geometry=shape,
        precision=_precision(record, uncertainty_m),
        uncertainty_m=uncertainty_m,
        note=(record.get("note") or f"row {number}")[:200],
    )


def _naming(record: Mapping[str, str]) -> Naming:
    tags = (tag.lower() for tag in NAME_TAGS)
    columns = dict.fromkeys((*NAME_COLUMNS, *tags, *_ALIAS_COLUMNS))
    names = naming(record[column] for column in columns if record.get(column))
    if names is None:
        raise RecordError("it has no name")
    return names


def usable(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """Bring a geometry in any system to EPSG:4326, without heights.

    Raises
    ------
    RecordError
        When it is empty, crosses itself, or has no place in the world.
    """
    flat = shapely.force_2d(geometry)
    if flat.is_empty:
        raise RecordError("it has no geometry")
    if not flat.is_valid:
        raise RecordError(f"its geometry is not valid ({shapely.is_valid_reason(flat)[:60]})")
    try:
        shape = to_wgs84(flat, crs)
    except CrsError as error:
        raise RecordError(str(error)) from error
    if not _WORLD.covers(shape):
        raise RecordError(f"its coordinates are no degrees, or not those of {crs[:40]}")
    return shape


def _kind(table: Table, record: Mapping[str, str], name: str, shape: BaseGeometry) -> str:
    stated = next((record[c] for c in _KIND_COLUMNS if record.get(c) in load_kinds()), None)
    if stated or table.kind:
        return stated or table.kind or ""
    form = _FORMS[max(int(shapely.get_dimensions(shape)), 0)]
    rule = rule_of(record, form, name)
    return rule.kind if rule else kind_by_name(name) or _KIND_OF_FORM[form]


def _uncertainty(record: Mapping[str, str]) -> float:
    try:
        value = float(record.get("uncertainty_m") or _USUAL_M)
    except ValueError:
        return _USUAL_M
    return value if math.isfinite(value) and value >= 0 else _USUAL_M


def _precision(record: Mapping[str, str], uncertainty_m: float) -> Precision:
    stated = record.get("precision", "")
    if stated in {Precision.AREA, Precision.SCHEMATIC}:
        return Precision(stated)
    fitting = (precision for limit, precision in _LIMITS if uncertainty_m <= limit)
    return next(fitting, Precision.APPROXIMATE)
