"""How many works the map shows, counts or cannot place."""

from collections.abc import Sequence
from dataclasses import dataclass

from webmap.cards import WorkCard


@dataclass(frozen=True, slots=True)
class Meter:
    """How many works are on the map, counted, or not located; together they are all."""

    mapped: int
    counted: int
    unlocated: int

    @property
    def total(self) -> int:
        """All works."""
        return self.mapped + self.counted + self.unlocated


def meter(works: Sequence[WorkCard]) -> Meter:
    """Count works by whether the map shows them."""
    mapped = sum(work.mapped for work in works)
    counted = sum(work.counted for work in works)
    return Meter(mapped, counted, len(works) - mapped - counted)
