"""What the map draws of every work and site, as JSON that is small enough for very many of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import msgspec
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.registers import Slots, is_measured
from layers.schema import COLUMNS
from webmap.labels import label_points

SCALE: Final = 100_000
"""Coordinates are whole numbers of 1/100,000 degree, about a metre."""

_FINEST: Final = 2e-5
_STEPS: Final = 5_000
"""An outline is simplified to 2 m, and a wide one to a 5,000th of its extent: less than a pixel."""

_PLAIN: Final = ("work_id", "name", "uncertainty_m", "quantity_text", "part_of")
_CODED: Final = ("theme", "stage", "precision", "confidence")
_VALUES: Final[Mapping[str, Sequence[str]]] = {
    column.name: [str(code) for code, _ in column.values]
    for column in COLUMNS
    if column.name in _CODED
}

Flat = list[int]


def map_data(layers: Mapping[str, gpd.GeoDataFrame], slots: Mapping[str, Slots]) -> bytes:
    """Give works and sites column by column, in the order of the layers.

    A coded column holds places in the list of its codes. `shape` is a place in `shapes`, which
    holds each geometry once (many works share a district): points as `[x, y, ...]`, lines as a
    list of such, areas as a list of lists of rings; each pair after the first is the step from the
    one before it, in 1/`scale` degrees (EPSG:4326). `label` is where an area's mark may stand,
    `known` what is known of a counted promise and what was promised.
    """
    frames = [frame for frame in layers.values() if len(frame)]
    works = pd.concat([pd.DataFrame(frame) for frame in frames]) if frames else pd.DataFrame()
    shapes, places = _together(frames)
    columns = {name: _plain(works, name) for name in _PLAIN}
    columns |= {name: _codes(works, name) for name in _CODED}
    labels = [label for frame in frames for label in label_points(frame)]
    return msgspec.json.encode(
        {
            "scale": SCALE,
            "codes": _VALUES,
            "columns": {
                **columns,
                "verified": [int(one) for one in _plain(works, "verified")],
                "known": [_known(slots.get(str(one))) for one in columns["work_id"]],
                "label": [label and _steps([label]) for label in labels],
                "shape": places,
            },
            "shapes": [_shape(shape) for shape in shapes],
        }
    )


def _plain(works: pd.DataFrame, name: str) -> list[Any]:
    if name not in works:
        return []
    return [None if pd.isna(value) else value for value in works[name].tolist()]


def _codes(works: pd.DataFrame, name: str) -> list[int | None]:
    place = {code: at for at, code in enumerate(_VALUES[name])}
    return [place.get(str(value)) for value in _plain(works, name)]


def _known(slots: Slots | None) -> list[float] | None:
    if slots is None:
        return None
    return [slots.filled if is_measured(slots.unit) else slots.by_name, slots.promised]


def _together(frames: Iterable[gpd.GeoDataFrame]) -> tuple[list[BaseGeometry], list[int]]:
    """Give each geometry once, and for every row its place among them."""
    shapes: list[BaseGeometry] = []
    places: list[int] = []
    found: dict[bytes, int] = {}
    for frame in frames:
        drawn = _simplified(frame.geometry.to_crs("EPSG:4326").to_numpy())
        for key, shape in zip(shapely.to_wkb(drawn), drawn, strict=True):
            if key not in found:
                found[key] = len(shapes)
                shapes.append(shape)
            places.append(found[key])
    return shapes, places


def _simplified(shapes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    west, south, east, north = shapely.bounds(shapes).T
    extent = np.maximum(east - west, north - south)
    return np.asarray(shapely.simplify(shapes, np.maximum(_FINEST, extent / _STEPS)))


def _shape(shape: BaseGeometry) -> Any:  # noqa: ANN401  lists as deep as the family
    match int(shapely.get_dimensions(shape)):  # simplifying may make a single line of a multiple
        case 0:
            return _steps(shapely.get_coordinates(shape))
        case 1:
            return [_steps(shapely.get_coordinates(line)) for line in shapely.get_parts(shape)]
        case _:
            return [_rings(part) for part in shapely.get_parts(shape)]


def _rings(polygon: BaseGeometry) -> list[Flat]:
    return [_steps(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon)]


def _steps(pairs: Any) -> Flat:  # noqa: ANN401  whatever makes an array of pairs
    whole = np.rint(np.asarray(pairs, dtype=float) * SCALE).astype(int)
    steps: Flat = np.diff(whole, axis=0, prepend=0).ravel().tolist()
    return steps
