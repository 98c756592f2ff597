"""The library of imported places: what it keeps, what it answers, and what it survives."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import EAST, LINE, PLACES, held, place
from killing import killed_after
from shapely.geometry import LineString, Point, box

from geo import homefile
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.library import Library, SourceNote, open_library, rewriting
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.library.schema import LIBRARY
from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.model import Place, Precision

SURVEY = SourceNote("survey.csv", "Survey", "CC0-1.0", "the surveyors", "2026-01-02")
PARK = held(place("清溪公园", "park", Point(120.3, 31.3), Precision.STREET, 100), "", "Qingxi")


def written(path: Path, *places: Place, source: SourceNote = SURVEY) -> Library:
    with rewriting(path, source) as writer:
        for one in places:
            writer.add(one)
    return opened(path)


def opened(path: Path) -> Library:
    library = open_library(path)
    assert library is not None
    return library


def names(library: Library, name_key: str) -> list[str]:
    return [entry.place.name for entry in library.entries(name_key, WORLD)]


def gazetteer(library: Library | None, *more: Place) -> Gazetteer:
    return Gazetteer("甲", (*PLACES, *more), load_kinds(), load_words(), library)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "gazetteer.sqlite"


def test_without_an_import_there_is_no_library(path: Path) -> None:
    assert open_library(path) is None
    assert not path.exists()


def test_a_place_comes_back_as_it_was_with_source_and_licence(path: Path) -> None:
    (entry,) = written(path, PARK).entries("清溪公园", WORLD)
    assert entry.place == replace(PARK, source="Survey: survey.csv of 2026-01-02")
    assert entry.words == "清溪公园"
    assert not entry.is_alias


def test_other_names_find_it_as_aliases(path: Path) -> None:
    (entry,) = written(path, PARK).entries("QINGXI", WORLD)
    assert (entry.words, entry.is_alias) == ("Qingxi", True)


def test_only_places_within_the_bounds_are_answered(path: Path) -> None:
    library = written(path, PARK)
    assert library.entries("清溪公园", (120.29, 31.29, 120.31, 31.31)) != ()
    assert library.entries("清溪公园", (120.31, 31.29, 120.4, 31.31)) == ()


def test_importing_a_source_again_replaces_its_places_alone(path: Path) -> None:
    other = replace(SURVEY, name="other.csv")
    written(path, PARK)
    written(path, replace(PARK, place_id="b", name="南园"), source=other)
    library = written(path, replace(PARK, name="北园"))
    assert names(library, "清溪公园") == []
    assert names(library, "北园") == ["北园"]
    assert names(library, "南园") == ["南园"]
    assert [source.places for source in library.sources()] == [1, 1]


def test_a_place_of_two_sources_comes_once_from_the_newer(path: Path) -> None:
    older = replace(SURVEY, name="older.csv", date="2025-01-01")
    written(path, PARK)
    library = written(path, replace(PARK, uncertainty_m=9), source=older)
    (entry,) = library.entries("清溪公园", WORLD)
    assert entry.place.uncertainty_m == PARK.uncertainty_m


def test_an_import_that_fails_leaves_the_old_places(path: Path) -> None:
    written(path, PARK)
    with pytest.raises(AttributeError):
        written(path, *(replace(PARK, place_id=str(n)) for n in range(6000)), "no place")  # type: ignore[arg-type]
    assert names(opened(path), "清溪公园") == ["清溪公园"]


def test_a_killed_import_leaves_the_old_places(path: Path) -> None:
    written(path, PARK)
    script = """
        import sys, time
        from pathlib import Path
        from dataclasses import replace
        from geo.gazetteer.library import rewriting
        from test_library import PARK, SURVEY
        with rewriting(Path(sys.argv[1]), SURVEY) as writer:
            for number in range(20_000):
                writer.add(replace(PARK, place_id=str(number), name=f"南园{number}"))
            print("written", flush=True)
            time.sleep(60)
    """
    with killed_after(script, path):
        assert names(opened(path), "清溪公园") == ["清溪公园"]
    library = opened(path)
    assert names(library, "清溪公园") == ["清溪公园"]
    assert names(library, "南园7") == []


def test_a_library_is_read_as_it_was_while_an_import_writes(path: Path) -> None:
    reader = written(path, PARK)
    with rewriting(path, replace(SURVEY, date="2026-05-06")) as writer:
        writer.add(replace(PARK, name="南园"))
        writer.flush()
        assert names(reader, "清溪公园") == ["清溪公园"]
        assert names(opened(path), "清溪公园") == ["清溪公园"]
    assert names(reader, "清溪公园") == []
    (entry,) = reader.entries("南园", WORLD)
    assert entry.place.source.endswith("2026-05-06")


def test_a_second_import_that_waits_too_long_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homefile, "_BUSY_SECONDS", 0.01)
    with rewriting(path, SURVEY) as writer:
        writer.add(PARK)
        with pytest.raises(GazetteerError, match="close other programs that use it"):
            written(path, PARK, source=replace(SURVEY, name="other.csv"))
    assert names(opened(path), "清溪公园") == ["清溪公园"]


def test_a_source_without_a_place_is_refused_and_replaces_nothing(path: Path) -> None:
    written(path, PARK)
    with (
        pytest.raises(GazetteerError, match=r"survey\.csv: no named place"),
        rewriting(path, SURVEY),
    ):
        pass
    assert names(opened(path), "清溪公园") == ["清溪公园"]


def test_an_older_library_is_brought_up_to_date_with_its_places(path: Path) -> None:
    written(path, PARK).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP INDEX places_box")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert names(opened(path), "清溪公园") == ["清溪公园"]
    with sqlite3.connect(path) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        index = connection.execute("SELECT 1 FROM sqlite_master WHERE name='places_box'").fetchone()
    connection.close()
    assert version == (len(LIBRARY.migrations),)
    assert index == (1,)


def test_keys_made_by_older_rules_are_made_anew(path: Path) -> None:
    written(path, PARK).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE names SET name_key = 'old' || name_key")
        connection.execute("UPDATE state SET value = 'older rules'")
    connection.close()
    library = opened(path)
    assert names(library, "old清溪公园") == []
    assert [e.is_alias for e in library.entries("清溪公园", WORLD)] == [False]
    assert [e.is_alias for e in library.entries("QINGXI", WORLD)] == [True]


def test_a_library_of_a_newer_version_is_refused(path: Path) -> None:
    written(path, PARK).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(GazetteerError, match="newer version"):
        open_library(path)


def test_another_programs_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(GazetteerError, match="another program"):
        open_library(path)
    with pytest.raises(GazetteerError, match="another program"), rewriting(path, SURVEY):
        pass


def test_a_damaged_library_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(
        GazetteerError, match=r"gazetteer\.sqlite: the library of places is damaged"
    ):
        open_library(path)


def test_a_search_gives_exact_names_then_beginnings_then_parts(path: Path) -> None:
    longer, inner = replace(PARK, place_id="b", name="清溪公园北"), replace(PARK, place_id="c")
    library = written(path, replace(inner, name="新清溪公园"), longer, PARK)
    found = library.search("清溪公园", WORLD, 10)
    assert [(match.entry.place.name, match.how) for match in found] == [
        ("清溪公园", "exact"),
        ("清溪公园北", "begins"),
        ("新清溪公园", "contains"),
    ]
    assert len(library.search("清溪公园", WORLD, 2)) == 2
    assert library.search("", WORLD, 2) == ()


def test_places_are_listed_and_counted_by_kind_and_bounds(path: Path) -> None:
    road = place("甲路", "road", LINE)
    library = written(path, PARK, road)
    assert library.counts() == {"park": 1, "road": 1}
    assert [one.name for one in library.places(None, "road", 9)] == ["甲路"]
    assert library.places(box(0, 0, 1, 1), None, 9) == ()
    assert library.counts(box(120.2, 31.0, 120.3, 31.25)) == {}
    assert library.counts(box(120.1, 31.2, 120.2, 31.3)) == {"road": 1}
    assert library.bounds() == (120.1, 31.2, 120.5, 31.4)


@given(st.text(max_size=130), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_is_a_name_that_harms_nothing(name: str, aliases: list[str]) -> None:
    with TemporaryDirectory() as folder:
        one = held(replace(PARK, name=name, name_hans=name), "", *aliases)
        library = written(Path(folder, "a.sqlite"), one)
        (listed,) = library.places(None, None, 2)
        assert (listed.name, listed.aliases) == (name, tuple(aliases))
        spelled = key(name)
        expected = [name] if len(spelled) > 1 else []
        assert [e.words for e in library.entries(spelled, WORLD) if not e.is_alias] == expected
        library.close()


def test_the_gazetteer_finds_an_imported_place_and_its_district(path: Path) -> None:
    (found,) = gazetteer(written(path, PARK)).search("清溪公園")
    assert (found.name, found.within, found.licence) == ("清溪公园", "东山区", "CC0-1.0")


@pytest.mark.parametrize("words", ["甲市清溪公园", "甲清溪公园", "市清溪公园", "清溪公园"])
def test_the_citys_name_may_stand_before_it_or_not(path: Path, words: str) -> None:
    assert [one.name for one in gazetteer(written(path, PARK)).search(words)] == ["清溪公园"]
    full = gazetteer(written(path, replace(PARK, name="甲市清溪公园")))
    assert [one.name for one in full.search(words)] == ["甲市清溪公园"]


def test_a_place_of_another_city_is_not_answered(path: Path) -> None:
    far = replace(PARK, geometry=Point(121.5, 31.3))
    assert gazetteer(written(path, far)).search("清溪公园") == ()


def test_a_place_inside_the_city_wins_over_one_just_beside_it(path: Path) -> None:
    beside = replace(PARK, place_id="b", geometry=Point(120.61, 31.3))
    assert len(gazetteer(written(path, beside)).search("清溪公园")) == 1
    (found,) = gazetteer(written(path, beside, PARK)).search("清溪公园")
    assert found.place_id == PARK.place_id


def test_a_line_that_leaves_the_city_is_answered_whole_and_held_by_no_district(path: Path) -> None:
    line = LineString([(119.5, 31.1), (122.0, 31.1)])
    library = written(path, place("甲丁高速公路", "expressway", line, Precision.SURVEYED, 50))
    (found,) = gazetteer(library).search("甲丁高速")
    assert found.geometry.equals(line)
    assert found.within == ""


def test_a_schematic_line_becomes_the_surveyed_one(path: Path) -> None:
    surveyed = LineString([(120.1, 31.2), (120.2, 31.31), (120.3, 31.4), (120.5, 31.4)])
    library = written(path, place("青川路", "road", surveyed, Precision.SURVEYED, 50))
    (found,) = gazetteer(library).search("青川路")
    assert found.geometry.equals(surveyed)
    assert found.precision is Precision.SURVEYED


def test_a_built_in_place_that_is_known_as_well_stays(path: Path) -> None:
    twin = replace(PARK, place_id="built-in", uncertainty_m=10)
    (found,) = gazetteer(written(path, PARK), twin).search("清溪公园")
    assert found.place_id == "built-in"


def test_a_namesake_of_another_kind_or_far_away_stands_beside(path: Path) -> None:
    school = place("青川路", "school", Point(120.1, 31.2), Precision.STREET, 100)
    found = gazetteer(written(path, school)).search("青川路")
    assert [one.kind for one in found] == ["road", "school"]


def test_imported_districts_never_stand_beside_the_citys_own(path: Path) -> None:
    twin = place("东山区", "district", EAST, Precision.SURVEYED, 50)
    found = gazetteer(written(path, twin)).search("东山区")
    assert [one.place_id for one in found] == ["district-东山区"]


@pytest.mark.parametrize("word", ["新建", "北延", "市", "路"])
def test_a_word_about_works_is_no_imported_place(path: Path, word: str) -> None:
    assert gazetteer(written(path, replace(PARK, name=word))).search(word) == ()


def test_a_kind_that_this_version_does_not_know_is_left_out(path: Path) -> None:
    assert gazetteer(written(path, replace(PARK, kind="moon_base"))).search("清溪公园") == ()


def test_without_a_boundary_the_city_has_no_imported_places(path: Path) -> None:
    empty = Gazetteer("甲", (), load_kinds(), load_words(), written(path, PARK))
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
