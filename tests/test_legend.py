"""The legend explains the map and filters it: links with counts that a server makes."""

import re
from pathlib import Path

import factories
import pytest
from flask.testing import FlaskClient
from lxml import html

from geo.model import Stage, Theme
from layers.drawing import DRAWINGS
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.icons import theme_sprite


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("legend") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


def sign(client: FlaskClient, address: str, name: str, value: str) -> html.HtmlElement:
    (found,) = html.fromstring(client.get(address).text).xpath(f"//a[@id='sign-{name}-{value}']")
    return found


def values(page: html.HtmlElement, name: str) -> list[str]:
    return list(page.xpath(f"//*[@id='legend']//a[@data-name='{name}']/@data-value"))


def count(element: html.HtmlElement) -> int:
    return int(element.xpath("./*[@class='count']/text()")[0])


def test_every_stage_and_every_drawing_is_explained(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/").text)
    assert values(page, "stage") == [str(stage) for stage in Stage]
    assert values(page, "precision") == [str(precision) for precision in DRAWINGS]
    assert values(page, "verified") == ["no"]


def test_a_sign_leads_to_its_filter_and_back(client: FlaskClient) -> None:
    first = sign(client, "/", "stage", "start")
    assert first.get("aria-pressed") == "false"
    assert first.get("href") == "/?stage=start"
    there = sign(client, first.get("href"), "stage", "start")
    assert there.get("aria-pressed") == "true"
    assert there.get("href") == "/"


def test_a_second_sign_is_added_and_other_filters_and_the_place_stay(client: FlaskClient) -> None:
    address = "/?stage=start&q=%E5%BB%BA&at=12/31.5/120"
    href = sign(client, address, "stage", "complete").get("href")
    for part in ("stage=complete", "stage=start", "q=%E5%BB%BA", "at=12"):
        assert part in href


def test_a_count_says_how_many_works_a_press_would_show(client: FlaskClient) -> None:
    for address in ("/", "/?precision=area", "/?stage=start"):
        for stage in Stage:
            found = sign(client, address, "stage", stage)
            other = address.replace("stage=start", "")
            shown = client.get(f"/list{other[1:] or '?'}&stage={stage}").text
            assert f'data-found="{count(found)}"' in shown, (address, stage)


def test_the_list_of_a_filter_comes_with_its_legend(client: FlaskClient) -> None:
    assert sign(client, "/list?stage=start", "stage", "start").get("aria-pressed") == "true"


def test_every_theme_has_an_icon_of_its_own() -> None:
    icons = dict(re.findall(r'<symbol id="theme-(\w+)" [^>]*>(.*?)</symbol>', theme_sprite()))
    assert set(icons) == {str(theme) for theme in Theme}
    assert len(set(icons.values())) == len(Theme)


def test_an_icon_stands_in_list_filter_legend_and_panel(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/?work=jia-2020-002").text)
    assert page.xpath("//symbol[@id='theme-metro']")
    for place in ("list", "facets", "legend", "detail"):
        assert "#theme-metro" in page.xpath(f"//*[@id='{place}']//use/@href"), place


@pytest.mark.parametrize(
    ("work", "reached", "step"),
    [("jia-2020-002", 6, "通车投用"), ("jia-2020-006", 3, "开工启动"), ("jia-2020-004", 0, None)],
)
def test_the_ladder_reaches_the_stage_that_the_plan_promises_and_quotes_its_verb(
    client: FlaskClient, work: str, reached: int, step: str | None
) -> None:
    page = html.fromstring(client.get(f"/works/{work}").text)
    (ladder,) = page.xpath("//*[contains(@class, 'ladder')]")
    assert len(ladder.xpath(".//li")) == len(Stage) - 1
    assert len(ladder.xpath(".//li[contains(@class, 'reached')]")) == reached
    assert ladder.xpath(".//li[@aria-current='step']/@title") == [step] * bool(step)
    assert ladder.xpath(".//q/text()") == ["建成"]
    assert bool(ladder.xpath("./ol[@class='beside-it']")) == (step is None)


def test_hostile_words_stay_words_in_the_ladder(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [factories.hostile()])
    client = create_app({"WORKS_FILE": tmp_path / "works.gpkg"}).test_client(use_cookies=False)
    page = client.get("/works/hostile-2020-002").text
    assert "<img src=x" not in page
