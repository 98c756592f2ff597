"""Parts of a line: A至B段 between two places, 甲市段 within an area, 北延 beyond its end."""

import re
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.cutting import between, end_towards, within
from geo.gazetteer.finding import Basis, Finding
from geo.gazetteer.matching import exact_area, named
from geo.gazetteer.names import forms, key
from geo.gazetteer.store import Gazetteer
from geo.model import Place, Work

_TO = "(?:至|到|—+|－|–|-|~|～)"
_TWO = (
    r"(?P<a>[^()（）至到—－–\-~～、,，]{2,20}?)"
    + _TO
    + r"(?P<b>[^()（）至到—－–\-~～、,，]{2,20}?)"
)
_BRACKETED = re.compile(rf"^(?P<line>[^()（）]{{2,40}}?)[(（]{_TWO}(?:段|区间)?[)）]")
_PLAIN = re.compile(
    rf"^(?P<line>.{{1,20}}?(?:高速公路|高速|快速路|国道|省道|大道|大街|路|街|河|运河|航道|号线|铁路))"
    rf"[(（]?{_TWO}(?:段|区间)"
)
_DIRECTION = re.compile(r"([东南西北]{1,2})(?:延|拓|进)")
# The end of a part lies by its line, within so many degrees (about 1 km).
_BESIDE = 0.01
_SHORTEST = 2


def part_between(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Cut a line between the two places that the name gives, where all three are known."""
    for name in (work.name_hans, *work.places):
        match = _BRACKETED.match(name) or _PLAIN.match(name)
        line = match and _line(gazetteer, work, match["line"])
        if match and line:
            return _between(gazetteer, line, (match["a"], match["b"]))
    return None


def part_within(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Cut a line by the district, town or city whose part of it is meant (甲线乙县段)."""
    for form in forms(key(work.name), gazetteer.words):
        for length in range(_SHORTEST, len(form.text) - _SHORTEST):
            finding = _within(gazetteer, work, form.text, length)
            if finding:
                return finding
    return None


def extension(gazetteer: Gazetteer, work: Work) -> Finding | None:
    """Find the end of a line beyond which its extension in a direction (北延) begins."""
    direction = _DIRECTION.search(key(work.name))
    found = named(gazetteer, work) if direction else None
    if not direction or not found or found.basis is not Basis.NEAR or not _is_line(found.place):
        return None
    end = end_towards(found.place.geometry, direction[1])
    return replace(found, basis=Basis.END, shape=end)


def _between(gazetteer: Gazetteer, line: Finding, names: tuple[str, str]) -> Finding:
    """Give the part of a line, or, where an end is not known, the whole as its indication."""
    ends = [_end(gazetteer, line.place.geometry, name) for name in names]
    first, second = ends
    if first is None or second is None:
        return replace(line, basis=Basis.PART)
    shape = between(line.place.geometry, first, second)
    if shape is None:
        return replace(line, basis=Basis.PART)
    return replace(
        line, basis=Basis.BETWEEN, words=f"{line.words}, {names[0]}, {names[1]}", shape=shape
    )


def _end(gazetteer: Gazetteer, line: BaseGeometry, name: str) -> BaseGeometry | None:
    """Give the place of this name that lies by the line; None where there is none, or several."""
    shapes = [
        entry.place.geometry
        for form in forms(key(name), gazetteer.words)
        for entry in gazetteer.entries(form.text)
        if gazetteer.kinds[entry.place.kind].extent != "area" or entry.place.kind == "town"
    ]
    near = [shape for shape in shapes if shapely.dwithin(line, shape, _BESIDE)]
    return min(near, key=line.distance, default=None)


def _within(gazetteer: Gazetteer, work: Work, text: str, length: int) -> Finding | None:
    if not text.endswith("段"):
        return None
    area = exact_area(gazetteer, text[length:-1])
    line = _line(gazetteer, work, text[:length]) if area else None
    shape = within(line.place.geometry, area.geometry) if line and area else None
    if line is None or area is None or shape is None:
        return None
    return replace(line, basis=Basis.WITHIN, words=f"{line.words}, {area.name_hans}", shape=shape)


def _line(gazetteer: Gazetteer, work: Work, name: str) -> Finding | None:
    """Find the line of this name that fits the work's theme."""
    found = named(gazetteer, replace(work, name=name, name_hans=name, places=()))
    return found if found and found.basis is not Basis.NEAR and _is_line(found.place) else None


def _is_line(place: Place) -> bool:
    return place.geometry.geom_type.endswith("LineString")
