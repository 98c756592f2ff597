"""A real server and a real browser, for tests of pages and for the scripts that measure them."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

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
_BUILT = Path(__file__).resolve().parent.parent / "data" / "build" / "works.gpkg"

DESKTOP = (1440, 900)
PHONE = (390, 844)
_START_S = 60


def built_in() -> Path:
    """Give the works file that `make serve` builds, built now if it is not there yet."""
    if not _BUILT.exists():
        _BUILT.parent.mkdir(parents=True, exist_ok=True)
        build = [sys.executable, "-m", "webmap", "build", "--output", str(_BUILT)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return _BUILT


@contextmanager
def serving(
    works: Path, settings: Mapping[str, str] | None = None, patience_s: float = _START_S
) -> Iterator[str]:
    """Serve a works file as a user would, under settings of the environment; give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "webmap", "serve", str(works), "--port", str(port)]
    surroundings = {**os.environ, **(settings or {})}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=surroundings)
    try:
        _await_answer(f"http://127.0.0.1:{port}/health", server, patience_s)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:  # a busy machine
            server.kill()
            server.wait()


def _await_answer(address: str, server: "subprocess.Popen[bytes]", patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
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


def context(
    chromium: Browser, size: tuple[int, int] = DESKTOP, *, first_visit: bool = False
) -> BrowserContext:
    """Open a fresh profile of a desktop or a phone, with a reader of simplified Chinese.

    The reader has been here before, unless it is a `first_visit`.
    """
    is_phone = size == PHONE
    profile = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        is_mobile=is_phone,
        has_touch=is_phone,
        reduced_motion="reduce",
    )
    if not first_visit:
        profile.add_init_script("try { localStorage.setItem('welcomed', 'yes') } catch {}")
    return profile


def wait_for_map(page: Page) -> None:
    """Wait until all layers are drawn and the page answers."""
    page.wait_for_selector("html[data-ready]", timeout=15_000)


def listed(page: Page) -> list[str]:
    """Give the ids of the works that the list shows, in its order."""
    return page.locator("#list [data-work]").evaluate_all("all => all.map((a) => a.dataset.work)")


def tick(page: Page, facet: str, value: str) -> None:
    """Tick, or untick, a value of a filter beside the map."""
    menu = page.locator(f".side .facet[data-facet={facet}]")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    menu.locator(f"input[value='{value}']").click()


def only(page: Page, facet: str, value: str) -> None:
    """Let a filter choose one value alone, also where a phone's sheet hides it."""
    page.evaluate(
        """([facet, value]) => {
            const boxes = [...document.querySelectorAll(`.side [data-facet=${facet}] input`)];
            for (const box of boxes) box.checked = box.value === value;
            boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        [facet, value],
    )


@contextmanager
def watched(chromium: Browser, size: tuple[int, int] = DESKTOP) -> Iterator[Page]:
    """Give a page that fails the test on an outside request, an error or a console message."""
    profile = context(chromium, size)
    page = profile.new_page()
    found: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:", "file:")):
            route.continue_()
        else:
            found.append(route.request.url)
            route.abort()

    profile.route("**/*", guard)
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.set_default_timeout(15_000)
    yield page
    profile.close()
    assert found == []


def opened(page: Page, address: str) -> Page:
    """Open a state of the map."""
    page.goto(address)
    wait_for_map(page)
    return page
