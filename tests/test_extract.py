"""`planned-works extract` of many documents, its ledger, and how it explains a sentence."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.batch import Wish, extract_all
from geo.document import read_document
from webmap.cli import main

PLAN = "加快建设{name}大桥,完成5座泵站改造。\n进一步优化服务。\n"
# Waits at the first document alone, so that a second process has nothing left to do.
WAITING = """
import os, pathlib, time

def wait(clause):
    pathlib.Path(f"pid{os.getpid()}").touch()
    time.sleep(600 if "青云" in clause.text else 0.01)
    return ()
"""
COMMAND = [sys.executable, "-m", "webmap", "extract"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def plans(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"plan{number}.txt" for number in range(5)]
    for path, name in zip(paths, ("青云", "白云", "东风", "西岭", "南浦"), strict=True):
        path.write_text(PLAN.format(name=name) * 3, encoding="utf-8")
    return paths


def test_rows_of_many_documents_come_in_their_order_and_carry_their_id(plans: list[Path]) -> None:
    given = plans[::-1]
    ids = [row["document_id"] for row in rows(run("extract", *given).stdout)]
    assert list(dict.fromkeys(ids)) == [path.stem for path in given]


def test_one_document_gives_its_rows_and_not_a_word_more(plans: list[Path]) -> None:
    result = run("extract", plans[0])
    assert result.stderr == ""
    assert {row["document_id"] for row in rows(result.stdout)} == {"plan0"}


def test_several_processes_print_the_same_as_one(plans: list[Path]) -> None:
    alone = run("extract", *plans, plans[0].with_name("missing.txt"))
    together = run("extract", *plans, plans[0].with_name("missing.txt"), "--jobs", "2")
    assert together.stdout == alone.stdout != ""
    assert together.exit_code == alone.exit_code == 1
    assert "missing.txt" in together.stderr


def test_a_summary_says_what_was_read(plans: list[Path]) -> None:
    result = run("extract", *plans)
    (summary,) = result.stderr.splitlines()
    clauses = len(rows(run("extract", *plans, "--ledger").stdout))
    assert summary.startswith("5 documents, ")
    assert f" {len(rows(result.stdout))} works, {clauses} clauses, " in summary
    assert summary.endswith(" MB/s")


def test_a_document_that_cannot_be_read_does_not_stop_the_others(plans: list[Path]) -> None:
    plans[1].write_bytes(b"\x00" * 100)
    result = run("extract", *plans)
    assert result.exit_code == 1
    error, summary = result.stderr.splitlines()
    assert error.startswith("Error: ")
    assert "plan1.txt" in error
    assert summary.startswith("4 documents (1 not read), ")
    assert {row["document_id"] for row in rows(result.stdout)} == {
        "plan0",
        "plan2",
        "plan3",
        "plan4",
    }


def test_characters_lost_to_damaged_bytes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "damaged.txt"
    path.write_bytes(PLAN.format(name="青云").encode()[:-4] + b"\xe3\x80\n")
    result = run("extract", path)
    assert result.exit_code == 0
    assert "damaged.txt: 1 character lost" in result.stderr
    assert rows(result.stdout)


def test_a_second_document_of_the_same_id_is_refused(plans: list[Path]) -> None:
    result = run("extract", plans[0], plans[0])
    assert result.exit_code == 1
    assert result.stdout == run("extract", plans[0]).stdout
    assert "same id plan0" in result.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_given_before_later_documents_are_read(plans: list[Path], jobs: int) -> None:
    taken = []

    def paths() -> Iterator[Path]:
        for path in plans * 4:
            taken.append(path)
            yield path

    results = extract_all(paths(), Wish(), jobs)
    next(results)
    assert len(taken) <= 2 * jobs
    results.close()  # type: ignore[attr-defined]


def test_the_ledger_tiles_the_text_and_names_the_works(plans: list[Path]) -> None:
    text = read_document(plans[0]).text
    ledger = rows(run("extract", plans[0], "--ledger").stdout)
    keys = "document_id number passage section start end text reason works"
    assert all(list(row) == keys.split() for row in ledger)
    assert "".join(str(row["text"]) for row in ledger) == text
    assert all(text[row["start"] : row["end"]] == row["text"] for row in ledger)  # type: ignore[misc]
    named = [work for row in ledger for work in row["works"]]  # type: ignore[attr-defined]
    assert named == [row["id"] for row in rows(run("extract", plans[0]).stdout)]


def test_explain_shows_the_rule_and_the_words_of_each_clause() -> None:
    output = run("extract", "--explain", "加快建设青云大桥,完成5座泵站改造,进一步优化服务。").output
    fields = [tuple(line.split(maxsplit=1)) for line in output.splitlines()]
    for line in [
        ("work", "青云大桥"),
        ("theme", "bridge_crossing"),
        ("stage", "under_construction (加快建设)"),
        ("locatable", "exact_named"),
        ("quantity", "5 座 (5座)"),
    ]:
        assert line in fields
    assert [value for label, value in fields if label == "clause"] == [
        "1      加快建设青云大桥,",
        "2      完成5座泵站改造,",
        "3      进一步优化服务。",
    ]
    assert [value for label, value in fields if label == "outcome"][:2] == ["works", "works"]
    assert sum(label == "rule" for label, _ in fields) >= 3
    assert all(line[13] == " " and line[14] != " " for line in output.splitlines())


def test_explain_says_why_a_member_of_a_list_is_no_work() -> None:
    output = run("extract", "--explain", "加快建设青云大桥、优化服务。").output
    assert "no work" in output


def test_explain_shows_nothing_that_steers_a_terminal() -> None:
    output = run("extract", "--explain", "加快建设\x1b[31m青云大桥\udcff。\x9b2J").output
    assert "\x1b" not in output
    assert "\x9b" not in output


@pytest.mark.parametrize("beside", [["plan.txt"], ["--ledger"]])
def test_explain_beside_a_document_or_the_ledger_is_wrong_usage(beside: list[str]) -> None:
    result = run("extract", "--explain", "建设青云大桥。", *beside)
    assert result.exit_code == 2
    assert "--explain" in result.stderr


def test_neither_document_nor_sentence_is_wrong_usage() -> None:
    assert run("extract", "--ledger").exit_code == 2
    assert run("extract", "--explain", " ").exit_code == 2
    assert run("extract", "plan.txt", "--jobs", "0").exit_code == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_ends_without_a_traceback(plans: list[Path], jobs: str) -> None:
    for path in plans:
        path.write_text(PLAN.format(name="青云") * 500, encoding="utf-8")
    command = [*COMMAND, "--jobs", jobs, *map(str, plans)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.fixture
def hears_interrupts() -> Iterator[None]:
    """Hear interrupts, which a shell lets those ignore that it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_interrupts")
