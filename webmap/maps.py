"""From map layers to a folium.Map and the parts of its page; knows no Flask."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import cast

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.elements import JSCSSMixin
from folium.map import CustomPane, Layer
from folium.template import Template

from webmap.basemap import Bounds
from webmap.outside_layer import OutsideLayer
from webmap.outside_maps import OutsideMap

_LEAFLET_JS = "vendor/leaflet/leaflet.js"
_LEAFLET_CSS = "vendor/leaflet/leaflet.css"
_TEMPLATES = Path(__file__).parent / "templates" / "elements"
_MAX_ZOOM = 18
_MIN_ZOOM = 6

PANES = {"base": 210, "names": 220, "areas": 410, "casings": 420, "works": 430}
"""Height of each pane: what makes a work stand out lies under the canvas of all works."""


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a page needs to show a map: addresses of styles and scripts, markup, and a script.

    `script` is the body of a module; it expects `worksLayer`, `baseLayer` and `outsideLayer` to be
    imported.
    `variable` is the name that the script gives the Leaflet map.
    """

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    html: str
    script: str
    variable: str


class WorksLayer(Layer):
    """All works and sites, drawn on one canvas by our own script from data at an address.

    folium's GeoJson loads by jQuery and makes an element of the page for every feature; this one
    keeps data out of the page, needs no library but Leaflet, and draws ten thousand works.
    """

    _template = Template((_TEMPLATES / "works_layer.js").read_text(encoding="utf-8"))

    def __init__(self, url: str) -> None:
        super().__init__(name="works", overlay=True)
        self._name = "WorksLayer"
        self.url = url


class BaseLayer(Layer):
    """The light base map of local data, from GeoJSON at an address."""

    _template = Template((_TEMPLATES / "base_layer.js").read_text(encoding="utf-8"))

    def __init__(self, url: str) -> None:
        super().__init__(name="base", overlay=False)
        self._name = "BaseLayer"
        self.url = url


def build_map(
    works_url: str,
    bounds: Bounds,
    base_url: str,
    outside: Sequence[OutsideMap] = (),
) -> folium.Map:
    """Make a map of all works above the base map.

    `bounds` are west, south, east, north in degrees (EPSG:4326); addresses are used as they are.
    """
    west, south, east, north = bounds
    chart = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        tiles=None,
        zoom_control="bottomright",
        zoom_snap=0.25,
        attribution_control=False,
        fade_animation=False,
    )
    chart.options.update({"min_zoom": _MIN_ZOOM, "max_zoom": _MAX_ZOOM})
    for name, height in PANES.items():
        CustomPane(name, height, pointer_events=height > PANES["names"]).add_to(chart)
    BaseLayer(base_url).add_to(chart)
    for one in outside:
        OutsideLayer(one).add_to(chart)
    WorksLayer(works_url).add_to(chart)
    return chart


def render(chart: folium.Map, asset: Callable[[str], str]) -> MapParts:
    """Render a map by the components of its figure; `asset` gives the address of a local file."""
    _use_local_assets(chart, asset)
    figure = cast("Figure", chart.get_root())
    _number(figure, count(1))
    figure.render()
    links = _children(figure.header)
    return MapParts(
        styles=tuple(link.url for link in links if isinstance(link, CssLink)),
        scripts=tuple(link.url for link in links if isinstance(link, JavascriptLink)),
        html=figure.html.render(),
        script=figure.script.render(),
        variable=chart.get_name(),
    )


def _number(element: Element, numbers: Iterator[int]) -> None:
    """Number the elements, whose ids are random: all workers of a server give the same page."""
    element._id = str(next(numbers))  # noqa: SLF001  branca has no public way to it
    for child in _children(element):
        _number(child, numbers)


def _use_local_assets(element: Element, asset: Callable[[str], str]) -> None:
    """Let no element name an outside address: only Leaflet is needed, from this server.

    The lists are set on the instances; folium's own helper would change its classes for good.
    """
    if isinstance(element, JSCSSMixin):
        is_map = isinstance(element, folium.Map)
        element.default_js = [("leaflet", asset(_LEAFLET_JS))] if is_map else []
        element.default_css = [("leaflet_css", asset(_LEAFLET_CSS))] if is_map else []
    for child in _children(element):
        _use_local_assets(child, asset)


def _children(element: Element) -> list[Element]:
    return list(element._children.values())  # noqa: SLF001  branca has no public way to them
