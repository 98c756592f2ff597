"""What a file or a layer says of itself: of which plans it is, whose places, made by what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from layers.attribution import Credit
from layers.titles import Title

Bounds = tuple[float, float, float, float]
"""Least x and y, greatest x and y, in the units of a CRS that stands beside it."""


PROGRAM: Final = f"Planned works {version('planned-works')}"
_MOST_CITIES: Final = 3


@dataclass(frozen=True, slots=True)
class PlanText:
    """A document that works were read from; what it does not say of itself is ""."""

    document_id: str
    title: str
    city: str
    year: int | None
    issuer: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Description:
    """A dataset in words. `bounds` is None for one without geometry or rows.

    `notes` are further lines about how it came to be.
    """

    identifier: str
    title: Title
    texts: tuple[PlanText, ...]
    credits: tuple[Credit, ...]
    program: str
    bounds: Bounds | None
    notes: tuple[str, ...] = ()


def lineage(of: Description) -> Iterator[str]:
    """Say line by line how it came to be: texts with their hash, sources of places, program."""
    for text in of.texts:
        issuer = f"({text.issuer})" if text.issuer else ""
        yield f"原文 text: 《{text.title}》{issuer}, SHA-256 {text.sha256}"
    for credit in of.credits:
        yield f"位置 places: {credit.source} [{credit.licence}]"
    yield f"程序 program: {of.program}"
    yield from of.notes


def abstract(of: Description) -> str:
    """Say in two languages what the data is and how far it can be trusted."""
    where = place_and_time(of.texts)
    return (
        f"{where} 年度计划承诺的工程,逐条附原文、阶段、位置精度与来源。"
        "位置只在其精度与误差(米)之内可信。\n"
        f"Works promised by the yearly plans of {where}, each with its sentence, stage, precision "
        "and source. A position can be trusted within its precision and uncertainty_m only."
    )


def place_and_time(texts: Sequence[PlanText]) -> str:
    """Name cities and years in few words: `无锡 2020`."""
    cities = tuple(dict.fromkeys(text.city for text in texts))
    named = "、".join(cities) if len(cities) <= _MOST_CITIES else f"{len(cities)} 城市 cities"
    years = sorted({text.year for text in texts if text.year is not None})
    span = "-".join(dict.fromkeys(str(year) for year in (*years[:1], *years[-1:])))
    return f"{named} {span}".strip()
