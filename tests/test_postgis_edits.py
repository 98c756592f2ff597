"""What people correct in the database comes back as corrections, and the next builds keep it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from postgres_server import Server

from geo.home import HOME_VARIABLE
from layers.geopackage import read_geopackage
from layers.postgis import read_address, read_postgis
from webmap import create_app
from webmap.cli import main

PLAN = "无锡市2021年重点工作\n建成惠山湖大桥。\n新建社区公园5个。\n"
LAYER = "无锡_2021.park_areas"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")


def done(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_an_edit_made_in_the_database_outlives_the_next_publication(
    database: str, postgres: Server, tmp_path: Path
) -> None:
    done("build", "plan.txt")
    done("publish", database)
    postgres.run(database, f"UPDATE {LAYER} SET stage = 'ongoing', edited = true")
    assert CliRunner().invoke(main, ["publish", database]).exit_code == 1
    with create_app({"WORKS_FILE": database}).test_client().get("/download/works.gpkg") as answer:
        (tmp_path / "works.gpkg").write_bytes(answer.data)
    done("edits", "import", "works.gpkg", "--who", "李工")
    done("build", "plan.txt")
    done("publish", database, "--discard-edits")
    for file in (read_geopackage(tmp_path / "works.gpkg"), read_postgis(read_address(database))):
        assert file.layers["park_areas"][["stage", "edited"]].to_numpy().tolist() == [
            ["ongoing", True]
        ]
    assert done("publish", database)


def test_a_map_of_a_database_takes_no_upload(database: str) -> None:
    done("build", "plan.txt")
    done("publish", database)
    client = create_app({"WORKS_FILE": database, "EDIT_TOKEN": "known"}).test_client()
    assert client.get("/edits").status_code == 404
    assert client.post("/edits", data={"token": "known", "who": "a"}).status_code == 404
    assert "/edits" not in client.get("/").text
    for answer in (client.get("/adding/?lang=en"), client.post("/adding/?lang=en")):
        assert answer.status_code == 404
        assert "need a works file that is served" in answer.text
