"""What of an edited file cannot be taken: each breach in a sentence, and its value put back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geo.crs import Datum, detect_datum, from_wgs84
from geo.errors import CrsError
from geo.model import Precision
from geo.sentences import Sentence, say
from layers.edits.comparing import same
from layers.edits.values import Drawn, Edited, State, Value
from layers.frames import codes_of, value_problem
from layers.schema import COLUMNS

# Boundaries are generalised: what lies this close to the city may be in it.
_BESIDE_CITY_M: Final = 3_000.0
_METRES_A_DEGREE: Final = 111_320.0
# Of the length of a shift, how far a feature may lie from exactly there.
_SHIFTED_SHARE: Final = 0.05
_BEYOND: Final = str(Precision.OUTSIDE)
_COLUMNS: Final = {column.name: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What can be taken: states by id, features drawn anew, and sentences about all the rest."""

    states: Mapping[str, State]
    drawn: tuple[Drawn, ...]
    problems: tuple[Sentence, ...]


def inspect(edited: Edited, cities: Mapping[str, BaseGeometry]) -> Inspected:
    """Take out of an edited file what cannot be right, and say so.

    Parameters
    ----------
    edited
        The file as it was read.
    cities
        The boundary of the city of each document (EPSG:4326), as far as it is known.
    """
    problems = list(edited.problems)
    renamed, drawn = _renamed(edited, problems)
    states = {
        work_id: _taken(edited.base[work_id], state, cities.get(state.document_id), problems)
        for work_id, state in edited.states.items()
        if work_id not in renamed
    }
    states = _unshifted(edited.base, states, problems)
    everywhere = shapely.union_all(list(cities.values())) if cities else None
    kept = [one for one in drawn if _is_usable(one, everywhere, problems)]
    return Inspected(states, tuple(kept), tuple(problems))


def _renamed(edited: Edited, problems: list[Sentence]) -> tuple[set[str], list[Drawn]]:
    """Find works whose id was changed: not lost, and not drawn anew."""
    lost = {
        work_id: edited.base[work_id]
        for work_id, state in edited.states.items()
        if state.geometry is None and edited.base[work_id].geometry is not None
    }
    renamed: set[str] = set()
    drawn: list[Drawn] = []
    for one in edited.drawn:
        was = next((key for key, state in lost.items() if _is_same_work(one, state)), None)
        if was:
            renamed.add(was)
            problems.append(_id_problem(was, lost[was].name, one.work_id[:40]))
        elif one.work_id:
            problems.append(
                say(
                    "no work has the id %(work_id)s (%(layer)s): leave the id of a new feature "
                    "empty",
                    work_id=one.work_id[:40],
                    layer=one.layer,
                )
            )
        else:
            drawn.append(one)
    return renamed, drawn


def _id_problem(was: str, name: str, given: str) -> Sentence:
    if given:
        return say(
            "the id %(was)s of %(name)s was changed to %(given)s: put it back; nothing else of it "
            "was taken",
            was=was,
            name=name,
            given=given,
        )
    return say(
        "the id %(was)s of %(name)s was taken away: put it back; nothing else of it was taken",
        was=was,
        name=name,
    )


def _is_same_work(one: Drawn, lost: State) -> bool:
    return same(one.geometry, lost.geometry) or (
        bool(lost.name) and one.values.get("name") == lost.name
    )


def _taken(base: State, state: State, city: BaseGeometry | None, problems: list[Sentence]) -> State:
    """Give a state with each impossible change put back."""
    values = {name: _value(base, name, value, problems) for name, value in state.values.items()}
    geometry = state.geometry
    if geometry is not None and not same(geometry, base.geometry):
        why = _shape_problem(geometry, None if values.get("precision") == _BEYOND else city)
        if why:
            problems.append(say("%(name)s was not moved: %(why)s", name=base.name, why=why))
            geometry = base.geometry
    if geometry is None and base.geometry is None and values["precision"] != base.of("precision"):
        problems.append(
            say("%(name)s has a precision and no place: draw it in a layer first", name=base.name)
        )
    return replace(state, geometry=geometry, values=values)