@pytest.mark.parametrize(("jobs", "to_all"), [(1, True), (2, True), (2, False)])
def test_an_interrupt_ends_all_processes_without_a_traceback(
    tmp_path: Path, plans: list[Path], jobs: int, *, to_all: bool
) -> None:
    (tmp_path / "waiting.py").write_text(WAITING, encoding="utf-8")
    command = [*COMMAND, "--jobs", str(jobs), "--extractor", "waiting:wait", *map(str, plans)]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True, env=_environment()
    )
    pids = _pids(tmp_path, jobs)
    (os.killpg if to_all else os.kill)(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.split() == [b"Aborted!"]
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def _environment() -> dict[str, str]:
    root = Path(__file__).resolve().parent.parent
    return {**os.environ, "PYTHONPATH": str(root)}


def _pids(folder: Path, count: int) -> list[int]:
    """Wait until as many processes have begun, and give their ids."""
    for _ in range(600):
        if len(found := list(folder.glob("pid*"))) >= count:
            time.sleep(1)
            return [int(path.name.removeprefix("pid")) for path in found]
        time.sleep(0.1)
    pytest.fail("the processes did not begin")


def test_a_process_that_dies_is_one_sentence(
    tmp_path: Path, plans: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os\ndef die(clause):\n    os.kill(os.getpid(), 9)\n"
    (tmp_path / "dying.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    result = run("extract", *plans, "--jobs", "2", "--extractor", "dying:die")
    assert result.exit_code == 1
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("Error: A reading process ended before ")


@pytest.mark.parametrize("terminal", [True, False])
def test_a_progress_bar_is_shown_on_a_terminal_alone(plans: list[Path], *, terminal: bool) -> None:
    leader, follower = pty.openpty()
    plans[1].unlink()
    command = [*COMMAND, *map(str, plans)]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=follower if terminal else subprocess.PIPE,
        check=False,
        env={**_environment(), "TERM": "xterm"},
    )
    os.close(follower)
    said = os.read(leader, 10_000) if terminal else done.stderr
    os.close(leader)
    assert (b"Reading" in said) is terminal
    assert (b"\x1b[2K\x1b[GError: " in said) is terminal
    assert b"4 documents (1 not read), " in said
