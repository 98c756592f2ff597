"""A published schema gives for every selection the works that the file gives for it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import factories
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres_server import Server
from shapely.geometry import LineString, Point, box

from geo.model import PlacedWork, Precision, Stage, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage
from layers.geopackage.source import geopackage_source
from layers.postgis import postgis_source, publish, read_address
from layers.selection import Selection, selection_of
from layers.source import WorksSource
from layers.tables import TABLES

THEMES = (Theme.METRO, Theme.PARK, Theme.SEWAGE)
STAGES = (Stage.PLAN, Stage.START, Stage.COMPLETE)
PRECISIONS = (Precision.SURVEYED, Precision.STREET, Precision.AREA)
DISTRICTS = ("東區", "西區", "東'區%\"")


@dataclass(frozen=True)
class Pair:
    """The same works in a file and in a database."""

    file: WorksSource
    database: WorksSource


@pytest.fixture(scope="module", params=["EPSG:4326", "EPSG:4549"])
def pair(
    request: pytest.FixtureRequest, postgres: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    path: Path = tmp_path_factory.mktemp("source") / "works.gpkg"
    write_geopackage(path, [many_works()], crs=request.param)
    address = read_address(postgres.database())
    publish(path, address)
    with ExitStack() as stack:
        file = stack.enter_context(geopackage_source(path))
        yield Pair(file, stack.enter_context(postgis_source(address)))


def many_works() -> Plan:
    """Give works of all families in a grid, each with its own mixture of values."""
    lines = [f"建成第{number}甲{'地鐵' if number % 2 else '公園'}。" for number in range(60)]
    doc = factories.document("甲市2020年重點工作\n" + "\n".join(lines) + "\n")
    return factories.plan(doc, tuple(_placed(doc, number) for number in range(60)))


def _placed(doc: factories.Document, number: int) -> PlacedWork:
    theme, stage = THEMES[number % 3], STAGES[number // 4 % 3]
    one = factories.work(doc, number + 2, f"第{number}甲", theme, stage)
    if number % 11 == 0:
        return factories.unlocated(one)
    x, y = 119.5 + number % 8 / 8, 31 + number // 8 / 8
    shapes = (Point(x, y), LineString([(x, y), (x + 0.1, y + 0.1)]), box(x, y, x + 0.05, y + 0.05))
    where = factories.placed(one, shapes[number // 3 % 3], PRECISIONS[number // 5 % 3])
    return factories.replace(where, district=DISTRICTS[number // 7 % 3])


def several(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=3)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    pairs = [("theme", value) for value in draw(several(*THEMES))]
    pairs += [("stage", value) for value in draw(several(*STAGES))]
    pairs += [("precision", value) for value in draw(several(*PRECISIONS, "unlocated"))]
    pairs += [("district", value) for value in draw(several(*DISTRICTS, "a\0b", "%s"))]
    pairs += [("year", value) for value in draw(several("2020", "2020.0", "x"))]
    pairs += [("verified", value) for value in draw(several("yes", "no"))]
    pairs += [("q", value) for value in draw(several("公园", "公園", "甲", "9", "%", "'", "~公国"))]
    corners = draw(st.none() | st.tuples(*[st.floats(0, 1, width=32)] * 4))
    if corners:
        west, south, width, height = corners
        edges = (119.4 + west, 30.9 + south, 119.5 + west + width, 31 + south + height)
        pairs.append(("bbox", ",".join(map(str, edges))))
    if draw(st.booleans()):
        pairs.append(("polygon", "POLYGON((119.6 31, 120.6 31.4, 120.2 32, 119.6 31))"))
    return selection_of(pairs)


def rows(source: WorksSource, selection: Selection) -> list[tuple[str, list[dict[str, object]]]]:
    found = [
        (name, [row for batch in source.batches(name, selection) for row in batch.to_pylist()])
        for name in source.layers
    ]
    unplaced = [row for batch in source.unplaced(selection) for row in batch.to_pylist()]
    return [*found, ("", unplaced)]


@settings(max_examples=60)
@given(selection=selections())
def test_file_and_database_give_the_same_works_for_the_same_selection(
    pair: Pair, selection: Selection
) -> None:
    assert rows(pair.file, selection) == rows(pair.database, selection)


@given(selection=selections(), few=st.sampled_from([0, 5, 2_000]))
def test_all_layers_together_give_what_each_of_them_gives(
    pair: Pair, selection: Selection, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layers.geopackage.source._FEW", few)
        for source in (pair.file, pair.database):
            together: dict[str, list[object]] = {name: [] for name in source.layers}
            for name, batch in source.everywhere(selection):
                together[name] += batch.to_pylist()
            assert [*together.items(), rows(source, selection)[-1]] == rows(source, selection)


@pytest.mark.parametrize("address", [{}, {"theme": "park"}, {"q": "甲", "bbox": "119,30,120,33"}])
def test_works_are_counted_alike_by_where_they_come_from(
    pair: Pair, address: dict[str, str]
) -> None:
    selection = selection_of(address.items())
    for layer in (*pair.file.layers, None):
        counted = [
            sum(origin.works for origin in source.origins(layer, selection))
            for source in (pair.file, pair.database)
        ]
        assert counted[0] == counted[1]


def test_without_a_filter_every_work_comes_once(pair: Pair) -> None:
    found = [row["work_id"] for _, part in rows(pair.database, Selection()) for row in part]
    assert sorted(map(str, found)) == [f"jia-2020-{number:03}" for number in range(2, 62)]


def test_layers_and_system_are_those_of_the_file(pair: Pair) -> None:
    assert pair.database.layers == pair.file.layers
    assert pair.database.crs == pair.file.crs


def test_tables_come_whole_and_in_order(pair: Pair) -> None:
    for table in TABLES:
        batches = pair.database.table_batches(table)
        same = pair.file.table_batches(table)
        listed = [row for batch in batches for row in batch.to_pylist()]
        assert listed == [row for batch in same for row in batch.to_pylist()]
        assert pair.database.table(table).equals(pair.file.table(table))


def test_a_layer_comes_in_batches_and_not_at_once(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.postgis.source.BATCH_ROWS", 2)
    sizes = [batch.num_rows for batch in pair.database.batches("park_lines", Selection())]
    assert len(sizes) > 1
    assert max(sizes) == 2


def test_a_box_is_looked_up_in_the_index(database: str, postgres: Server, tmp_path: Path) -> None:
    """With thousands of works the server does not read them all to find a few."""
    address = database
    write_geopackage(tmp_path / "works.gpkg", [many_works()])
    publish(tmp_path / "works.gpkg", read_address(address))
    layer = "甲市_2020.park_points"
    copies = "work_id, geom) SELECT n::text, ST_Multi(ST_SetSRID(ST_Point(n / 100.0, 31), 4326))"
    postgres.run(address, f"INSERT INTO {layer} ({copies} FROM generate_series(1, 20000) n")
    postgres.run(address, f"ANALYZE {layer}")
    queried: list[str] = []
    with postgis_source(read_address(address)) as source:
        before = source.rows

        def spy(table: str, columns: list[str], wanted: list[str], values: list[object]) -> object:
            queried.append(" AND ".join(wanted))
            return before(table, columns, wanted, values)

        source.rows = spy  # type: ignore[method-assign,assignment]
        found = list(source.batches("park_points", selection_of([("bbox", "119.9,30,120,32")])))
    assert sum(batch.num_rows for batch in found)
    box_only = queried[0].replace("%s", "{}").format(119.9, 30, 120, 32, 4326)
    plan = postgres.run(address, f"EXPLAIN SELECT * FROM {layer} WHERE {box_only}")
    assert "geom_idx" in str(plan)


def test_a_schema_with_odd_letters_is_read_as_any_other(database: str, tmp_path: Path) -> None:
    name = 'x"%s {}%'
    write_geopackage(tmp_path / "works.gpkg", [many_works()])
    address = read_address(f"{database}?schema={quote(name)}")
    publish(tmp_path / "works.gpkg", address)
    with postgis_source(address) as source:
        selection = selection_of([("theme", "park"), ("bbox", "119,30,121,33")])
        assert any(found for _, found in rows(source, selection))
