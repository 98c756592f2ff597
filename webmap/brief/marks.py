"""Numbered marks on a sheet: each as near to its place as it can be without covering another."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

RADIUS = 7.5
_APART = 17.5
_RINGS = (0.0, 16.0, 24.0, 33.0, 45.0, 58.0)
_STEP = 15.0
"""Pixels between two tries on a ring."""

_Place = tuple[float, float]
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
    taken = _Taken()
    return tuple(
        replace(mark, x=place[0], y=place[1])
        for mark in marks
        if (place := taken.take(mark.from_x, mark.from_y, width, height)) is not None
    )


class _Taken:
    """The places that are taken, by squares as long as marks stay apart: few are ever near."""

    def __init__(self) -> None:
        self._squares: defaultdict[tuple[int, int], list[_Place]] = defaultdict(list)

    def take(self, x: float, y: float, width: float, height: float) -> _Place | None:
        """Take the first free place on the sheet that is tried for a mark."""
        for place in _tries(x, y):
            if self._is_free(place) and _is_inside(place, width, height):
                self._squares[_square(place)].append(place)
                return place
        return None

    def _is_free(self, place: _Place) -> bool:
        column, row = _square(place)
        around = (
            self._squares.get((column + right, row + down), ())
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
        )
        return all(math.dist(place, other) >= _APART for near in around for other in near)


def _square(place: _Place) -> tuple[int, int]:
    return int(place[0] // _APART), int(place[1] // _APART)


def _is_inside(place: _Place, width: float, height: float) -> bool:
    return RADIUS < place[0] < width - RADIUS and RADIUS < place[1] < height - RADIUS


def _tries(x: float, y: float) -> Iterator[_Place]:
    for ring in _RINGS:
        steps = max(1, round(2 * math.pi * ring / _STEP))
        for step in range(steps):
            angle = 2 * math.pi * step / steps
            yield round(x + ring * math.cos(angle), 1), round(y - ring * math.sin(angle), 1)
