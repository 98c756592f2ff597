"""`planned-works register`, and what a build makes of registers: the whole way of a user."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from layers.frames import rows
from layers.geopackage import WorksFile, read_geopackage
from webmap.cli import main

PLAN = """苏州市2021年政府工作报告

完成30座污水处理厂提标改造。新建社区公园12个。改造老旧小区150万平方米。加快苏州南站建设。
"""
LIST = """序号,污水厂名称,区县,经度,纬度,规模,是否合计,个数,把握
1,清溪污水处理厂,吴江区,120.64012,31.16012,5万吨/日,否,,高
2,白石污水处理厂,昆山市,,,,否,,
3,东渚污水处理厂,昆山市,,,多,否,,
4,各镇污水处理厂,常熟市,,,,是,9,高
5,远方污水处理厂,,,,,否,,低
"""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PLANNED_WORKS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("plan.txt").write_text(PLAN, encoding="utf-8")
    Path("plants.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "home"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def build(*arguments: object) -> Result:
    return run("build", "plan.txt", "--city", "苏州", "--year", "2021", "-o", "w.gpkg", *arguments)


def work_ids() -> dict[str, str]:
    works = read_geopackage(Path("w.gpkg")).works
    return {work.theme: work.work_id for work in rows(works)}


def test_a_list_of_sites_becomes_features_slots_and_honest_numbers() -> None:
    assert "sites of" not in build().stdout
    plants = work_ids()["sewage"]
    imported = run("register", "import", "plants.csv", "--work", plants, "--works", "w.gpkg")
    assert imported.exit_code == 0, imported.output
    assert imported.stdout.startswith(f"plants.csv: 3 sites and 1 groups for the work {plants} (")
    assert imported.stderr == "plants.csv: row 4: its quantity is no number: 多; left out\n"
    built = build()
    assert built.stdout.endswith("; 3 sites of 1 counted works, 2 on the map\n")
    assert built.stderr == ""
    file = read_geopackage(Path("w.gpkg"))
    check_slots(file, plants)
    check_sites(file, plants)
    assert run("check", "w.gpkg").stdout == "w.gpkg: no violation\n"
    review = run("review", "w.gpkg").stdout.splitlines()
    assert any("远方污水处理厂" in line and "no district" in line for line in review)


def check_slots(file: WorksFile, plants: str) -> None:
    slots = {row.work_id: row for row in rows(file.slots)}
    found = slots[plants]
    assert (found.promised, found.named, found.filled) == (30, 2, 11)
    assert (found.in_groups, found.candidates) == (9, 1)
    assert sum(row.filled for row in slots.values()) == 11


def check_sites(file: WorksFile, plants: str) -> None:
    (point,) = rows(file.layers["sewage_points"])
    assert (point.name, point.part_of, point.confidence) == ("清溪污水处理厂", plants, "high")
    assert (point.precision, point.uncertainty_m) == ("approximate", 2000)
    assert (point.source, point.licence) == ("plants.csv", "own data")
    areas = {row.name: row for row in rows(file.layers["sewage_areas"])}
    assert areas["白石污水处理厂"].district == "昆山市"
    assert areas["白石污水处理厂"].licence == "MIT"
    sites = {row.name: row for row in rows(file.sites)}
    assert sites["各镇污水处理厂"].is_group
    assert sites["各镇污水处理厂"].layer is None
    assert sites["远方污水处理厂"].located_by.startswith("no place of this name")
    assert sites["白石污水处理厂"].confidence == "medium"


def test_the_same_registers_give_the_same_bytes() -> None:
    build()
    run("register", "import", "plants.csv", "--work", work_ids()["sewage"])
    build()
    first = Path("w.gpkg").read_bytes()
    build()
    assert Path("w.gpkg").read_bytes() == first


def test_the_built_in_plan_has_its_sites_without_a_word() -> None:
    built = run("build", "-o", "wuxi.gpkg")
    assert "; 81 sites of 13 counted works, 75 on the map" in built.stdout
    assert built.stderr == ""
    assert run("check", "wuxi.gpkg").stdout == "wuxi.gpkg: no violation\n"


def test_a_register_that_attaches_to_nothing_is_said_in_one_sentence() -> None:
    build()
    run("register", "import", "plants.csv", "--work", "0123456789ab")
    run("register", "import", "plants.csv", "--work", work_ids()["railway"], "--name", "south")
    (note,) = build().stderr.splitlines()
    assert note.startswith("Note: no counted work of these plans has the id")
    assert "plants.csv (for 0123456789ab)" in note
    assert "south (for " in note


def test_the_options_say_what_the_rows_do_not() -> None:
    build()
    options = ("--source", "the office", "--licence", "CC0-1.0", "--confidence", "low")
    run("register", "import", "plants.csv", "--work", work_ids()["sewage"], "--name", "a", *options)
    build()
    sites = {row.name: row for row in rows(read_geopackage(Path("w.gpkg")).sites)}
    assert (sites["白石污水处理厂"].confidence, sites["清溪污水处理厂"].confidence) == (
        "low",
        "high",
    )
    assert {(row.source, row.licence) for row in sites.values()} == {("the office", "CC0-1.0")}
    assert {row.register for row in sites.values()} == {"a"}


def test_importing_again_replaces_and_removing_removes() -> None:
    build()
    plants = work_ids()["sewage"]
    run("register", "import", "plants.csv", "--work", plants)
    Path("plants.csv").write_text("name\n清溪污水处理厂\n", encoding="utf-8")
    run("register", "import", "plants.csv", "--work", plants)
    assert "1 sites of 1 counted works" in build().stdout
    listed = run("register", "list").stdout.splitlines()
    assert listed[0].split()[:4] == ["register", "for", "sites", "groups"]
    assert listed[1].split()[:4] == ["plants.csv", plants, "1", "0"]
    assert any("无锡 2020 48座污水处理厂 (sewage)" in line for line in listed)
    assert run("register", "remove", "plants.csv").stdout == "plants.csv: removed, 1 register\n"
    assert "sites of" not in build().stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "no.csv", "--work", "0123456789ab"), "there is no such file; check the name."),
        (("import", "plants.csv", "--work", "plants"), "plants: this is no id of a work; give its"),
        (("import", "plan.txt", "--work", "0123456789ab"), "no column holds names of sites"),
        (
            ("import", "plants.csv", "--work", "0123456789ab", "--works", "w.gpkg"),
            "w.gpkg has no work of this id; counted works are ",
        ),
        (
            ("import", "plants.csv", "--work", "0123456789ab", "--works", "plants.csv"),
            "plants.csv is no GeoPackage",
        ),
        (
            ("import", "plants.csv", "--work", "0123456789ab", "--name", "a\x1b[31m"),
            "The name of a register has at most 100 characters",
        ),
        (("import", "plants.csv", "--work", "0123456789ab", "--crs", "mars"), "mars is no known"),
        (("remove", "plants.csv"), "no imported register has this name; none is imported."),
        (("remove", "wuxi2020-estates"), "it comes with the program and stays."),
    ],
)
def test_a_mistake_gets_one_sentence(arguments: tuple[str, ...], words: str) -> None:
    build()
    result = run("register", *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_work_that_is_not_counted_is_named() -> None:
    build()
    station = work_ids()["railway"]
    result = run("register", "import", "plants.csv", "--work", station, "--works", "w.gpkg")
    assert "苏州南站 is no counted work; counted works are" in result.stderr


def test_usage_errors_have_status_2() -> None:
    assert run("register", "import", "plants.csv").exit_code == 2
    wrong = run("register", "import", "plants.csv", "--work", "a", "--confidence", "sure")
    assert wrong.exit_code == 2


def test_a_damaged_file_of_registers_stops_a_build_with_a_sentence(home: Path) -> None:
    home.mkdir()
    (home / "registers.sqlite").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    result = build()
    assert result.exit_code == 1
    assert "the file of registers is damaged" in result.stderr
    assert not Path("w.gpkg").exists()


def test_tables_of_the_file_hold_what_the_registers_say() -> None:
    build()
    run("register", "import", "plants.csv", "--work", work_ids()["sewage"])
    build()
    with closing(sqlite3.connect("w.gpkg")) as database:
        counts = database.execute("SELECT value FROM build WHERE key = 'sites'").fetchone()
        built = database.execute(
            "SELECT count(*) FROM built JOIN sites ON site_id = work_id WHERE geometry NOT NULL"
        ).fetchone()
    assert counts == ("4",)
    assert built == (2,)
