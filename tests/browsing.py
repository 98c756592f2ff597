"""A real server and a real browser, for tests of pages and for the scripts that measure them."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BUILT = Path(__file__).resolve().parent.parent / "data" / "build" / "works.gpkg"
"""The works file that `make serve` builds."""

DESKTOP = (1440, 900)
PHONE = (390, 844)
_START_S = 30


@contextmanager
def serving(works: Path) -> Iterator[str]:
    """Serve a works file as a user would, and give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "webmap", "serve", str(works), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await_answer(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def _await_answer(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def context(chromium: Browser, size: tuple[int, int] = DESKTOP) -> BrowserContext:
    """Open a fresh profile of a desktop or a phone, with a reader of simplified Chinese."""
    is_phone = size == PHONE
    return chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        is_mobile=is_phone,
        has_touch=is_phone,
        reduced_motion="reduce",
    )


def wait_for_map(page: Page) -> None:
    """Wait until all layers are drawn and the page answers."""
    page.wait_for_selector("html[data-ready]", timeout=15_000)
