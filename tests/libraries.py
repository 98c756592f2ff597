"""Libraries of imported places, for tests that ask them."""

from pathlib import Path

from invented_city import held, place
from shapely.geometry import Point

from geo.gazetteer.library import Library, SourceNote, open_library, rewriting
from geo.model import Place, Precision

SURVEY = SourceNote("survey.csv", "Survey", "CC0-1.0", "the surveyors", "2026-01-02")
PARK = held(place("清溪公园", "park", Point(120.3, 31.3), Precision.STREET, 100), "", "Qingxi")


def written(path: Path, *places: Place, source: SourceNote = SURVEY) -> Library:
    with rewriting(path, source) as writer:
        for one in places:
            writer.add(one)
    return opened(path)


def opened(path: Path) -> Library:
    library = open_library(path)
    assert library is not None
    return library
