"""Brings the answers of all pieces into one file in which every element stands once."""

from collections.abc import Iterable
from pathlib import Path

import osmium

from geo.errors import OverpassError


def merge(answers: Iterable[Path], target: Path) -> None:
    """Write the elements of all answers to a .osm.pbf file, sorted, each once.

    An element on several tiles comes once with each of them; lines are whole in each.

    Raises
    ------
    OverpassError
        When a kept answer is damaged.
    """
    reader = osmium.MergeInputReader()
    for answer in answers:
        _add(reader, answer)
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        reader.apply(writer, simplify=True)


def _add(reader: osmium.MergeInputReader, answer: Path) -> None:
    try:
        reader.add_file(str(answer))
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise OverpassError(
            f"{answer.name}: a kept answer is damaged ({error}); run the command with --refresh."
        ) from error
