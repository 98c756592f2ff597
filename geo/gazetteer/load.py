"""Load the gazetteer of a city: from its own files, else from the boundaries of all China."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.boundaries import boundaries_of
from geo.gazetteer.city_names import find_division, plain_name
from geo.gazetteer.divisions import Division
from geo.gazetteer.library import open_library
from geo.gazetteer.places import BOUNDARY_COLUMNS, PLACE_COLUMNS, read_place
from geo.gazetteer.rows import Row, read_rows, read_text
from geo.gazetteer.store import Gazetteer
from geo.gazetteer.vocabulary import DISTRICT_KINDS, Words, load_kinds, load_words
from geo.home import home_path
from geo.model import Place
from geo.paths import data_path
from geo.script import to_simplified

_CITY = "市"


def load_gazetteer(city: str) -> Gazetteer:
    """Load the places of a city, in EPSG:4326.

    They come from the files that `cities.csv` names for it; a city, county, district or province
    without files has its boundaries and those of its districts.

    Parameters
    ----------
    city
        Name of the city in either script, with or without 市, 州, 地区 or 盟. A name that is not
        known, or that several bear, gives a gazetteer without places: not an error.

    Raises
    ------
    GazetteerError
        When a file is missing or damaged: one sentence that names file, row and mending.
    """
    division = find_division(city)
    name = plain_name(division) if division else to_simplified(city.strip())
    places = _own_places(name) or (boundaries_of(division) if division else ())
    library = open_library(home_path("gazetteer.sqlite"))
    return Gazetteer(name, places, load_kinds(), _words_of(division), library)


def _words_of(division: Division | None) -> Words:
    """Give the words of placing, where what is the city's own (市) is the county's own (县)."""
    words = load_words()
    unit = division.unit if division else _CITY
    own = (f"{unit}{word.removeprefix(_CITY)}" for word in words.own)
    return words if unit == _CITY else replace(words, own=tuple(own))


def _own_places(name: str) -> tuple[Place, ...]:
    """Read the files of a city, if it has any."""
    for row in read_rows(data_path("gazetteer", "cities.csv"), ("city", "boundaries", "places")):
        if row["city"] == name:
            return read_city(
                [data_path("boundaries", file) for file in row.words("boundaries")],
                [data_path("gazetteer", file) for file in row.words("places")],
            )
    return ()


def read_city(boundaries: Iterable[Path], places: Iterable[Path]) -> tuple[Place, ...]:
    """Read a city's boundaries (GeoJSON) and places (CSV with WKT), in EPSG:4326.

    A boundary without geometry is the union of the districts of its file (`city`), or of the
    urban ones among them (`urban_districts`). A place without geometry is known only to lie
    within its district, or within the city, and takes that polygon.

    Raises
    ------
    GazetteerError
        When a file is damaged, an id comes twice or a polygon is missing.
    """
    districts = _with_unions(place for path in boundaries for place in _read_boundaries(path))
    rows = [row for path in places for row in read_rows(path, PLACE_COLUMNS)]
    listed = (_filled(row, read_place(row, row["geometry"]), districts) for row in rows)
    return _with_own_ids((*districts, *listed))


def _read_boundaries(path: Path) -> Iterator[Place]:
    try:
        features = json.loads(read_text(path))["features"]
        records = [(dict(feature["properties"]), feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerError(
            f"{path.name}: no GeoJSON FeatureCollection ({error}); export the file again."
        ) from error
    for number, (properties, geometry) in enumerate(records, start=1):
        fields = {column: str(properties.get(column, "")) for column in BOUNDARY_COLUMNS}
        row = Row(f"{path.name}, feature {number}", fields)
        yield read_place(row, json.dumps(geometry) if geometry else "")


def _with_unions(boundaries: Iterable[Place]) -> tuple[Place, ...]:
    places = tuple(boundaries)
    districts = [place for place in places if place.kind in DISTRICT_KINDS]
    urban = [place for place in districts if place.kind == "district"]
    return tuple(
        replace(place, geometry=_union(districts if place.kind == "city" else urban))
        if place.geometry.is_empty
        else place
        for place in places
    )


def _union(places: Iterable[Place]) -> BaseGeometry:
    return shapely.union_all([place.geometry for place in places])


def _filled(row: Row, place: Place, boundaries: Iterable[Place]) -> Place:
    if not place.geometry.is_empty:
        return place
    for boundary in boundaries:
        if boundary.name_hans == place.within or (not place.within and boundary.kind == "city"):
            return replace(place, geometry=boundary.geometry)
    raise row.error("it has no geometry and lies in no known district; fill in one of the two.")


def _with_own_ids(places: tuple[Place, ...]) -> tuple[Place, ...]:
    seen: set[str] = set()
    for place in places:
        if place.place_id in seen:
            raise GazetteerError(
                f"{place.place_id}: two places have this id ({place.name}); give one a new id."
            )
        seen.add(place.place_id)
    return places
