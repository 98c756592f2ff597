"""An edited file comes back: what people changed in it is kept."""

import re
from pathlib import Path

import pyogrio
import pytest
from editing import (
    AUTHOR,
    BRIDGE,
    HILL,
    METRO,
    PLANTS,
    TOWN,
    changes,
    draw,
    execute,
    move,
    problem_of,
    shape_of,
    take_back,
    without,
)
from factories import document, example, plan, unlocated, work
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from geo.errors import EditsError, LayersFileError
from geo.model import PlacedWork, Stage, Theme
from layers.edits.log import EditLog
from layers.edits.sides import now_states
from layers.edits.taking import Source, Taken, take
from layers.edits.values import Status


def test_a_file_that_nobody_edited_gives_nothing(works: Path, log: EditLog) -> None:
    assert take_back(works, log) == Taken((), (), ())
    assert log.edits() == ()


def test_a_moved_work_is_kept_with_its_author_and_both_places(works: Path, log: EditLog) -> None:
    before = shape_of(works, "bridge_crossing_points", BRIDGE)
    after = translate(before, 0.01)
    move(works, "bridge_crossing_points", BRIDGE, after)
    taken = take_back(works, log)
    (edit,) = taken.edits
    assert log.edits() == taken.edits
    assert (edit.author, edit.file, edit.status) == (AUTHOR, "works.gpkg", Status.ACCEPTED)
    assert edit.correction.sentence == "開工建設南湖大橋。"
    moved = changes(edit)["geometry"]
    assert (moved.before, moved.after, moved.now) == (before, after, before)


def test_a_moved_work_names_who_drew_it_beside_the_old_source_and_keeps_its_licence(
    works: Path, log: EditLog
) -> None:
    move(works, "bridge_crossing_points", BRIDGE, MultiPoint([(119.91, 31.36)]))
    (edit,) = take_back(works, log).edits
    assert changes(edit)["source"].after == "field survey; corrected by hand: 李工, 2026-11-27"
    assert set(changes(edit)) == {"geometry", "source"}


