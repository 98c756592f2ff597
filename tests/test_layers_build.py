"""From placed works to one frame for each layer and table."""

from dataclasses import replace

import pandas as pd
import pytest
from factories import (
    CITY,
    document,
    example,
    place,
    placed,
    plan,
    reading,
    tables_of,
    unlocated,
    work,
)
from shapely.geometry import GeometryCollection, LineString, Point

from geo.errors import SchemaError
from geo.model import Precision, Stage, Theme
from layers.build import Plan, build_layers
from layers.schema import COLUMNS, FAMILIES, LAYERS
from layers.tables import TABLES, WORKS


def test_each_layer_has_the_schemas_columns_in_order_and_one_geometry_type() -> None:
    layers = build_layers([example()])
    assert layers
    for name, frame in layers.items():
        assert list(frame.columns) == [*(column.name for column in COLUMNS), "geometry"]
        assert set(frame.geom_type) == {LAYERS[name].family.geometry_type}
        assert frame.crs == "EPSG:4326"


def test_only_layers_that_have_works_are_there_in_the_schemas_order() -> None:
    layers = list(build_layers([example()]))
    assert layers == [
        "metro_lines",
        "expressway_lines",
        "bridge_crossing_points",
        "sewage_areas",
        "industry_points",
        "tourism_areas",
    ]
    assert layers == [name for name in LAYERS if name in layers]


def test_every_theme_and_family_has_its_layer_and_title() -> None:
    assert len(LAYERS) == len(Theme) * len(FAMILIES)
    assert len({layer.title.hans for layer in LAYERS.values()}) == len(LAYERS)


def test_a_work_that_is_not_located_is_in_no_layer_but_in_the_table_of_works() -> None:
    layers = build_layers([example()])
    works = tables_of(example())["works"].set_index("work_id")
    assert all("jia-2020-008" not in set(frame["work_id"]) for frame in layers.values())
    assert works.loc["jia-2020-008", "precision"] == "unlocated"
    assert works.loc["jia-2020-008", "layer"] is None
    assert works.loc["jia-2020-008", "located_by"] == "no such name in the gazetteer"


def test_each_work_is_one_row_of_the_layer_that_the_table_of_works_names() -> None:
    layers = build_layers([example()])
    works = tables_of(example())["works"]
    found = {work_id: name for name, frame in layers.items() for work_id in frame["work_id"]}
    named = works[works["layer"].notna()].set_index("work_id")["layer"].to_dict()
    assert found == named
    assert sum(map(len, layers.values())) == len(found)


def test_rows_stand_in_the_order_of_the_words_whatever_the_order_of_the_works() -> None:
    doc = document()
    works = [work(doc, number, str(number), Theme.PARK, Stage.PLAN) for number in (4, 2, 3)]
    one = plan(doc, tuple(placed(each, Point(120, 31.5)) for each in works))
    assert list(build_layers([one])["park_points"]["name"]) == ["2", "3", "4"]


def test_documents_stand_in_the_order_of_their_ids_whatever_the_order_of_the_plans() -> None:
    plans = [_one_park("b"), _one_park("a")]
    assert list(build_layers(plans)["park_points"]["document_id"]) == ["a", "b"]
    assert list(tables_of(*plans)["documents"]["document_id"]) == ["a", "b"]


def test_the_first_quantity_stands_in_the_row_and_all_in_their_table() -> None:
    row = build_layers([example()])["sewage_areas"].iloc[0]
    assert (row["quantity"], row["unit"], row["quantity_text"]) == (48, "座", "48座")
    quantities = tables_of(example())["quantities"]
    assert list(quantities["text"]) == ["48座", "1.5億元"]
    assert list(quantities["shared"]) == [False, True]


def test_a_clause_says_why_its_work_is_not_on_the_map() -> None:
    clauses = tables_of(example())["clauses"].set_index("number")
    assert clauses.loc[8, "outcome"] == "unlocated"
    assert clauses.loc[8, "reason"] == "北塘新城: no such name in the gazetteer"
    assert clauses.loc[2, "outcome"] == "located"
    assert clauses.loc[9, "outcome"] == "no_work"
    assert clauses.loc[9, "reason"] == "policy"


def test_a_clause_with_some_works_on_the_map_is_partly_located() -> None:
    doc = document()
    first = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    second = replace(first, work_id="second", name="乙")
    one = plan(doc, (placed(first, Point(120, 31.5)), unlocated(second, "two of that name")))
    clauses = tables_of(one)["clauses"].set_index("number")
    assert clauses.loc[2, "outcome"] == "partly_located"
    assert clauses.loc[2, "reason"] == "乙: two of that name"


