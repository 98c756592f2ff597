"""The online geocoders that can be chosen: where they are, how fast, and whose data they give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from geo.online.amap import AMap
from geo.online.answers import Service
from geo.online.baidu import Baidu
from geo.online.fetching import Fetcher
from geo.online.nominatim import Nominatim
from geo.online.tianditu import Tianditu


@dataclass(frozen=True, slots=True)
class Access:
    """How a service is reached: what the settings say of it."""

    fetcher: Fetcher
    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Provider:
    """An online geocoder; `interval_s` is the least time between two requests that it allows."""

    name: str
    title: str
    source: str
    licence: str
    url: str
    interval_s: float
    needs_key: bool
    open: Callable[[Access], Service]


PROVIDERS: Mapping[str, Provider] = {
    provider.name: provider
    for provider in (
        Provider(
            "nominatim",
            "Nominatim",
            "Nominatim, © OpenStreetMap contributors",
            "ODbL-1.0",
            "https://nominatim.openstreetmap.org",
            1.0,
            needs_key=False,
            open=lambda access: Nominatim(access.fetcher, access.url),
        ),
        Provider(
            "tianditu",
            "Tianditu",
            "Tianditu 天地图",
            "terms of Tianditu",
            "https://api.tianditu.gov.cn",
            0.25,
            needs_key=True,
            open=lambda access: Tianditu(access.fetcher, access.url, access.key),
        ),
        Provider(
            "amap",
            "AMap",
            "AMap 高德地图",
            "terms of AMap",
            "https://restapi.amap.com",
            0.4,
            needs_key=True,
            open=lambda access: AMap(access.fetcher, access.url, access.key),
        ),
        Provider(
            "baidu",
            "Baidu",
            "Baidu 百度地图",
            "terms of Baidu Maps",
            "https://api.map.baidu.com",
            0.4,
            needs_key=True,
            open=lambda access: Baidu(access.fetcher, access.url, access.key, access.secret),
        ),
    )
}
