"""Answers are kept on disk: found again, bounded, without keys, and never trusted when damaged."""

import os
import tempfile
from pathlib import Path

import online_answers as said
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Precision
from geo.online.answers import Answer
from geo.online.cache import Cache

ANSWERS = (said.answered(), said.answered("云湖路", "road", precision=Precision.APPROXIMATE))
SERVER = "amap https://geo.example"

numbers = st.floats(allow_nan=False, allow_infinity=False)
answers = st.builds(
    Answer,
    st.text(),
    st.lists(st.text()).map(tuple),
    st.text(),
    numbers,
    numbers,
    st.sampled_from(Precision),
    numbers,
)


def files(cache: Cache) -> list[Path]:
    return sorted(cache.folder.iterdir())


def test_what_was_answered_is_found_again_by_another_run(tmp_path: Path) -> None:
    Cache(tmp_path / "new" / "cache").put(SERVER, said.question(), ANSWERS)
    assert Cache(tmp_path / "new" / "cache").get(SERVER, said.question()) == ANSWERS


def test_that_nothing_was_found_is_kept_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), ())
    assert cache.get(SERVER, said.question()) == ()


@given(st.lists(answers, max_size=5).map(tuple))
def test_any_answer_comes_back_as_it_was(kept: tuple[Answer, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put(SERVER, said.question(), kept)
        assert cache.get(SERVER, said.question()) == kept


def test_another_question_or_another_server_is_asked_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), ANSWERS)
    assert cache.get(SERVER, said.question("云湖")) is None
    assert cache.get("amap https://other.example", said.question()) is None


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[7]", b"\xff", b"[" * 90_000, b"[]" + b" " * 200_000]
)
def test_a_damaged_file_counts_as_missing(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), ANSWERS)
    files(cache)[0].write_bytes(damage)
    assert cache.get(SERVER, said.question()) is None
    cache.put(SERVER, said.question(), ANSWERS)
    assert cache.get(SERVER, said.question()) == ANSWERS


def test_an_old_answer_is_asked_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), ANSWERS)
    later = Cache(tmp_path, now=lambda: files(cache)[0].stat().st_mtime + 91 * 24 * 3600)
    assert later.get(SERVER, said.question()) is None


def test_too_many_answers_lose_their_older_half(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_entries=10)
    for number in range(11):
        before = set(tmp_path.iterdir())
        cache.put(SERVER, said.question(f"云湖{number}"), ANSWERS)
        for new in set(tmp_path.iterdir()) - before:
            os.utime(new, (1e9 + number, 1e9 + number))
    assert len(files(cache)) == 6


def test_an_answer_too_large_to_be_one_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), (said.answered("云" * 200_000),))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "cache")
    cache.put(SERVER, said.question(), ANSWERS)
    assert cache.get(SERVER, said.question()) is None


def test_a_write_that_fails_leaves_the_older_answer_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    cache.put(SERVER, said.question(), ANSWERS)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", refuse)
        cache.put(SERVER, said.question(), ())
    assert len(files(cache)) == 1
    assert cache.get(SERVER, said.question()) == ANSWERS


def refuse(*_arguments: object) -> None:
    raise OSError("no space left on device")
