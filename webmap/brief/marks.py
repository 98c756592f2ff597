"""Numbered marks on a sheet: each as near to its place as it can be without covering another."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

RADIUS = 7.5
_APART = 17.5
_RINGS = (0.0, 16.0, 24.0, 33.0, 45.0, 58.0)
_STEP = 15.0
"""Pixels between two tries on a ring."""

Kind = Literal["disc", "ringed", "hollow", "tag"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a work at (x, y), moved there from the place at (from_x, from_y); pixels.

    The kind is that of `layers.drawing`; a `tag` names a line, which is drawn itself. It is
    `dotted` where no source confirms the place.
    """

    number: int
    kind: Kind
    colour: str
    dotted: bool
    from_x: float
    from_y: float
    x: float = 0.0
    y: float = 0.0

    @property
    def is_moved(self) -> bool:
        """Whether it stands so far from its place that a line must lead to it."""
        return math.hypot(self.x - self.from_x, self.y - self.from_y) > 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A small mark without a number: a site of a counted work, or a further point of a work."""

    x: float
    y: float
    colour: str
    hollow: bool


def spread(marks: Sequence[Mark], width: float, height: float) -> tuple[Mark, ...]:
    """Move marks apart; those that find no free place near theirs are left out."""
    placed: list[Mark] = []
    for mark in marks:
        free = next(_free(mark, placed, width, height), None)
        if free is not None:
            placed.append(free)
    return tuple(placed)


def _free(mark: Mark, placed: Sequence[Mark], width: float, height: float) -> Iterator[Mark]:
    near = [
        (other.x, other.y)
        for other in placed
        if max(abs(other.x - mark.from_x), abs(other.y - mark.from_y)) < _RINGS[-1] + _APART
    ]
    for x, y in _tries(mark.from_x, mark.from_y):
        is_inside = RADIUS < x < width - RADIUS and RADIUS < y < height - RADIUS
        if is_inside and all(math.hypot(x - a, y - b) >= _APART for a, b in near):
            yield replace(mark, x=x, y=y)


def _tries(x: float, y: float) -> Iterator[tuple[float, float]]:
    for ring in _RINGS:
        steps = max(1, round(2 * math.pi * ring / _STEP))
        for step in range(steps):
            angle = 2 * math.pi * step / steps
            yield round(x + ring * math.cos(angle), 1), round(y - ring * math.sin(angle), 1)
