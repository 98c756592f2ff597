"""What the list shows agrees with the filters: counts, headings, order, chips."""

from collections.abc import Iterator
from unittest.mock import patch

import factories
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from layers.geopackage import write_geopackage
from layers.selection import Selection, passes, selection_of, value_of
from webmap import create_app
from webmap.facets import chips_of, facets_of
from webmap.listing import listing_values, rows_of
from webmap.ordering import SORTS, heading_of, order_of
from webmap.selection import FACETS, find
from webmap.store import Snapshot
from webmap.views_shared import snapshot


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("listing") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path})


@pytest.fixture(scope="module")
def present(app: Flask) -> Iterator[Snapshot]:
    with app.test_request_context("/"):
        app.preprocess_request()
        yield snapshot()


CHOICES = st.dictionaries(
    st.sampled_from(["theme", "stage", "district", "precision", "verified", "year"]),
    st.lists(
        st.sampled_from(["metro", "sewage", "start", "complete", "yes", "no", "東區", "city"]),
        min_size=1,
        max_size=3,
    ),
    max_size=3,
)


@given(CHOICES)
def test_a_count_is_how_many_works_pass_once_its_value_alone_is_ticked(
    present: Snapshot, chosen: dict[str, list[str]]
) -> None:
    selection = Selection({name: frozenset(values) for name, values in chosen.items()})
    found = find(present.works, selection, present.shapes)
    assert list(found.works) == [work for work in present.works if passes(work, selection)]
    for name in FACETS:
        for value in {value_of(work, name) for work in present.works}:
            alone = selection.with_values(name, [value])
            expected = sum(passes(work, alone) for work in present.works)
            assert found.facets[name].get(value, 0) == expected


def test_a_filter_that_tells_no_works_apart_is_not_offered(present: Snapshot) -> None:
    names = [facet.name for facet in facets_of(find(present.works, Selection(), {}), present)]
    assert "theme" in names
    assert "year" not in names
    assert "city" not in names


def test_words_that_no_work_holds_are_looked_for_with_slips(present: Snapshot) -> None:
    exact = find(present.works, Selection(query="南湖大桥"), present.shapes)
    assert (len(exact.works), exact.is_similar) == (1, False)
    similar = find(present.works, Selection(query="南湖大轿"), present.shapes)
    assert [work.name for work in similar.works] == ["南湖大橋"]
    assert similar.is_similar
    assert similar.selection.query == "~南湖大轿"
    nothing = find(present.works, Selection(query="完全无关"), present.shapes)
    assert (nothing.works, nothing.is_similar) == ((), False)


def test_an_exact_hit_that_a_filter_keeps_out_is_not_replaced_by_similar_ones(
    present: Snapshot,
) -> None:
    selection = selection_of([("q", "南湖大桥"), ("theme", "metro")])
    found = find(present.works, selection, present.shapes)
    assert (found.works, found.is_similar) == ((), False)


def test_each_chip_leads_to_the_same_filters_without_it(present: Snapshot) -> None:
    pairs = [("q", "建设"), ("theme", "metro"), ("theme", "road"), ("bbox", "119,31,120,32")]
    chips = chips_of(selection_of(pairs), present)
    assert [chip.words for chip in chips] == ["建设", "地铁", "城市道路", "当前图面"]
    assert chips[1].parameters == {"q": ["建设"], "theme": ["road"], "bbox": ["119,31,120,32"]}


@pytest.mark.parametrize("column", SORTS)
def test_works_under_headings_are_all_works_in_their_order(present: Snapshot, column: str) -> None:
    order = order_of(column, None, "text")
    groups = list(order.groups(present.works, 100))
    assert [work for group in groups for work in group.works] == order.sort(present.works)
    assert all(
        heading_of(work, column) == group.heading for group in groups for work in group.works
    )
    headings = [group.heading for group in groups]
    assert len(headings) == len(set(headings))


def test_only_so_many_rows_are_listed_and_all_are_counted(app: Flask) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        listing = listing_values([("rows", "3")])["listing"]
    shown = [work for group in listing.groups for work in group.works]
    assert len(shown) + len(listing.counted.works) + len(listing.unlocated.works) == 3
    assert (listing.hidden, listing.counted.count, listing.unlocated.count) == (4, 1, 1)


@pytest.mark.parametrize("text", ["", "-1", "x", "١٢", "1e9", "²"])
def test_rows_that_are_no_number_are_the_usual_ones(text: str) -> None:
    assert rows_of(text) == 300


def test_rows_are_bounded() -> None:
    assert rows_of("9" * 30) == 20_000


def test_ten_thousand_works_are_filtered_and_counted_in_one_look_at_each(
    present: Snapshot,
) -> None:
    many = [*present.works] * 10
    seen: list[object] = []
    with patch("webmap.selection.passes", lambda work, _: seen.append(work) or True):
        find(many, Selection({"theme": frozenset({"metro"})}), present.shapes)
    assert len(seen) == len(many)