def _value(base: State, name: str, value: Value, problems: list[Sentence]) -> Value:
    """Give a value, or the built one where it does not fit its column."""
    column = _COLUMNS[name]
    if same(value, base.of(name)) or not value_problem(column, value, codes_of(column)):
        return value
    problems.append(
        say(
            "%(field)s of %(name)s was not taken: %(value)s does not fit this column",
            field=name,
            name=base.name,
            value=repr(str("" if value is None else value)[:40]),
        )
    )
    return base.of(name)


def _shape_problem(geometry: BaseGeometry, city: BaseGeometry | None) -> Sentence | None:
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return say("its coordinates are no numbers")
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        return say("its shape is invalid (%(reason)s); fix it in QGIS", reason=reason)
    if city is None or (metres := _distance_m(geometry, city)) <= _BESIDE_CITY_M:
        return None
    swapped = shapely.transform(geometry, lambda points: points[:, ::-1])
    if _distance_m(swapped, city) <= _BESIDE_CITY_M:
        return say("its latitude and longitude are in the wrong order")
    return say(
        "it lies %(km)s km outside the city; set its precision to outside if that is right, and "
        "see that the layer's coordinate system is",
        km=f"{metres / 1000:,.0f}",
    )


def _distance_m(geometry: BaseGeometry, city: BaseGeometry) -> float:
    if geometry.intersects(city):
        return 0.0
    one, other = (np.array(point.coords[0]) for point in nearest_points(geometry, city))
    scale = np.array([np.cos(np.radians(other[1])), 1.0])
    return float(np.hypot(*((one - other) * scale)) * _METRES_A_DEGREE)


def _unshifted(
    base: Mapping[str, State], states: Mapping[str, State], problems: list[Sentence]
) -> dict[str, State]:
    """Put back what was moved by just the shift of GCJ-02 or BD-09."""
    moved = {
        work_id: (built.geometry, state.geometry)
        for work_id, state in states.items()
        if (built := base[work_id]).geometry is not None
        and state.geometry is not None
        and not same(state.geometry, built.geometry)
    }
    shifted = {work_id: datum for work_id, pair in moved.items() if (datum := _shift(*pair))}
    if len(moved) > len(shifted) and (datum := _common_shift(list(moved.values()))):
        shifted = dict.fromkeys(moved, datum)
    for work_id, datum in shifted.items():
        problems.append(
            say(
                "%(name)s lies just where %(datum)s would put it and was not moved: if it was "
                "drawn on such a map, import again with --crs %(code)s",
                name=base[work_id].name,
                datum=datum.upper(),
                code=datum,
            )
        )
    return {
        work_id: replace(state, geometry=base[work_id].geometry) if work_id in shifted else state
        for work_id, state in states.items()
    }


def _shift(built: BaseGeometry, drawn: BaseGeometry) -> Datum | None:
    """Tell the datum whose shift a feature was moved by as a whole."""
    if shapely.get_num_coordinates(built) != shapely.get_num_coordinates(drawn):
        return None
    for datum in (Datum.GCJ02, Datum.BD09):
        try:
            expected = from_wgs84(built, datum)
        except CrsError:
            continue
        length = expected.centroid.distance(built.centroid)
        if length and expected.centroid.distance(drawn.centroid) < _SHIFTED_SHARE * length:
            return datum
    return None


def _common_shift(pairs: list[tuple[BaseGeometry, BaseGeometry]]) -> Datum | None:
    """Tell the datum that many features, each drawn anew, are in together."""
    built, drawn = (
        np.array([shape.centroid.coords[0] for shape in shapes])
        for shapes in zip(*pairs, strict=True)
    )
    datum = detect_datum(drawn, built).datum
    return datum if datum in {Datum.GCJ02, Datum.BD09} else None


def _is_usable(one: Drawn, city: BaseGeometry | None, problems: list[Sentence]) -> bool:
    beyond = one.values.get("precision") == _BEYOND
    why = say("it has no usable shape; draw it again")
    if one.geometry is not None:
        found = _shape_problem(one.geometry, None if beyond else city)
        if found is None:
            return True
        why = found
    problems.append(
        say(
            "the new feature %(name)s in %(layer)s was not taken: %(why)s",
            name=repr(str(one.values.get("name") or "")[:40]),
            layer=one.layer,
            why=why,
        )
    )
    return False
