"""Every error is a page in the reader's language and the site's style, whatever went wrong."""

import factories
import pytest
from flask import abort
from flask.testing import FlaskClient

from layers.geopackage import write_geopackage
from webmap import create_app, views_map, views_shared

CODES = (400, 403, 404, 405, 409, 413, 414, 429, 500, 502, 503)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("errors") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    app = create_app({"WORKS_FILE": path})
    app.add_url_rule("/fails/<int:code>", "fails", abort)
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("code", CODES)
def test_an_error_has_a_sentence_in_each_language_and_a_way_back(
    client: FlaskClient, code: int
) -> None:
    pages = {tag: client.get(f"/fails/{code}?lang={tag}") for tag in ("zh-Hans", "zh-Hant", "en")}
    assert {page.status_code for page in pages.values()} == {code}
    for tag, page in pages.items():
        assert f'<html lang="{tag}">' in page.text
        assert f"<h1>{code}</h1>" in page.text
        assert 'href="/"' in page.text
    assert len({page.text.partition("<h1>")[2] for page in pages.values()}) == 3


def test_a_mistake_of_the_server_is_a_page_that_tells_nothing_of_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_map, "map_values", lambda: 1 / 0)
    answer = client.get("/?lang=en")
    assert answer.status_code == 500
    assert "The server made a mistake" in answer.text
    assert "Traceback" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert 'class="bar"' in answer.text


def test_an_error_is_said_plainly_where_even_its_page_cannot_be_made(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_shared, "works_store", lambda: 1 / 0)
    answer = client.get("/?lang=zh-Hant")
    assert answer.status_code == 500
    assert "伺服器" in answer.text or "服務器" in answer.text
    assert '<html lang="zh-Hant">' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_refused_method_names_those_that_are_allowed(client: FlaskClient) -> None:
    answer = client.post("/table?lang=en")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "cannot be asked for in that way" in answer.text
