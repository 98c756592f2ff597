"""The words that registers use for columns and coded values, read from `data/registers`."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from geo.gazetteer.rows import read_rows
from geo.paths import data_path
from geo.script import to_simplified

TOTAL = "total"
_ENDING = "*"


@cache
def column_words() -> Mapping[str, tuple[str, ...]]:
    """Give the header words of each column, in the order of the file; `*面积` are endings.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    rows = read_rows(data_path("registers", "words.csv"), ("column", "value", "words"))
    return {row["column"]: row.words("words") for row in rows if not row["value"]}


@cache
def value_words(column: str) -> Mapping[str, str]:
    """Give the coded value that each word of a column means.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    rows = read_rows(data_path("registers", "words.csv"), ("column", "value", "words"))
    own = [row for row in rows if row["column"] == column and row["value"]]
    return {word: row["value"] for row in own for word in row.words("words")}


@cache
def total_words() -> frozenset[str]:
    """Give the names that call a row the total of the others."""
    return frozenset(column_words()[TOTAL])


def plain(text: str) -> str:
    """Bring a header or coded value to the spelling of `words.csv`."""
    folded = to_simplified(unicodedata.normalize("NFKC", text)).lower()
    return "".join(one for one in folded if one.isalnum() or one == "√")


def is_exact(header: str, words: tuple[str, ...]) -> bool:
    """Whether a header, plainly spelled, is one of a column's words."""
    return header in words


def is_ending(header: str, words: tuple[str, ...]) -> bool:
    """Whether a header, plainly spelled, ends with one of a column's last words."""
    endings = tuple(word[1:] for word in words if word.startswith(_ENDING))
    return bool(endings) and header.endswith(endings)
