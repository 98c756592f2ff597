"""The legend: each sign of the map is a link that filters by it, with how many works it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from layers.drawing import DRAWINGS
from layers.selection import Selection
from layers.titles import STAGES, THEMES
from webmap.selection import Found, parameters

_SIGNS: Final[Mapping[str, Iterable[str]]] = {
    "stage": STAGES,
    "precision": DRAWINGS,
    "verified": ("no",),
    "theme": THEMES,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One value of a filter in the legend.

    `count` works would be left if its filter asked for it alone; `parameters` are those of the
    address that asks for it too, or no longer.
    """

    name: str
    value: str
    count: int
    is_chosen: bool
    parameters: Mapping[str, list[str]]


def legend_of(found: Found) -> dict[str, tuple[Sign, ...]]:
    """Give the signs of stages, precisions, what is not confirmed, and the themes that works have.

    Stages and precisions are all there: the legend explains the map also where none is drawn.
    """
    return {
        name: tuple(
            sign for value in values if (sign := _sign(name, str(value), found)) and _is_shown(sign)
        )
        for name, values in _SIGNS.items()
    }


def _is_shown(sign: Sign) -> bool:
    return sign.name != "theme" or sign.count > 0 or sign.is_chosen


def _sign(name: str, value: str, found: Found) -> Sign:
    chosen = found.selection.of(name)
    return Sign(
        name=name,
        value=value,
        count=found.facets[name].get(value, 0),
        is_chosen=value in chosen,
        parameters=parameters(_toggled(found.selection, name, value)),
    )


def _toggled(selection: Selection, name: str, value: str) -> Selection:
    return selection.with_values(name, selection.of(name) ^ {value})
