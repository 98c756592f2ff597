"""Brings the answers of all pieces into one file in which every element stands once."""

from collections.abc import Iterable
from pathlib import Path

import osmium

from geo.errors import OverpassError


def merge(answers: Iterable[Path], target: Path) -> bool:
    """Write the elements of all answers to a .osm.pbf file, sorted, each once.

    An element on several tiles comes once with each of them; lines are whole in each. False where
    there is no element at all.

    Raises
    ------
    OverpassError
        When a kept answer is damaged.
    """
    reader = osmium.MergeInputReader()
    size = sum(_add(reader, answer) for answer in answers)
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        reader.apply(writer, simplify=True)
    return size > 0


def _add(reader: osmium.MergeInputReader, answer: Path) -> int:
    try:
        return int(reader.add_file(str(answer)))
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise OverpassError(
            f"{answer.name}: a kept answer is damaged ({error}); run the command with --refresh."
        ) from error
