"""The clients of all online geocoders, asked of a server on this machine."""

from collections.abc import Callable

import online_answers as said
from online_server import Served

from geo.online.amap import AMap
from geo.online.answers import Answer, Service
from geo.online.baidu import Baidu
from geo.online.fetching import Fetcher
from geo.online.nominatim import Nominatim
from geo.online.tianditu import Tianditu

FETCHER = Fetcher(timeout_s=5, user_agent="planned-works/test (me@example.org)")
CLIENTS: dict[str, Callable[[str], Service]] = {
    "nominatim": lambda url: Nominatim(FETCHER, url),
    "amap": lambda url: AMap(FETCHER, url, said.KEY),
    "tianditu": lambda url: Tianditu(FETCHER, url, said.KEY),
    "baidu": lambda url: Baidu(FETCHER, url, said.KEY, ""),
}


def ask(name: str, server: Served, text: str = "云湖公园") -> tuple[Answer, ...]:
    return CLIENTS[name](server.url).ask(said.question(text))
