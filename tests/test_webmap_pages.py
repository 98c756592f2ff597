"""Each page and file of the site, for good and for hostile addresses."""

import html
import re
from pathlib import Path

import factories
import pytest
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_plan

from layers.geopackage import write_geopackage
from layers.schema import COLUMNS
from webmap import create_app

METRO, PLANTS, TOWN = "jia-2020-002", "jia-2020-005", "jia-2020-008"
PAGES = ("/", "/table", "/documents/jia-2020", f"/works/{METRO}")
MISSING = (
    "/works/nope",
    "/works/nope/panel",
    "/works/" + "9" * 5000,
    "/works/..%2f..%2fetc%2fpasswd",
    "/documents/nope",
    "/documents/%00",
    "/layers/nope.geojson",
    "/layers/../works.json",
    "/layers/metro_lines",
    "/layers/metro_lines.geojson/",
    "/layers/'%20OR%201=1--.geojson",
    "/layers/layer_styles.geojson",
    "/layers/works.json",
    "/download/other.gpkg",
    "/download/..%2f..%2fpyproject.toml",
    "/static/../__init__.py",
    "/static/%2e%2e/store.py",
    "/%F0%9F%97%BA",
)
ODD_QUERIES = (
    "theme=nope&stage=nope&precision=nope",
    "theme=metro&theme=park",
    "q=" + "a" * 10_000,
    "q=%00%ff%F0",
    "q=%E2%80%A8<script>",
    "work=nope",
    "work[]=1",
    "sort=__class__&order=sideways",
    "lang=../../etc&lang=en",
    "_anchor=x&_external=1&endpoint=static&filename=x",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("pages") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("hostile") / "works.gpkg"
    write_geopackage(path, [hostile_plan()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


@pytest.mark.parametrize("path", [*PAGES, "/list", f"/works/{METRO}/panel"])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_page_answers_in_each_language(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, query_string={"lang": language})
    assert answer.status_code == 200
    assert "%(" not in answer.text


def test_the_meter_counts_every_work_once(client: FlaskClient) -> None:
    text = re.sub("<[^>]+>", "", client.get("/?lang=en").text)
    assert "5 of 7 works on the map" in text
    assert "1 counted" in text
    assert "1 not located" in text


def test_the_list_groups_works_by_theme(client: FlaskClient) -> None:
    listed = client.get("/list?lang=en").text
    headings = re.findall(r"<h2>([^<]+) <span", listed)
    assert headings[:2] == ["metro", "expressway"]
    assert headings[-2:] == ["Counted works", "Not located"]


def test_a_counted_work_stands_with_its_number_as_printed(client: FlaskClient) -> None:
    assert '<b class="quantity">48座</b>' in client.get("/list").text


def test_an_unlocated_work_stands_with_its_reason(client: FlaskClient) -> None:
    listed = client.get("/list?precision=unlocated").text
    assert "北塘新城" in listed
    assert "no such name in the gazetteer" in listed


def test_the_panel_says_how_sure_the_place_is(client: FlaskClient) -> None:
    assert "实测图形(±30 米)" in client.get(f"/works/{METRO}/panel").text
    assert "所在区域(東區),未找到确切位置(±4 公里)" in client.get("/works/jia-2020-004/panel").text
    assert "全市或全区计数(東區),无单一位置" in client.get(f"/works/{PLANTS}/panel").text


def test_the_panel_marks_the_works_own_words_and_its_verb(client: FlaskClient) -> None:
    panel = client.get(f"/works/{METRO}/panel").text
    assert '<mark class="words">地鐵1號線一期</mark>' in panel
    assert '<mark class="verb">建成</mark>' in panel


def test_the_panel_leads_to_the_sentence_and_names_source_and_licence(
    client: FlaskClient,
) -> None:
    panel = client.get(f"/works/{METRO}/panel").text
    assert f'href="/documents/jia-2020#work-{METRO}"' in panel
    assert "field survey" in panel
    assert "CC0-1.0" in panel


def test_an_unverified_place_is_said_to_be_so(hostile: FlaskClient) -> None:
    assert "未核实" in hostile.get("/list").text


def test_the_text_leads_to_the_map_and_holds_an_anchor_for_each_work(
    client: FlaskClient,
) -> None:
    page = client.get("/documents/jia-2020").text
    for number in range(2, 9):
        assert page.count(f'id="work-jia-2020-{number:03}"') == 1
        assert f'href="/?work=jia-2020-{number:03}"' in page


def test_the_text_page_of_the_first_plan_has_a_short_address(client: FlaskClient) -> None:
    assert client.get("/documents/").headers["Location"] == "/documents/jia-2020"


def test_a_chosen_work_is_in_the_page_without_any_script(client: FlaskClient) -> None:
    page = client.get(f"/?work={METRO}").text
    assert '<article class="details' in page
    assert '<article class="details' not in client.get("/").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=metro", {METRO}),
        ("stage=start", {"jia-2020-006"}),
        ("precision=city", {PLANTS}),
        ("q=地铁", {METRO}),
        ("q=地鐵", {METRO}),
        ("q=建设 高速", {"jia-2020-003"}),
        ("q=nothing", set()),
        ("theme=metro&stage=plan", set()),
    ],
)
def test_list_and_table_show_what_the_address_asks_for(
    client: FlaskClient, query: str, expected: set[str]
) -> None:
    listed = set(re.findall(r'data-work="([^"]+)"', client.get(f"/list?{query}").text))
    rows = set(re.findall(r'href="/\?work=([^"&]+)"', client.get(f"/table?{query}").text))
    assert listed == rows == expected


@pytest.mark.parametrize("column", ["text", "name", "theme", "stage", "quantity", "district"])
def test_the_table_is_sorted_by_its_address(client: FlaskClient, column: str) -> None:
    rows = [
        re.findall(r'<th scope="row"><a href="/\?work=([^"]+)"', client.get(address).text)
        for address in (f"/table?sort={column}", f"/table?sort={column}&order=desc")
    ]
    assert sorted(rows[0]) == sorted(rows[1])
    assert rows[0] != rows[1] or column == "district"


def test_a_columns_head_turns_the_order(client: FlaskClient) -> None:
    assert 'href="/table?sort=stage&amp;order=desc"' in client.get("/table?sort=stage").text
    assert 'aria-sort="ascending"' in client.get("/table?sort=stage").text


def test_a_layer_is_geojson_with_all_columns(client: FlaskClient) -> None:
    answer = client.get("/layers/metro_lines.geojson")
    assert answer.mimetype == "application/geo+json"
    (feature,) = answer.get_json(force=True)["features"]
    assert {column.name for column in COLUMNS} <= set(feature["properties"])
    assert feature["geometry"]["type"] == "MultiLineString"
    assert feature["properties"]["verified"] is True


def test_an_areas_mark_may_stand_inside_it(client: FlaskClient) -> None:
    (feature,) = client.get("/layers/tourism_areas.geojson").get_json(force=True)["features"]
    x, y = feature["properties"]["label"]
    assert 120.1 < x < 120.3
    assert 31.7 < y < 31.9


def test_a_layer_is_asked_for_again_only_when_it_changed(client: FlaskClient) -> None:
    first = client.get("/works.json")
    again = client.get("/works.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_geopackage_can_be_downloaded(client: FlaskClient) -> None:
    with client.get("/download/works.gpkg") as answer:
        assert answer.data.startswith(b"SQLite format 3\0")
        assert "works.gpkg" in answer.headers["Content-Disposition"]


def test_a_downloaded_file_keeps_the_name_by_which_its_project_finds_its_layers(
    tmp_path: Path,
) -> None:
    write_geopackage(tmp_path / "wuxi2020.gpkg", [factories.example()])
    other = create_app({"WORKS_FILE": tmp_path / "wuxi2020.gpkg"}).test_client()
    with other.get("/download/works.gpkg") as answer:
        assert "filename=wuxi2020.gpkg" in answer.headers["Content-Disposition"]


def test_health_tells_the_build(client: FlaskClient) -> None:
    health = client.get("/health").get_json()
    assert health["status"] == "ok"
    assert health["works"] == 7


@pytest.mark.parametrize("path", MISSING)
def test_what_does_not_exist_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "这里没有这个页面" in answer.text


@pytest.mark.parametrize("query", ODD_QUERIES)
@pytest.mark.parametrize("path", [*PAGES, "/list", "/works.json", "/nowhere"])
def test_an_odd_query_is_no_error(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code in {200, 404}


def test_a_wrong_method_is_answered_in_the_sites_style(client: FlaskClient) -> None:
    answer = client.post("/")
    assert answer.status_code == 405
    assert "规划工程图" in answer.text


def test_a_mistake_of_the_server_is_a_page_without_details(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.view_functions, "data.health", lambda: 1 / 0)
    monkeypatch.setitem(client.application.config, "PROPAGATE_EXCEPTIONS", False)
    answer = client.get("/health")
    assert answer.status_code == 500
    assert "服务器处理本页时出错" in answer.text
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize("path", ["/", "/list", "/table", "/documents/hostile-2020"])
def test_hostile_words_stay_words(hostile: FlaskClient, path: str) -> None:
    page = hostile.get(path).text
    assert "<img" not in page
    assert "<b>bold" not in page
    assert "alert(1)</script>" not in page
    assert "{{7*7}}${7*7}{%raw%}" in html.unescape(page)


def test_hostile_words_stay_words_in_the_panel(hostile: FlaskClient) -> None:
    for work_id in hostile.get("/works.json").json["columns"]["work_id"]:
        answer = hostile.get("/works/" + work_id.replace("<", "%3C") + "/panel")
        assert answer.status_code == 200
        assert "<img" not in answer.text
        assert "<script" not in answer.text


def test_every_payload_reaches_the_page(hostile: FlaskClient) -> None:
    page = hostile.get("/documents/hostile-2020").text
    assert page.count("alert(") >= len([one for one in PAYLOADS if "alert" in one])


def test_the_example_page_needs_no_folder_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "名 字.gpkg"
    write_geopackage(path, [factories.example()])
    assert create_app({"WORKS_FILE": path}).test_client().get("/").status_code == 200
