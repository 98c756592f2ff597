"""Judge pages with Lighthouse in Chromium, without a network: accessibility and best practices.

Usage: python tests/benchmarks/quality.py [WORKS.gpkg]

Lighthouse is installed with npm into tests/lighthouse when it is first wanted. Fails where a page
scores less than 95 in either category, and names the checks that it did not pass. Performance is
printed beside them: it depends on the machine.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import built_in, serving

from layers.geopackage import read_geopackage

LIGHTHOUSE = Path(__file__).resolve().parent.parent / "lighthouse"
LEAST = 95
JUDGED = ("accessibility", "best-practices")
TRIES = 3
"""Chromium sometimes gives Lighthouse a trace without a beginning: then it asks to be run again."""

CATEGORIES = (*JUDGED, "performance")
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def pages(works: Path) -> list[str]:
    """Give the addresses to judge: one of each kind."""
    table = read_geopackage(works).works
    work, document = table.iloc[0]["work_id"], table.iloc[0]["document_id"]
    return [
        "/",
        f"/?work={work}&lang=en",
        "/table",
        f"/documents/{document}",
        f"/works/{work}",
        "/help",
    ]


def main(works: Path) -> None:
    """Print the scores of each page on a desktop and a phone, and what did not pass."""
    chromium = shutil.which("chromium") or sys.exit("chromium is missing")
    _install()
    failed = False
    with serving(works) as address:
        for path in pages(works):
            for device in ("desktop", "mobile"):
                report = _report(address + path, device, chromium)
                failed |= _print(path, device, report)
    sys.exit(failed)


def _install() -> None:
    if (LIGHTHOUSE / "node_modules").is_dir():
        return
    npm = shutil.which("npm") or sys.exit("npm is missing: install Node.js 18 or later")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=LIGHTHOUSE, check=True)


def _report(url: str, device: str, chromium: str) -> dict[str, Any]:
    command = [
        str(LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse"),
        url,
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={CHROME_FLAGS}",
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        *(["--preset=desktop"] if device == "desktop" else []),
    ]
    surroundings = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, check=False, env=surroundings)
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    sys.exit(f"Lighthouse failed on {url}: {done.stderr.decode()[-500:]}")


def _print(path: str, device: str, report: dict[str, Any]) -> bool:
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    each = ", ".join(f"{name} {score}" for name, score in scores.items())
    print(f"{device} {path}: {each}", flush=True)
    for name in JUDGED:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['id']} ({reference['weight']}): {audit['title']}")
    return any(scores[name] < LEAST for name in JUDGED)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else built_in())
