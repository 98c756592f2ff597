"""What is handed on of a view: an address of known parts, escaped markup, a citation."""

from datetime import date
from pathlib import Path

import factories
import pytest
from flask import Flask
from hostility import hostile_plan

from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.sharing import Shared, shared
from webmap.views_shared import snapshot

ROOT = "http://maps.test/"
DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("sharing") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path})


def of(app: Flask, pairs: list[tuple[str, str]], language: str = "zh-Hans") -> Shared:
    with app.test_request_context(f"/?lang={language}"):
        app.preprocess_request()
        return shared(ROOT, pairs, snapshot(), DAY)


def test_a_link_holds_the_state_and_nothing_else(app: Flask) -> None:
    pairs = [("theme", "metro"), ("rows", "9"), ("evil", "x"), ("at", "12/31/120"), ("q", "")]
    assert of(app, pairs).link == f"{ROOT}?theme=metro&at=12%2F31%2F120"
    assert of(app, []).link == ROOT


def test_a_work_is_cited_with_its_plan_paragraph_and_sentence(app: Flask) -> None:
    citation = of(app, [("work", "jia-2020-006")], "en").citation
    assert "paragraph 6" in citation
    assert "開工建設南湖大橋" in citation
    assert f"{ROOT}?work=jia-2020-006" in citation
    assert "March 1, 2026" in citation


def test_a_view_is_cited_with_its_filters_and_number_of_works(app: Flask) -> None:
    citation = of(app, [("theme", "metro")]).citation
    assert "1 项工程 (主题 地铁)" in citation
    assert "2026年3月1日" in citation


def test_markup_for_other_pages_is_escaped(app: Flask) -> None:
    embedding = of(app, [("q", '"><script>alert(1)</script>')]).embedding
    assert "<script>" not in embedding
    assert embedding.count('"') % 2 == 0
    assert embedding.startswith('<iframe src="http://maps.test/embed?q=%22%3E%3Cscript%3E')


@pytest.mark.parametrize("part", ["", "&part=1"])
def test_hostile_words_stay_words(tmp_path: Path, part: str) -> None:
    path = tmp_path / "works.gpkg"
    plan = hostile_plan()
    write_geopackage(path, [plan])
    client = create_app({"WORKS_FILE": path}).test_client()
    for work in plan.placed:
        text = client.get(f"/share?work={work.work.work_id}{part}").text
        assert "<script>alert" not in text
        assert "onerror=" not in text.replace("&lt;img src=x onerror=", "")
