"""Base maps of other servers, where whoever runs this one allows them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from flask import Config

from geo.crs import Datum, datum_of
from geo.errors import SettingError
from layers.titles import Title

_TILE_URL = re.compile(r"https?://[\w.{}-]+(:\d+)?/[^\s;,'\"]*")
_KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")
_SUBDOMAIN: Final = "{s}"


@dataclass(frozen=True, slots=True)
class OutsideMap:
    """A base map of another server.

    `code` stands for it in addresses; `urls` are addresses of tiles with {z}, {x} and {y} (Web
    Mercator), drawn over one another, {s} one of the letters of `subdomains`. `shifted` tiles are
    in GCJ-02; all others in WGS-84, or CGCS2000, which is equal to a metre. `attribution` is shown
    as long as the map is, and leads to `link`, where there is one.
    """

    code: str
    title: Title
    urls: tuple[str, ...]
    attribution: str
    link: str | None = None
    subdomains: str = "abc"
    max_zoom: int = 18
    shifted: bool = False

    @property
    def origins(self) -> tuple[str, ...]:
        """The servers of its tiles, as a Content-Security-Policy writes them."""
        return tuple(dict.fromkeys(map(_origin, self.urls)))


def outside_maps(config: Config) -> tuple[OutsideMap, ...]:
    """Give the outside base maps that the settings allow, in the order named; none by default.

    Raises
    ------
    SettingError
        When a setting of one cannot be used.
    """
    names = str(config["BASE_MAPS"] or "").replace(",", " ").lower().split()
    unknown = [name for name in names if name not in _KNOWN]
    if unknown:
        raise SettingError(
            f"BASE_MAPS names {unknown[0][:40]}: choose from {', '.join(_KNOWN)}, or give the "
            "address of tiles in BASE_MAP_URL."
        )
    known = tuple(_KNOWN[name](config) for name in dict.fromkeys(names))
    return (*known, *_tiles(config))


def _open_street_map(_config: Config) -> OutsideMap:
    return OutsideMap(
        code="osm",
        title=Title("OpenStreetMap", "OpenStreetMap", "OpenStreetMap"),
        urls=("https://tile.openstreetmap.org/{z}/{x}/{y}.png",),
        attribution="© OpenStreetMap contributors",
        link="https://www.openstreetmap.org/copyright",
    )


def _tianditu(config: Config) -> OutsideMap:
    """Give the vector map of Tianditu and its labels, by WMTS in the matrix set of Web Mercator."""
    key = str(config["TIANDITU_KEY"] or "")
    if not _KEY.fullmatch(key):
        raise SettingError(
            "BASE_MAPS names tianditu, which needs a key: set TIANDITU_KEY to one for browsers, "
            "since every visitor's browser sends it."
        )
    return OutsideMap(
        code="tianditu",
        title=Title("天地图", "天地圖", "Tianditu"),
        urls=tuple(_tianditu_url(layer, key) for layer in ("vec", "cva")),
        attribution=f"© 国家地理信息公共服务平台(天地图) · 审图号:{config['TIANDITU_NUMBER']}",
        link="https://www.tianditu.gov.cn/",
        subdomains="01234567",
    )


def _tianditu_url(layer: str, key: str) -> str:
    return (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={quote(key)}"
    )


_KNOWN: Final[Mapping[str, Callable[[Config], OutsideMap]]] = {
    "tianditu": _tianditu,
    "osm": _open_street_map,
}


def _tiles(config: Config) -> tuple[OutsideMap, ...]:
    """Give the map of BASE_MAP_URL, where it is set."""
    url, attribution = config["BASE_MAP_URL"], config["BASE_MAP_ATTRIBUTION"]
    if not url:
        return ()
    shifted = _is_shifted(str(config["BASE_MAP_CRS"]))
    if not _TILE_URL.fullmatch(str(url)) or not all(f"{{{axis}}}" in url for axis in "xyz"):
        raise SettingError(
            "BASE_MAP_URL is no tile address: give one such as https://tiles.example/{z}/{x}/{y}.png."
        )
    if not attribution:
        raise SettingError("BASE_MAP_ATTRIBUTION is missing: say whose map BASE_MAP_URL shows.")
    title = Title("外部底图", "外部底圖", "outside map")
    return (OutsideMap("tiles", title, (str(url),), str(attribution), shifted=shifted),)


def _is_shifted(crs: str) -> bool:
    """Tell GCJ-02, whose tiles are moved to where they belong, from WGS-84; refuse all others."""
    datum = datum_of(crs)
    if datum is Datum.BD09:
        raise SettingError(
            f"A base map in {crs} (Baidu) has tiles of another grid, hundreds of metres beside the "
            "works: choose one in WGS-84 or GCJ-02 (BASE_MAP_CRS=wgs84 or gcj02)."
        )
    if datum is None:
        raise SettingError(
            f"BASE_MAP_CRS is {crs[:40]}, in which tiles cannot be drawn under the works: choose a "
            "base map in WGS-84 or GCJ-02 (BASE_MAP_CRS=wgs84 or gcj02)."
        )
    return datum is Datum.GCJ02


def _origin(url: str) -> str:
    """Give the origin of tiles; a policy knows a wildcard for a whole label only."""
    parts = urlsplit(url)
    labels = parts.netloc.split(".")
    if _SUBDOMAIN in labels[0]:
        labels[0] = "*"
    return f"{parts.scheme}://{'.'.join(labels)}"
