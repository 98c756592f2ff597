"""Take screenshots of the pages at desktop and phone size, to be looked at.

Usage: python tests/benchmarks/screenshots.py FOLDER [WORKS.gpkg]
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import BUILT, DESKTOP, PHONE, browser, context, serving, wait_for_map
from playwright.sync_api import Page

from layers.geopackage import read_geopackage


def states(works: Path) -> dict[str, str]:
    """Give the addresses to look at, by the name of the picture."""
    table = read_geopackage(works).works
    first = {precision: group.iloc[0]["work_id"] for precision, group in table.groupby("precision")}
    document = table.iloc[0]["document_id"]
    chosen = {f"chosen-{precision}": f"/?work={one}" for precision, one in first.items()}
    return {
        "map": "/",
        "map-hant": "/?lang=zh-Hant",
        "map-en": "/?lang=en",
        **chosen,
        "filtered": "/?theme=road&lang=zh-Hans",
        "nothing": "/?q=zzzz",
        "document": f"/documents/{document}#work-{table.iloc[20]['work_id']}",
        "table": "/table?sort=stage",
        "table-en": "/table?lang=en",
        "work": f"/works/{table.iloc[20]['work_id']}?lang=zh-Hans",
        "missing": "/nowhere",
    }


def main(works: Path, folder: Path) -> None:
    """Write one picture for each state and size."""
    chromium_path = shutil.which("chromium") or sys.exit("chromium is missing")
    folder.mkdir(parents=True, exist_ok=True)
    with serving(works) as address, browser(chromium_path) as chromium:
        for device, size in {"desktop": DESKTOP, "phone": PHONE}.items():
            profile = context(chromium, size)
            page = profile.new_page()
            for name, path in states(works).items():
                page.goto(address + path)
                if page.locator("#chart").count():
                    wait_for_map(page)
                    page.wait_for_timeout(400)
                page.screenshot(path=folder / f"{name}-{device}.png")
            if device == "phone":
                _sheet(page, address, folder)
            profile.close()


def _sheet(page: Page, address: str, folder: Path) -> None:
    page.goto(address + "/")
    wait_for_map(page)
    for height in ("half", "full"):
        page.click(".grip")
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"sheet-{height}-phone.png")


if __name__ == "__main__":
    main(Path(sys.argv[2]) if sys.argv[2:] else BUILT, Path(sys.argv[1]))
