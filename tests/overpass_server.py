"""A server on this machine that answers as Overpass does, well or badly, as a test scripts it."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

from shapely.geometry import LineString, box

from geo.gazetteer.overpass.groups import Group

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<osm version="0.6" generator="Overpass API 0.7.62.1">\n'
    "<note>The data included in this document is from www.openstreetmap.org.</note>\n"
    '<meta osm_base="2026-03-04T05:06:07Z"/>\n'
)
BUSY_PAGE = (
    "<html><head><title>OSM3S Response</title></head><body><p>Error: runtime error: "
    "The server is probably too busy to handle your request.</p></body></html>"
)
ROADS = Group("lines", ('nwr["highway"~"^(primary|secondary)$"]["name"]',))
PARKS = Group("areas", ('nwr["leisure"="park"]["name"]',))
CITY = box(119.0, 31.0, 120.0, 31.4)
# Long enough that questions asked at the same time are seen to be.
_THINKING_S = 0.005
TIMED_OUT = (
    '<remark> runtime error: Query timed out in "recurse" at line 1 after 181 seconds. </remark>'
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the query, its box (south, west, north, east; degrees), and headers."""

    query: str
    bbox: tuple[float, ...]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; `drip_s` passes before each of the pieces of the body."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/osm3s+xml"),)
    drip_s: float = 0.0
    stated_length: int | None = None


Script = Callable[[Question], Reply]


@dataclass(slots=True)
class Overpass:
    """A running server: its address, what it was asked, and how many asked at the same time."""

    script: Script
    url: str = ""
    questions: list[Question] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0


def osm(*elements: str) -> Reply:
    """Answer with elements."""
    return Reply((HEAD + "\n".join(elements) + "\n</osm>\n").encode())


def packed(reply: Reply) -> Reply:
    """Answer the same, gzipped."""
    headers = (*reply.headers, ("Content-Encoding", "gzip"))
    return Reply(gzip.compress(reply.body), reply.status, headers)


def refusal(status: int, *headers: tuple[str, str], page: str = BUSY_PAGE) -> Reply:
    """Answer with a page of an error."""
    return Reply(page.encode(), status, (("Content-Type", "text/html"), *headers))


def by_turns(*replies: Reply) -> Script:
    """Answer each question with the next reply; the last one stays."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def overpass(script: Script) -> Iterator[Overpass]:
    """Run a server that answers by a script."""
    state = Overpass(script)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/api/interpreter"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: Overpass) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.at_once += 1
            state.most_at_once = max(state.most_at_once, state.at_once)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["data"][0]
            box = re.search(r"\[bbox:([^]]*)\]", query)
            bbox = tuple(map(float, box[1].split(","))) if box else ()
            question = Question(query, bbox, dict(self.headers))
            state.questions.append(question)
            time.sleep(_THINKING_S)
            reply = state.script(question)
            state.at_once -= 1
            # Whoever asked may have gone.
            with suppress(OSError):
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            length = len(reply.body) if reply.stated_length is None else reply.stated_length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            step = len(reply.body) // 10 + 1 if reply.drip_s else max(len(reply.body), 1)
            for start in range(0, len(reply.body), step):
                time.sleep(reply.drip_s)
                self.wfile.write(reply.body[start : start + step])
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@dataclass(frozen=True, slots=True)
class Way:
    """A way of an invented world: its tags and its points (longitude, latitude; degrees)."""

    number: int
    tags: dict[str, str]
    points: tuple[tuple[float, float], ...]

    def elements(self) -> list[str]:
        """Give the way behind all its nodes."""
        numbers = [self.number * 100 + place for place in range(len(self.points))]
        nodes = [
            f'<node id="{number}" lat="{y}" lon="{x}"/>'
            for number, (x, y) in zip(numbers, self.points, strict=True)
        ]
        refs = "".join(f'<nd ref="{number}"/>' for number in numbers)
        return [*nodes, f'<way id="{self.number}">{refs}{xml_tags(self.tags)}</way>']


def xml_tags(tags: dict[str, str]) -> str:
    """Give tags as an answer has them."""
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def world(*ways: Way) -> Script:
    """Answer each question with the ways that it asks for, whole, as a good server does."""

    def script(question: Question) -> Reply:
        south, west, north, east = question.bbox
        tile = box(west, south, east, north)
        asked = [way for way in ways if is_asked(question.query, way.tags)]
        found = [way for way in asked if tile.intersects(LineString(way.points))]
        return osm(*(element for way in found for element in way.elements()))

    return script


def is_asked(query: str, tags: dict[str, str]) -> bool:
    """Whether a query asks for features with these tags."""
    return any(
        _fits(condition, tags)
        for condition in re.findall(r"(?:nwr|wr|node|rel)((?:\[[^]]*\])+);", query)
    )


def _fits(condition: str, tags: dict[str, str]) -> bool:
    filters = re.findall(r'\["([^"]*)"(?:(=|~)"([^"]*)")?\]', condition)
    return bool(filters) and all(
        key in tags
        and (not sign or bool(re.search(value if sign == "~" else f"^{value}$", tags[key])))
        for key, sign, value in filters
    )
