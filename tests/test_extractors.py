"""Another extractor in place of the rules: what it proposes is checked before it becomes a work."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from geo.document import split_passages
from geo.errors import ExtractorError
from geo.model import Clause, Document, Quantity, Reading
from geo.reading import Extractor, ProposedWork, read_works
from geo.reading.explaining import explain
from geo.reading.extractors import load_extractor
from geo.reading.proposals import CHECKS, MAX_WORKS
from geo.reading.values import Reason
from webmap.cli import main

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
TEXT = "加快建设青云大桥,完成5座泵站。"
BRIDGE = ProposedWork(
    "青云大桥", ("青云大桥",), "bridge_crossing", "under_construction", "加快建设", "exact_named"
)
PUMPS = ProposedWork(
    name="泵站",
    places=(),
    theme="water",
    stage="complete",
    stage_words="完成",
    locatable="citywide_quantity",
    quantities=(Quantity(5, "座", "泵站", "5座"),),
)


def proposing(*works: object) -> Extractor:
    """Give an extractor that proposes the same works for each clause."""

    def extractor(_clause: Clause) -> Iterable[ProposedWork]:
        return works  # type: ignore[return-value]

    return extractor


def read(extractor: Extractor, text: str = TEXT) -> Reading:
    passages = tuple(split_passages(text))
    return read_works(Document("plan", "", "安江", 2031, "", text, "", passages), extractor)


def reasons(extractor: Extractor, text: str = TEXT) -> list[str]:
    return [row.reason for row in read(extractor, text).ledger]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Give a function that writes a module into a current folder that is left again after."""
    monkeypatch.chdir(tmp_path)
    path = list(sys.path)
    written = []

    def write(name: str, code: str) -> None:
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        written.append(name)

    yield write
    sys.path[:] = path
    for name in written:
        sys.modules.pop(name, None)


def test_the_readmes_example_reads_a_plan(module: Callable[[str, str], None]) -> None:
    code = next(block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    assert len(code.strip().splitlines()) <= 15
    module("cables", code)
    Path("plan.txt").write_text("推进建设青山电缆隧道,优化服务。", encoding="utf-8")
    result = run("extract", "plan.txt", "--extractor", "cables:cable_tunnels")
    row = json.loads(result.output)
    assert (row["name"], row["theme"], row["stage_words"]) == ("青山电缆隧道", "power", "建设")
    ledger = run("extract", "plan.txt", "--ledger", "--extractor", "cables:cable_tunnels").output
    rows = [json.loads(line) for line in ledger.splitlines()]
    assert [row["reason"] for row in rows] == ["works", "nothing_proposed"]


def test_proposals_become_works_with_ids_like_those_of_the_rules() -> None:
    extracted = read(proposing(BRIDGE)).works
    assert [work.name for work in extracted] == ["青云大桥"]
    work = extracted[0]
    assert (work.sentence, work.start, work.end) == ("加快建设青云大桥", 0, 8)
    built_in = read_works(
        Document("plan", "", "安江", 2031, "", TEXT, "", tuple(split_passages(TEXT)))
    ).works
    assert work.work_id == built_in[0].work_id


def test_a_quantity_in_another_clause_is_refused_there_alone() -> None:
    reading = read(proposing(PUMPS))
    assert [row.reason for row in reading.ledger] == [Reason.REFUSED, Reason.WORKS]
    assert reading.works[0].quantities[0].value == 5.0


def test_works_beside_refused_proposals_are_kept_and_the_ledger_says_both() -> None:
    reading = read(proposing(BRIDGE, PUMPS))
    assert [row.reason for row in reading.ledger] == [Reason.PARTLY_REFUSED] * 2
    assert [len(row.works) for row in reading.ledger] == [1, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "青云大桥"},
        replace(BRIDGE, name="  "),
        replace(BRIDGE, name=None),
        replace(BRIDGE, name="桥" * 121),
        replace(BRIDGE, name="青云\x1b[31m大桥"),
        replace(BRIDGE, name="青云\ud800大桥"),
        replace(BRIDGE, theme="bridges"),
        replace(BRIDGE, stage=["start"]),
        replace(BRIDGE, locatable=""),
        replace(BRIDGE, places=("白云大桥",)),
        replace(BRIDGE, places=("",)),
        replace(BRIDGE, places="青云大桥"),
        replace(BRIDGE, places=("青云大桥",) * 21),
        replace(BRIDGE, places=(7,)),
        replace(BRIDGE, stage_words="建成"),
        replace(BRIDGE, district="北区"),
        replace(BRIDGE, places=()),
        replace(BRIDGE, quantities=(Quantity(5, "座", "泵站", ""),)),
        replace(BRIDGE, quantities=(Quantity(float("nan"), "座", "桥", "大桥"),)),
        replace(BRIDGE, quantities=(Quantity(10**400, "座", "桥", "大桥"),)),
        replace(BRIDGE, quantities=(Quantity("5", "座", "桥", "大桥"),)),  # type: ignore[arg-type]
        replace(BRIDGE, quantities=(5,)),
        replace(BRIDGE, quantities=None),
    ],
    ids=str,
)
def test_a_proposal_that_fails_a_check_is_no_work(wrong: object) -> None:
    assert read(proposing(wrong)).works == ()
    assert reasons(proposing(wrong))[0] == Reason.REFUSED