def test_the_counts_of_a_build_add_up() -> None:
    build = tables_of(example())["build"].set_index("key")["value"]
    assert (build["works"], build["placed"], build["counted"]) == ("7", "5", "1")
    assert build["unlocated"] == "1"


def test_the_build_notes_no_time() -> None:
    keys = set(tables_of(example())["build"]["key"])
    assert not [key for key in keys if "time" in key or "date" in key]


def test_a_place_used_twice_is_listed_once() -> None:
    doc = document()
    city = place("the-city", CITY, Precision.CITY, 40000)
    works = [work(doc, number, str(number), Theme.SEWAGE, Stage.COMPLETE) for number in (2, 3)]
    one = plan(doc, tuple(replace(placed(each, CITY), place=city) for each in works))
    assert list(tables_of(one)["places"]["place_id"]) == ["the-city"]


def test_every_table_has_the_schemas_columns_in_order() -> None:
    tables = tables_of(example())
    for table in TABLES:
        assert list(tables[table.name].columns) == [column.name for column in table.columns]


def test_the_table_of_works_begins_with_the_layers_columns() -> None:
    assert WORKS.columns[: len(COLUMNS)] == COLUMNS


def test_building_changes_nothing_and_gives_the_same_again() -> None:
    one = example()
    first, second = build_layers([one]), build_layers([one])
    for name, frame in first.items():
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(second[name]))
    assert one == example()


def test_a_mixed_geometry_keeps_its_highest_dimension() -> None:
    line = LineString([(120, 31), (120.1, 31.1)])
    doc = document()
    one = work(doc, 2, "地鐵", Theme.METRO, Stage.START)
    mixed = GeometryCollection([Point(120, 31), line])
    layers = build_layers([plan(doc, (placed(one, mixed),))])
    assert list(layers) == ["metro_lines"]
    assert layers["metro_lines"].geometry.iloc[0].equals(line)


def test_the_same_work_twice_is_refused() -> None:
    one = _one_park("a")
    twice = Plan(one.reading, one.placed * 2)
    with pytest.raises(SchemaError, match="work a-002 comes twice"):
        build_layers([twice])


def test_the_same_document_twice_is_refused() -> None:
    one = plan(document(), ())
    with pytest.raises(SchemaError, match="document jia-2020 comes twice"):
        build_layers([one, one])


def test_a_work_that_was_read_and_not_placed_is_refused() -> None:
    one = _one_park("a")
    with pytest.raises(SchemaError, match="work a-002 is not in both"):
        build_layers([Plan(one.reading, ())])


@pytest.mark.parametrize(
    ("geometry", "precision"),
    [(None, Precision.SURVEYED), (Point(120, 31), Precision.UNLOCATED)],
)
def test_a_precision_that_contradicts_the_geometry_is_refused(
    geometry: Point | None, precision: Precision
) -> None:
    doc = document()
    one = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    wrong = replace(placed(one, Point(120, 31)), geometry=geometry, precision=precision)
    with pytest.raises(SchemaError, match="work jia-2020-002 is"):
        build_layers([Plan(reading(doc, (one,)), (wrong,))])


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_text_that_no_file_could_give_back_is_refused(text: str) -> None:
    doc = document()
    one = replace(work(doc, 2, "甲", Theme.PARK, Stage.PLAN), name=text)
    with pytest.raises(SchemaError, match="column name holds"):
        build_layers([plan(doc, (placed(one, Point(120, 31.5)),))])


def test_a_value_of_another_type_is_refused() -> None:
    doc = document()
    wrong = replace(work(doc, 2, "甲", Theme.PARK, Stage.PLAN), passage="two")  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="column passage holds int only"):
        build_layers([plan(doc, (placed(wrong, Point(120, 31.5)),))])


def test_a_code_that_the_schema_does_not_know_is_refused() -> None:
    doc = document()
    wrong = replace(work(doc, 2, "甲", Theme.PARK, Stage.PLAN), stage="dreaming")  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="column stage holds a code that the schema does not"):
        build_layers([plan(doc, (placed(wrong, Point(120, 31.5)),))])


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    doc = document()
    one = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    wrong = placed(one, Point(120, 31.5), uncertainty_m=number)
    with pytest.raises(SchemaError, match="column uncertainty_m holds finite numbers only"):
        build_layers([plan(doc, (wrong,))])


def _one_park(document_id: str) -> Plan:
    doc = document(document_id=document_id)
    one = work(doc, 2, "甲", Theme.PARK, Stage.PLAN)
    return plan(doc, (placed(one, Point(120, 31.5)),))
