"""Corrections win over every build, whatever else has changed, and say when they need a look."""

from dataclasses import replace
from pathlib import Path

import pytest
from editing import AUTHOR, BRIDGE, HILL, METRO, PLANTS, TOWN
from factories import document, example, placed, plan, work
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import EditsError
from geo.model import PlacedWork, Precision, Stage, Theme
from layers.build import build_layers
from layers.check import check_geopackage
from layers.edits.applying import CHANGED, GONE, apply_edits
from layers.edits.values import Change, Correction, Edit, Status, Value
from layers.geopackage import read_geopackage, write_geopackage

SENTENCES = {one.work.work_id: one.work.sentence for one in example().placed}


def edit(work_id: str, number: int = 1, status: Status = Status.ACCEPTED, **values: Value) -> Edit:
    changes = tuple(Change(field, None, value, None) for field, value in values.items())
    words = "jia-2020", str(values.get("name") or "甲"), SENTENCES.get(work_id, "")
    correction = Correction(work_id, *words, changes, status)
    return Edit(number, correction, AUTHOR, "works.gpkg", status)


def after(*edits: Edit, work_id: str = BRIDGE) -> PlacedWork:
    (one,) = apply_edits([example()], edits).plans
    return next(found for found in one.placed if found.work.work_id == work_id)


def test_without_corrections_a_plan_stays_as_it_is() -> None:
    assert apply_edits([example()], []).plans == (example(),)


def test_each_field_is_corrected() -> None:
    one = after(
        edit(
            PLANTS,
            name="污水處理廠",
            theme="water",
            stage="plan",
            quantity=50.0,
            unit="個",
            district="西區",
            uncertainty_m=20000.0,
            source="city hall",
            licence="CC0-1.0",
            verified=False,
        ),
        work_id=PLANTS,
    )
    assert (one.work.name, one.work.name_hans) == ("污水處理廠", "污水处理厂")
    assert (one.work.theme, one.work.stage) == (Theme.WATER, Stage.PLAN)
    assert (one.work.quantities[0].value, one.work.quantities[0].unit) == (50, "個")
    assert one.work.quantities[1:] == example().placed[3].work.quantities[1:]
    assert (one.district, one.uncertainty_m, one.source) == ("西區", 20000, "city hall")
    assert (one.licence, one.verified, one.edited) == ("CC0-1.0", False, True)


def test_a_quantity_is_added_where_none_was_read() -> None:
    assert after(edit(BRIDGE, quantity=2.0)).work.quantities[0].value == 2


def test_a_moved_work_says_who_moved_it_and_belongs_to_no_place_of_the_gazetteer() -> None:
    one = after(edit(BRIDGE, geometry=MultiPoint([(120, 31.5)])))
    assert one.geometry == MultiPoint([(120, 31.5)])
    assert one.located_by == "drawn by hand: 李工, 2026-11-27"
    assert one.place is None
    assert one.precision is Precision.APPROXIMATE


def test_of_two_corrections_the_later_one_wins() -> None:
    edits = [edit(BRIDGE, 1, name="甲桥", stage="plan"), edit(BRIDGE, 2, name="乙桥")]
    one = after(*edits)
    assert (one.work.name, one.work.stage) == ("乙桥", Stage.PLAN)


def test_a_reverted_correction_gives_way_to_the_one_before() -> None:
    edits = [edit(BRIDGE, 1, name="甲桥"), edit(BRIDGE, 2, Status.REVERTED, name="乙桥")]
    assert after(*edits).work.name == "甲桥"


def test_a_place_taken_away_leaves_a_work_that_says_why_it_has_none() -> None:
    one = after(edit(BRIDGE, geometry=None, precision="unlocated"))
    assert (one.geometry, one.precision, one.uncertainty_m) == (None, Precision.UNLOCATED, None)
    assert one.located_by == "removed by hand: 李工, 2026-11-27"


def test_a_place_without_a_word_of_its_precision_is_never_called_exact() -> None:
    one = after(edit(TOWN, geometry=MultiPoint([(120, 31.5)])), work_id=TOWN)
    assert (one.precision, one.uncertainty_m) == (Precision.APPROXIMATE, 2000)


def test_a_precision_without_a_place_is_no_place() -> None:
    one = after(edit(TOWN, precision="surveyed", uncertainty_m=5.0), work_id=TOWN)
    assert (one.precision, one.uncertainty_m) == (Precision.UNLOCATED, None)


def test_a_correction_of_a_changed_sentence_is_applied_and_stale() -> None:
    changed = replace(edit(BRIDGE, name="乙桥"), correction=_other_sentence(name="乙桥"))
    applied = apply_edits([example()], [changed])
    assert applied.stale == {1: f"{CHANGED}: 開工建設南湖大橋。"}
    assert [one.work.name for one in applied.plans[0].placed].count("乙桥") == 1


