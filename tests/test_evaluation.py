import importlib.util
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from geo.document import read_document, split_passages
from geo.errors import DocumentError, DocumentMissingError
from geo.evaluation import Scores, evaluate, read_gold, read_negatives
from geo.jsonl import work_line
from geo.model import Document, Work
from geo.reading import read_works

TEXT = "建成青云大桥，新建公园5个。举办展会。"
ROW = {
    "start": 0,
    "end": 6,
    "name": "青云大桥",
    "place": ["青云大桥"],
    "theme": "bridge_crossing",
    "stage": "complete",
    "locatable": "exact_named",
    "quantity": [],
}


def read(text: str) -> tuple[Work, ...]:
    document = Document("plan", "", "安江", 2031, "", text, "", tuple(split_passages(text)))
    return read_works(document).works


def against(
    tmp_path: Path, *rows: dict[str, object], works: tuple[Work, ...] | None = None
) -> Scores:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return evaluate(read(TEXT) if works is None else works, read_gold(path))


def test_found_missed_and_invented_works_are_counted_and_named(tmp_path: Path) -> None:
    other = {**ROW, "name": "东湖隧道", "place": ["东湖隧道"]}
    found = against(tmp_path, ROW, other)
    assert (found.recall, found.precision) == (0.5, 0.5)
    assert (found.missed, found.invented) == (("东湖隧道",), ("公园",))


def test_a_counted_work_matches_on_its_number(tmp_path: Path) -> None:
    row = {**ROW, "start": 7, "end": 13, "name": "绿色空间", "place": []}
    found = against(tmp_path, {**row, "quantity": [{"value": 5, "unit": "個"}]})
    assert (found.recall, found.quantity_recall) == (1.0, 1.0)


def test_alternatives_count_but_not_strictly(tmp_path: Path) -> None:
    found = against(tmp_path, {**ROW, "theme": "road", "alt_theme": ["bridge_crossing"]})
    assert (found.theme, found.theme_strict) == (1.0, 0.0)


def test_open_to_service_counts_as_complete(tmp_path: Path) -> None:
    assert against(tmp_path, {**ROW, "stage": "open_to_service"}).stage_strict == 1.0


def test_borderline_annotations_neither_reward_nor_punish(tmp_path: Path) -> None:
    found = against(tmp_path, {**ROW, "borderline": True})
    assert (found.gold_core, found.invented) == (0, ("公园",))


def test_a_clause_known_to_hold_no_work_is_a_false_friend_when_it_gives_one(tmp_path: Path) -> None:
    path = tmp_path / "negatives.jsonl"
    path.write_text('{"start": 7, "end": 13}\n', encoding="utf-8")
    assert evaluate(read(TEXT), (), read_negatives(path)).false_friends == 1


def test_no_works_at_all_score_nothing_without_dividing_by_zero(tmp_path: Path) -> None:
    found = against(tmp_path, ROW, works=())
    assert (found.recall, found.precision, found.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1, is no JSON"),
        ("[]", "no JSON object"),
        ('{"start": 1}', "line 1, is no annotated"),
    ],
)
def test_a_bad_line_of_an_annotation_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DocumentError, match=says):
        read_gold(path)


def test_a_missing_annotation_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentMissingError, match=r"none\.jsonl"):
        read_gold(tmp_path / "none.jsonl")


def test_negatives_without_offsets_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "negatives.jsonl"
    path.write_text('{"start": 1}', encoding="utf-8")
    with pytest.raises(DocumentError, match="start and end"):
        read_negatives(path)


def test_a_work_line_has_the_stated_keys_in_their_order() -> None:
    row = json.loads(work_line(read("建成青云大桥。")[0]))
    keys = (
        "id document_id start end name places theme stage stage_words locatable quantities "
        "district clause"
    )
    assert list(row) == keys.split()


@pytest.mark.parametrize("name", ["wuxi2020", "shanghai2020"])
@pytest.mark.parametrize("keep", [1, 2])
def test_the_figures_are_those_of_the_shared_scorer(shared: Path, name: str, keep: int) -> None:
    scorer = _load(shared / "tools" / "score_works.py")
    gold = shared / "gold"
    works = read_works(read_document(gold / f"{name}.txt")).works[::keep]
    works = tuple(replace(w, quantities=w.quantities[:keep]) for w in works)
    files = (gold / f"{name}.jsonl", gold / f"{name}_negatives.jsonl")
    rows = [json.loads(work_line(work)) for work in works]
    expected = scorer.score(rows, *(scorer.rows(file) for file in files))
    found = asdict(evaluate(works, read_gold(files[0]), read_negatives(files[1])))
    assert {key: list(v) if isinstance(v, tuple) else v for key, v in found.items()} == expected


def _load(path: Path):  # noqa: ANN202  a module made of a script
    spec = importlib.util.spec_from_file_location("score_works", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
