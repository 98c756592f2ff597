"""`planned-works edits` as GIS staff meet it: from the import to the next build and back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from editing import draw, execute, move, shape_of
from shapely.affinity import translate
from shapely.geometry import MultiPoint

from geo.home import HOME_VARIABLE
from layers.geopackage import read_geopackage
from webmap.cli import main

PLAN = """无锡市2021年重点工作
建成惠山湖大桥。
加快推进云岭隧道建设。
新建社区公园5个。
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    build()
    return tmp_path / "works.gpkg"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def done(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def build(output: str = "works.gpkg") -> str:
    return done("build", "plan.txt", "-o", output)


def refused(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    return line


def id_of(path: Path, name: str) -> str:
    works = read_geopackage(path).works
    return str(works[works["name"].str.contains(name)]["work_id"].iloc[0])


def place(path: Path, name: str) -> None:
    """Draw a place for a work that is not located."""
    draw(path, "park_areas", _SQUARE, work_id=id_of(path, name))


_SQUARE = MultiPoint([(120.3, 31.5)]).buffer(0.001)


def test_a_corrected_work_stays_corrected_in_every_later_build(built: Path) -> None:
    place(built, "隧道")
    assert "1 correction taken" in done("edits", "import", built, "--who", "李工")
    for _ in range(2):
        assert "1 corrections by hand applied" in build()
        works = read_geopackage(built).works.set_index("name")
        assert works.loc["云岭隧道", "precision"] == "approximate"
        assert works.loc["云岭隧道", "edited"]
    assert "no violation" in done("check", built)


def test_the_list_names_work_author_reason_and_what_was_changed(built: Path) -> None:
    assert done("edits", "list") == "No corrections.\n"
    execute(built, "UPDATE works SET stage = 'start' WHERE name LIKE '%隧道'")
    done("edits", "import", built, "--who", "李工", "--why", "看过现场")
    (header, line) = done("edits", "list").splitlines()
    assert header.split() == ["no", "state", "work", "name", "changed", "by", "why"]
    for word in ("accepted", "云岭隧道", "stage", "李工", "看过现场", id_of(built, "隧道")):
        assert word in line


def test_one_correction_is_shown_with_both_values(built: Path) -> None:
    execute(built, "UPDATE works SET stage = 'start' WHERE name LIKE '%隧道'")
    done("edits", "import", built, "--who", "李工")
    shown = done("edits", "show", "1")
    for word in ("under_construction", "start", "加快推进云岭隧道建设", "by 李工"):
        assert word in shown


def test_a_reverted_correction_is_gone_from_the_next_build_and_stays_in_the_log(
    built: Path,
) -> None:
    place(built, "隧道")
    done("edits", "import", built)
    build()
    assert "is reverted" in done("edits", "revert", "1", "--who", "王工", "--why", "画错了")
    build()
    works = read_geopackage(built).works.set_index("name")
    assert works.loc["云岭隧道", "precision"] == "unlocated"
    assert "reverted" in done("edits", "list", "--status", "reverted")
    assert "王工: reverted (画错了)" in done("edits", "show", "1")


@pytest.fixture
def torn(built: Path) -> Path:
    """Give a file whose correction is in conflict with one that was taken meanwhile."""
    other = built.with_name("other.gpkg")
    other.write_bytes(built.read_bytes())
    draw(built, "park_areas", _SQUARE, work_id=id_of(built, "隧道"))
    draw(other, "park_areas", translate(_SQUARE, 0.02), work_id=id_of(built, "隧道"))
    done("edits", "import", built, "--who", "李工")
    assert "1 in conflict" in done("edits", "import", other, "--who", "王工")
    return built


def test_a_conflict_is_listed_with_both_geometries_and_their_distance(torn: Path) -> None:
    listed = done("edits", "list", "--status", "conflict")
    assert "geometry (1.9 km apart)" in listed
    assert listed.count("MULTIPOLYGON") == 2
    assert torn.exists()


@pytest.mark.parametrize(("side", "x"), [("edited", 120.32), ("built", 120.30)])
def test_a_conflict_is_resolved_for_either_side(torn: Path, side: str, x: float) -> None:
    build()
    work_id = id_of(torn, "隧道")
    assert shape_of(torn, "bridge_crossing_areas", work_id).centroid.x == pytest.approx(120.30)
    done("edits", "resolve", "2", "--take", side)
    build()
    assert shape_of(torn, "bridge_crossing_areas", work_id).centroid.x == pytest.approx(x)
    assert "only a conflict can be resolved" in refused("edits", "resolve", "2", "--take", side)


def test_a_changed_sentence_makes_a_correction_stale_and_drops_nothing(
    built: Path, tmp_path: Path
) -> None:
    place(built, "隧道")
    done("edits", "import", built)
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.replace("加快推进云岭隧道建设", "建成云岭隧道"), encoding="utf-8")
    assert "1 corrections by hand applied, 1 of them stale" in build()
    works = read_geopackage(built).works.set_index("name")
    assert works.loc["云岭隧道", "precision"] == "approximate"
    assert "its sentence has changed: 建成云岭隧道" in done("edits", "list", "--status", "stale")
    plan.write_text(PLAN, encoding="utf-8")
    build()
    assert done("edits", "list", "--status", "stale") == "No corrections.\n"


def test_a_correction_of_a_work_that_left_the_plan_comes_back_with_it(
    built: Path, tmp_path: Path
) -> None:
    place(built, "隧道")
    done("edits", "import", built)
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.replace("加快推进云岭隧道建设。\n", ""), encoding="utf-8")
    assert "1 of them stale" in build()
    assert "names no such work any more" in done("edits", "list")
    plan.write_text(PLAN, encoding="utf-8")
    build()
    works = read_geopackage(built).works.set_index("name")
    assert works.loc["云岭隧道", "precision"] == "approximate"


