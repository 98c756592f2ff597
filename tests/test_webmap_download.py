"""Downloads: of exactly what the page lists, in every format, a few at a time."""

import csv
import io
import re
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from browsing import serving
from exporting import plan_with_sites
from flask.testing import FlaskClient
from hostility import hostile_plan
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Precision, Stage, Theme
from layers.geopackage import write_geopackage
from webmap import create_app, views_download
from webmap.exporting import FORMATS


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("downloads") / "甲市 工程.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


@pytest.fixture(scope="module")
def client(works: Path) -> FlaskClient:
    return create_app({"WORKS_FILE": works}).test_client(use_cookies=False)


@pytest.fixture(autouse=True)
def own_scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let scratch files lie where it can be seen whether any is left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    yield scratch
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("code", FORMATS)
def test_every_format_comes_as_a_file_of_its_type_under_a_good_name(
    client: FlaskClient, code: str
) -> None:
    form = FORMATS[code]
    with client.get(f"/download/works{form.ending}?stage=start") as answer:
        assert answer.status_code == 200, answer.text
        assert answer.content_type.split(";")[0] == form.media_type
        assert len(answer.data) > 100
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment; filename=")
        told = re.search(r"filename\*=UTF-8''(\S+)", disposition)
        assert unquote(told[1]) == f"甲市2020_规划工程-开工启动{form.ending}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "max-age=0" in answer.headers["Cache-Control"]


def listed(client: FlaskClient, query: str) -> set[str]:
    return set(re.findall(r'data-work="([^"]+)"', client.get(f"/list?{query}").text))


def downloaded(client: FlaskClient, query: str) -> set[str]:
    """Give the works of a download, without the sites that no list shows."""
    with client.get(f"/download/works.csv?{query}") as answer:
        if answer.status_code == 404:
            return set()
        assert answer.status_code == 200, answer.text
        rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
        return {row["work_id"] for row in rows if not row["part_of"]}


degrees = st.floats(100, 121, allow_nan=False).map(lambda one: round(one, 3))
boxes = st.tuples(degrees, st.floats(5, 32).map(lambda one: round(one, 3)), degrees, st.just(33.0))
pairs = st.one_of(
    st.tuples(st.just("theme"), st.sampled_from(list(Theme))),
    st.tuples(st.just("stage"), st.sampled_from(list(Stage))),
    st.tuples(st.just("precision"), st.sampled_from(list(Precision))),
    st.tuples(st.just("district"), st.sampled_from(["東區", "西區"])),
    st.tuples(st.just("year"), st.sampled_from(["2020", "2021"])),
    st.tuples(st.just("q"), st.sampled_from(["地铁", "建設", "推進", "一"])),
    st.tuples(
        st.just("bbox"),
        boxes.map(lambda one: f"{min(one[0], one[2])},{one[1]},{max(one[0], one[2]) + 0.5},33"),
    ),
)


@given(st.lists(pairs, max_size=4))
def test_a_download_holds_exactly_what_the_page_lists(
    client: FlaskClient, chosen: list[tuple[str, str]]
) -> None:
    query = urlencode(chosen)
    assert downloaded(client, query) == listed(client, query)


@pytest.mark.parametrize("path", ["/table", "/list"])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_link_to_downloads_of_what_they_list(
    client: FlaskClient, path: str, language: str
) -> None:
    page = client.get(f"{path}?theme=metro&q=地铁&lang={language}").text
    links = re.findall(r'href="(/download/[^"]+)"', page)
    whole = [link for link in links if "?" in link]
    assert len(whole) == len(views_download.OFFERED)
    for link in whole:
        assert "theme=metro" in link
        assert "q=%E5%9C%B0%E9%93%81" in link
    with client.get(whole[1].replace("&amp;", "&")) as answer:
        assert answer.status_code == 200
        assert "地鐵1號線一期" in answer.data.decode("utf-8-sig")


