"""The registers under data/registers: every row attaches, says its source, and counts honestly."""

import csv
from pathlib import Path

import pytest

from geo.document import read_document
from geo.errors import GazetteerError
from geo.gazetteer import load_gazetteer
from geo.geocode import GazetteerGeocoder
from geo.model import Confidence, PlacedWork, Precision, Work
from geo.paths import data_path
from geo.reading import read_works
from geo.registers import Slots, built_in, listed_sites, place_sites, slots_of, work_of
from geo.registers import builtin as builtin_module
from geo.registers.columns import columns_of

FILES = sorted(data_path("registers").glob("wuxi2020*.csv"))


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def reading() -> object:
    return read_works(read_document(data_path("documents", "wuxi2020.txt")))


@pytest.fixture(scope="module")
def sites(reading: object) -> tuple[PlacedWork, ...]:
    gazetteer = load_gazetteer("无锡")
    listed = listed_sites(reading, built_in(), gazetteer)
    return place_sites(listed, gazetteer, GazetteerGeocoder(gazetteer))


def slots(reading: object, sites: tuple[PlacedWork, ...], words: str) -> Slots:
    work: Work = next(one for one in reading.works if words in one.name_hans)
    own = (one.site for one in sites if one.site and one.site.part_of == work.work_id)
    found = slots_of(work, own)
    assert found is not None
    return found


def test_every_register_is_for_one_counted_work_of_its_plan(reading: object) -> None:
    works = [work_of(register, reading) for register in built_in()]
    assert None not in works
    assert len({work.work_id for work in works if work}) == len(works)


def test_every_row_becomes_a_site_or_a_group(sites: tuple[PlacedWork, ...]) -> None:
    rows = [row for register in built_in() for row in register.rows]
    listed = [row for file in FILES for row in csv.DictReader(lines_of(file))]
    assert len(rows) == len(listed) == len(sites)
    assert {row.name for row in rows} == {one.work.name for one in sites}
    assert len({one.work.work_id for one in sites}) == len(sites)


def test_every_column_of_the_files_is_understood() -> None:
    for file in FILES:
        header = tuple(next(csv.reader(lines_of(file))))
        columns = columns_of(file, header)
        assert columns is not None
        assert set(columns.places) == set(header) - {"register"}


def test_nothing_is_drawn_as_if_surveyed_and_candidates_are_not_verified(
    sites: tuple[PlacedWork, ...],
) -> None:
    for one in sites:
        assert one.site is not None
        assert one.precision not in {Precision.SURVEYED, Precision.CITY, Precision.OUTSIDE}
        if one.site.confidence is Confidence.LOW:
            assert not one.verified
        assert one.located_by
        assert bool(one.licence) == (one.geometry is not None)


def test_the_numbers_of_wuxi_are_honest(reading: object, sites: tuple[PlacedWork, ...]) -> None:
    plants = slots(reading, sites, "污水处理厂提标")
    assert (plants.promised, plants.named, plants.in_groups, plants.candidates) == (48, 13, 21, 3)
    estates = slots(reading, sites, "宜居住区")
    assert (estates.promised, estates.filled, estates.named) == (190, 149.81, 29)
    clearance = slots(reading, sites, "棚户区")
    assert (clearance.filled, clearance.candidates) == (0, 1)
    streets = slots(reading, sites, "背街小巷")
    assert (streets.named, streets.filled) == (0, 0)


def test_the_plant_of_the_north_lies_in_no_other_north(sites: tuple[PlacedWork, ...]) -> None:
    (north,) = [one for one in sites if one.work.name == "城北污水处理厂"]
    assert (north.precision, north.geometry) == (Precision.UNLOCATED, None)


def test_estates_of_one_town_share_one_area(sites: tuple[PlacedWork, ...]) -> None:
    shapes = [one.geometry for one in sites if one.site and one.site.town == "宜城街道"]
    assert len(shapes) == 19
    assert len({shape.wkb for shape in shapes if shape}) == 1


def test_rows_that_rest_on_openstreetmap_are_apart() -> None:
    own, odbl = (file.read_text(encoding="utf-8") for file in FILES)
    assert "OpenStreetMap" not in own
    assert "ODbL" not in own
    assert all("ODbL-1.0" in line for line in odbl.splitlines()[1:])


@pytest.mark.parametrize(
    ("works", "rows", "words"),
    [
        ("a,甲,now,park,5,个,,a.csv", "a,甲园,high,s,l", "registers.csv, row 2: .*year and value"),
        ("a,甲,2020,parks,5,个,,a.csv", "a,甲园,high,s,l", "theme that of a work"),
        (
            "a,甲,2020,park,5,个,,a.csv",
            "b,甲园,high,s,l",
            "no row of its files is of",
        ),
        (
            "a,甲,2020,park,5,个,,a.csv",
            "a,甲园,,s,l",
            "a.csv, row 2: .* confidence is empty",
        ),
        ("a,甲,2020,park,5,个,,a.csv", "a,甲园,sure,s,l", "a.csv, row 2: its confidence is sure"),
        ("a,甲,2020,park,5,个,,b.csv", "a,甲园,high,s,l", "b.csv: cannot be read"),
    ],
)
def test_a_damaged_file_is_named_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: str, rows: str, words: str
) -> None:
    header = "register,city,year,theme,value,unit,words,files\n"
    (tmp_path / "registers.csv").write_text(header + works, encoding="utf-8")
    header = "register,name,confidence,source,licence\n"
    (tmp_path / "a.csv").write_text(header + rows, encoding="utf-8")
    monkeypatch.setattr(builtin_module, "data_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(GazetteerError, match=words):
        built_in.__wrapped__()
