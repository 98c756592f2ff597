"""A works file is replaced whole or not at all, whatever happens to the program that writes it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import example, hostile

from geo.errors import OutputError
from layers.check import check_geopackage
from layers.geopackage import read_geopackage, write_geopackage
from layers.geopackage.atomic import replacing

TESTS = Path(__file__).parent

# Writes two plans in turns for ever, into one file.
_WRITE_FOR_EVER = """
import sys, time
from pathlib import Path
from factories import example, hostile
from layers.geopackage import write_geopackage
while True:
    for plan in (hostile(), example()):
        write_geopackage(Path(sys.argv[1]), [plan])
        time.sleep(float(sys.argv[2]))
"""
# Writes into a folder where no file may grow beyond a few pages.
_WRITE_WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from factories import example
from geo.errors import OutputError
from layers.geopackage import write_geopackage
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write_geopackage(Path(sys.argv[1]), [example()])
except OutputError as error:
    sys.exit(f"one sentence: {error}")
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [example()])
    return path


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> set[bytes]:
    folder = tmp_path_factory.mktemp("versions")
    for name, plan in (("a", example()), ("b", hostile())):
        (folder / name).mkdir()
        write_geopackage(folder / name / "works.gpkg", [plan])
    return {path.read_bytes() for path in folder.glob("*/works.gpkg")}


@pytest.mark.parametrize("size", [0, 1, 100_000, 400_000])
def test_a_kill_in_the_middle_of_writing_leaves_a_whole_file(
    target: Path, versions: set[bytes], size: int
) -> None:
    scratch = target.parent / f".{target.name}.part" / target.name
    with _writing(target) as process:
        _wait(lambda: scratch.exists() and scratch.stat().st_size >= size)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert target.read_bytes() in versions
    assert check_geopackage(target) == ()


def test_what_killed_runs_leave_is_cleared_by_the_next(target: Path) -> None:
    scratch = target.parent / f".{target.name}.part"
    left = 0
    for _ in range(2):
        with _writing(target) as process:
            _wait(scratch.exists)
            process.send_signal(signal.SIGKILL)
        left += scratch.exists()
        assert {path.name for path in target.parent.iterdir()} <= {target.name, scratch.name}
    assert left
    write_geopackage(target, [hostile()])
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_readers_see_whole_files_while_another_program_writes(target: Path) -> None:
    with _writing(target, pause=0.5) as process:
        for _ in range(10):
            assert set(read_geopackage(target).documents["document_id"]) <= {
                "jia-2020",
                "hostile-2020",
            }
        process.send_signal(signal.SIGKILL)


def test_two_programs_that_write_one_file_wait_for_each_other(target: Path) -> None:
    with _writing(target) as process:
        for _ in range(5):
            write_geopackage(target, [example()])
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert check_geopackage(target) == ()


@pytest.mark.parametrize("room", [0, 20_000, 200_000])
def test_a_full_disk_is_told_in_one_sentence_and_the_old_file_stays(
    target: Path, room: int
) -> None:
    before = target.read_bytes()
    done = _run(_WRITE_WITH_LITTLE_ROOM, str(target), str(room))
    assert done.returncode == 1
    assert "one sentence: " in done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_error_while_writing_leaves_the_old_file_and_nothing_else(target: Path) -> None:
    before = target.read_bytes()
    with pytest.raises(ZeroDivisionError), replacing(target) as scratch:
        1 / scratch.write_bytes(b"")
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_file_with_unsaved_changes_of_another_program_is_not_replaced(
    target: Path, suffix: str
) -> None:
    before = target.read_bytes()
    beside = target.with_name(target.name + suffix)
    beside.write_bytes(b"changes")
    with pytest.raises(OutputError, match=r"is in use .* close it in the other program"):
        write_geopackage(target, [hostile()])
    assert target.read_bytes() == before
    beside.write_bytes(b"")
    write_geopackage(target, [hostile()])
    assert target.read_bytes() != before


def test_a_folder_that_may_not_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    readonly = tmp_path / "readonly"
    readonly.mkdir()
    readonly.chmod(0o500)
    if os.access(readonly, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(OutputError, match="cannot be written"):
        write_geopackage(readonly / "works.gpkg", [example()])


def test_a_file_in_the_place_of_the_folder_is_told_in_one_sentence(target: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_geopackage(target / "works.gpkg", [example()])


def _run(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)


class _writing:  # noqa: N801  reads as a statement
    """A program that writes the file for ever; it is gone when the block ends."""

    def __init__(self, target: Path, pause: float = 0) -> None:
        command = [sys.executable, "-c", _WRITE_FOR_EVER, str(target), str(pause)]
        self._process = subprocess.Popen(command, env=_environment())
        started = target.stat().st_ino
        _wait(lambda: target.stat().st_ino != started)

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"}


def _wait(ready: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not _ready(ready):
        assert time.monotonic() < deadline, "nothing was written"
        time.sleep(0.0005)


def _ready(ready: Callable[[], bool]) -> bool:
    try:
        return ready()
    except FileNotFoundError:  # it was replaced between two looks
        return False
