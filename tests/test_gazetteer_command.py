"""`planned-works gazetteer`: import, search, list and sources, as a user meets them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from osm_files import OsmFile

from geo.gazetteer import load_gazetteer
from layers.geopackage import read_geopackage
from webmap.cli import main
from webmap.commands.tables import aligned, width


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PLANNED_WORKS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    osm = OsmFile()
    centre = load_gazetteer("无锡").city
    assert centre is not None
    spot = centre.geometry.representative_point()
    osm.way([(spot.x, spot.y), (spot.x + 0.01, spot.y)], {"highway": "primary", "name": "青川路"})
    osm.node(spot.x, spot.y, {"leisure": "park", "name": "青川公园", "alt_name": "云下园"})
    osm.node(100.0, 30.0, {"leisure": "park", "name": "远方公园"})
    return osm.write(tmp_path / "jia.osm.pbf")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["gazetteer", *map(str, arguments)])


def test_an_import_tells_what_it_did(extract: Path) -> None:
    result = run("import", extract)
    assert result.exit_code == 0
    assert "jia.osm.pbf: 3 places with 4 names" in result.stdout
    assert "MB/s" in result.stdout


def test_only_the_places_of_a_city_or_a_box_are_imported(extract: Path) -> None:
    assert "2 places" in run("import", extract, "--city", "無錫").stdout
    assert "1 places" in run("import", extract, "--bbox", "99,29,101,31").stdout
    assert "远方公园" in run("search", "远方").stdout
    assert "青川" not in run("search", "青川").stdout


def test_a_search_gives_ranked_places_with_why(extract: Path) -> None:
    run("import", extract)
    header, *lines = run("search", "青川").stdout.splitlines()
    assert header.split() == ["name", "kind", "known", "to", "where", "why", "source"]
    assert [line.split()[0] for line in lines] == ["青川路", "青川公园"]
    assert "begins in name" in lines[0]
    (_, line) = run("search", "雲下園").stdout.splitlines()
    assert line.startswith("青川公园")
    assert "other name 云下园" in line


def test_a_search_in_a_city_knows_built_in_and_imported_places(extract: Path) -> None:
    run("import", extract)
    assert "太湖" in run("search", "太湖", "--city", "无锡").stdout
    assert "full name" in run("search", "青川路", "--city", "无锡").stdout
    assert "青川公园" in run("search", "川公", "--city", "无锡").stdout
    assert "No place in the gazetteer of 无锡" in run("search", "远方", "--city", "无锡").stdout


def test_a_search_without_any_import_says_so() -> None:
    result = run("search", "青川")
    assert (result.exit_code, result.stdout.startswith("No place in the imported")) == (0, True)


def test_lists_count_kinds_or_name_the_places_of_one(extract: Path) -> None:
    run("import", extract)
    rows = dict(line.split(maxsplit=1) for line in run("list").stdout.splitlines())
    assert rows["park"].split() == ["0", "2"]
    in_city = dict(
        line.split(maxsplit=1) for line in run("list", "--city", "无锡").stdout.splitlines()
    )
    assert in_city["park"].split()[1] == "1"
    assert int(in_city["lake"].split()[0]) > 0
    parks = run("list", "--kind", "park").stdout
    assert "青川公园" in parks
    assert "远方公园" in parks
    assert "远方公园" not in run("list", "--kind", "park", "--city", "无锡").stdout
    assert len(run("list", "--kind", "park", "--limit", "1").stdout.splitlines()) == 2


def test_sources_name_licence_and_attribution(extract: Path) -> None:
    assert "Nothing is imported yet" in run("sources").stdout
    run("import", extract)
    line = run("sources").stdout.splitlines()[1]
    assert "ODbL-1.0" in line
    assert "© OpenStreetMap contributors" in line


def test_own_data_carry_the_licence_that_is_stated(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,lon,lat\n青川公园,120.3,31.5\n", encoding="utf-8")
    result = run(
        "import", table, "--name", "parks", "--licence", "CC0-1.0", "--attribution", "the city"
    )
    assert result.exit_code == 0
    assert run("sources").stdout.splitlines()[1].split()[0] == "parks"
    assert "CC0-1.0" in run("sources").stdout


def test_rows_that_are_left_out_are_told(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,lon,lat\n青川公园,120.3,31.5\n白石公园,far,31.5\n", encoding="utf-8")
    result = run("import", table)
    assert result.exit_code == 0
    assert "row 3: its coordinates are no numbers; left out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["import", "missing.osm.pbf"], 1, "there is no such file"),
        (["import", "README.md"], 1, "no known format"),
        (["import", "a.csv", "--kind", "castle"], 2, "no kind of place"),
        (["import", "a.csv", "--city", "乌有"], 1, "no boundary"),
        (["import", "a.csv", "--city", "无锡", "--bbox", "1,2,3,4"], 2, "not both"),
        (["import", "a.csv", "--bbox", "1,2,3"], 2, "four numbers"),
        (["import", "a.csv", "--bbox", "3,2,1,4"], 2, "in this order"),
        (["import", "a.csv", "--bbox", "nan,2,1,4"], 2, "in this order"),
        (["search", "青川", "--city", "乌有"], 1, "no boundary"),
        (["list", "--kind", "castle"], 2, "no kind of place"),
    ],
)
def test_a_mistake_gets_one_sentence(
    arguments: list[str], status: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("x")
    result = run(*arguments)
    assert (result.exit_code, words in result.stderr) == (status, True), result.stderr
    assert "Traceback" not in result.output


def test_columns_are_aligned_by_the_width_of_a_terminal() -> None:
    lines = list(aligned([("甲", "b"), ("abcd", "c\x1b[31m")]))
    assert lines == ["甲    b", "abcd  c [31m"]
    assert width("甲a") == 3


def test_a_build_finds_imported_places_and_names_their_licence(
    extract: Path, tmp_path: Path
) -> None:
    run("import", extract, "--city", "无锡")
    plan = tmp_path / "plan.txt"
    plan.write_text("无锡市2021年重点工作\n加快推进青川路快速化改造。\n", encoding="utf-8")
    output = tmp_path / "works.gpkg"
    built = CliRunner().invoke(main, ["build", str(plan), "--city", "无锡", "-o", str(output)])
    assert built.exit_code == 0, built.output
    file = read_geopackage(output)
    (road,) = file.places.itertuples()
    assert (road.name, road.licence, road.place_id) == ("青川路", "ODbL-1.0", "osm-w1")
    assert "jia.osm.pbf" in road.source
    (work,) = file.works.itertuples()
    assert work.precision == "surveyed"
