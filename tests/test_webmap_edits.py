"""What people have corrected is told on the panel of a work: what, by whom, when and why."""

from dataclasses import replace
from pathlib import Path

import pytest
from factories import example
from flask.testing import FlaskClient
from hostility import PAYLOADS

from layers.build import EditNote
from layers.geopackage import write_geopackage
from webmap import create_app

BRIDGE = "jia-2020-006"


def note(number: int, field: str, who: str = "李工", why: str = "看过现场") -> EditNote:
    return EditNote(number, BRIDGE, field, "", "", who, why, "2026-11-27T08:00:00+00:00")


def client_of(tmp_path: Path, *notes: EditNote, located_by: str = "name 南湖大橋") -> FlaskClient:
    plan = example()
    placed = tuple(
        replace(one, edited=True, located_by=located_by) if one.work.work_id == BRIDGE else one
        for one in plan.placed
    )
    write_geopackage(tmp_path / "works.gpkg", [replace(plan, placed=placed, edits=notes)])
    return create_app({"WORKS_FILE": tmp_path / "works.gpkg"}).test_client(use_cookies=False)


def test_each_correction_stands_with_its_author_day_and_reason(tmp_path: Path) -> None:
    client = client_of(tmp_path, note(1, "geometry"), note(1, "stage"), note(2, "name", "王工", ""))
    panel = client.get(f"/works/{BRIDGE}/panel").text
    assert panel.count("人工修改") == 2
    assert "李工 · 2026-11-27 · 看过现场" in panel
    assert "王工 · 2026-11-27" in panel
    assert "人工修改" not in client.get("/works/jia-2020-002/panel").text


@pytest.mark.parametrize(
    ("located_by", "language", "words"),
    [
        ("drawn by hand: 李工, 2026-11-27", "zh-Hans", "人工绘制:李工, 2026-11-27"),
        ("drawn by hand: 李工, 2026-11-27", "en", "drawn by hand: 李工, 2026-11-27"),
        ("removed by hand: 李工, 2026-11-27", "zh-Hant", "人工移除:李工, 2026-11-27"),
    ],
)
def test_a_drawn_place_says_so_in_the_pages_language(
    tmp_path: Path, located_by: str, language: str, words: str
) -> None:
    client = client_of(tmp_path, located_by=located_by)
    assert words in client.get(f"/works/{BRIDGE}/panel?lang={language}").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_authors_and_reasons_stay_words(tmp_path: Path, payload: str) -> None:
    panel = client_of(tmp_path, note(1, "name", payload, payload)).get(f"/works/{BRIDGE}/panel")
    assert "<script>alert" not in panel.text
    assert "<svg onload" not in panel.text
