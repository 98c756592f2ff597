"""Rows of text as aligned columns, for a terminal that shows Chinese characters two cells wide."""

import unicodedata
from collections.abc import Iterable, Iterator

_WIDEST = 60


def aligned(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a line for each row; all rows have as many cells, the last one is as long as it is."""
    table = [tuple(map(printable, row)) for row in rows]
    columns = list(zip(*table, strict=True))[:-1]
    widths = [min(max(map(width, column)), _WIDEST) for column in columns]
    for *first, last in table:
        padded = (
            cell + " " * (size - width(cell)) for cell, size in zip(first, widths, strict=True)
        )
        yield "  ".join((*padded, last)).rstrip()


def width(text: str) -> int:
    """Count the cells that a terminal gives a text."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def printable(text: str) -> str:
    """Leave out what would steer a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)
