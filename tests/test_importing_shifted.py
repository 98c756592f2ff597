"""A file in GCJ-02 or BD-09 that does not say so is noticed, and never becomes WGS-84."""

import csv
from pathlib import Path

import pytest
from osm_files import OsmFile
from shapely.geometry import Point

from geo.crs import Datum, from_wgs84
from geo.errors import GazetteerError
from geo.gazetteer.importing import import_file, shifted
from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.importer import Given
from geo.gazetteer.library import open_library
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.names import key
from geo.model import Precision

SCHOOLS = {f"云湖第{n}小学": (120.1 + n % 5 / 20, 31.2 + n / 50) for n in range(12, 32)}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library that knows the schools, from OpenStreetMap; the program's own files know none."""
    monkeypatch.setattr(shifted, "_own", dict)
    osm = OsmFile()
    for name, (x, y) in SCHOOLS.items():
        osm.node(x, y, {"amenity": "school", "name": name})
    path = tmp_path / "gazetteer.sqlite"
    import_file(osm.write(tmp_path / "known.osm.pbf"), library=path)
    return path


def table(folder: Path, datum: Datum, metres: float = 20, count: int = 20) -> Path:
    """Write the schools as a layer in another datum, drawn a little differently, and a new one."""
    path = folder / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("name", "lon", "lat"))
        places = {**dict(list(SCHOOLS.items())[:count]), "云湖新校": (120.2, 31.4)}
        for number, (name, (x, y)) in enumerate(places.items()):
            drawn = Point(x + (number % 3 - 1) * metres / 95_000, y)
            there = from_wgs84(drawn, datum)
            assert isinstance(there, Point)
            rows.writerow((name, there.x, there.y))
    return path


def is_known(library: Path, name: str) -> bool:
    opened = open_library(library)
    assert opened is not None
    try:
        return bool(opened.entries(key(name), WORLD))
    finally:
        opened.close()


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_shifted_layer_is_refused_with_the_evidence_and_nothing_is_stored(
    datum: Datum, library: Path, tmp_path: Path
) -> None:
    with pytest.raises(GazetteerError, match=rf"median of 20 places.*say so with --crs {datum}\."):
        import_file(table(tmp_path, datum), library=library)
    assert not is_known(library, "云湖新校")


def test_a_layer_in_wgs84_is_taken(library: Path, tmp_path: Path) -> None:
    import_file(table(tmp_path, Datum.WGS84), library=library)
    assert is_known(library, "云湖新校")


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_shifted_layer_that_says_so_is_brought_to_wgs84(
    datum: Datum, library: Path, tmp_path: Path
) -> None:
    import_file(table(tmp_path, datum), library=library, given=Given(crs=datum))
    opened = open_library(library)
    assert opened is not None
    (entry,) = opened.entries(key("云湖新校"), WORLD)
    opened.close()
    assert entry.place.geometry.distance(Point(120.2, 31.4)) < 0.0003


@pytest.mark.parametrize(
    ("datum", "claimed"),
    [(Datum.BD09, Datum.GCJ02), (Datum.WGS84, Datum.GCJ02), (Datum.GCJ02, Datum.BD09)],
)
def test_a_layer_that_claims_the_wrong_shift_is_refused(
    datum: Datum, claimed: Datum, library: Path, tmp_path: Path
) -> None:
    with pytest.raises(GazetteerError, match=r"all lie the same way beside .* with --crs\."):
        import_file(table(tmp_path, datum), library=library, given=Given(crs=claimed))
    assert not is_known(library, "云湖新校")


def test_with_too_few_known_places_nothing_is_refused(library: Path, tmp_path: Path) -> None:
    import_file(table(tmp_path, Datum.GCJ02, count=3), library=library)
    assert is_known(library, "云湖新校")


def test_what_was_imported_from_the_same_file_is_no_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shifted, "_own", dict)
    path = tmp_path / "gazetteer.sqlite"
    import_file(table(tmp_path, Datum.WGS84), library=path)
    import_file(table(tmp_path, Datum.GCJ02), library=path)
    assert is_known(path, "云湖新校")


def test_a_name_that_two_places_bear_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    here, near = (120.1, 31.2), (120.11, 31.2)
    school = Feature("1", "云湖小学", (), "school", Point(here), Precision.STREET, 100, "")
    known = shifted._Known(None, "own.csv")
    monkeypatch.setattr(shifted, "_own", lambda: {"云湖小学": (here,)})
    assert list(shifted._pair(school, known)) == [(here, here)]
    monkeypatch.setattr(shifted, "_own", lambda: {"云湖小学": (here, near)})
    assert list(shifted._pair(school, known)) == []


def test_the_programs_own_places_are_evidence_without_any_library(tmp_path: Path) -> None:
    own = [(name, places[0]) for name, places in shifted._own().items() if len(places) == 1]
    assert len(own) > 50
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("name", "lon", "lat"))
        for name, position in own[:40]:
            there = from_wgs84(Point(position), Datum.GCJ02)
            assert isinstance(there, Point)
            rows.writerow((name, there.x, there.y))
    with pytest.raises(GazetteerError, match="gcj02"):
        import_file(path, library=tmp_path / "gazetteer.sqlite")
