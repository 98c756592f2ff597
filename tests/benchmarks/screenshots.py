"""Take pictures of twelve states of the site at desktop and phone size, to be looked at.

Usage: python tests/benchmarks/screenshots.py FOLDER [WORKS.gpkg]

The states are front, filtered, searched, chosen (a work), counted (with its sites), text, ledger,
table, statistics, brief, dark and error; each is an address, so that it is what a reader would see.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import DESKTOP, PHONE, browser, built_in, context, serving, wait_for_map
from playwright.sync_api import Page

from geo.model import Precision
from layers.geopackage import read_geopackage

SIZES = {"desktop": DESKTOP, "phone": PHONE}
_SETTLED_MS = 500


@dataclass(frozen=True, slots=True)
class State:
    """One picture: its name, the address, and whether the system asks for dark colours."""

    name: str
    path: str
    dark: bool = False
    first_visit: bool = False


def states(works: Path) -> tuple[State, ...]:
    """Give the states to look at, with works that this file has."""
    file = read_geopackage(works)
    table = file.works
    counted = table[table["precision"] == Precision.CITY]["work_id"]
    named = file.slots.sort_values("named", ascending=False)
    owners = [*named["work_id"], *counted]
    placed = table[table["precision"] != Precision.CITY]
    first = placed.iloc[0]
    districts = [one for one in table["district"] if one]
    return (
        State("front", "/", first_visit=True),
        State("filtered", f"/?theme={first['theme']}&stage={first['stage']}"),
        State("searched", f"/?q={first['name_hans'][:2]}"),
        State("chosen", f"/?work={first['work_id']}"),
        State("counted", f"/?work={(owners or [first['work_id']])[0]}"),
        State("text", "/?view=text"),
        State("ledger", "/?view=ledger"),
        State("table", "/table?sort=stage"),
        State("statistics", "/statistics"),
        State("brief", f"/brief?district={districts[0]}" if districts else "/brief"),
        State("dark", f"/?work={first['work_id']}&lang=en", dark=True),
        State("error", "/nowhere?lang=zh-Hans"),
    )


def main(works: Path, folder: Path) -> None:
    """Write one picture for each state and size."""
    chromium_path = shutil.which("chromium") or sys.exit("chromium is missing")
    folder.mkdir(parents=True, exist_ok=True)
    with serving(works) as address, browser(chromium_path) as chromium:
        for device, size in SIZES.items():
            for state in states(works):
                profile = context(chromium, size, first_visit=state.first_visit)
                _shoot(profile.new_page(), address, state, folder / f"{state.name}-{device}.png")
                profile.close()


def _shoot(page: Page, address: str, state: State, picture: Path) -> None:
    page.emulate_media(color_scheme="dark" if state.dark else "light")
    page.goto(address + state.path)
    if page.locator("#chart").count():
        wait_for_map(page)
    page.wait_for_timeout(_SETTLED_MS)
    page.screenshot(path=picture)
    print(picture, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[2]) if sys.argv[2:] else built_in(), Path(sys.argv[1]))
