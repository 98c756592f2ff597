"""Extracts of OpenStreetMap brought into a library, for tests of what became of them."""

from pathlib import Path
from typing import get_args

from osm_files import OsmFile

from geo.gazetteer.importing import ImportSummary, import_file
from geo.gazetteer.importing.kinds import Form
from geo.gazetteer.library import Library, open_library
from geo.gazetteer.library.library import WORLD
from geo.gazetteer.names import key
from geo.model import Place

EAST = [(120.0, 31.0), (120.01, 31.0)]
FURTHER = [(120.01, 31.0), (120.02, 31.0)]
FORMS: tuple[Form, ...] = get_args(Form)
FAR = [(120.5, 31.0), (120.51, 31.0)]


def imported(osm: OsmFile, path: Path, ending: str = ".osm.pbf") -> Library:
    import_file(osm.write(path.with_name(f"jia{ending}")), library=path)
    library = open_library(path)
    assert library is not None
    return library


def opened(folder: Path) -> Library:
    library = open_library(folder / "gazetteer.sqlite")
    assert library is not None
    return library


def found(library: Library, name: str) -> list[Place]:
    return [entry.place for entry in library.entries(key(name), WORLD)]


def kinds(library: Library, name: str) -> list[str]:
    return [place.kind for place in found(library, name)]


def imported_summary(osm: OsmFile, folder: Path, **options: object) -> ImportSummary:
    path = osm.write(folder / "jia.osm.pbf")
    return import_file(path, library=folder / "gazetteer.sqlite", **options)  # type: ignore[arg-type]
