"""Our scripts and styles reach a page as a few files, made of what stands in the checkout."""

import re
from pathlib import Path

from webmap import create_app
from webmap.assets import STATIC

BUILT = STATIC / "built"
MOST_FILES = 10


def bundled(name: str) -> str:
    return (BUILT / name).read_text(encoding="utf-8")


def test_the_bundles_are_no_older_than_what_they_are_made_of() -> None:
    sources = [*STATIC.glob("js/*.js"), *STATIC.glob("css/*.css")]
    newest = max(sources, key=lambda path: path.stat().st_mtime)
    oldest = min(BUILT.iterdir(), key=lambda path: path.stat().st_mtime)
    assert oldest.stat().st_mtime >= newest.stat().st_mtime, f"run make setup: {newest.name} is new"


def test_the_map_is_made_of_a_few_files(works: Path) -> None:
    page = create_app({"WORKS_FILE": works}).test_client().get("/").text
    files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)"', page))
    assert any("built/map_page.js" in file for file in files)
    assert len(files) <= MOST_FILES, files


def test_what_a_map_draws_with_alone_is_not_in_the_page_of_a_text() -> None:
    assert len(bundled("text.js")) < len(bundled("map_page.js")) / 5


def test_a_saved_map_can_ask_no_server() -> None:
    assert "fetch(" in bundled("map_page.js")
    assert "fetch(" not in bundled("saved_map.js")


def test_every_style_of_a_bundle_is_in_it() -> None:
    for entry in ("every_page", "map_page"):
        source = Path(STATIC, "css", f"{entry}.css").read_text(encoding="utf-8")
        for name in re.findall(r'@import "\./(\w+\.css)"', source):
            text = Path(STATIC, "css", name).read_text(encoding="utf-8")
            classes = set(re.findall(r"^\.([\w-]+)", text, re.MULTILINE))
            assert classes, name
            assert all(f".{one}" in bundled(f"{entry}.css") for one in classes), name
