"""The library of imported places: what it keeps, what it answers, and what it survives."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import LINE, held, place
from killing import killed_after
from libraries import PARK, SURVEY, opened, written
from shapely.geometry import box

from geo import homefile
from geo.errors import GazetteerError
from geo.gazetteer.library import Library, open_library, rewriting
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.library.schema import LIBRARY
from geo.gazetteer.names import key


def names(library: Library, name_key: str) -> list[str]:
    return [entry.place.name for entry in library.entries(name_key, WORLD)]


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
        from libraries import PARK, SURVEY
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
