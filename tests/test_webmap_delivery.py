"""Pages and data travel compressed, are named by their content, and are sent no second time."""

import gzip
from pathlib import Path

import factories
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.geopackage import write_geopackage
from webmap import create_app, delivery

PAGES = ("/", "/table", "/documents/jia-2020", "/works/jia-2020-002", "/list?theme=metro")
DATA = ("/works.json", "/base.geojson", "/layers/metro_lines.geojson")
READS_GZIP = {"Accept_Encoding": "gzip, deflate, br"}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("delivery") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


@pytest.fixture
def client(works: Path) -> FlaskClient:
    return create_app({"WORKS_FILE": works, "EDIT_TOKEN": "s3cret"}).test_client(use_cookies=False)


def asked(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """Ask for a path, and let the server close what it sent."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.get(path, headers=named) as answer:
        assert answer.data is not None
        return answer


def packed(client: FlaskClient, path: str) -> TestResponse:
    return asked(client, path, **READS_GZIP)


@pytest.mark.parametrize("path", [*PAGES, "/works.json", "/static/css/site.css", "/nowhere"])
def test_text_travels_compressed_to_whoever_reads_that(client: FlaskClient, path: str) -> None:
    plain, small = asked(client, path), packed(client, path)
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(small.data)) == pytest.approx(len(plain.data), abs=20)
    assert len(small.data) < len(plain.data)
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_who_refuses_gzip_gets_none(client: FlaskClient) -> None:
    answer = asked(client, "/", Accept_Encoding="gzip;q=0, br")
    assert "Content-Encoding" not in answer.headers


def test_data_and_files_are_compressed_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [packed(client, path).data for path in (*DATA, "/static/css/site.css")]
    monkeypatch.setattr(delivery, "_packed", lambda *_: pytest.fail("compressed again"))
    again = [packed(client, path).data for path in (*DATA, "/static/css/site.css")]
    assert first == again


def test_a_page_that_holds_secrets_is_neither_kept_nor_compressed(client: FlaskClient) -> None:
    answer = packed(client, "/edits?reflected=words")
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers


def test_a_download_is_left_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in packed(client, "/download/works.csv").headers


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    etag = packed(client, path).headers["ETag"]
    again = asked(client, path, **READS_GZIP, If_None_Match=etag)
    assert (again.status_code, again.data) == (304, b"")
    other = asked(client, path, **READS_GZIP, If_None_Match='W/"other"')
    assert other.status_code == 200


def test_an_unchanged_page_keeps_the_policy_that_it_came_with(client: FlaskClient) -> None:
    etag = client.get("/").headers["ETag"]
    again = asked(client, "/", If_None_Match=etag)
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again.headers
    assert "Content-Security-Policy" in client.get("/").headers


def test_a_page_in_another_language_or_state_is_another(client: FlaskClient) -> None:
    paths = ("/table", "/table?lang=en", "/table?lang=zh-Hant", "/table?theme=metro")
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


def test_a_file_is_kept_only_under_the_address_of_its_present_content(client: FlaskClient) -> None:
    for path in ("/static/css/site.css", "/static/css/site.css?v=0123456789ab"):
        assert "immutable" not in asked(client, path).headers["Cache-Control"]


def test_every_other_answer_is_asked_for_again(client: FlaskClient) -> None:
    for path in (*PAGES, *DATA, "/health", "/nowhere"):
        assert "no-cache" in client.get(path).headers["Cache-Control"]
