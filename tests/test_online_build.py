"""`planned-works build --geocoder` from text to GeoPackage, with servers of this machine."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import online_answers as said
import pytest
from click.testing import CliRunner, Result
from invented_city import GEOCODER
from online_server import Reply, Served

from geo.online import pace
from layers.geopackage import read_geopackage
from webmap import create_app
from webmap.cli import main
from webmap.commands import build

PLAN = "甲市2021年政府工作重点\n\n一、重点工程\n\n1.建设云湖公园。\n\n2.建设云湖初级中学。\n"
PROVIDERS = ["nominatim", "tianditu", "amap", "baidu"]
every_provider = pytest.mark.parametrize("name", PROVIDERS)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Served) -> Run:
    """Build the plan of the invented city with geocoders on the server of this machine."""
    monkeypatch.setattr(build, "load_gazetteer", lambda _city: GEOCODER.gazetteer)
    monkeypatch.setattr(pace, "_FIRST_WAIT_S", 0.0)
    settings = {
        "no_proxy": "127.0.0.1",
        "PLANNED_WORKS_HOME": str(tmp_path / "home"),
        "PLANNED_WORKS_NOMINATIM_CONTACT": "me@example.org",
        "PLANNED_WORKS_BAIDU_SECRET": said.SECRET,
        "PLANNED_WORKS_GEOCODER_INTERVAL": "0",
        "PLANNED_WORKS_GEOCODER_TIMEOUT": "0.5",
        **{f"PLANNED_WORKS_{name.upper()}_URL": server.url for name in PROVIDERS},
        **{f"PLANNED_WORKS_{name.upper()}_KEY": said.KEY for name in PROVIDERS},
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")

    def built(*geocoders: str) -> Result:
        options = [option for name in geocoders for option in ("--geocoder", name)]
        output = ["-o", str(tmp_path / "works.gpkg")]
        return CliRunner().invoke(main, ["build", str(plan), "--city", "甲", *output, *options])

    return built


def right(name: str) -> object:
    answers = {
        "nominatim": [said.nominatim()],
        "tianditu": said.tianditu(),
        "amap": said.amap(),
        "baidu": said.baidu(),
    }
    return answers[name]


def works(folder: Path) -> dict[str, dict[str, object]]:
    rows = read_geopackage(folder / "works.gpkg").works
    return {str(row["name"]): {str(k): v for k, v in row.items()} for _, row in rows.iterrows()}


def test_nothing_is_asked_unless_a_geocoder_is_chosen(
    run: Run, server: Served, tmp_path: Path
) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert server.paths == []
    assert works(tmp_path)["云湖公园"]["precision"] == "unlocated"
    assert not (tmp_path / "home").exists()


@every_provider
def test_a_work_that_the_gazetteer_does_not_know_is_placed_by_a_right_answer(
    name: str, run: Run, server: Served, tmp_path: Path
) -> None:
    server.will(right(name))
    result = run(name)
    assert result.exit_code == 0, result.output
    assert "Warning" not in result.stderr
    park = works(tmp_path)["云湖公园"]
    assert str(park["located_by"]).startswith("online geocoder: ")
    assert park["precision"] == ("approximate" if name == "baidu" else "street")
    (shape,) = read_geopackage(tmp_path / "works.gpkg").layers["park_points"].geometry
    assert shape.centroid.x == pytest.approx(said.PARK[0], abs=1e-5)
    assert shape.centroid.y == pytest.approx(said.PARK[1], abs=1e-5)


@every_provider
def test_a_second_build_asks_nothing(name: str, run: Run, server: Served) -> None:
    server.will(right(name))
    run(name)
    asked = len(server.paths)
    assert asked > 0
    assert run(name).exit_code == 0
    assert len(server.paths) == asked


@every_provider
def test_a_busy_service_is_asked_again_until_it_answers(
    name: str, run: Run, server: Served, tmp_path: Path
) -> None:
    server.will(Reply(status=429), Reply(status=503), right(name))
    assert "Warning" not in run(name).stderr
    assert str(works(tmp_path)["云湖公园"]["located_by"]).startswith("online geocoder")


BAD = {
    "slow": (Reply(b"[]", wait_s=1.5), "time-out"),
    "busy": (Reply(status=429), "HTTP status 429"),
    "broken": (Reply(status=500), "HTTP status 500"),
    "malformed": (Reply(b"<html>"), "an answer in no known form"),
    "huge": (Reply(b"[" + b" " * 3_000_000 + b"]"), "an answer of more than 2 MB"),
    "forbidden": (Reply(said.KEY.encode(), status=403), "HTTP status 403"),
    "moved": (Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}), "HTTP status 302"),
}


@every_provider
@pytest.mark.parametrize("bad", [bad for bad in BAD if bad != "slow"])
def test_whatever_a_service_does_the_build_goes_on_with_one_warning(
    name: str, bad: str, run: Run, server: Served, tmp_path: Path
) -> None:
    reply, reason = BAD[bad]
    server.will(reply)
    result = run(name)
    assert result.exit_code == 0, result.output
    warnings = [line for line in result.stderr.splitlines() if line.startswith("Warning")]
    assert len(warnings) == 1
    assert reason in warnings[0]
    park = works(tmp_path)["云湖公园"]
    assert park["precision"] == "unlocated"
    assert f"gave no answer ({reason})" in str(park["located_by"])


def test_a_slow_service_costs_its_time_outs_and_no_more(
    run: Run, server: Served, tmp_path: Path
) -> None:
    server.will(BAD["slow"][0])
    result = run("amap")
    assert result.exit_code == 0
    assert "time-out" in result.stderr
    assert len(server.paths) <= 8
    assert "gave no answer (time-out)" in str(works(tmp_path)["云湖公园"]["located_by"])


@every_provider
def test_a_place_in_another_city_places_nothing(
    name: str, run: Run, server: Served, tmp_path: Path
) -> None:
    there = (116.4, 39.9)
    elsewhere = {
        "nominatim": [said.nominatim(at=there)],
        "tianditu": said.tianditu(at=there),
        "amap": said.amap(at=there),
        "baidu": said.baidu(at=there),
    }
    server.will(elsewhere[name])
    assert run(name).exit_code == 0
    park = works(tmp_path)["云湖公园"]
    assert park["precision"] == "unlocated"
    assert "knows only places outside the city" in str(park["located_by"])


def test_a_refused_answer_is_a_candidate_of_the_review(
    run: Run, server: Served, tmp_path: Path
) -> None:
    server.will(said.amap("云海公园"))
    assert run("amap").exit_code == 0
    path = str(tmp_path / "works.gpkg")
    assert "云海公园" in CliRunner().invoke(main, ["review", path]).output
    assert CliRunner().invoke(main, ["check", path]).exit_code == 0


def test_geocoders_are_asked_in_the_order_of_choice(
    run: Run, server: Served, tmp_path: Path
) -> None:
    server.will([], said.amap(), [], said.amap())
    assert run("nominatim", "amap").exit_code == 0
    assert server.paths[0].startswith("/search")
    assert works(tmp_path)["云湖公园"]["source"] == "AMap 高德地图"


@every_provider
def test_no_key_is_in_any_output_cache_or_geopackage(
    name: str, run: Run, server: Served, tmp_path: Path
) -> None:
    for reply in (right(name), Reply(said.KEY.encode(), status=403)):
        server.will(reply)
        result = run(name, "tianditu")
        for secret in (said.KEY, said.SECRET):
            assert secret not in result.output + result.stderr
            for file in tmp_path.rglob("*"):
                assert not file.is_file() or secret.encode() not in file.read_bytes(), file
                assert secret not in file.name


def test_source_and_licence_travel_with_the_place(run: Run, server: Served, tmp_path: Path) -> None:
    server.will(right("amap"))
    run("amap")
    with closing(sqlite3.connect(tmp_path / "works.gpkg")) as database:
        rows = database.execute("select source, licence from places").fetchall()
    assert ("AMap 高德地图", "terms of AMap") in rows
    check = CliRunner().invoke(main, ["check", str(tmp_path / "works.gpkg")])
    assert check.exit_code == 0, check.output


def test_the_map_names_whose_place_it_shows(run: Run, server: Served, tmp_path: Path) -> None:
    server.will(right("amap"))
    run("amap")
    client = create_app({"WORKS_FILE": tmp_path / "works.gpkg"}).test_client()
    assert "高德地图" in client.get("/").text


def test_a_missing_key_stops_the_build_before_it_begins(
    run: Run, server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLANNED_WORKS_AMAP_KEY")
    result = run("amap")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: AMap answers only with a key: set PLANNED_WORKS_AMAP_KEY to yours.\n"
    )
    assert not (tmp_path / "works.gpkg").exists()
    assert server.paths == []


def test_a_geocoder_that_there_is_not_is_wrong_usage(run: Run) -> None:
    result = run("atlas")
    assert result.exit_code == 2
    assert "nominatim" in result.stderr
