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
from layers.edits.comparing import same
from layers.edits.values import Drawn, Edited, State, Value
from layers.frames import codes_of, value_problem
from layers.schema import COLUMNS

# Boundaries are generalised: what lies this close to the city may be in it.
_BESIDE_CITY_M: Final = 3_000.0
_METRES_A_DEGREE: Final = 111_320.0
# Of the length of a shift, how far a feature may lie from exactly there.
_SHIFTED_SHARE: Final = 0.05
_COLUMNS: Final = {column.name: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What can be taken: states by id, features drawn anew, and sentences about all the rest."""

    states: Mapping[str, State]
    drawn: tuple[Drawn, ...]
    problems: tuple[str, ...]


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


def _renamed(edited: Edited, problems: list[str]) -> tuple[set[str], list[Drawn]]:
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
            given = f"changed to {one.work_id[:40]}" if one.work_id else "taken away"
            problems.append(
                f"the id {was} of {lost[was].name} was {given}: put it back; nothing else of it "
                "was taken"
            )
        elif one.work_id:
            problems.append(
                f"no work has the id {one.work_id[:40]} ({one.layer}): leave the id of a new "
                "feature empty"
            )
        else:
            drawn.append(one)
    return renamed, drawn


def _is_same_work(one: Drawn, lost: State) -> bool:
    return same(one.geometry, lost.geometry) or (
        bool(lost.name) and one.values.get("name") == lost.name
    )


def _taken(base: State, state: State, city: BaseGeometry | None, problems: list[str]) -> State:
    """Give a state with each impossible change put back."""
    values = dict(state.values)
    for name, value in state.values.items():
        if same(value, base.of(name)):
            continue
        if problem := _value_problem(name, value):
            problems.append(f"{name} of {base.name} {problem}: {str(value)[:40]!r} was not taken")
            values[name] = base.of(name)
    geometry = state.geometry
    if geometry is not None and not same(geometry, base.geometry):
        beyond = values.get("precision") == "outside"
        if problem := _shape_problem(geometry, None if beyond else city):
            problems.append(f"{base.name} {problem}; it was not moved")
            geometry = base.geometry
    if geometry is None and base.geometry is None and values["precision"] != base.of("precision"):
        problems.append(f"{base.name} has a precision and no place: draw it in a layer first")
    return replace(state, geometry=geometry, values=values)


def _value_problem(name: str, value: Value) -> str:
    column = _COLUMNS[name]
    return value_problem(column, value, codes_of(column))


def _shape_problem(geometry: BaseGeometry, city: BaseGeometry | None) -> str:
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return "has coordinates that are no numbers"
    if not geometry.is_valid:
        return f"has an invalid shape ({shapely.is_valid_reason(geometry)}): fix it in QGIS"
    if city is None:
        return ""
    metres = _distance_m(geometry, city)
    if metres <= _BESIDE_CITY_M:
        return ""
    swapped = shapely.transform(geometry, lambda points: points[:, ::-1])
    if _distance_m(swapped, city) <= _BESIDE_CITY_M:
        return "has latitude and longitude in the wrong order"
    return (
        f"lies {metres / 1000:,.0f} km outside the city (set precision to outside if it does, and "
        "see that the layer's coordinate system is right)"
    )


def _distance_m(geometry: BaseGeometry, city: BaseGeometry) -> float:
    if geometry.intersects(city):
        return 0.0
    one, other = (np.array(point.coords[0]) for point in nearest_points(geometry, city))
    scale = np.array([np.cos(np.radians(other[1])), 1.0])
    return float(np.hypot(*((one - other) * scale)) * _METRES_A_DEGREE)


def _unshifted(
    base: Mapping[str, State], states: Mapping[str, State], problems: list[str]
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
            f"{base[work_id].name} lies just where {datum.upper()} would put it: import again with "
            f"--crs {datum} if it was drawn on such a map; it was not moved"
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


def _is_usable(one: Drawn, city: BaseGeometry | None, problems: list[str]) -> bool:
    what = f"the new feature {str(one.values.get('name') or '')[:40]!r} in {one.layer}"
    if one.geometry is None:
        problems.append(f"{what} has no usable shape; draw it again")
        return False
    beyond = one.values.get("precision") == "outside"
    if problem := _shape_problem(one.geometry, None if beyond else city):
        problems.append(f"{what} {problem}; it was not taken")
        return False
    return True
