"""The outside base maps of a folium.Map: on the map only once its reader chooses one."""

from pathlib import Path

from folium.map import Layer
from folium.template import Template

from webmap.outside_maps import OutsideMap

_TEMPLATE = Path(__file__).parent / "templates" / "elements" / "outside_layer.js"


class OutsideLayer(Layer):
    """Tiles of another server, drawn by our own script; `show` is off, so that nothing is asked.

    folium's TileLayer is on the map from the start, asks without the Referer that public tile
    servers want, and knows nothing of shifted tiles.
    """

    _template = Template(_TEMPLATE.read_text(encoding="utf-8"))

    def __init__(self, outside: OutsideMap) -> None:
        super().__init__(name=outside.code, overlay=False, show=False)
        self._name = "OutsideLayer"
        self.code = outside.code
        self.urls = outside.urls
        self.options = {
            "subdomains": outside.subdomains,
            "maxNativeZoom": outside.max_zoom,
            "shifted": outside.shifted,
        }
