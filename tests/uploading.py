"""A small served file and plans to upload to it, for the tests of adding plans."""

import re
import time
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from signed_in import post

from layers.geopackage import write_geopackage
from webmap.commands.build import read_plans

SERVED = "无锡市2021年重点工作\n建成惠山湖大桥。\n新建社区公园5个。\n"
PLAN = (
    "无锡市2022年重点工作\n一、重点工程\n开工建设梅梁湖大桥。\n推进312国道快速化改造。\n"
    "谋划北塘新城。\n新建社区公园8个。\n进一步优化营商环境。\n"
)
BRIDGE, ROAD, TOWN = "梅梁湖大桥", "312国道快速化改造", "北塘新城"
PATIENCE_S = 60


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
