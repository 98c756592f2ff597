"""Each breach by sites of counted works, and by the sums of them, is named."""

from dataclasses import replace
from pathlib import Path

import factories
import pytest
import site_factories
from shapely.geometry import Point
from test_check import damaged

from geo.model import Precision
from layers.check import check_geopackage
from layers.geopackage import write_geopackage

# What is done to a clean file in which a counted work has sites, and the line that names it.
BREACHES = {
    "UPDATE sewage_points SET uncertainty_m = 400 WHERE confidence = 'high'": (
        "sewage_points jia-2020-005-s1: precision: is street (at most 300 m)"
    ),
    "UPDATE sewage_points SET licence = NULL": (
        "sewage_points jia-2020-005-s1: licence: has a place without licence"
    ),
    "UPDATE sewage_points SET place_id = 'nowhere'": (
        "sewage_points jia-2020-005-s1: place: nowhere is not in places"
    ),
    "UPDATE sewage_points SET verified = 1": (
        "sewage_points jia-2020-005-s4: part: is only a candidate and its place is called verified"
    ),
    "UPDATE sewage_points SET part_of = 'jia-2020-002'": (
        "sewage_points jia-2020-005-s1: part: differs from the table sites"
    ),
    "UPDATE sewage_points SET confidence = 'low'": (
        "sewage_points jia-2020-005-s1: part: differs from the table sites"
    ),
    "UPDATE metro_lines SET part_of = 'jia-2020-005'": (
        "metro_lines jia-2020-002: part: is part of a work and not in the table sites"
    ),
    "UPDATE works SET locatable = 'exact_named' WHERE clause = 5": (
        "sites jia-2020-005-s1: part: is part of jia-2020-005, which is no counted work"
    ),
    "UPDATE sites SET part_of = 'nobody'": "sites nobody: layer: is no work of the table works",
    "UPDATE sites SET is_group = 1": (
        "sites jia-2020-005-s1: group: is a number only and has a place"
    ),
    "UPDATE sites SET licence = ' '": (
        "sites jia-2020-005-s1: licence: has no source or no licence"
    ),
    "UPDATE sites SET confidence = 'low'": (
        "slots jia-2020-005: count: says named 4, its sites give 0"
    ),
    "UPDATE sites SET count = 30 WHERE is_group": (
        "slots jia-2020-005: count: says filled 25.0, its sites give 34.0"
    ),
    "UPDATE slots SET candidates = 9": (
        "slots jia-2020-005: count: says candidates 9, its sites give 1"
    ),
    "UPDATE slots SET promised = 50": "slots jia-2020-005: count: says promised 50.0",
    "DELETE FROM slots": "slots jia-2020-005: count: is a counted work without slots",
    "UPDATE quantities SET shared = 1": "slots jia-2020-005: count: promises no number",
    "DELETE FROM sites WHERE site_id = 'jia-2020-005-s1'": (
        "sewage_points jia-2020-005-s1: layer: is in neither of the tables works, sites"
    ),
    "UPDATE build SET value = '9' WHERE key = 'sites'": ("build sites: count: says 9, there are 6"),
}


@pytest.fixture(scope="module")
def with_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sites") / "works.gpkg"
    write_geopackage(path, [site_factories.with_sites()])
    return path


@pytest.mark.parametrize("script", BREACHES)
def test_each_breach_by_a_site_is_named(with_sites: Path, tmp_path: Path, script: str) -> None:
    assert check_geopackage(with_sites) == ()
    violations = damaged(with_sites, tmp_path / "works.gpkg", script)
    lines = [str(violation) for violation in violations]
    where, rule, words = BREACHES[script].split(": ", 2)
    expected = f"{where}: {rule}: "
    assert [line for line in lines if line.startswith(expected) and words in line], lines


def test_a_site_beyond_the_city_is_named(tmp_path: Path) -> None:
    plan = site_factories.with_sites()
    counted = next(one for one in plan.placed if one.precision is Precision.CITY)
    city = replace(counted, place=factories.place("city", factories.CITY, Precision.CITY, 40000))
    works = tuple(city if one is counted else one for one in plan.placed)
    far = site_factories.site(counted.work, 1, "遠方廠", (Point(122, 31.5), Precision.STREET, 100))
    write_geopackage(tmp_path / "works.gpkg", [replace(plan, placed=works, sites=(far,))])
    (violation,) = check_geopackage(tmp_path / "works.gpkg")
    assert (violation.layer, violation.problem) == ("sewage_points", "lies outside the city")
