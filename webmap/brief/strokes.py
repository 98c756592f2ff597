"""The lines and outlines of a drawn map, by the rules that the web map and QGIS share."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from layers.drawing import (
    AREA_OPACITY,
    AREA_WIDTH,
    CASING_COLOUR,
    CASING_OPACITY,
    CASING_WIDTH,
    DOTS,
    DRAWINGS,
    HATCH_LENGTH,
    WIDE_M,
)
from layers.titles import STAGE_COLOURS
from webmap.cards import WorkCard

_AREA, _LINE = 2, 1
_STYLES = {
    "district": ("#f8f6f1", "#b9b1a3", 1.0),
    "water": ("#cddfe9", "none", 0.0),
    "stream": ("none", "#b5cfdd", 2.0),
    "railway": ("none", "#bfb7aa", 1.2),
    "expressway": ("none", "#e3dac8", 1.8),
    "metro": ("none", "#a39a8c", 1.2),
}
"""Fill, line and width (pixels) of each role of the base map, as in the browser."""

ORDER = tuple(_STYLES)
"""Roles of the base map from below to above."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path of SVG with its look; lengths are in pixels of the sheet."""

    path: str
    colour: str
    width: float
    fill: str = "none"
    dash: str = ""
    opacity: float = 1.0


def base_stroke(role: str, shape: BaseGeometry) -> Stroke:
    """Draw a shape of the base map, given in pixels."""
    fill, colour, width = _STYLES[role]
    return Stroke(path_of(shape), colour, width, fill)


def work_strokes(work: WorkCard, shape: BaseGeometry) -> Iterator[Stroke]:
    """Draw a work's line or the outline of its area, given in pixels; nothing for points."""
    dimensions = shapely.get_dimensions(shape)
    if dimensions == _LINE:
        yield from _line(work, shape)
    elif dimensions == _AREA and (work.uncertainty_m or 0) <= WIDE_M:
        yield from _area(work, shape)


def _line(work: WorkCard, shape: BaseGeometry) -> Iterator[Stroke]:
    drawing = DRAWINGS[work.precision]
    path = path_of(shape)
    casing = drawing.width + 2 * CASING_WIDTH
    yield Stroke(path, CASING_COLOUR, casing, opacity=CASING_OPACITY)
    yield Stroke(path, STAGE_COLOURS[work.stage], drawing.width, dash=_dash(work))


def _area(work: WorkCard, shape: BaseGeometry) -> Iterator[Stroke]:
    """Draw an outline, with a hatch along its inside where the work lies somewhere in it."""
    drawing, colour = DRAWINGS[work.precision], STAGE_COLOURS[work.stage]
    if drawing.fill == "hatch":
        band = shapely.difference(shape, shapely.buffer(shape, -HATCH_LENGTH))
        yield Stroke(path_of(band), "none", 0, fill=f"url(#hatch-{work.stage})", opacity=0.6)
    yield Stroke(path_of(shape), colour, AREA_WIDTH, dash=_dash(work), opacity=AREA_OPACITY)


def _dash(work: WorkCard) -> str:
    dash = DRAWINGS[work.precision].dash if work.verified else DOTS
    return " ".join(f"{length:g}" for length in dash)


def path_of(shape: BaseGeometry) -> str:
    """Write lines and areas as a path of SVG; points have none."""
    return "".join(_paths(shape))


def _paths(shape: BaseGeometry) -> Iterator[str]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield from (f"{_run(ring)}Z" for ring in (part.exterior, *part.interiors))
        elif part.geom_type == "GeometryCollection":
            yield from _paths(part)
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield _run(part)


def _run(line: BaseGeometry) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(line).tolist())
