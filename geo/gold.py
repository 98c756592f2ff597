"""Annotations made by hand, read from JSON lines: the works of a text, or clauses without any."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DocumentError, DocumentMissingError
from geo.script import to_simplified

_MARKS = re.compile(r"[\s“”\"'‘’《》()（）、,，。·\-—]")
_ANSWERS = ("theme", "stage", "locatable")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that must give no work."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldWork:
    """An annotated work; `answers` holds the best answer of a field first, then the accepted ones.

    `words` are its name and places, and `quantities` value and unit, in the form compared.
    """

    start: int
    end: int
    name: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    quantities: frozenset[tuple[float, str]]
    answers: Mapping[str, tuple[str, ...]]
    district: str
    borderline: bool


def compared(words: str) -> str:
    """Words as they are compared: simplified script, without quotes, brackets and marks."""
    return _MARKS.sub("", to_simplified(words))


def read_gold(path: Path) -> tuple[GoldWork, ...]:
    """Read annotated works, one JSON object a line.

    Raises
    ------
    DocumentError
        The file is missing or a line is no annotated work; the message names the line.
    """
    return tuple(gold_work(row, where) for where, row in _rows(path))


def read_negatives(path: Path) -> tuple[Span, ...]:
    """Read clauses without works, one JSON object with `start` and `end` a line.

    Raises
    ------
    DocumentError
        The file is missing or a line has no offsets; the message names the line.
    """
    return tuple(span(row, where) for where, row in _rows(path))


def gold_work(row: Mapping[str, Any], where: str) -> GoldWork:
    """Read one annotation; `where` names its line in the message of a DocumentError."""
    try:
        places = tuple(row.get("place") or row.get("places") or ())
        words = (compared(word) for word in (row["name"], *places))
        numbers = row.get("quantity") or row.get("quantities") or ()
        return GoldWork(
            start=int(row["start"]),
            end=int(row["end"]),
            name=str(row["name"]),
            places=places,
            words=tuple(word for word in words if len(word) > 1),
            quantities=frozenset((float(q["value"]), compared(q["unit"])) for q in numbers),
            answers={f: (row[f], *(row.get(f"alt_{f}") or ())) for f in _ANSWERS},
            district=row.get("district") or "",
            borderline=bool(row.get("borderline")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(f"{where} is no annotated work ({error!r}): mend that line.") from error


def span(row: Mapping[str, Any], where: str) -> Span:
    """Read the offsets of one clause; `where` names its line in the message of a DocumentError."""
    try:
        return Span(int(row["start"]), int(row["end"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"{where} has no start and end: mend that line.") from error


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise DocumentMissingError(f"There is no file {path}: check its name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path} cannot be read: give JSON lines in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path.name}, line {number},", _object(line, path, number)


def _object(line: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{path.name}, line {number}, is no JSON: {error.msg}.") from error
    if not isinstance(row, dict):
        raise DocumentError(f"{path.name}, line {number}, is no JSON object: mend that line.")
    return row
