import json
from pathlib import Path

import pytest

from geo.document import read_document
from geo.evaluation import Scores, evaluate, read_gold, read_negatives
from geo.gold import gold_work, span
from geo.reading import read_works

TESTS = Path(__file__).resolve().parent
BUILT_IN = TESTS.parent / "data" / "documents" / "wuxi2020.txt"
SECTIONS = (
    *("beijing2026", "hubei2026", "shanghai2023", "zhejiang2026"),
    *("shanghai2023_b", "zhejiang2026_b", "jiangsu2026"),
)


def scores(text: Path, gold: Path, negatives: Path) -> Scores:
    works = read_works(read_document(text)).works
    return evaluate(works, read_gold(gold), read_negatives(negatives))


@pytest.fixture(scope="module")
def built_in() -> Scores:
    gold = TESTS / "gold"
    return scores(BUILT_IN, gold / "wuxi2020.jsonl", gold / "wuxi2020_negatives.jsonl")


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("recall", 0.96),
        ("precision", 0.95),
        ("theme", 0.97),
        ("stage", 0.95),
        ("locatable", 0.95),
        ("quantity_recall", 1.0),
        ("theme_strict", 0.85),
        ("stage_strict", 0.78),
    ],
)
def test_the_built_in_plan_is_read_at_least_this_well(
    built_in: Scores, figure: str, floor: float
) -> None:
    assert getattr(built_in, figure) >= floor


def test_the_built_in_plan_gives_no_false_friend(built_in: Scores) -> None:
    assert built_in.false_friends == 0


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("recall", 0.90),
        ("precision", 0.90),
        ("theme", 0.95),
        ("stage", 0.92),
        ("locatable", 0.92),
        ("quantity_recall", 0.95),
        ("theme_strict", 0.85),
        ("stage_strict", 0.78),
    ],
)
def test_another_citys_report_is_read_at_least_this_well(
    shared: Path, figure: str, floor: float
) -> None:
    gold = shared / "gold"
    found = scores(
        gold / "shanghai2020.txt",
        gold / "shanghai2020.jsonl",
        gold / "shanghai2020_negatives.jsonl",
    )
    assert getattr(found, figure) >= floor
    assert found.false_friends == 0


@pytest.mark.parametrize("name", SECTIONS)
def test_stretches_of_other_reports_are_read_at_least_this_well(shared: Path, name: str) -> None:
    section = json.loads((TESTS / "gold" / "sections" / f"{name}.json").read_text("utf-8"))
    document = read_document(shared / "documents" / section["document"])
    start, end = section["start"], section["end"]
    works = [w for w in read_works(document).works if start <= w.start and w.end <= end]
    gold = [gold_work(row, name) for row in section["rows"]]
    found = evaluate(works, gold, [span(row, name) for row in section["negatives"]])
    assert min(found.recall, found.precision) >= 0.9
    assert found.theme >= 0.92
    assert min(found.stage, found.locatable, found.quantity_recall) >= 0.9
    assert found.false_friends == 0
