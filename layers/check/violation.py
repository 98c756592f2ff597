"""One breach of the promises of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a breach is (layer or table, and row: the work's id where it has one), and what.

    `row` is "" where the layer as a whole is wrong; `rule` is one word, `problem` says it in full.
    """

    layer: str
    row: str
    rule: str
    problem: str

    def __str__(self) -> str:
        """Give the line that a person reads."""
        where = f"{self.layer} {self.row}".strip()
        return f"{where}: {self.rule}: {self.problem}"
