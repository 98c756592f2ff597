"""A small served file and plans to upload to it, for the tests of adding plans."""

import re
import time
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from signed_in import post

from layers.geopackage import read_geopackage, write_geopackage
from webmap.commands.build import read_plans

SERVED = "无锡市2021年重点工作\n建成惠山湖大桥。\n新建社区公园5个。\n"
PLAN = (
    "无锡市2022年重点工作\n一、重点工程\n开工建设梅梁湖大桥。\n推进312国道快速化改造。\n"
    "谋划北塘新城。\n新建社区公园8个。\n进一步优化营商环境。\n"
)
BRIDGE, ROAD, TOWN = "梅梁湖大桥", "312国道快速化改造", "北塘新城"
PATIENCE_S = 60
BOW_TIE = "POLYGON((120 31.5,120.1 31.6,120.1 31.5,120 31.6,120 31.5))"
IMPOSSIBLE: tuple[tuple[dict[str, str], str], ...] = (
    ({"name": " "}, "A name has 1 to 120 characters."),
    ({"name": "桥" * 121}, "A name has 1 to 120 characters."),
    ({"stage": "dreaming"}, "Choose a theme and a stage of the lists."),
    ({"theme": "../road"}, "Choose a theme and a stage of the lists."),
    ({"place": "no-such-place"}, "not among those that can be chosen"),
    ({"place": "drawn", "drawn": ""}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": "here"}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": '{"type":"Point","coordinates":["<b>",{}]}'}, "Draw a place"),
    ({"place": "drawn", "drawn": "[" * 100_000}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": '{"a":' * 20_000}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": "POINT (nan nan)"}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": "500, 31"}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": "120.3,31.5", "precision": "city"}, "how exact"),
    (
        {"place": "drawn", "drawn": f"LINESTRING({','.join(['120 31,121 31'] * 5001)})"},
        "more than 10000 corners",
    ),
    ({"place": "drawn", "drawn": "31.5, 120.3"}, "Draw a place on the map"),
    ({"place": "drawn", "drawn": "116.4, 39.9"}, "outside the city"),
    ({"place": "drawn", "drawn": BOW_TIE}, "invalid"),
    ({}, "Nothing was changed."),
)
"""Forms of the bridge that cannot be right, and what is said of them."""


def write_served(folder: Path) -> Path:
    """Write the works file that is served."""
    text, path = folder / "plan.txt", folder / "works.gpkg"
    text.write_text(SERVED, encoding="utf-8")
    write_geopackage(path, read_plans((text,), city=None, year=None), crs="EPSG:4490")
    return path


def upload(
    client: FlaskClient, text: str | bytes = PLAN, name: str = "wuxi2022.txt", **fields: str
) -> str:
    """Upload a plan and give the address of its draft."""
    data = text.encode() if isinstance(text, str) else text
    answer = post(client, "/adding/?lang=en", file=(BytesIO(data), name), **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def settled(client: FlaskClient, draft: str) -> str:
    """Wait until the work on a draft has ended, as its page does, and give the page."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        progress = client.get(f"{draft}/progress").text
        if 'data-state="working"' not in progress:
            return client.get(f"{draft}?lang=en").text
        time.sleep(0.05)
    raise AssertionError("the draft is still worked on")


def work_page(page: str, name: str) -> str:
    """Give the address at which a work of a draft's page is corrected."""
    found = re.search(rf'<a href="([^"]+)" lang="zh">{re.escape(name)}</a>', page)
    assert found, name
    return found[1]


def correct(client: FlaskClient, address: str, **fields: str) -> str:
    """Send the form of a work with all that it shows but for what is given; give the answer."""
    page = client.get(address).text
    shown = {
        "name": re.search(r'name="name"[^>]*value="([^"]*)"', page)[1],
        **{
            name: re.search(
                rf'<select name="{name}">.*?<option value="(\w+)" selected>', page, re.DOTALL
            )[1]
            for name in ("theme", "stage")
        },
        "place": "keep",
        "precision": "approximate",
    }
    answer = post(client, f"{address.partition('?')[0]}?lang=en", **{**shown, **fields})
    return "" if answer.status_code == 303 else answer.text


def row_of(path: Path, name: str) -> dict[str, object]:
    """Give the row of a work in the table `works` of a file."""
    works = read_geopackage(path).works
    (row,) = works[works["name"] == name].to_dict("records")
    return {str(key): value for key, value in row.items()}
