"""What is imported outlives upgrades, and is written whole or not at all."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from killing import killed_after
from registering import WORK_ID, at, position, row
from shapely.geometry import Point, box

from geo import homefile
from geo.errors import RegisterError
from geo.model import Confidence, Precision
from geo.registers import forget, keep, kept
from geo.registers.keeping import KEPT, MIGRATIONS
from geo.registers.row import SiteRow

PLANT = row("清溪厂", "东区", "白石镇", quantity=1.5, unit="万吨/日", status="in use", note="n")
SURVEYED = row("白石厂", position=at(box(120, 31, 121, 32), Precision.SURVEYED, 50))
NEAR = row("南湖厂", position=position(near="南湖", uncertainty_m=500), confidence=Confidence.LOW)
GROUP = row("各镇污水厂", is_group=True, count=None, quantity=15.0, unit="公顷")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "registers.sqlite"


def names(path: Path) -> list[list[str]]:
    return [[one.name for one in register.rows] for register in kept(path)]


def test_without_an_import_there_is_nothing(path: Path) -> None:
    assert kept(path) == ()
    assert forget(path, "own.csv") == 0
    assert not path.exists()


def test_a_register_comes_back_as_it_was(path: Path) -> None:
    rows = [PLANT, SURVEYED, NEAR, GROUP]
    keep(path, "own.csv", WORK_ID, "污水厂", rows)
    (register,) = kept(path)
    assert list(register.rows) == rows
    assert (register.name, register.target, register.work_name) == ("own.csv", WORK_ID, "污水厂")
    assert not register.is_built_in
    assert register.imported.endswith("+00:00")


def test_the_same_name_for_the_same_work_replaces_and_for_another_does_not(path: Path) -> None:
    keep(path, "own.csv", WORK_ID, "", [PLANT, NEAR])
    keep(path, "own.csv", "f" * 12, "", [PLANT])
    keep(path, "other.csv", WORK_ID, "", [NEAR])
    keep(path, "own.csv", WORK_ID, "", [GROUP])
    assert sorted(names(path)) == [["南湖厂"], ["各镇污水厂"], ["清溪厂"]]
    assert forget(path, "own.csv") == 2
    assert names(path) == [["南湖厂"]]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sites").fetchone() == (1,)
    connection.close()


def test_an_import_that_fails_leaves_what_was_kept(path: Path) -> None:
    keep(path, "own.csv", WORK_ID, "", [PLANT])
    with pytest.raises(AttributeError):
        keep(path, "own.csv", WORK_ID, "", [NEAR, "no row"])  # type: ignore[list-item]
    assert names(path) == [["清溪厂"]]


def test_a_killed_import_leaves_what_was_kept(path: Path) -> None:
    keep(path, "own.csv", WORK_ID, "", [PLANT])
    script = """
        import sys, time
        from pathlib import Path
        from geo.registers import keep
        from registering import WORK_ID, row
        class Rows(list):
            def __iter__(self):
                for number in range(5_000):
                    yield row(f"厂{number}")
                print("written", flush=True)
                time.sleep(60)
        keep(Path(sys.argv[1]), "own.csv", WORK_ID, "", Rows())
    """
    with killed_after(script, path):
        assert names(path) == [["清溪厂"]]
    assert names(path) == [["清溪厂"]]


def test_an_older_file_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, "own.csv", WORK_ID, "", [PLANT])
    newer = replace(KEPT, migrations=(*MIGRATIONS, "CREATE TABLE later (a)"))
    monkeypatch.setattr("geo.registers.keeping.KEPT", newer)
    assert names(path) == [["清溪厂"]]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    connection.close()
    monkeypatch.undo()
    with pytest.raises(RegisterError, match="a newer version of this program wrote the file of"):
        kept(path)


def test_another_programs_file_and_a_damaged_one_are_named(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    for use in (lambda: kept(path), lambda: keep(path, "a", WORK_ID, "", [PLANT])):
        with pytest.raises(RegisterError, match="another program's file, not the"):
            use()
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(RegisterError, match="the file of registers is damaged"):
        kept(path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sites SET confidence = 'sure'",
        "UPDATE sites SET precision = 'exact'",
        "UPDATE sites SET geometry = x'00'",
        "DROP TABLE sites",
    ],
)
def test_values_that_nobody_wrote_get_a_sentence(path: Path, damage: str) -> None:
    keep(path, "own.csv", WORK_ID, "", [SURVEYED])
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(RegisterError, match=r"registers\.sqlite: the file of registers"):
        kept(path)


def test_an_import_beside_another_waits_and_then_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(path, "own.csv", WORK_ID, "", [PLANT])
    monkeypatch.setattr(homefile, "_BUSY_SECONDS", 0.01)
    with KEPT.writable(path) as connection, homefile.transaction(connection):
        assert names(path) == [["清溪厂"]]
        with pytest.raises(RegisterError, match="close other programs that use it"):
            keep(path, "other.csv", WORK_ID, "", [NEAR])
    assert names(path) == [["清溪厂"]]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(RegisterError, match="the folder cannot be made"):
        keep(tmp_path / "home" / "registers.sqlite", "own.csv", WORK_ID, "", [PLANT])


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.builds(
        lambda name, district, near, unit, note, count, quantity, spot: row(
            name,
            district,
            unit=unit,
            note=note,
            count=count,
            quantity=quantity,
            position=position(
                geometry=Point(*spot) if spot else None,
                near=near,
                precision=Precision.AREA if spot else None,
                uncertainty_m=9.5 if spot else None,
            ),
        ),
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        st.one_of(st.none(), st.integers(0, 10**9)),
        st.one_of(st.none(), st.floats(0, 1e9)),
        st.one_of(st.none(), st.tuples(st.floats(-180, 180), st.floats(-90, 90))),
    )
)
def test_any_row_comes_back(one: SiteRow) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "registers.sqlite")
        keep(path, "own.csv", WORK_ID, "", [one])
        assert [register.rows for register in kept(path)] == [(one,)]