def test_corrected_attributes_are_kept(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE metro_lines SET stage = 'complete', name = '地鐵2號線'")
    (edit,) = take_back(works, log).edits
    assert {name: change.after for name, change in changes(edit).items()} == {
        "name": "地鐵2號線",
        "stage": "complete",
    }


def test_a_deleted_work_is_not_located_any_more(works: Path, log: EditLog) -> None:
    execute(works, "DELETE FROM bridge_crossing_points")
    (edit,) = take_back(works, log).edits
    after = {name: change.after for name, change in changes(edit).items()}
    assert after["geometry"] is None
    assert (after["precision"], after["uncertainty_m"], after["licence"]) == (
        "unlocated",
        None,
        None,
    )


def test_an_emptied_geometry_is_a_deleted_one(works: Path, log: EditLog) -> None:
    move(works, "bridge_crossing_points", BRIDGE, None)
    (edit,) = take_back(works, log).edits
    assert changes(edit)["geometry"].after is None


def test_a_work_drawn_in_another_layer_has_another_shape_and_is_approximate(
    works: Path, log: EditLog
) -> None:
    execute(works, "DELETE FROM tourism_areas")
    draw(works, "metro_lines", LineString([(120, 31.5), (120.1, 31.5)]), work_id=HILL)
    (edit,) = take_back(works, log).edits
    after = {name: change.after for name, change in changes(edit).items()}
    assert isinstance(after["geometry"], BaseGeometry)
    assert (after["precision"], after["uncertainty_m"]) == ("approximate", 2000)


def test_a_work_that_was_not_located_gets_its_place_by_its_id(works: Path, log: EditLog) -> None:
    draw(works, "bridge_crossing_points", MultiPoint([(120, 31.5)]), work_id=TOWN)
    (edit,) = take_back(works, log).edits
    after = {name: change.after for name, change in changes(edit).items()}
    assert after["precision"] == "approximate"
    assert after["source"] == "drawn by hand: 李工, 2026-11-27"
    assert after["licence"] == "CC0-1.0"


def test_an_attribute_of_a_work_without_a_place_is_corrected_in_the_table_of_works(
    works: Path, log: EditLog
) -> None:
    execute(works, "UPDATE works SET stage = 'start' WHERE work_id = ?", TOWN)
    (edit,) = take_back(works, log).edits
    assert (edit.correction.work_id, set(changes(edit))) == (TOWN, {"stage"})


def test_a_value_corrected_in_two_ways_is_named_and_not_taken(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE metro_lines SET stage = 'start'")
    execute(works, "UPDATE works SET stage = 'plan' WHERE work_id = ?", METRO)
    taken = take_back(works, log)
    assert taken.edits == ()
    assert "was changed in its layer and otherwise in the table works" in problem_of(taken)


def test_an_uncertainty_that_its_precision_does_not_allow_is_cut(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE bridge_crossing_points SET precision = 'surveyed'")
    (edit,) = take_back(works, log).edits
    assert changes(edit)["uncertainty_m"].after == 50


def test_a_place_called_not_located_is_taken_away(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE bridge_crossing_points SET precision = 'unlocated'")
    (edit,) = take_back(works, log).edits
    assert changes(edit)["geometry"].after is None


def test_what_is_built_otherwise_now_is_a_conflict_and_the_file_is_of_another_build(
    works: Path, log: EditLog
) -> None:
    move(works, "bridge_crossing_points", BRIDGE, MultiPoint([(119.91, 31.36)]))
    newer = without(example(), BRIDGE, geometry=Point(119.92, 31.37))
    taken = take_back(works, log, newer)
    (edit,) = taken.edits
    assert edit.status is Status.CONFLICT
    assert edit.applied == ()
    moved = changes(edit)["geometry"]
    assert moved.now == MultiPoint([(119.92, 31.37)])
    assert re.search(r"is of another build: 1 of its 7 works", str(taken.notes[0]))


def test_a_file_taken_twice_gives_nothing_new(works: Path, log: EditLog) -> None:
    move(works, "bridge_crossing_points", BRIDGE, MultiPoint([(119.91, 31.36)]))
    newer = without(example(), BRIDGE, geometry=Point(119.92, 31.37))
    take_back(works, log, newer)
    again = take_back(works, log, newer)
    assert again.edits == ()
    assert "1 corrections were taken before" in str(again.notes[-1])


def test_a_look_keeps_nothing(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE metro_lines SET stage = 'complete'")
    taken = take(Source(works), now_states([example()]), AUTHOR, log, keep=False)
    assert len(taken.edits) == 1
    assert log.edits() == ()


def test_an_export_is_taken_against_the_file_it_was_made_from(
    tmp_path: Path, works: Path, log: EditLog
) -> None:
    frame = pyogrio.read_dataframe(works, layer="bridge_crossing_points")
    frame.geometry = frame.geometry.translate(0.01)
    edited = tmp_path / "bridges.geojson"
    frame.to_file(edited, driver="GeoJSON")
    taken = take_back(edited, log, base=works)
    assert [edit.correction.work_id for edit in taken.edits] == [BRIDGE]
    assert taken.problems == ()


def test_a_file_without_what_was_built_asks_for_it(
    tmp_path: Path, works: Path, log: EditLog
) -> None:
    edited = tmp_path / "saved.gpkg"
    frame = pyogrio.read_dataframe(works, layer="bridge_crossing_points")
    frame.to_file(edited, driver="GPKG", layer="bridges")
    with pytest.raises(LayersFileError, match="is a GeoPackage of another program"):
        take_back(edited, log)


def test_a_file_of_other_plans_is_refused(works: Path, log: EditLog) -> None:
    with pytest.raises(EditsError, match=r"is of other plans \(jia-2020\)"):
        take_back(works, log, plan(document(document_id="yi-2020"), _other_works()))


def _other_works() -> tuple[PlacedWork, ...]:
    doc = document(document_id="yi-2020")
    return (unlocated(work(doc, 2, "乙桥", Theme.BRIDGE_CROSSING, Stage.START)),)


def test_a_file_that_holds_nothing_of_ours_is_refused(
    tmp_path: Path, works: Path, log: EditLog
) -> None:
    other = tmp_path / "other.geojson"
    other.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(LayersFileError, match="no layer with a column work_id"):
        take_back(other, log, base=works)
    noise = tmp_path / "noise.gpkg"
    noise.write_bytes(b"\x00\xff" * 500)
    with pytest.raises(LayersFileError):
        take_back(noise, log, base=works)


def test_a_damaged_copy_of_what_was_built_is_refused(works: Path, log: EditLog) -> None:
    execute(works, "UPDATE built SET attributes = '{nonsense' WHERE layer = 'metro_lines'")
    with pytest.raises(LayersFileError, match="is damaged"):
        take_back(works, log)


def test_hostile_words_are_kept_as_they_are(works: Path, log: EditLog) -> None:
    hostile = "'); DROP TABLE corrections; --\n<script>"
    execute(works, "UPDATE metro_lines SET name = ?", hostile)
    (edit,) = take_back(works, log).edits
    assert changes(edit)["name"].after == hostile
    assert log.edits() == (edit,)


def test_the_city_is_no_limit_where_its_boundary_is_not_known(works: Path, log: EditLog) -> None:
    move(works, "sewage_areas", PLANTS, MultiPolygon([box(10, 10, 11, 11)]))
    assert len(take_back(works, log).edits) == 1
