"""A server on this machine that answers as online geocoders do, or as badly as a test wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """One answer: an object becomes JSON, bytes stay; `drip` sends the bytes one by one."""

    body: object = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0
    drip: bool = False

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode()


@dataclass
class Served:
    """A running server: give it replies in order (the last one stays), read what it was asked."""

    url: str
    replies: list[Reply]
    paths: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    @property
    def questions(self) -> list[dict[str, str]]:
        """The parameters of each request."""
        return [
            {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
            for path in self.paths
        ]

    def will(self, *replies: object) -> "Served":
        """Say what it answers next: replies, or bodies of successful ones."""
        self.replies[:] = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        return self

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def serving(*replies: object) -> Iterator[Served]:
    """Run a server until the block ends."""
    served = Served("", [])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.paths.append(self.path)
            served.agents.append(self.headers.get("User-Agent", ""))
            answer(self, served.next_reply())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served.will(*(replies or (b"",)))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.wait_s)
    try:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        pieces = [bytes([byte]) for byte in reply.content] if reply.drip else [reply.content]
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.05 if reply.drip else 0)
    except (BrokenPipeError, ConnectionResetError):
        """The client went away: that is what some tests want."""
