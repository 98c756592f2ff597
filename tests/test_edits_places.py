"""Corrections drawn in a wrong system or outside the city are told and not taken."""

import re
from pathlib import Path

import pytest
from editing import bridges, changes, draw, execute, move, problem_of, shape_of, take_back, written
from shapely import transform
from shapely.affinity import translate
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import from_wgs84, to_wgs84
from layers.edits.log import EditLog
from layers.edits.taking import Taken


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_work_moved_by_just_a_shift_is_named_and_can_be_taken_by_its_name(
    tmp_path: Path, log: EditLog, datum: str
) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    before = shape_of(works, "bridge_crossing_points", "jia-2020-001")
    move(works, "bridge_crossing_points", "jia-2020-001", from_wgs84(before, datum))
    taken = take_back(works, log, built)
    assert taken.edits == ()
    assert f"just where {datum.upper()} would put it" in problem_of(taken)
    assert take_back(works, log, built, crs=datum) == Taken((), (), ())


def test_what_was_drawn_on_a_shifted_map_is_brought_back(tmp_path: Path, log: EditLog) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    drawn = MultiPoint([(120.31, 31.52)])
    move(works, "bridge_crossing_points", "jia-2020-001", drawn)
    (edit,) = take_back(works, log, built, crs="gcj02").edits
    after = changes(edit)["geometry"].after
    assert isinstance(after, BaseGeometry)
    assert after.distance(to_wgs84(drawn, "gcj02")) < 1e-9
    assert after.distance(drawn) > 0.001


def test_many_works_traced_from_a_shifted_map_are_told_by_their_common_offset(
    tmp_path: Path, log: EditLog
) -> None:
    built = bridges(9)
    works = written(tmp_path / "works.gpkg", built)
    for n in range(9):
        key = f"jia-2020-{n + 1:03}"
        before = shape_of(works, "bridge_crossing_points", key)
        nearby = translate(before, (n % 3 - 1) * 4e-4, (n // 3 - 1) * 4e-4)
        move(works, "bridge_crossing_points", key, from_wgs84(nearby, "gcj02"))
    taken = take_back(works, log, built)
    assert taken.edits == ()
    assert len(taken.problems) == 9


def test_a_place_outside_the_city_is_named_with_its_distance(tmp_path: Path, log: EditLog) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    move(works, "bridge_crossing_points", "jia-2020-001", MultiPoint([(121.5, 31.2)]))
    assert re.search(
        r"甲0桥 was not moved: it lies \d+ km outside the city",
        problem_of(take_back(works, log, built)),
    )


def test_a_place_said_to_be_outside_is_taken(tmp_path: Path, log: EditLog) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    execute(works, "UPDATE bridge_crossing_points SET precision = 'outside'")
    move(works, "bridge_crossing_points", "jia-2020-001", MultiPoint([(121.5, 31.2)]))
    assert len(take_back(works, log, built).edits) == 1


def test_latitude_before_longitude_is_named(tmp_path: Path, log: EditLog) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    before = shape_of(works, "bridge_crossing_points", "jia-2020-001")
    move(
        works,
        "bridge_crossing_points",
        "jia-2020-001",
        transform(before, lambda points: points[:, ::-1]),
    )
    assert "latitude and longitude are in the wrong order" in problem_of(
        take_back(works, log, built)
    )


def test_a_new_feature_outside_the_city_is_not_taken(tmp_path: Path, log: EditLog) -> None:
    built = bridges(1)
    works = written(tmp_path / "works.gpkg", built)
    draw(works, "bridge_crossing_points", MultiPoint([(0, 0)]), name="零点桥")
    taken = take_back(works, log, built)
    assert taken.edits == ()
    assert (
        "the new feature '零点桥' in bridge_crossing_points was not taken: it lies"
        in problem_of(taken)
    )


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4549", "EPSG:3857"])
def test_a_file_in_another_system_comes_back_as_it_was_drawn(
    tmp_path: Path, log: EditLog, crs: str
) -> None:
    built = bridges(3)
    works = written(tmp_path / "works.gpkg", built, crs)
    assert take_back(works, log, built) == Taken((), (), ())
    moved = from_wgs84(MultiPoint([(120.3, 31.6)]), crs)
    move(works, "bridge_crossing_points", "jia-2020-002", moved)
    (edit,) = take_back(works, log, built).edits
    after = changes(edit)["geometry"].after
    assert isinstance(after, BaseGeometry)
    assert after.distance(Point(120.3, 31.6)) < 1e-8


def test_a_layer_without_a_system_is_named(works: Path, log: EditLog) -> None:
    execute(
        works,
        "UPDATE gpkg_geometry_columns SET srs_id = -1 WHERE table_name = 'bridge_crossing_points'",
    )
    taken = take_back(works, log)
    assert any(
        "layer bridge_crossing_points has no coordinate" in str(one) for one in taken.problems
    )
