"""What part of the works a page shows: read from the address, and written back into links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from geo.model import Precision, Stage, Theme
from geo.script import to_simplified
from webmap.cards import WorkCard

LONGEST_QUERY = 200

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters that a work must all pass; None and "" let every work pass."""

    theme: Theme | None = None
    stage: Stage | None = None
    precision: Precision | None = None
    query: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """Give the address parameters that name this selection, and no empty ones."""
        values = {
            "q": self.query,
            "theme": self.theme,
            "stage": self.stage,
            "precision": self.precision,
        }
        return {name: str(value) for name, value in values.items() if value}

    def without(self, name: str) -> "Selection":
        """Give the same selection with one filter opened."""
        return replace(self, **{name: "" if name == "query" else None})  # type: ignore[arg-type]


def selection_of(arguments: Mapping[str, str]) -> Selection:
    """Read a selection from address parameters; an unknown code filters nothing."""
    return Selection(
        theme=_code(Theme, arguments.get("theme")),
        stage=_code(Stage, arguments.get("stage")),
        precision=_code(Precision, arguments.get("precision")),
        query=arguments.get("q", "").strip()[:LONGEST_QUERY],
    )


def select(works: Iterable[WorkCard], selection: Selection) -> list[WorkCard]:
    """Give the works that pass, in their order; words are found in either script."""
    words = to_simplified(selection.query).lower().split()
    return [work for work in works if _passes(work, selection) and _holds(work, words)]


def counts(works: Iterable[WorkCard], name: str) -> dict[str, int]:
    """Count works by the value of one attribute, such as `theme`."""
    found: dict[str, int] = {}
    for work in works:
        value = str(getattr(work, name))
        found[value] = found.get(value, 0) + 1
    return found


def _passes(work: WorkCard, selection: Selection) -> bool:
    wanted = (selection.theme, selection.stage, selection.precision)
    has = (work.theme, work.stage, work.precision)
    return all(one is None or one is other for one, other in zip(wanted, has, strict=True))


def _holds(work: WorkCard, words: Sequence[str]) -> bool:
    return all(word in work.searched for word in words)


def _code(kind: type[_Code], value: str | None) -> _Code | None:
    return kind(value) if value in set(kind) else None
