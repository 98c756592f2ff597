"""A city full of look-alikes: most works are found, hardly any lies on a wrong thing."""

from collections import Counter

import pytest
from lookalike_city import Question, gazetteer, measured, questions
from osm_files import OsmFile

from geo.gazetteer.importing.naming import naming
from geo.model import PlacedWork

Rows = list[tuple[str, Question, PlacedWork]]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[str], Rows]:
    osm = OsmFile()
    asked = questions(osm)
    return measured(gazetteer(tmp_path_factory.mktemp("city"), osm), asked)


def test_most_works_whose_thing_the_map_holds_are_found(result: tuple[Counter[str], Rows]) -> None:
    counts, _ = result
    known = sum(count for name, count in counts.items() if name.endswith(" known"))
    assert known > 200
    assert counts["found known"] >= 0.95 * known


def test_hardly_any_work_is_placed_on_a_wrong_thing(result: tuple[Counter[str], Rows]) -> None:
    counts, rows = result
    wrong = [question.work.name for verdict, question, _ in rows if verdict == "wrong"]
    assert len(wrong) <= 0.01 * counts.total(), wrong


def test_what_is_not_placed_for_a_tie_keeps_its_candidates(
    result: tuple[Counter[str], Rows],
) -> None:
    _, rows = result
    tied = [placed for _, _, placed in rows if placed.located_by.startswith("several places")]
    assert tied
    assert all(len(placed.candidates) > 1 for placed in tied)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("云州水务有限公司白石污水处理厂", ("白石污水处理厂",)),
        ("云州城建集团白石污水处理厂(北向)", ("云州城建集团白石污水处理厂", "白石污水处理厂")),
        ("云州水务有限公司", ()),
        ("云州水务集团大厦", ()),
    ],
)
def test_a_plant_is_known_without_the_company_that_runs_it(name: str, own: tuple[str, ...]) -> None:
    found = naming([name])
    assert found is not None
    assert found.aliases == own


def test_every_candidate_says_why(result: tuple[Counter[str], Rows]) -> None:
    _, rows = result
    for _, _, placed in rows:
        scores = [candidate.score for candidate in placed.candidates]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) <= 5
        for candidate in placed.candidates:
            assert 0 < candidate.score <= 1
            assert candidate.reasons
            assert candidate.licence