def test_where_nothing_is_listed_nothing_is_offered(client: FlaskClient) -> None:
    assert "/download/works.xlsx" not in client.get("/list?q=zzzz").text
    assert "/download/works.xlsx" not in client.get("/table?q=zzzz").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("theme=nope", "nope is no theme"),
        ("thme=metro", "thme is no filter"),
        ("bbox=1,2,3", "is no box"),
        ("polygon=POLYGON((1%201))", "polygon"),
        ("crs=nope", "is no known coordinate system"),
        ("crs=/etc/passwd", "is no known coordinate system"),
        ("crs=%2Binit%3D/etc/passwd:x", "is no known coordinate system"),
        ("crs=EPSG:4978", "has no plane coordinates"),
        ("theme=<script>alert(1)</script>", "&lt;script&gt;"),
        ("theme=" + "x" * 5_000, "is no theme"),
    ],
)
def test_a_filter_that_cannot_be_used_is_a_page_that_says_so(
    client: FlaskClient, query: str, words: str
) -> None:
    answer = client.get(f"/download/works.csv?{query}")
    assert answer.status_code == 400
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert "Content-Disposition" not in answer.headers


def test_a_system_that_a_format_does_not_know_is_a_page_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/download/works.kml?crs=EPSG:4490")
    assert answer.status_code == 400
    assert "KML is always in WGS-84" in answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "没有符合"), ("zh-Hant", "沒有符合"), ("en", "No work passes these filters.")],
)
def test_a_download_of_nothing_is_a_page_that_says_so(
    client: FlaskClient, language: str, words: str
) -> None:
    answer = client.get(f"/download/works.csv?year=1999&lang={language}")
    assert answer.status_code == 404
    assert words in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "works",
        "works.exe",
        "other.csv",
        ".csv",
        "layer_styles.csv",
        "documents.csv",
        "park_points.csv",
        "..%2fworks.csv",
        "works.csv%00",
        "w" * 5_000 + ".csv",
    ],
)
def test_what_is_no_download_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/download/{path}").status_code == 404


def test_a_layer_comes_alone_with_its_name(client: FlaskClient) -> None:
    with client.get("/download/metro_lines.csv?lang=en") as answer:
        (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert row["work_id"] == "jia-2020-002"
        name = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
        assert name == "甲市2020_planned_works-metro_lines.csv"


def test_page_parameters_choose_nothing(client: FlaskClient) -> None:
    query = "lang=en&work=x&sort=name&order=desc&theme=metro"
    assert downloaded(client, query) == {"jia-2020-002"}


def test_the_whole_file_comes_as_it_is_under_its_own_name(client: FlaskClient, works: Path) -> None:
    with client.get("/download/works.gpkg") as answer:
        assert answer.data == works.read_bytes()
        assert unquote(answer.headers["Content-Disposition"]).endswith("甲市 工程.gpkg")


def test_a_shifted_download_says_so_in_its_name(client: FlaskClient) -> None:
    with client.get("/download/works.geojson?crs=gcj02") as answer:
        assert answer.status_code == 200
        assert "gcj02.geojson" in answer.headers["Content-Disposition"]
        assert b"GCJ-02 (shifted" in answer.data


def test_more_downloads_than_a_few_are_asked_to_come_again(client: FlaskClient) -> None:
    turns = views_download._exporting
    held = [turns.acquire(blocking=False) for _ in range(views_download.AT_ONCE)]
    try:
        assert all(held)
        answer = client.get("/download/works.csv?lang=en")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Please try again in a moment" in answer.text
    finally:
        for _ in held:
            turns.release()
    with client.get("/download/works.csv") as answer:
        assert answer.status_code == 200


def test_a_real_server_sends_the_whole_file(works: Path) -> None:
    with serving(works) as address:
        for ending in (".csv", ".xlsx", ".html"):
            url = f"{address}/download/works{ending}"
            with urllib.request.urlopen(url) as answer:  # noqa: S310  our own server
                assert len(answer.read()) == int(answer.headers["Content-Length"])


def test_a_refused_download_gives_its_turn_back(client: FlaskClient) -> None:
    for _ in range(3 * views_download.AT_ONCE):
        assert client.get("/download/works.csv?year=1999").status_code == 404
    with client.get("/download/works.csv") as answer:
        assert answer.status_code == 200


def test_hostile_words_make_no_header_and_no_path(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [hostile_plan()])
    client = create_app({"WORKS_FILE": path}).test_client(use_cookies=False)
    query = urlencode({"q": "alert"})
    for code in ("csv", "xlsx", "kmz", "shp", "html"):
        with client.get(f"/download/works{FORMATS[code].ending}?{query}") as answer:
            assert answer.status_code == 200, answer.text
            disposition = answer.headers["Content-Disposition"]
            assert not re.search(r"[<>\r\n/\\]", disposition.replace("UTF-8''", ""))
