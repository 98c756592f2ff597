"""The features of an edited map file, whatever program wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import fiona
import fiona.errors
import shapely
from fiona._err import CPLE_BaseError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.crs import to_wgs84
from geo.errors import CrsError, LayersFileError
from geo.sentences import Sentence, say
from layers.edits.sides import plain
from layers.edits.values import Value
from layers.schema import EDITABLE
from layers.shapes import as_multi

KEY: Final = "work_id"
_FAILURES: Final = (fiona.errors.FionaError, CPLE_BaseError, OSError)


@dataclass(frozen=True, slots=True)
class Row:
    """A feature of a layer: `raw` is its geometry as drawn, in the layer's own system `crs`."""

    layer: str
    crs: str
    raw: BaseGeometry | None
    properties: Mapping[str, Any]

    @property
    def work_id(self) -> str:
        """The id that the feature claims, "" where it claims none."""
        return str(self.properties.get(KEY) or "").strip()

    @property
    def values(self) -> dict[str, Value]:
        """What a person may have corrected, by column, of the columns that the file has."""
        named = {name: self.properties[name] for name in EDITABLE if name in self.properties}
        return plain({name: _value(name, value) for name, value in named.items()})

    def geometry(self, crs: str = "") -> BaseGeometry | None:
        """Give the geometry in EPSG:4326; `crs` is where it was drawn, if not the layer's own.

        Raises
        ------
        CrsError
            When the system is unknown, or has no such coordinates.
        """
        if self.raw is None or self.raw.is_empty:
            return None
        return to_wgs84(self.raw, crs or self.crs)


def edited_rows(path: Path, problems: list[Sentence]) -> Iterator[Row]:
    """Give the features of all layers with a column `work_id`.

    A sentence about each layer or feature that cannot be read is added to `problems`.

    Raises
    ------
    LayersFileError
        When no map library can open the file.
    """
    for name in _layer_names(path):
        try:
            with fiona.open(path, layer=name) as collection:
                yield from _layer(name, collection, problems)
        except _FAILURES as error:
            problems.append(
                say(
                    "layer %(layer)s cannot be read (%(why)s); mend it in QGIS",
                    layer=name,
                    why=_short(error),
                )
            )


def _layer_names(path: Path) -> list[str]:
    try:
        return list(fiona.listlayers(path))
    except _FAILURES as error:
        raise LayersFileError(
            f"{path} cannot be read as a map file ({_short(error)}); give a GeoPackage or GeoJSON"
        ) from error


def _layer(name: str, collection: Any, problems: list[Sentence]) -> Iterator[Row]:  # noqa: ANN401
    schema = collection.schema
    if schema["geometry"] == "None" or KEY not in schema["properties"]:
        return
    crs = _crs(collection.crs_wkt)
    if not crs:
        problems.append(
            say(
                "layer %(layer)s has no coordinate system: set its own in QGIS (Set layer CRS) "
                "and save",
                layer=name,
            )
        )
        return
    for feature in collection:
        try:
            shape = feature.geometry and shapely.geometry.shape(feature.geometry)
        except (ShapelyError, ValueError, TypeError, AttributeError) as error:
            problems.append(
                say(
                    "feature %(feature)s of %(layer)s has no usable shape (%(why)s)",
                    feature=feature.id,
                    layer=name,
                    why=_short(error),
                )
            )
            continue
        flat = shape and as_multi(shapely.force_2d(shape))
        yield Row(name, crs, flat, dict(feature.properties))


def _crs(wkt: str) -> str:
    """Give a layer's system, "" where it has none."""
    return "" if "UNDEFINED" in wkt.upper() else wkt


def _value(name: str, value: Any) -> Value:  # noqa: ANN401  whatever the map library gives
    if name == "verified" and isinstance(value, int):
        return bool(value)
    return value if isinstance(value, float | int) or value else None


def unusable(row: Row, crs: str) -> str:
    """Say why a feature's coordinates cannot be brought to EPSG:4326, "" where they can."""
    try:
        row.geometry(crs)
    except CrsError as error:
        return str(error)
    return ""


def _short(error: object) -> str:
    return " ".join(str(error).split())[:120]