def test_a_drawn_feature_is_attached_to_a_work_by_command(built: Path) -> None:
    draw(built, "park_areas", _SQUARE, name="隧道口")
    result = run("edits", "import", built, "--who", "李工")
    assert "隧道口 has no id and is kept as candidate 1" in result.stderr
    done("edits", "attach", "1", "--work", id_of(built, "隧道"), "--in", built)
    build()
    works = read_geopackage(built).works.set_index("name")
    assert works.loc["云岭隧道", "source"].startswith("drawn by hand: 李工")
    assert "only a feature drawn without an id" in refused(
        "edits", "attach", "2", "--work", id_of(built, "隧道"), "--in", built
    )


def test_a_feature_is_attached_to_no_work_that_is_not_there(built: Path) -> None:
    draw(built, "park_areas", _SQUARE, name="隧道口")
    run("edits", "import", built)
    assert "has no work nobody" in refused(
        "edits", "attach", "1", "--work", "nobody", "--in", built
    )


def test_an_exported_log_is_taken_over_by_another_machine(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(built, "隧道")
    done("edits", "import", built, "--who", "李工")
    done("edits", "export", "log.jsonl")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "elsewhere"))
    assert "1 corrections taken into the log" in done("edits", "import", "log.jsonl")
    assert "0 corrections taken into the log" in done("edits", "import", "log.jsonl")
    assert "李工" in done("edits", "list")
    assert "1 corrections by hand applied" in build()


def test_a_log_is_exported_as_geojson_to_look_at(built: Path) -> None:
    place(built, "隧道")
    done("edits", "import", built)
    done("edits", "export", "log.geojson")
    (feature,) = json.loads(Path("log.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["side"] == "after"
    assert "ends in .jsonl or .geojson" in refused("edits", "export", "log.pdf")


def test_a_dry_run_keeps_nothing(built: Path) -> None:
    place(built, "隧道")
    assert "1 correction would be taken" in done("edits", "import", built, "--dry-run")
    assert done("edits", "list") == "No corrections.\n"


def test_a_newer_file_can_be_named_to_compare_with(built: Path) -> None:
    edited = built.with_name("edited.gpkg")
    edited.write_bytes(built.read_bytes())
    place(edited, "隧道")
    assert "1 correction taken" in done("edits", "import", edited, "--against", built)


def test_a_file_built_with_online_geocoders_is_compared_with_a_named_one_only(built: Path) -> None:
    execute(built, "UPDATE build SET value = 'nominatim' WHERE key = 'geocoders'")
    assert "name that file by --against" in refused("edits", "import", built)
    assert "0 corrections taken" in done("edits", "import", built, "--against", built)


def test_wrong_input_is_one_sentence_each(built: Path, tmp_path: Path) -> None:
    assert "does not exist" in refused("edits", "import", "nowhere.gpkg")
    (tmp_path / "noise.gpkg").write_bytes(b"noise" * 500)
    assert "--base" in refused("edits", "import", "noise.gpkg")
    (tmp_path / "log.jsonl").write_bytes(b"\xff\xfe{}")
    assert "cannot be read as an exported log" in refused("edits", "import", "log.jsonl")
    assert "There is no correction 9" in refused("edits", "show", "9")
    assert "There is no correction 9" in refused("edits", "revert", "9")
    move(built, "park_areas", id_of(built, "公园"), MultiPoint([(120, 31)]).buffer(0.1))
    assert (
        "nonsense is no known coordinate system"
        in run("edits", "import", built, "--crs", "nonsense").stderr
    )
