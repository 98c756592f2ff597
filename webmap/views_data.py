"""The data behind the pages: layers, base map, health."""

from importlib.metadata import version

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug import Response as AnyResponse

from webmap.basemap import together
from webmap.views_shared import snapshot

blueprint = Blueprint("data", __name__)

_STALE = 409


@blueprint.get("/layers/<name>.geojson")
def layer(name: str) -> AnyResponse:
    """Give one layer as GeoJSON (EPSG:4326); `?version=` asks for that build or none."""
    data = snapshot().layers.get(name)
    if data is None:
        abort(404)
    return _versioned(data, "application/geo+json")


@blueprint.get("/works.json")
def works() -> AnyResponse:
    """Give what the map draws of all works."""
    return _versioned(snapshot().map_data, "application/json")


@blueprint.get("/base.geojson")
def base() -> AnyResponse:
    """Give the local base map as GeoJSON: of all cities, or of those that `?city=` names."""
    present, named = snapshot(), request.args.getlist("city")
    own = [present.city_maps[city] for city in named if city in present.city_maps]
    drawn = together(own) if own else present.base_map
    return _versioned(drawn.geojson, "application/geo+json")


@blueprint.get("/health")
def health() -> Response:
    """Say that the server answers, and from which build."""
    present = snapshot()
    return jsonify(
        status="ok",
        program=version("planned-works"),
        version=present.version,
        documents=len(present.documents),
        works=len(present.works),
    )


def _versioned(data: bytes, kind: str) -> AnyResponse:
    """Answer with data of a kind, unless the page that asks was made from another build.

    A page whose file has been replaced meanwhile would mix two builds; it is told to load again.
    """
    asked = request.args.get("version")
    if asked not in (None, snapshot().version):
        return Response(status=_STALE)
    response = Response(data, mimetype=kind)
    response.cache_control.no_cache = True
    response.set_etag(snapshot().version)
    return response.make_conditional(request)
