"""`planned-works gazetteer fetch`: schematic lines become surveyed ones, from a server nearby."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result
from invented_city import LINE, PLACES
from overpass_server import (
    TIMED_OUT,
    Overpass,
    Question,
    Reply,
    Way,
    is_asked,
    osm,
    overpass,
    refusal,
    world,
    xml_tags,
)
from shapely.geometry import LineString, box

from geo.gazetteer import Gazetteer
from geo.gazetteer.library import open_library
from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.home import HOME_VARIABLE, home_path
from layers.geopackage import read_geopackage
from webmap.cli import main

TRUE_LINE = (
    (120.1, 31.2),
    (120.14, 31.25),
    (120.21, 31.3),
    (120.3, 31.41),
    (120.41, 31.402),
    (120.5, 31.4),
)
# Two stretches that meet in the middle, as a map has them; the whole crosses several tiles.
EARTH = world(
    Way(1, {"highway": "primary", "name": "青川路"}, TRUE_LINE[:4]),
    Way(2, {"highway": "primary", "name": "青川路", "bridge": "yes"}, TRUE_LINE[3:]),
    Way(3, {"railway": "rail", "name": "甲乙铁路"}, ((119.2, 31.5), (120.5, 31.6))),
    Way(4, {"highway": "primary", "name": "远方路"}, ((125.0, 31.5), (125.1, 31.6))),
)
PLAN = "甲市2020年重点工作\n实施青川路快速化改造。\n开工建设甲乙铁路。\n"
TILES, GROUPS = 8, 4


def city(name: str) -> Gazetteer:
    library = open_library(home_path("gazetteer.sqlite"))
    places = PLACES if name == "甲" else ()
    return Gazetteer(name, places, load_kinds(), load_words(), library)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of the user's own things; the invented city is the only one there is."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("PLANNED_WORKS_OVERPASS_PAUSE", "0")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for command in ("build", "gazetteer_fetch"):
        monkeypatch.setattr(f"webmap.commands.{command}.load_gazetteer", city)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Overpass]:
    with overpass(EARTH) as running:
        monkeypatch.setenv("PLANNED_WORKS_OVERPASS_URL", running.url)
        yield running


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def fetched(*options: str) -> str:
    result = run("gazetteer", "fetch", "--city", "甲", *options)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*options: str) -> str:
    result = run("gazetteer", "fetch", *(options or ("--city", "甲")))
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    (message,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.stderr.rstrip().endswith(message)
    return message


def built() -> dict[str, tuple[str, shapely.Geometry, str, str]]:
    """Build the plan; give precision, geometry, source and licence of each work."""
    Path("plan.txt").write_text(PLAN, encoding="utf-8")
    result = run("build", "plan.txt", "--city", "甲", "-o", "works.gpkg")
    assert result.exit_code == 0, result.output
    return {
        row["name"]: (row["precision"], row.geometry, row["source"], row["licence"])
        for frame in read_geopackage(Path("works.gpkg")).layers.values()
        for _, row in frame.iterrows()
    }


def test_the_built_in_schematic_road_becomes_the_surveyed_line(server: Overpass) -> None:
    precision, geometry, source, _ = next(found for found in built().values())
    assert (precision, source) == ("schematic", "survey")
    assert shapely.hausdorff_distance(geometry, LINE) == 0
    output = fetched()
    assert "2026-03-04T05:06:07Z" in output
    assert "© OpenStreetMap contributors, ODbL-1.0" in output
    roads = {name: found for name, found in built().items() if "青川路" in name}
    ((precision, geometry, source, licence),) = roads.values()
    assert precision == "surveyed"
    assert shapely.hausdorff_distance(geometry, LineString(TRUE_LINE)) < 1e-6
    assert licence == "ODbL-1.0"
    assert "OpenStreetMap" in source
    assert "2026-03-04" in source
    assert server.most_at_once == 1


def test_a_railway_that_no_list_had_is_placed(server: Overpass) -> None:
    assert [name for name in built() if "铁路" in name] == []
    fetched()
    (found,) = [found for name, found in built().items() if "铁路" in name]
    assert found[0] == "surveyed"
    assert server.questions


def test_a_route_whose_tracks_lie_on_several_tiles_is_one_line(server: Overpass) -> None:
    points = ((119.1, 31.1), (119.6, 31.2), (120.1, 31.3), (120.4, 31.3))
    tracks = [
        Way(10 + number, {"railway": "subway"}, stretch)
        for number, stretch in enumerate(itertools.pairwise(points))
    ]
    members = "".join(f'<member type="way" ref="{way.number}" role=""/>' for way in tracks)
    tags = {"type": "route", "route": "subway", "name": "甲市地铁9号线：东站=&gt;西站"}
    route = f'<relation id="1">{members}{xml_tags(tags)}</relation>'

    def script(question: Question) -> Reply:
        south, west, north, east = question.bbox
        tile = box(west, south, east, north)
        own = [way for way in tracks if tile.intersects(LineString(way.points))]
        if not own or not is_asked(question.query, tags):
            return osm()
        return osm(*(element for way in own for element in way.elements()), route)

    server.script = script
    fetched()
    library = open_library(home_path("gazetteer.sqlite"))
    assert library is not None
    (entry,) = library.entries(key("甲市地铁9号线"), (119, 31, 121, 32))
    assert entry.place.kind == "metro_line"
    assert shapely.hausdorff_distance(entry.place.geometry, LineString(points)) < 1e-6


def test_the_source_is_noted_with_date_and_licence(server: Overpass) -> None:
    fetched()
    library = open_library(home_path("gazetteer.sqlite"))
    assert library is not None
    (source,) = library.sources()
    assert source.licence == "ODbL-1.0"
    assert source.attribution == "© OpenStreetMap contributors"
    assert source.date == "2026-03-04T05:06:07Z"
    assert source.places == 2
    assert len(server.questions) == TILES * GROUPS


def test_fetching_again_asks_nothing_and_replaces_the_places(server: Overpass) -> None:
    fetched()
    assert f"(0 questions asked, {TILES * GROUPS} answers used)" in fetched()
    assert len(server.questions) == TILES * GROUPS
    library = open_library(home_path("gazetteer.sqlite"))
    assert library is not None
    assert [source.places for source in library.sources()] == [2]


def test_refresh_asks_anew(server: Overpass) -> None:
    fetched()
    fetched("--refresh")
    assert len(server.questions) == 2 * TILES * GROUPS


def test_a_run_that_fails_imports_nothing_and_the_next_goes_on(server: Overpass) -> None:
    def failing(question: Question) -> Reply:
        return refusal(403, page="no") if len(server.questions) > 5 else EARTH(question)

    server.script = failing
    assert "403: no" in refused()
    assert open_library(home_path("gazetteer.sqlite")) is None
    server.script = EARTH
    fetched()
    assert len(server.questions) == TILES * GROUPS + 1


def test_a_busy_server_is_waited_for_in_sight_of_the_user(server: Overpass) -> None:
    first = [refusal(429, ("Retry-After", "0"))]
    server.script = lambda question: first.pop() if first else EARTH(question)
    assert "the server is busy; asking again in 0 s" in fetched()
    assert len(server.questions) == TILES * GROUPS + 1


def test_partial_answers_are_never_imported_as_whole(server: Overpass) -> None:
    server.script = lambda question: osm(
        TIMED_OUT, *EARTH(question).body.decode().split("\n")[4:-2]
    )
    assert "PLANNED_WORKS_OVERPASS_TIMEOUT" in refused()
    assert open_library(home_path("gazetteer.sqlite")) is None


def test_a_server_of_another_region_is_told_and_not_remembered(server: Overpass) -> None:
    server.script = world()
    assert "holds no feature of 甲" in refused()
    server.script = EARTH
    fetched()


def test_a_city_without_boundary_is_one_sentence() -> None:
    assert "No boundary of 乙 is known" in refused("--city", "乙")


def test_a_setting_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNED_WORKS_OVERPASS_URL", "ftp://overpass.example")
    assert "PLANNED_WORKS_OVERPASS_URL is no web address" in refused()


def test_a_city_must_be_named() -> None:
    assert run("gazetteer", "fetch").exit_code == 2


def test_a_server_that_nobody_runs_is_one_sentence(
    server: Overpass, monkeypatch: pytest.MonkeyPatch
) -> None:
    with overpass(EARTH) as gone:
        monkeypatch.setenv("PLANNED_WORKS_OVERPASS_URL", gone.url)
    assert "no connection" in refused()
    assert server.questions == []