def test_every_check_refuses_something_that_the_others_let_pass() -> None:
    wrong = [
        {"name": "青云大桥"},
        replace(BRIDGE, name=""),
        replace(BRIDGE, theme="bridges"),
        replace(BRIDGE, places=("白云大桥",)),
        replace(BRIDGE, quantities=(Quantity(5, "座", "泵站", "6座"),)),
        replace(BRIDGE, places=()),
    ]
    for proposed, check in zip(wrong, CHECKS, strict=True):
        failing = check(proposed, TEXT)  # type: ignore[arg-type]
        assert failing is not None
        assert any(failing[0] in line for line in explain(TEXT, proposing(proposed)))


def test_more_works_than_a_clause_can_hold_are_cut_and_said() -> None:
    def endless(_clause: Clause) -> Iterator[ProposedWork]:
        while True:
            yield BRIDGE

    reading = read(endless, "加快建设青云大桥。")
    assert len(reading.works) == MAX_WORKS
    assert [row.reason for row in reading.ledger] == [Reason.PARTLY_REFUSED]


def test_headings_chrome_and_last_years_works_are_never_asked_about() -> None:
    asked = []

    def extractor(clause: Clause) -> Iterable[ProposedWork]:
        asked.append(clause.text)
        return ()

    text = "打印本页\n一、去年工作回顾\n建成青云大桥。\n二、今年重点工作\n加快建设东湖隧道。"
    assert reasons(extractor, text)[-1] == Reason.NOTHING_PROPOSED
    assert asked == ["加快建设东湖隧道。"]


PARTS = st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["青云大桥", "power", ""])


@given(st.builds(ProposedWork, *[PARTS] * 7, PARTS) | PARTS)
def test_no_proposal_however_odd_raises_an_error(proposed: object) -> None:
    reading = read(proposing(proposed))
    assert all(work.places for work in reading.works)


def test_an_extractor_that_fails_is_one_sentence(module: Callable[[str, str], None]) -> None:
    module("failing", "def broken(clause):\n    raise ValueError('no\\nanswer')\n")
    module("silent", "def nothing(clause):\n    return None\n")
    for text, name in (("no answer", "failing:broken"), ("NoneType", "silent:nothing")):
        Path("plan.txt").write_text(TEXT, encoding="utf-8")
        result = run("extract", "plan.txt", "--extractor", name)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert text in result.stderr
        assert "clause 1" in result.stderr


@pytest.mark.parametrize(
    "reference",
    [
        *("", "cables", ":name", "cables:", ".cables:x", "no_such_module:x"),
        *("json:no_such_name", "sys:path", "raising:x", "unwritten code:x"),
    ],
)
def test_an_extractor_that_cannot_be_loaded_is_one_sentence(
    reference: str, module: Callable[[str, str], None]
) -> None:
    module("raising", "raise RuntimeError('this module is broken')")
    with pytest.raises(ExtractorError):
        load_extractor(reference)
    if reference:
        result = run("extract", "--explain", TEXT, "--extractor", reference)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert result.stderr.startswith("Error: ")
