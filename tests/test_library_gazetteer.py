"""The gazetteer of a city with a library of imported places behind it."""

from dataclasses import replace
from pathlib import Path

import pytest
from invented_city import EAST, PLACES, place
from libraries import PARK, written
from shapely.geometry import LineString, Point

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.library import Library
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.model import Place, Precision


def gazetteer(library: Library | None, *more: Place) -> Gazetteer:
    return Gazetteer("甲", (*PLACES, *more), load_kinds(), load_words(), library)


def test_the_gazetteer_finds_an_imported_place_and_its_district(library_path: Path) -> None:
    (found,) = gazetteer(written(library_path, PARK)).search("清溪公園")
    assert (found.name, found.within, found.licence) == ("清溪公园", "东山区", "CC0-1.0")


@pytest.mark.parametrize("words", ["甲市清溪公园", "甲清溪公园", "市清溪公园", "清溪公园"])
def test_the_citys_name_may_stand_before_it_or_not(library_path: Path, words: str) -> None:
    assert [one.name for one in gazetteer(written(library_path, PARK)).search(words)] == [
        "清溪公园"
    ]
    full = gazetteer(written(library_path, replace(PARK, name="甲市清溪公园")))
    assert [one.name for one in full.search(words)] == ["甲市清溪公园"]


def test_a_place_of_another_city_is_not_answered(library_path: Path) -> None:
    far = replace(PARK, geometry=Point(121.5, 31.3))
    assert gazetteer(written(library_path, far)).search("清溪公园") == ()


def test_a_place_inside_the_city_wins_over_one_just_beside_it(library_path: Path) -> None:
    beside = replace(PARK, place_id="b", geometry=Point(120.61, 31.3))
    assert len(gazetteer(written(library_path, beside)).search("清溪公园")) == 1
    (found,) = gazetteer(written(library_path, beside, PARK)).search("清溪公园")
    assert found.place_id == PARK.place_id


def test_a_line_that_leaves_the_city_is_answered_whole_and_held_by_no_district(
    library_path: Path,
) -> None:
    line = LineString([(119.5, 31.1), (122.0, 31.1)])
    library = written(
        library_path, place("甲丁高速公路", "expressway", line, Precision.SURVEYED, 50)
    )
    (found,) = gazetteer(library).search("甲丁高速")
    assert found.geometry.equals(line)
    assert found.within == ""


def test_a_schematic_line_becomes_the_surveyed_one(library_path: Path) -> None:
    surveyed = LineString([(120.1, 31.2), (120.2, 31.31), (120.3, 31.4), (120.5, 31.4)])
    library = written(library_path, place("青川路", "road", surveyed, Precision.SURVEYED, 50))
    (found,) = gazetteer(library).search("青川路")
    assert found.geometry.equals(surveyed)
    assert found.precision is Precision.SURVEYED


def test_a_built_in_place_that_is_known_as_well_stays(library_path: Path) -> None:
    twin = replace(PARK, place_id="built-in", uncertainty_m=10)
    (found,) = gazetteer(written(library_path, PARK), twin).search("清溪公园")
    assert found.place_id == "built-in"


def test_a_namesake_of_another_kind_or_far_away_stands_beside(library_path: Path) -> None:
    school = place("青川路", "school", Point(120.1, 31.2), Precision.STREET, 100)
    found = gazetteer(written(library_path, school)).search("青川路")
    assert [one.kind for one in found] == ["road", "school"]


def test_imported_districts_never_stand_beside_the_citys_own(library_path: Path) -> None:
    twin = place("东山区", "district", EAST, Precision.SURVEYED, 50)
    found = gazetteer(written(library_path, twin)).search("东山区")
    assert [one.place_id for one in found] == ["district-东山区"]


@pytest.mark.parametrize("word", ["新建", "北延", "市", "路"])
def test_a_word_about_works_is_no_imported_place(library_path: Path, word: str) -> None:
    assert gazetteer(written(library_path, replace(PARK, name=word))).search(word) == ()


def test_a_kind_that_this_version_does_not_know_is_left_out(library_path: Path) -> None:
    assert (
        gazetteer(written(library_path, replace(PARK, kind="moon_base"))).search("清溪公园") == ()
    )


def test_without_a_boundary_the_city_has_no_imported_places(library_path: Path) -> None:
    empty = Gazetteer("甲", (), load_kinds(), load_words(), written(library_path, PARK))
    assert empty.search("清溪公园") == ()


def test_the_gazetteer_of_a_city_reads_the_library_of_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_HOME", str(tmp_path))
    centre = load_gazetteer("无锡").city
    assert centre is not None
    spot = centre.geometry.representative_point()
    written(tmp_path / "gazetteer.sqlite", replace(PARK, geometry=spot)).close()
    (found,) = load_gazetteer("无锡").search("清溪公园")
    assert found.geometry.equals(spot)
    assert found.within
