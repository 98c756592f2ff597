from pathlib import Path

import pytest

from geo.errors import VocabularyError
from geo.model import Stage, Theme
from geo.reading import vocabulary
from geo.reading.values import Reason


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vocabulary, "data_path", lambda _, name: tmp_path / name)
    return tmp_path


def test_a_missing_file_of_words_is_named(files: Path) -> None:
    with pytest.raises(VocabularyError, match=r"nowhere\.txt"):
        vocabulary.sections.__wrapped__("nowhere")
    assert files.is_dir()


def test_words_above_any_section_are_refused_with_their_line(files: Path) -> None:
    (files / "loose.txt").write_text("# note\n建成 完成\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="line 2"):
        vocabulary.sections.__wrapped__("loose")


def test_comments_and_line_breaks_do_not_matter(files: Path) -> None:
    (files / "words.txt").write_text("[a]\n甲 乙 # 丙\n丁\n[b]\n戊\n", encoding="utf-8")
    assert vocabulary.sections.__wrapped__("words") == {"a": ("甲", "乙", "丁"), "b": ("戊",)}


def test_every_section_of_the_shipped_words_means_something() -> None:
    themes = {section.split(" ")[0] for section in vocabulary.sections("heads")}
    assert themes <= {theme.value for theme in Theme}
    assert set(vocabulary.sections("not_works")) <= {reason.value for reason in Reason}
    finals = set(vocabulary.sections("finals"))
    assert finals <= {stage.value for stage in Stage}


def test_the_longest_word_wins_at_either_end() -> None:
    words = vocabulary.Affixes(["公园", "湿地公园", "建", "建成"])
    assert words.at_end("白鹭湿地公园", 6) == "湿地公园"
    assert words.at_start("建成公园", 0) == "建成"
    assert words.at_end("白鹭湿地公园", 6, 3) == "公园"
    assert words.last_in("公园建成路", 0, 5) == ("建成", 4)
