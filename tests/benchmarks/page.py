"""Measure the first page of a warm server in Chromium: navigation to interactive map.

Usage: python tests/benchmarks/page.py [WORKS.gpkg]

The page sets the mark `works-ready` when all layers are drawn and list and panel answer. Each run
is a fresh profile with an empty cache; the server has answered one page before.
"""

import shutil
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import BUILT, DESKTOP, PHONE, browser, context, serving, wait_for_map

RUNS = 7
READY = "performance.getEntriesByName('works-ready')[0].startTime"
TRANSFER = """
performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0) / 1000
"""


def main(works: Path) -> None:
    """Print every run and the median, for a desktop and a phone."""
    chromium_path = shutil.which("chromium") or sys.exit("chromium is missing")
    with serving(works) as address, browser(chromium_path) as chromium:
        for name, size in {"desktop": DESKTOP, "phone": PHONE}.items():
            runs = []
            for _ in range(RUNS + 1):
                profile = context(chromium, size)
                page = profile.new_page()
                page.goto(address + "/")
                wait_for_map(page)
                runs.append(page.evaluate(READY))
                transfer = page.evaluate(TRANSFER)
                profile.close()
            warm = runs[1:]
            each = " ".join(f"{run:.0f}" for run in warm)
            print(f"{name}: median {statistics.median(warm):.0f} ms to the interactive map")
            print(f"  runs (ms): {each}; {transfer:.0f} kB of files")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else BUILT)
