"""A copy of each work as it was built: what corrections made in the file are compared with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import shapely

from layers.build import Feature
from layers.schema import COLUMNS

_PLACES: Final = tuple((one.name, at) for at, one in enumerate(COLUMNS) if one.editable)
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def built_rows(
    features: Sequence[Feature], layers: Mapping[str, gpd.GeoDataFrame]
) -> Iterator[tuple[object, ...]]:
    """Give the rows of the table `built`: id, layer, geometry and editable values of each work.

    Geometries are well-known binary in the layers' system; the values are JSON.
    """
    shapes = {
        name: iter(shapely.to_wkb(frame.geometry.to_numpy())) for name, frame in layers.items()
    }
    for feature in features:
        wkb = next(shapes[feature.layer]) if feature.layer else None
        attributes = _encode(editable_values(feature))
        yield feature.work.work.work_id, feature.layer, wkb, attributes


def editable_values(feature: Feature) -> dict[str, Any]:
    """Give the values of a row that a person may correct, by column."""
    return {name: feature.row[at] for name, at in _PLACES}
