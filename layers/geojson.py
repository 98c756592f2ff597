"""A layer as GeoJSON for the web."""

from io import BytesIO

import geopandas as gpd


def layer_geojson(frame: gpd.GeoDataFrame) -> str:
    """Give a layer as RFC 7946 GeoJSON: WGS 84, outer rings anticlockwise, seven decimals.

    Each feature's `id` is its `work_id`; missing values are null. The text is JSON, not markup:
    whoever puts it or its values into a page escapes them there.
    """
    buffer = BytesIO()
    frame.assign(id=frame["work_id"]).to_file(
        buffer,
        driver="GeoJSON",
        engine="pyogrio",
        layer_options={
            "RFC7946": "YES",
            "WRITE_NAME": "NO",
            "ID_FIELD": "id",
            "ID_TYPE": "String",
        },
    )
    return buffer.getvalue().decode("utf-8")
