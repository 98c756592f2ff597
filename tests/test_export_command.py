"""`planned-works export` as a person at a shell meets it."""

import csv
import os
import stat
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner, Result
from exporting import plan_with_sites
from shapely.geometry import Point, Polygon, box

from layers.geopackage import write_geopackage
from webmap.cli import main
from webmap.exporting import FORMATS

_LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
from webmap.cli import main
main()
"""
BRIDGE_AT = box(119.85, 31.34, 119.95, 31.36)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


def export(works: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", str(works), *map(str, arguments)])


def names(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["name"] for row in csv.DictReader(file)}


def assert_one_sentence(result: Result, *words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (message,) = result.stderr.strip().splitlines()
    assert message.startswith("Error: ")
    for word in words:
        assert word in message


@pytest.mark.parametrize("code", FORMATS)
def test_the_ending_of_the_file_tells_the_format(works: Path, tmp_path: Path, code: str) -> None:
    out = tmp_path / f"out{FORMATS[code].ending}"
    server = ["--server", "http://127.0.0.1:8000"] if code == "qgz" else []
    result = export(works, "-o", out, *server)
    assert result.exit_code == 0, result.output
    held = 8 if FORMATS[code].holds_unplaced else 7
    assert result.stdout == f"{out}: {held} works\n"
    assert out.stat().st_size > 0
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--theme", "metro"], {"地鐵1號線一期"}),
        (["--theme", "metro", "--theme", "new_town"], {"地鐵1號線一期", "北塘新城"}),
        (["--stage", "start"], {"南湖大橋"}),
        (["--precision", "unlocated"], {"北塘新城"}),
        (["--district", "東區", "--theme", "metro"], {"地鐵1號線一期"}),
        (["--year", "2020", "--stage", "plan"], {"北塘新城"}),
        (["--document", "jia-2020", "--theme", "industry"], {"丙國工業園"}),
        (["--words", "地铁"], {"地鐵1號線一期"}),
        (["--bbox", "100,5,110,15"], {"丙國工業園"}),
        (["--polygon", "POLYGON((103 10,104 10,104 12,103 10))"], {"丙國工業園"}),
        (["--layer", "metro_lines"], {"地鐵1號線一期"}),
        (["--layer", "metro_lines", "--layer", "bridge_crossing_points"],
         {"地鐵1號線一期", "南湖大橋"}),
        (["--where", "theme=metro&stage=open_to_service"], {"地鐵1號線一期"}),
        (["--where", "?q=%E5%9C%B0%E9%93%81&lang=en&work=x"], {"地鐵1號線一期"}),
        (["--where", "http://127.0.0.1:8000/table?theme=metro&sort=name"], {"地鐵1號線一期"}),
        (["--where", "theme=metro", "--theme", "new_town"], {"地鐵1號線一期", "北塘新城"}),
    ],
)  # fmt: skip
def test_filters_choose_works(
    works: Path, tmp_path: Path, options: list[str], expected: set[str]
) -> None:
    result = export(works, *options, "-o", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "out.csv") == expected


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4549"])
@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp", "wkt"])
def test_a_polygon_may_come_from_a_file(works: Path, tmp_path: Path, crs: str, ending: str) -> None:
    area = tmp_path / f"area.{ending}"
    if ending == "wkt":
        area.write_text(f"{BRIDGE_AT.wkt}\n", encoding="utf-8-sig")
    else:
        gpd.GeoSeries([BRIDGE_AT], crs="EPSG:4326").to_crs(crs).to_frame("geometry").to_file(area)
    out = tmp_path / "out.csv"
    result = export(works, "--polygon", area, "--precision", "approximate", "-o", out)
    assert result.exit_code == 0, result.output
    assert names(out) == {"南湖大橋"}


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ([Point(1, 1)], "must hold one polygon and nothing else"),
        ([BRIDGE_AT, box(1, 1, 2, 2)], "must hold one polygon and nothing else"),
        ([Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], "must be one valid POLYGON"),
    ],
)
def test_a_file_without_one_sound_polygon_is_refused(
    works: Path, tmp_path: Path, shapes: list[Polygon], words: str
) -> None:
    gpd.GeoSeries(shapes, crs="EPSG:4326").to_file(tmp_path / "area.geojson")
    result = export(works, "--polygon", tmp_path / "area.geojson", "-o", tmp_path / "out.csv")
    assert_one_sentence(result, words)


def test_what_is_no_polygon_at_all_is_refused(works: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("no polygon here")
    for given in ("circle", str(tmp_path), str(tmp_path / "text.txt"), "POLYGON((1 1))"):
        assert_one_sentence(export(works, "--polygon", given, "-o", tmp_path / "o.csv"), "polygon")


def test_without_a_name_the_file_is_named_after_city_year_and_filters(
    works: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(works, "--format", "csv", "--theme", "metro").exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["甲市2020_规划工程-地铁.csv"]


def test_without_name_and_format_the_usage_says_which_there_are(works: Path) -> None:
    result = export(works)
    assert result.exit_code == 2
    assert "--format with one of gpkg, geojson, shp" in result.stderr


def test_a_shifted_export_is_marked_and_says_so(works: Path, tmp_path: Path) -> None:
    result = export(works, "--crs", "gcj02", "-o", tmp_path / "out.csv")
    assert result.stdout.startswith(f"{tmp_path / 'out.gcj02.csv'}: ")
    assert "GCJ-02, hundreds of metres beside WGS-84" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["out.gcj02.csv"]


def test_works_that_do_not_fit_are_counted_with_the_formats_that_hold_them(
    works: Path, tmp_path: Path
) -> None:
    result = export(works, "-o", tmp_path / "out.fgb")
    assert "1 works without a place are left out; these formats hold them: gpkg, geojson" in (
        result.stderr
    )
    assert export(works, "-o", tmp_path / "out.csv").stderr == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--theme", "nope"], ["nope is no theme", "metro"]),
        (["--where", "thme=metro"], ["thme is no filter"]),
        (["--where", "metro"], ["metro is no filter: give one such as theme=metro"]),
        (["--bbox", "1,2,3"], ["is no box"]),
        (["--layer", "nope"], ["nope is no layer here"]),
        (["--crs", "EPSG:99999999"], ["is no known coordinate system"]),
        (["--crs", "EPSG:4978"], ["has no plane coordinates"]),
        (["--crs", "+init=/etc/passwd:x"], ["is no known coordinate system"]),
        (["--year", "1999"], ["No work passes these filters"]),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(
    works: Path, tmp_path: Path, options: list[str], words: list[str]
) -> None:
    assert_one_sentence(export(works, *options, "-o", tmp_path / "out.csv"), *words)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_the_export_fails(works: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    assert export(works, "--year", "1999", "-o", out).exit_code == 1
    assert out.read_text() == "older"


@pytest.mark.parametrize("name", ["missing.gpkg", "text.gpkg"])
def test_a_source_that_is_no_works_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.gpkg").write_text("no database")
    assert_one_sentence(export(tmp_path / name, "-o", tmp_path / "out.csv"), name)


def test_a_shapefile_is_always_a_zip(works: Path, tmp_path: Path) -> None:
    result = export(works, "--format", "shp", "-o", tmp_path / "out.shp")
    assert_one_sentence(result, "name a zip, such as works.shp.zip")


def test_a_format_may_go_into_a_file_of_any_ending(works: Path, tmp_path: Path) -> None:
    for code in ("csv", "fgb", "gpkg"):
        assert export(works, "--format", code, "-o", tmp_path / f"{code}.data").exit_code == 0
    assert names(tmp_path / "csv.data")
    assert len(gpd.read_file(tmp_path / "fgb.data")) == 7


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence(works: Path, tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert_one_sentence(export(works, "-o", tmp_path / "out.csv"), "cannot be written")


@pytest.mark.parametrize("code", ["csv", "fgb", "gpkg", "xlsx"])
def test_a_disk_that_is_full_is_one_sentence(works: Path, tmp_path: Path, code: str) -> None:
    """The kernel's limit on the size of files stands for a disk without room."""
    out = tmp_path / f"out{FORMATS[code].ending}"
    command = [sys.executable, "-c", _LIMITED, "export", str(works), "-o", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    lines = done.stderr.strip().splitlines()
    assert lines[-1].startswith("Error: "), done.stderr
    assert "cannot be written" in lines[-1]
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
