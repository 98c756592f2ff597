"""The round trip of GIS staff: edit the built file in real QGIS, take it back, build twice."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from shapely.geometry import Point

from geo.home import HOME_VARIABLE
from geo.paths import data_path
from layers.check import check_geopackage
from layers.geopackage import WorksFile, read_geopackage
from webmap.cli import main

WUXI = data_path("documents", "wuxi2020.txt")


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def edit_in_qgis(path: Path, steps: list[dict[str, Any]], home: Path) -> None:
    script = Path(__file__).with_name("qgis_edit.py")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        ["/usr/bin/python3", script, path],
        input=json.dumps(steps),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def row(file: WorksFile, name_hans: str) -> Any:  # noqa: ANN401  a pandas row
    works = file.works
    return works[works["name_hans"].str.contains(name_hans)].iloc[0]


def place(file: WorksFile, one: Any) -> Any:  # noqa: ANN401  a geometry
    frame = file.layers[one["layer"]]
    return frame[frame["work_id"] == one["work_id"]].geometry.iloc[0]


@pytest.fixture(scope="module")
def trip(
    need_program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Build, edit, take back, and build twice; gives the files before and after."""
    need_program("qgis", "apt-get install qgis python3-qgis")
    folder = tmp_path_factory.mktemp("trip")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder / "home"))
        works, edited = folder / "works.gpkg", folder / "edited.gpkg"
        run("build", WUXI, "-o", works)
        before = read_geopackage(works)
        edited.write_bytes(works.read_bytes())
        edit_in_qgis(edited, _steps(before), folder)
        taken = run("edits", "import", edited, "--who", "李工", "--why", "traced from the plan")
        builds = []
        for _ in range(2):
            run("build", WUXI, "-o", works)
            builds.append(works.read_bytes())
        again = run("edits", "import", edited, "--who", "李工")
        return {
            "before": before,
            "after": read_geopackage(works),
            "works": works,
            "builds": builds,
            "taken": taken,
            "again": again,
            "listed": run("edits", "list").output,
        }


def _steps(file: WorksFile) -> list[dict[str, Any]]:
    metro, museum, town, hill = (
        row(file, name) for name in ("地铁3号线", "美术馆", "蠡湖湾", "军嶂山")
    )
    return [
        {"do": "shift", "layer": metro["layer"], "work_id": metro["work_id"], "by": [1e-3, 5e-4]},
        {
            "do": "set",
            "layer": metro["layer"],
            "work_id": metro["work_id"],
            "values": {"stage": "complete", "verified": True},
        },
        {
            "do": "move",
            "layer": museum["layer"],
            "work_id": museum["work_id"],
            "wkt": "MultiPoint((120.3 31.5))",
        },
        {
            "do": "set",
            "layer": museum["layer"],
            "work_id": museum["work_id"],
            "values": {"precision": "surveyed", "uncertainty_m": 20.0, "source": "site survey"},
        },
        {"do": "delete", "layer": town["layer"], "work_id": town["work_id"]},
        {
            "do": "draw",
            "layer": museum["layer"],
            "wkt": "MultiPoint((120.31 31.51))",
            "values": {"name": "新博物馆"},
        },
        {
            "do": "move",
            "layer": hill["layer"],
            "work_id": hill["work_id"],
            "wkt": "MultiPoint((10 31.5))",
        },
    ]


def test_what_qgis_saved_is_taken_back(trip: dict[str, Any]) -> None:
    assert "3 corrections taken, 1 new feature kept as candidate, 1 thing left out" in trip[
        "taken"
    ].output.replace("\n", " ")
    assert "outside the city" in trip["taken"].stderr
    assert "新博物馆 has no id" in trip["taken"].stderr


def test_every_correction_is_in_both_builds(trip: dict[str, Any]) -> None:
    assert trip["builds"][0] == trip["builds"][1]
    before, after = trip["before"], trip["after"]
    metro = row(after, "地铁3号线")
    assert (metro["stage"], metro["edited"]) == ("complete", True)
    old = place(before, row(before, "地铁3号线"))
    assert place(after, metro).distance(old) < place(after, metro).hausdorff_distance(old)
    museum = row(after, "美术馆")
    assert place(after, museum).distance(Point(120.3, 31.5)) < 1e-9
    assert (museum["precision"], museum["uncertainty_m"]) == ("surveyed", 20)
    assert museum["source"].startswith("site survey")
    town = row(after, "蠡湖湾")
    assert (town["precision"], town["layer"]) == ("unlocated", None)
    assert town["located_by"].startswith("removed by hand: 李工")


def test_nothing_else_has_changed(trip: dict[str, Any]) -> None:
    before, after = trip["before"].works, trip["after"].works
    assert list(before["work_id"]) == list(after["work_id"])
    untouched = after[~after["edited"]]
    assert len(untouched) == len(after) - 3
    same = before[before["work_id"].isin(untouched["work_id"])]
    assert same.reset_index(drop=True).equals(untouched.reset_index(drop=True))


def test_the_corrected_file_is_clean_and_says_who_corrected_what(trip: dict[str, Any]) -> None:
    assert check_geopackage(trip["works"]) == ()
    assert set(trip["after"].edits["who"]) == {"李工"}
    assert set(trip["after"].edits["why"]) == {"traced from the plan"}


def test_the_same_file_again_gives_nothing_new(trip: dict[str, Any]) -> None:
    assert "0 corrections taken" in trip["again"].output
    assert trip["listed"].count("accepted") == 3
