"""Filters as an address or a command gives them, and the works that a file gives for them."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factories import example
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import LayersFileError, SelectionError
from geo.model import Precision, Stage, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage
from layers.geopackage.source import GeoPackageSource, _chunks, geopackage_source
from layers.origins import origins_of
from layers.schema import COLUMNS
from layers.selection import Selection, selection_from, selection_of
from layers.tables import WORKS


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeoPackageSource]:
    path = tmp_path_factory.mktemp("source") / "works.gpkg"
    write_geopackage(path, [example()], crs="EPSG:4490")
    with geopackage_source(path) as opened:
        yield opened


def names(source: GeoPackageSource, address: str) -> set[str]:
    selection = selection_from(address)
    batches = [batch for name in source.layers for batch in source.batches(name, selection)]
    batches += source.unplaced(selection)
    return {name for batch in batches for name in batch.column("name").to_pylist()}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("theme=metro", {"地鐵1號線一期"}),
        ("theme=metro&theme=sewage", {"地鐵1號線一期", "48座污水處理廠提標改造"}),
        ("stage=start", {"南湖大橋"}),
        ("precision=unlocated", {"北塘新城"}),
        ("locatable=citywide_quantity", {"48座污水處理廠提標改造"}),
        ("year=2021", set()),
        ("verified=no", {"北塘新城"}),
        ("verified=yes&theme=metro", {"地鐵1號線一期"}),
        ("work_id=jia-2020-006&work_id=jia-2020-008", {"南湖大橋", "北塘新城"}),
        ("q=nhdq", {"南湖大橋"}),
        ("q=南湖大轿", set()),
        ("q=~南湖大轿", {"南湖大橋"}),
        ("theme=metro&stage=plan", set()),
        ("q=地铁", {"地鐵1號線一期"}),
        ("q=建设 高速", {"甲乙高速公路"}),
        ("bbox=119.85,31.34,119.95,31.36", {"48座污水處理廠提標改造", "南湖大橋", "地鐵1號線一期"}),
        ("bbox=100,5,110,15", {"丙國工業園"}),
        ("bbox=0,0,1,1", set()),
        ("polygon=POLYGON((103 10,104 10,104 12,103 10))&theme=industry", {"丙國工業園"}),
    ],
)
def test_a_file_gives_the_works_that_an_address_asks_for(
    source: GeoPackageSource, address: str, expected: set[str]
) -> None:
    assert names(source, address) == expected


def test_without_a_filter_every_work_passes_once(source: GeoPackageSource) -> None:
    assert len(names(source, "")) == len(example().placed)


def test_a_box_holds_what_meets_it_and_not_what_only_its_bounds_meet(
    source: GeoPackageSource,
) -> None:
    corner = "bbox=119.6,31.1,119.7,31.2&theme=expressway"  # inside the bounds of a diagonal line
    assert names(source, corner) == set()


def test_a_batch_has_the_schemas_columns_and_types(source: GeoPackageSource) -> None:
    (batch,) = source.batches("metro_lines", Selection())
    assert batch.schema.names == [*(column.name for column in COLUMNS), "geom"]
    (row,) = batch.to_pylist()
    assert (row["verified"], row["edited"], row["year"]) == (True, False, 2020)
    assert source.crs == "EPSG:4490"


def test_a_table_comes_as_it_was_written(source: GeoPackageSource) -> None:
    assert len(source.table(WORKS)) == len(example().placed)


def test_a_value_of_a_wrong_type_is_said_to_be_damage(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [example()])
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE works SET passage = 'two'")
    with pytest.raises(LayersFileError, match="is damaged"), geopackage_source(path) as opened:
        list(opened.unplaced(Selection()))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("theme=nope", "nope is no theme: use airport"),
        ("colour=red", "colour is no filter"),
        ("nonsense", "nonsense is no filter"),
        ("bbox=1,2,3", "is no box"),
        ("bbox=a,b,c,d", "is no box"),
        ("bbox=121,31,120,32", "in this order"),
        ("bbox=nan,31,120,32", "in this order"),
        ("polygon=POINT(1 2)", "must be one valid POLYGON"),
        ("polygon=POLYGON((0 0,1 1,0 1,1 0,0 0))", "must be one valid POLYGON"),
        ("polygon=POLYGON EMPTY", "must be one valid POLYGON"),
        ("polygon=nonsense", "is no shape"),
        ("polygon=POLYGON((0 0,1e308 0,1e308 1e308,0 0))", "is nowhere on earth"),
        ("polygon=POLYGON((500 40,501 40,501 41,500 40))", "is nowhere on earth"),
        ("&".join(f"district={n}" for n in range(201)), "More than 200 values of district"),
    ],
)
def test_what_is_no_filter_is_one_sentence(address: str, words: str) -> None:
    with pytest.raises(SelectionError, match=words):
        selection_from(address)


def test_a_polygon_of_a_thousand_corners_too_many_is_refused() -> None:
    ring = ", ".join(f"{120 + n / 10_000} {31 + (n % 2) / 1000}" for n in range(3_000))
    with pytest.raises(SelectionError, match=r"corners|valid"):
        selection_from(f"polygon=POLYGON(({ring}, 120 40, 120 31))")


def test_other_parameters_of_a_page_are_left_alone() -> None:
    assert selection_of([("lang", "en"), ("work", "x"), ("theme", "")]) == Selection()


_SELECTIONS = st.builds(
    lambda themes, stages, precisions, district, query, corner: Selection(
        values={
            name: frozenset(map(str, values))
            for name, values in {
                "theme": themes,
                "stage": stages,
                "precision": precisions,
                "district": district,
            }.items()
            if values
        },
        query=" ".join(query.split()),
        bbox=(corner, 30.0, corner + 1, 31.5) if corner is not None else None,
    ),
    st.sets(st.sampled_from(Theme)),
    st.sets(st.sampled_from(Stage)),
    st.sets(st.sampled_from(Precision)),
    st.sets(st.text("新吴区東&=?% ,'\"", min_size=1, max_size=6).map(str.strip).filter(bool)),
    st.text(max_size=40),
    st.none() | st.integers(-170, 170).map(float),
)


@given(_SELECTIONS)
def test_an_address_leads_back_to_its_selection(selection: Selection) -> None:
    assert selection_from(selection.address) == selection


def test_the_values_of_one_filter_can_be_changed_alone() -> None:
    selection = selection_from("theme=metro&stage=start")
    assert selection.with_values("theme", []).address == "stage=start"
    assert selection.with_values("theme", ["road"]).of("theme") == {"road"}


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    plan = example()
    empty = Plan(replace(plan.reading, works=(), ledger=()), ())
    write_geopackage(tmp_path / "works.gpkg", [empty])
    with geopackage_source(tmp_path / "works.gpkg", known=True) as opened:
        assert opened.layers == ()
        assert list(opened.unplaced(Selection())) == []


def test_what_goes_wrong_with_the_works_later_is_no_damage_of_their_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [example()])
    with pytest.raises(ZeroDivisionError), geopackage_source(path) as opened:
        assert 1 / sum(batch.num_rows - 1 for batch in opened.batches("metro_lines", Selection()))


@pytest.mark.parametrize(
    "address", ["", "theme=metro", "q=地铁", "bbox=119,31,121,32", "year=1999"]
)
def test_works_are_counted_by_where_they_come_from(source: GeoPackageSource, address: str) -> None:
    selection = selection_from(address)
    for layer in (*source.layers, None):
        batches = list(source.batches(layer, selection) if layer else source.unplaced(selection))
        found = list(source.origins(layer, selection))
        assert sum(one.works for one in found) == sum(batch.num_rows for batch in batches)
        assert {one[:3] for one in found} == {one[:3] for one in origins_of(batches)}


def test_long_rows_come_in_small_chunks() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE documents (text TEXT)")
        database.executemany("INSERT INTO documents VALUES (?)", [("文" * 100_000,)] * 300)
        sizes = [len(rows) for rows in _chunks(database.execute("SELECT text FROM documents"))]
    assert sum(sizes) == 300
    assert max(sizes[1:]) == 40
