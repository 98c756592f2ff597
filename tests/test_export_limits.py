"""What exports refuse, leave out or take in pieces."""

from pathlib import Path

import pytest
from export_readers import READERS, read_csv
from exporting import TOWN, opened, plan_with_sites, source_rows, written
from factories import document, placed, plan, work
from many_works import write_many
from shapely.geometry import Point

from geo.errors import CrsError, EmptySelectionError, OutputError, SelectionError
from geo.model import Stage, Theme
from layers.export.batches import everything
from layers.geopackage import write_geopackage
from webmap.exporting import FORMATS


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.gpkg"
    write_many(path, 9_000)
    return path


def test_works_come_in_batches_that_are_never_all_of_them(many: Path) -> None:
    with opened(many, "csv") as export:
        sizes = [batch.num_rows for batch in everything(export)]
    assert sum(sizes) == 9_000
    assert max(sizes) < 4_500


@pytest.mark.parametrize("code", ["fgb", "parquet", "csv", "geojson"])
def test_more_works_than_a_batch_arrive_once_each(many: Path, tmp_path: Path, code: str) -> None:
    found = READERS[code](written(many, tmp_path, code, "stage=start"))
    assert set(found) == {
        one
        for one, row in source_rows(many, "stage=start").items()
        if FORMATS[code].holds_unplaced or row["geom"] is not None
    }
    assert len(found) > 2_000


def test_a_page_of_too_many_works_is_refused(many: Path, tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="HTML holds at most 5,000 works, these are 9,000"):
        written(many, tmp_path, "html")


def test_no_work_that_passes_writes_nothing(works: Path, tmp_path: Path) -> None:
    with pytest.raises(EmptySelectionError, match="No work passes"):
        written(works, tmp_path, "csv", "year=1999")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["shp", "fgb"])
def test_works_without_a_place_alone_do_not_fit_where_a_place_is_needed(
    works: Path, tmp_path: Path, code: str
) -> None:
    with pytest.raises(EmptySelectionError, match="None of the 1 works has a place"):
        written(works, tmp_path, code, "precision=unlocated")


def test_an_unknown_layer_is_named_with_those_that_are_there(works: Path, tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match=r"metro_planes is no layer here: .*metro_lines"):
        written(works, tmp_path, "csv", layers=("metro_planes",))
    with pytest.raises(SelectionError, match="park_points has no works here"):
        written(works, tmp_path, "csv", layers=("park_points",))


def test_a_chosen_layer_comes_alone(works: Path, tmp_path: Path) -> None:
    found = read_csv(written(works, tmp_path, "csv", layers=("metro_lines",)))
    assert set(found) == {"jia-2020-002"}
    assert TOWN not in found


def test_a_place_where_the_system_is_not_defined_is_refused_and_nothing_written(
    tmp_path: Path,
) -> None:
    one = placed(work(document(), 2, "甲", Theme.PARK, Stage.PLAN), Point(30, 0))
    write_geopackage(tmp_path / "works.gpkg", [plan(document(), (one,))])
    folder = tmp_path / "out"
    folder.mkdir()
    for code in ("csv", "fgb"):  # through Python, and through GDAL, which hides causes
        with pytest.raises(CrsError, match="EPSG:4549 has no coordinates"):
            written(tmp_path / "works.gpkg", folder, code, crs="EPSG:4549")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("code", [*READERS])
def test_a_folder_that_is_missing_is_named(works: Path, tmp_path: Path, code: str) -> None:
    with pytest.raises(OutputError, match="does not exist; create it first"):
        written(works, tmp_path / "nowhere", code)
