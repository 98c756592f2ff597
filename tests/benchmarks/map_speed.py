"""Measure the map in Chromium: time until interactive, frames while panning, filters, bytes.

Usage: python tests/benchmarks/map_speed.py [WORKS.gpkg] [--works 10000] [--runs 5] [--phone]

`--works` writes and measures a file of so many invented works; without it and without a file the
built-in plan is built and measured. Each run is a fresh profile with an empty cache, the server is
warm; filter and search begin when the map stands still, as a reader's do.
"""

import argparse
import gzip
import shutil
import statistics
import sys
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import DESKTOP, PHONE, browser, built_in, context, serving
from many_works import write_many
from playwright.sync_api import Browser, CDPSession, Page

READY = "performance.getEntriesByName('works-ready')[0].startTime"
PAN = """
([dx, dy, frames]) => new Promise((done) => {
    const box = document.querySelector(".folium-map").getBoundingClientRect();
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const at = (name, x, y) => {
        const isFirst = name === "mousedown";
        const target = isFirst ? document.querySelector(".leaflet-map-pane") : document.body;
        const options = { bubbles: true, cancelable: true, clientX: x, clientY: y, buttons: 1 };
        target.dispatchEvent(new MouseEvent(name, options));
    };
    const times = [];
    at("mousedown", from.x, from.y);
    const step = (now) => {
        times.push(now);
        const turn = times.length;
        const way = Math.sin((turn / frames) * 2 * Math.PI);
        at("mousemove", from.x + way * dx, from.y + way * dy);
        if (turn < frames) requestAnimationFrame(step);
        else {
            at("mouseup", from.x, from.y);
            done(times.slice(1).map((time, index) => time - times[index]));
        }
    };
    requestAnimationFrame(step);
})
"""
CHANGED = """
(change) => new Promise((done) => {
    const list = () => document.getElementById("list");
    const before = list();
    const changes = {
        filter: () => document.querySelector("#legend a[data-name=stage]:not(.none)").click(),
        search: () => {
            const box = document.querySelector("[name=q]");
            box.value = document.querySelector("#list .work-name").firstChild.textContent.trim();
            box.dispatchEvent(new Event("input", { bubbles: true }));
        },
    };
    const start = performance.now();
    const look = () => {
        if (list() === before) requestAnimationFrame(look);
        else requestAnimationFrame(() => done(performance.now() - start));
    };
    changes[change]();
    look();
})
"""
PAN_PX = (500, 300)
FRAMES = 120
STILL_MS = 2_000


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--works", type=int)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--phone", action="store_true", help="a phone's screen and touch")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = asked.file or (Path(folder, "works.gpkg") if asked.works else built_in())
        if asked.works:
            write_many(file, asked.works)
        measure(file, asked.runs, PHONE if asked.phone else DESKTOP)


def measure(file: Path, runs: int, size: tuple[int, int]) -> None:
    """Open the map several times; print the medians of all but the first."""
    chromium_path = shutil.which("chromium") or sys.exit("chromium is missing")
    with serving(file, patience_s=600) as address, browser(chromium_path) as chromium:
        measured = [one_run(chromium, address, size) for _ in range(runs + 1)][1:]
    ready, opening, frames, panning, filters, searches, sizes, complaints = zip(
        *measured, strict=True
    )
    each = " ".join(f"{one:.0f}" for one in ready)
    print(f"interactive: median {statistics.median(ready):.0f} ms (runs: {each})")
    print(f"  processor time of the page: {statistics.median(opening):.0f} ms")
    all_frames = sorted(one for run in frames for one in run)
    mean, slowest = statistics.fmean(all_frames), all_frames[int(0.95 * len(all_frames))]
    print(f"panning: {1000 / mean:.0f} frames a second; 95 % of frames within {slowest:.0f} ms")
    print(f"  processor time of the page: {statistics.median(panning) / FRAMES:.1f} ms a frame")
    for name, times in (("filter", filters), ("search", searches)):
        print(f"{name}: median {statistics.median(times):.0f} ms to the list and the map")
    print(f"first page: {sizes[0] / 1000:.0f} kB gzipped")
    print(f"console and page errors: {sum(map(len, complaints))}")
    for words in sorted({word for run in complaints for word in run}):
        print(f"  {words}")


Run = tuple[float, float, list[float], float, float, float, int, list[str]]


def one_run(chromium: Browser, address: str, size: tuple[int, int]) -> Run:
    """Open the map in a fresh profile, drag it to and fro, and filter it by its legend."""
    profile = context(chromium, size)
    page = profile.new_page()
    complaints: list[str] = []
    addresses: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: addresses.append(answer.url))
    page.set_default_timeout(120_000)
    clock = profile.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{address}/?sort=theme")  # of all plans, where there are several
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    ready, opened = page.evaluate(READY), spent(clock)
    weight = sum(map(gzipped, addresses))
    before, frames = spent(clock), panned(page)
    moved = spent(clock) - before
    filtered, searched = changed(page, "filter"), changed(page, "search")
    profile.close()
    return ready, opened, frames, moved, filtered, searched, weight, complaints


def spent(clock: CDPSession) -> float:
    """Give the ms of processor time that the page has used: what else runs adds nothing to it."""
    metrics = {one["name"]: one["value"] for one in clock.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def gzipped(address: str) -> int:
    """Give how many bytes an answer has on its way to a browser, compressed if it is not yet."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
        return len(gzip.compress(answer.read()))


def changed(page: Page, change: str) -> float:
    """Change what is asked for; give the ms until list and map show the answer."""
    page.wait_for_timeout(STILL_MS)
    return float(page.evaluate(CHANGED, change))


def panned(page: Page) -> list[float]:
    """Drag the map there and back; give the length of each frame in milliseconds."""
    return list(page.evaluate(PAN, [*PAN_PX, FRAMES]))


if __name__ == "__main__":
    main()
