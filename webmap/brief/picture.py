"""A map that the server draws itself: the works of a selection, numbered as in their list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Precision
from layers.drawing import DRAWINGS
from layers.titles import STAGE_COLOURS
from webmap.brief.base import BaseShape
from webmap.brief.frame import Frame
from webmap.brief.marks import Kind, Mark, Spot, spread
from webmap.brief.strokes import ORDER, Stroke, base_stroke, path_of, work_strokes
from webmap.cards import WorkCard
from webmap.labels import label_point
from webmap.site_cards import SiteCard

WIDTH, HEIGHT = 660.0, 440.0
"""CSS pixels of the sheet: the breadth of an A4 page between its margins."""

_NAMED_PX = 30.0
_LENGTHS_M = tuple(step * 10**power for power in range(1, 7) for step in (1, 2, 5))
_LONGEST_BAR = 0.2
_POINT, _LINE, _AREA = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the base map, centred at (x, y) in pixels."""

    area: BaseShape
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar of `pixels` on the sheet that is `metres` long on the ground."""

    metres: int
    pixels: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, from below to above; `beyond` are the numbers of works that do not show."""

    base: tuple[Stroke, ...]
    outline: str
    names: tuple[Name, ...]
    strokes: tuple[Stroke, ...]
    spots: tuple[Spot, ...]
    marks: tuple[Mark, ...]
    bar: ScaleBar
    beyond: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be drawn: works and sites with their shapes (EPSG:4326), and the asked area."""

    works: Mapping[int, WorkCard]
    sites: tuple[SiteCard, ...]
    shapes: Mapping[str, BaseGeometry]
    area: BaseGeometry | None


def picture_of(drawn: Drawn, base: Sequence[BaseShape], frame: Frame) -> Picture:
    """Draw works, by their numbers in the list, over the base map."""
    seen = dict(_seen(drawn, frame))
    ordered = sorted(seen, key=lambda one: -shapely.get_dimensions(seen[one]))
    strokes = [stroke for one in ordered for stroke in work_strokes(drawn.works[one], seen[one])]
    wanted = [_mark(one, drawn.works[one], seen[one], drawn, frame) for one in sorted(seen)]
    marks = spread(wanted, frame.width, frame.height)
    shown = {mark.number for mark in marks}
    return Picture(
        base=tuple(_base(base, frame)),
        outline=path_of(frame.on_sheet(drawn.area)) if drawn.area else "",
        names=tuple(_names(base, frame)),
        strokes=tuple(strokes),
        spots=tuple(_spots(drawn, seen, frame)),
        marks=marks,
        bar=_bar(frame),
        beyond=tuple(one for one in drawn.works if one not in shown),
    )


def _seen(drawn: Drawn, frame: Frame) -> Iterator[tuple[int, BaseGeometry]]:
    """Give the shapes on the sheet: counted works have no place of their own."""
    for number, work in drawn.works.items():
        if work.mapped and work.precision is not Precision.OUTSIDE:
            shape = frame.on_sheet(drawn.shapes[work.work_id])
            if not shape.is_empty:
                yield number, shape


def _mark(number: int, work: WorkCard, shape: BaseGeometry, drawn: Drawn, frame: Frame) -> Mark:
    x, y = _anchor(shape, drawn.shapes[work.work_id], frame)
    is_line = shapely.get_dimensions(shape) == _LINE
    kind: Kind = "tag" if is_line else DRAWINGS[work.precision].mark
    return Mark(number, kind, STAGE_COLOURS[work.stage], not work.verified and not is_line, x, y)


def _anchor(shape: BaseGeometry, whole: BaseGeometry, frame: Frame) -> tuple[float, float]:
    """Give where a work's number wants to stand: on its point, half way, well inside its area."""
    dimensions = shapely.get_dimensions(shape)
    if dimensions == _LINE:
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    elif dimensions == _AREA:
        inside = frame.moved(shapely.Point(label_point(whole)))
        is_seen = shapely.intersects(shape, inside)
        point = inside if is_seen else shapely.point_on_surface(shape)
    else:
        point = shapely.get_parts(shape)[0]
    return round(point.x, 1), round(point.y, 1)


def _spots(drawn: Drawn, seen: Mapping[int, BaseGeometry], frame: Frame) -> Iterator[Spot]:
    for number, shape in seen.items():
        if shapely.get_dimensions(shape) == _POINT:
            for point in shapely.get_parts(shape)[1:]:
                colour = STAGE_COLOURS[drawn.works[number].stage]
                yield Spot(round(point.x, 1), round(point.y, 1), colour, hollow=False)
    for site in drawn.sites:
        shape = frame.on_sheet(drawn.shapes[site.site_id])
        if not shape.is_empty:
            x, y = _anchor(shape, drawn.shapes[site.site_id], frame)
            hollow = DRAWINGS[site.precision].mark == "hollow"
            yield Spot(x, y, STAGE_COLOURS[site.work.stage], hollow)


def _base(base: Iterable[BaseShape], frame: Frame) -> Iterator[Stroke]:
    for one in sorted(base, key=lambda one: ORDER.index(one.role)):
        shape = frame.on_sheet(one.shape)
        if not shape.is_empty:
            yield base_stroke(one.role, shape)


def _names(base: Iterable[BaseShape], frame: Frame) -> Iterator[Name]:
    """Name areas whose name has room, the first come first."""
    taken: list[tuple[float, float]] = []
    for one in base:
        if one.label is None:
            continue
        x, y = shapely.get_coordinates(frame.moved(shapely.Point(one.label)))[0].tolist()
        is_seen = _NAMED_PX < x < frame.width - _NAMED_PX and _NAMED_PX < y < frame.height - 12
        if is_seen and all(abs(x - a) > 2 * _NAMED_PX or abs(y - b) > 16 for a, b in taken):  # noqa: PLR2004  a line's height
            taken.append((x, y))
            yield Name(one, round(x, 1), round(y, 1))


def _bar(frame: Frame) -> ScaleBar:
    longest = frame.width * _LONGEST_BAR * frame.metres_per_pixel
    metres = max((one for one in _LENGTHS_M if one <= longest), default=_LENGTHS_M[0])
    return ScaleBar(metres, round(metres / frame.metres_per_pixel, 1))
