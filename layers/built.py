"""A copy of each work as it was built: what corrections made in the file are compared with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import geopandas as gpd
import shapely

from layers.build import Feature
from layers.schema import COLUMNS

EDITABLE: Final = tuple(column.name for column in COLUMNS if column.editable)
"""Names of the columns that a person may correct."""


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
        yield feature.work.work.work_id, feature.layer, wkb, _values(feature)


def _values(feature: Feature) -> str:
    row = dict(zip((column.name for column in COLUMNS), feature.row, strict=True))
    return json.dumps({name: row[name] for name in EDITABLE}, ensure_ascii=False)
