"""Statistics count each work once, add like with like, and lead back to the map."""

import html
import re
from dataclasses import replace

import briefing
import factories
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model import Quantity, Stage, Theme
from layers.geopackage import write_geopackage
from layers.selection import selection_from
from webmap import create_app
from webmap.cards import WorkCard, work_cards
from webmap.quantities import Totals, totals_of
from webmap.selection import counts, select
from webmap.statistics import narrowed, statistics_of
from webmap.store import Snapshot

PARK = Theme.PARK


def cards(*quantities: tuple[Theme, tuple[Quantity, ...]]) -> tuple[WorkCard, ...]:
    """Give works with these themes and numbers, two to a sentence."""
    names = [f"甲{number}乙" for number in range(len(quantities))]
    pairs = ["、".join(names[at : at + 2]) for at in range(0, len(names), 2)]
    document = factories.document("題\n" + "".join(f"建成{pair}。\n" for pair in pairs))
    works = [
        replace(
            factories.work(document, 2 + at // 2, names[at], theme, Stage.PLAN),
            work_id=f"w{at:03}",
            quantities=numbers,
        )
        for at, (theme, numbers) in enumerate(quantities)
    ]
    tables = factories.tables_of(factories.plan(document, tuple(map(factories.unlocated, works))))
    return work_cards(tables["works"], tables["quantities"], tables["places"])


def sums(totals: Totals) -> list[tuple[str, str, float]]:
    return [(one.what, one.unit, one.value) for one in totals.sums]


def printed(value: float, unit: str, what: str = "", *, shared: bool = False) -> Quantity:
    return Quantity(value, unit, what, f"{value:g}{unit}", shared)


def test_one_unit_in_other_words_is_added() -> None:
    works = cards(
        (PARK, (printed(190, "萬平方米", "綠地"),)),
        (PARK, (printed(10, "公顷", "绿地"),)),
        (PARK, (printed(0.5, "平方公里", "綠地"),)),
    )
    assert sums(totals_of(works)) == [("綠地", "m2", 2_500_000)]


def test_unlike_things_are_never_added() -> None:
    works = cards(
        (PARK, (printed(5, "個", "公園"), printed(2, "公里", "綠道"))),
        (PARK, (printed(7, "個", "村"), printed(3, "公里", "管網"))),
    )
    assert [value for *_, value in sums(totals_of(works))] == [3000, 2000, 7, 5]


def test_numbers_of_nothing_named_are_added_within_a_theme_only() -> None:
    works = cards(
        (PARK, (printed(2, "公里"),)),
        (PARK, (printed(3, "公里"),)),
        (Theme.METRO, (printed(4, "公里"),)),
    )
    assert [(one.theme, one.value) for one in totals_of(works).sums] == [
        (PARK, 5000),
        (Theme.METRO, 4000),
    ]


def test_one_total_of_a_list_is_given_once_and_in_no_sum() -> None:
    total = printed(50, "億元", shared=True)
    works = cards((PARK, (total,)), (PARK, (total,)), (PARK, (total,)), (PARK, ()))
    found = totals_of(works)
    assert found.sums == ()
    assert [(one.value, len(one.printed[0].works)) for one in found.shared] == [(5e9, 2), (5e9, 1)]
    assert found.without == 1


def test_decimals_are_added_without_their_binary_rest() -> None:
    works = cards(*((PARK, (printed(0.1, "元", "款"),)) for _ in range(3)))
    assert sums(totals_of(works)) == [("款", "CNY", 0.3)]


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["個", "公里", "畝", ""]),
            st.integers(1, 500),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_printed_number_is_in_one_row(
    numbers: list[tuple[str, int, bool, bool]],
) -> None:
    works = cards(
        *(
            (PARK, (printed(value, unit, "物" if named else "", shared=shared),))
            for unit, value, shared, named in numbers
        )
    )
    found = totals_of(works)
    rows = [text for one in (*found.sums, *found.shared) for text in one.printed]
    assert sum(len(one.works) for one in rows) == len(numbers)
    assert found.without == 0


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("statistics") / "works.gpkg"
    other = factories.example()
    write_geopackage(path, [briefing.plan(), other])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def snapshot(client: FlaskClient) -> Snapshot:
    return client.application.extensions["works"].current()


@pytest.mark.parametrize("address", ["", "theme=park", "district=滨湖区", "year=2020&city=无锡"])
def test_each_chart_counts_each_work_once(snapshot: Snapshot, address: str) -> None:
    works = select(snapshot.works, selection_from(address), snapshot.shapes)
    found = statistics_of(works, snapshot.documents)
    assert found.total == len(works) > 0
    for chart in found.charts:
        assert sum(bar.count for bar in chart.bars) == len(works), chart.name
    assert sum(sum(row.values()) for row in found.matrix.values()) == len(works)


def test_a_bar_leads_to_as_many_works_as_it_is_long(snapshot: Snapshot) -> None:
    selection = selection_from("city=无锡")
    works = select(snapshot.works, selection, snapshot.shapes)
    for chart in statistics_of(works, snapshot.documents).charts:
        for bar in filter(lambda bar: bar.value, chart.bars):
            own = select(
                snapshot.works, narrowed(selection, chart.name, bar.value), snapshot.shapes
            )
            assert len(own) == bar.count, (chart.name, bar.value)


def test_cities_and_documents_are_compared_where_there_are_several(snapshot: Snapshot) -> None:
    everything = statistics_of(snapshot.works, snapshot.documents)
    assert [chart.name for chart in everything.charts][4:] == ["city", "document_id"]
    one = statistics_of(snapshot.works_of("xi-2020"), snapshot.documents)
    assert [chart.name for chart in one.charts] == ["theme", "stage", "precision", "district"]


def test_what_names_no_district_comes_last_and_leads_nowhere(client: FlaskClient) -> None:
    page = client.get("/statistics?city=无锡&lang=en").text
    rows = re.findall(r"<th scope=\"row\">.*?</th>", page[page.index('id="chart-district"') :])
    assert rows[2] == '<th scope="row">none named</th>'
    assert "district=%E6%BB%A8%E6%B9%96%E5%8C%BA" in rows[0]


def test_the_page_follows_the_filters_of_its_address(
    client: FlaskClient, snapshot: Snapshot
) -> None:
    park = counts(snapshot.works, "theme")["park"]
    page = client.get("/statistics?theme=park&lang=en").text
    assert f"{park} of {len(snapshot.works)} works" in html.unescape(page)
    assert "/download/works.csv?theme=park" in page
    assert 'href="/brief?theme=park"' in page
    assert "/?theme=park&amp;district=%E6%BB%A8%E6%B9%96%E5%8C%BA" in page


def test_the_value_stands_beside_what_is_printed(client: FlaskClient) -> None:
    page = client.get("/statistics?theme=sewage&lang=en").text
    text = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "污水處理廠 96 座 48座 48座污水處理廠提標改造 48座 污水處理廠" in text
    assert "sewage what is not said 150,000,000 yuan 1.5億元" in text
    assert "One total for several works of a list, in no sum" in text


def test_nothing_found_is_said_plainly(client: FlaskClient) -> None:
    page = client.get("/statistics?theme=health&lang=en").text
    assert "No work passes these filters." in page
    assert '<svg class="count-bar"' not in page


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_statistics_answer_in_each_language(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/statistics?lang={language}")
    assert answer.status_code == 200
    assert "%(" not in answer.text
