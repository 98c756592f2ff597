"""A server of map tiles on this machine: all are one pixel, and it remembers who asked."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@dataclass
class Tiles:
    """Where the tiles are, and the path and the Referer of each request for one."""

    origin: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of tiles, as a setting names it."""
        return f"{self.origin}/{{z}}/{{x}}/{{y}}.png"


@contextmanager
def serving_tiles() -> Iterator[Tiles]:
    """Serve tiles until the block ends."""
    tiles = Tiles()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tiles.asked.append((self.path, self.headers.get("Referer")))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_words: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tiles.origin = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield tiles
    finally:
        server.shutdown()
        server.server_close()