def _other_sentence(**values: Value) -> Correction:
    return replace(edit(BRIDGE, **values).correction, sentence="加快南湖大橋建設。")


def test_a_correction_of_a_work_that_is_gone_waits_and_is_stale() -> None:
    assert apply_edits([example()], [edit("gone", name="x")]).stale == {1: GONE}


def test_a_correction_of_another_document_is_none_of_this_builds_business() -> None:
    other = edit("gone", name="x")
    other = replace(other, correction=replace(other.correction, document_id="yi-2020"))
    assert apply_edits([example()], [other]).stale == {}


def test_a_correction_that_fits_is_fresh() -> None:
    assert apply_edits([example()], [edit(BRIDGE, name="x")]).stale == {1: ""}


def test_a_drawn_feature_is_offered_to_the_work_of_its_name() -> None:
    drawn = edit("", 7, Status.CANDIDATE, name="北塘新城", geometry=MultiPoint([(120, 31.5)]))
    candidate = after(drawn, work_id=TOWN).candidates[0]
    assert (candidate.place_id, candidate.name) == ("drawn-7", "北塘新城")
    assert after(drawn, work_id=METRO).candidates == ()


def test_a_value_that_this_version_does_not_know_is_one_sentence() -> None:
    with pytest.raises(EditsError, match=r"Correction 1 gives stage a value .* \(dreaming\)"):
        after(edit(BRIDGE, stage="dreaming"))


def test_a_corrected_build_is_valid_and_says_what_was_corrected(tmp_path: Path) -> None:
    edits = [
        edit(BRIDGE, 1, geometry=MultiPoint([(120, 31.5)]), stage="complete"),
        edit(HILL, 2, theme="park"),
        edit(METRO, 3, geometry=None),
        edit(TOWN, 4, geometry=MultiPoint([(120.1, 31.5)]), licence="CC0-1.0", source="x"),
    ]
    (corrected,) = apply_edits([example()], edits).plans
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [corrected])
    assert check_geopackage(path) == ()
    file = read_geopackage(path)
    assert set(file.works[file.works["edited"]]["work_id"]) == {BRIDGE, HILL, METRO, TOWN}
    assert "park_areas" in file.layers
    assert "metro_lines" not in file.layers
    notes = file.edits.set_index(["work_id", "field"])
    assert notes.loc[(BRIDGE, "geometry"), "after"] == "MULTIPOINT ((120 31.5))"
    assert notes.loc[(HILL, "theme"), "who"] == "李工"


def test_a_corrected_site_is_corrected_like_a_work() -> None:
    doc = document()
    site = placed(work(doc, 5, "芦村厂", Theme.SEWAGE, Stage.COMPLETE), Point(120, 31.5))
    one = plan(doc, ())
    moved = edit(site.work.work_id, geometry=MultiPoint([(120.2, 31.6)]))
    (corrected,) = apply_edits([replace(one, sites=(site,))], [moved]).plans
    assert corrected.sites[0].geometry == MultiPoint([(120.2, 31.6)])
    assert corrected.sites[0].edited


_FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "name": st.sampled_from(["甲", "乙"]),
    "stage": st.sampled_from([str(stage) for stage in Stage]),
    "theme": st.sampled_from([str(theme) for theme in Theme]),
    "precision": st.sampled_from([str(precision) for precision in Precision]),
    "uncertainty_m": st.none() | st.floats(0, 5000),
    "geometry": st.none() | st.builds(lambda x: MultiPoint([(x, 31.5)]), st.floats(119, 121)),
    "licence": st.none() | st.just("CC0-1.0"),
}
_EDITS = st.lists(
    st.builds(
        lambda number, status, values: edit(BRIDGE, number, status, **values),
        st.integers(1, 99),
        st.sampled_from(Status),
        st.fixed_dictionaries({}, optional=_FIELDS),
    ),
    max_size=4,
)


@given(_EDITS)
def test_whatever_was_corrected_geometry_and_precision_agree(edits: list[Edit]) -> None:
    one = after(*edits)
    assert (one.geometry is None) == (one.precision is Precision.UNLOCATED)
    assert (one.geometry is None) == (one.uncertainty_m is None)
    assert one.geometry is None or isinstance(one.geometry, BaseGeometry)
    build_layers(apply_edits([example()], edits).plans)


@given(_EDITS)
def test_applying_again_changes_nothing_more(edits: list[Edit]) -> None:
    once = apply_edits([example()], edits).plans
    placed_once = [one.placed for one in once]
    assert [one.placed for one in apply_edits(once, edits).plans] == placed_once
