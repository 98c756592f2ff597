"""Which answer of a service is the place of a work: in the city, of its name, of a fitting kind.

An answer is refused rather than believed: the reason says what was wrong with the last ones left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from shapely.geometry import MultiPoint

from geo.gazetteer import Gazetteer
from geo.gazetteer.areas import reach_m
from geo.gazetteer.matching import stated_area
from geo.model import Precision, Theme, Work
from geo.online.answers import Answer, honest
from geo.online.naming import agrees

# Answers of one name this near to each other are parts of one place, such as pieces of a road.
_ONE_PLACE_M = 3_000.0
# Boundaries are generalised by up to this many degrees (about 2 km).
_BOUNDARY_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer that is believed, or None and the reason.

    `refused` are those in the city that the reason is about, for a person to choose from.
    """

    answer: Answer | None
    reason: str = ""
    refused: tuple[Answer, ...] = ()


def judge(gazetteer: Gazetteer, work: Work, question: str, answers: Iterable[Answer]) -> Judgement:
    """Choose the answer that is the place of the work."""
    known = list(answers)
    if not known:
        return Judgement(None, "knows no place of this name")
    left = [answer for answer in known if _is_inside(gazetteer, answer)]
    if not left:
        return Judgement(None, "knows only places outside the city")
    tests: tuple[tuple[str, Callable[[Answer], bool]], ...] = (
        ("outside the stated district", lambda answer: _is_in_district(gazetteer, work, answer)),
        ("of another name", lambda answer: _is_named(gazetteer, question, answer)),
        ("of another kind", lambda answer: bool(kind_of(gazetteer, work.theme, answer))),
    )
    for reason, passes in tests:
        refused, left = left, [answer for answer in left if passes(answer)]
        if not left:
            return Judgement(None, f"knows only places {reason}", tuple(refused))
    return _one_of(left)


def kind_of(gazetteer: Gazetteer, theme: Theme, answer: Answer) -> str:
    """Give the kind of place that an answer is for a work of this theme, "" where none fits.

    Where the service does not tell, it may be a site or an area as its theme has them, but never a
    line: a point does not say where a line runs.
    """
    kinds = gazetteer.kinds
    if answer.kind:
        kind = kinds[answer.kind]
        return kind.name if theme in kind.themes | kind.also else ""
    extents = {kind.extent for kind in kinds.values() if theme in kind.themes}
    if "line" in extents:
        return ""
    return "region" if extents == {"area"} else "facility"


def _is_inside(gazetteer: Gazetteer, answer: Answer) -> bool:
    return gazetteer.city is not None and gazetteer.city.geometry.covers(answer.point)


def _is_in_district(gazetteer: Gazetteer, work: Work, answer: Answer) -> bool:
    stated = stated_area(gazetteer, work)
    if stated is None:
        return True
    district = gazetteer.district(stated.within) or stated
    return bool(district.geometry.distance(answer.point) <= _BOUNDARY_TOLERANCE)


def _is_named(gazetteer: Gazetteer, question: str, answer: Answer) -> bool:
    """Whether the name agrees; a service that says no name is believed as far as it goes."""
    return not answer.names or any(agrees(gazetteer, question, name) for name in answer.names)


def _one_of(answers: list[Answer]) -> Judgement:
    """Take the first of answers that lie together, as uncertain as they lie apart; else none."""
    first = answers[0]
    if len(answers) == 1:
        return Judgement(first)
    spread = reach_m(_points(answers))
    if spread > _ONE_PLACE_M:
        return Judgement(None, "knows several places of this name", tuple(answers))
    uncertainty = max(first.uncertainty_m, round(2 * spread, -1))
    precision = honest(first.precision, uncertainty)
    if Precision.AREA in {answer.precision for answer in answers}:
        precision = Precision.AREA
    return Judgement(replace(first, precision=precision, uncertainty_m=uncertainty))


def _points(answers: Iterable[Answer]) -> MultiPoint:
    return MultiPoint([answer.point for answer in answers])
