"""Every address answers hostile values with a page or a refusal: no error, no leak, no echo."""

import itertools
import re
from urllib.parse import unquote

import factories
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hostile_requests import addresses, example_of, queries
from werkzeug.test import TestResponse

from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.security import framed

ASKED_WITH_QUERIES = ("/list", "/table", "/download/works.csv", "/works.json", "/edits")
LEAKS = re.compile(rb"Traceback|root:x:0|sqlite3\.|Werkzeug|site-packages|/tmp/", re.IGNORECASE)
MARKUP = (b"<script>alert(1)", b"<img src=x", b">49<")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("hostile") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path, "EDIT_TOKEN": "s3cret-token"})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def assert_harmless(answer: TestResponse, path: str) -> None:
    with answer:
        assert answer.status_code < 500, path
        assert not LEAKS.search(answer.data), path
        assert [one for one in MARKUP if one in answer.data] == [], path
        assert "stolen" not in answer.headers.get("Set-Cookie", ""), path
        assert not re.match(r"(\w+:)?//(?!localhost/)", answer.headers.get("Location", "")), path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path


def test_every_address_with_hostile_parts_is_answered_without_harm(
    app: Flask, client: FlaskClient
) -> None:
    asked = list(addresses(app))
    assert len(asked) > 100
    for path in asked:
        assert_harmless(client.get(path), path)


@pytest.mark.parametrize("path", ASKED_WITH_QUERIES)
def test_every_parameter_with_hostile_values_is_answered_without_harm(
    client: FlaskClient, path: str
) -> None:
    for query in queries():
        assert_harmless(client.get(f"{path}?{query}"), f"{path}?{query}"[:300])


def test_the_map_itself_takes_hostile_values(client: FlaskClient) -> None:
    for query in itertools.islice(queries(), 0, None, 7):
        assert_harmless(client.get(f"/?{query}"), query[:300])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_an_address_takes_no_other_method_than_its_own(
    app: Flask, client: FlaskClient, method: str
) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or any(
            method in other.methods for other in app.url_map.iter_rules() if other.rule == rule.rule
        ):
            continue
        answer = client.open(example_of(rule.rule), method=method)
        assert answer.status_code == 405, rule.rule
        assert ("GET" if "GET" in rule.methods else "POST") in answer.headers["Allow"]
        assert_harmless(answer, rule.rule)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/documents",
        "/documents",
        "//evil.example/%2e%2e",
        "/\\evil.example",
        "/%0d%0a",
    ],
)
def test_no_address_leads_to_another_site(client: FlaskClient, path: str) -> None:
    answer = client.open(environ_overrides={"PATH_INFO": unquote(path)})
    assert_harmless(answer, path)
    assert not re.match(r"(\w+:)?[/\\]{2}", answer.headers.get("Location", ""))


def test_a_redirect_names_no_host_even_to_whoever_forges_one(client: FlaskClient) -> None:
    answer = client.get("/documents?lang=en", headers={"Host": "evil.example"})
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/documents/?lang=en"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:99999", "e vil", '"><script>alert(1)', "[::1"]
)
@pytest.mark.parametrize("path", ["/", "/table", "/documents", "/nowhere", "/health"])
def test_a_forged_host_is_named_in_no_page(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host, "X-Forwarded-Host": host})
    assert answer.status_code < 500
    assert b"evil" not in answer.data
    assert b"<script>alert(1)" not in answer.data


def test_a_server_that_knows_its_names_answers_under_no_other(app: Flask) -> None:
    named = create_app(
        {"WORKS_FILE": app.config["WORKS_FILE"], "HOSTS": "works.example, localhost"}
    )
    client = named.test_client()
    for host, status in {"works.example": 200, "localhost": 200, "evil.example": 400}.items():
        with client.get("/download/works.qgz", headers={"Host": host}) as answer:
            assert answer.status_code == status
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert b"evil" not in answer.data


@pytest.mark.parametrize("length", [10_000, 200_000])
def test_a_very_long_address_is_answered(client: FlaskClient, length: int) -> None:
    for path in (
        f"/{'a' * length}",
        f"/list?q={'a' * length}",
        f"/?{'theme=metro&' * (length // 12)}",
    ):
        assert_harmless(client.get(path), path[:20])


def test_a_view_may_let_itself_be_framed_and_no_other_is(app: Flask) -> None:
    other = create_app({"WORKS_FILE": app.config["WORKS_FILE"]})
    other.add_url_rule("/shown-elsewhere", "shown", framed(lambda: "<p>map</p>"))
    client = other.test_client()
    shown = client.get("/shown-elsewhere").headers
    assert "frame-ancestors *" in shown["Content-Security-Policy"]
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "X-Frame-Options" not in shown
    for path in ("/", "/nowhere", "/table", "/static/css/site.css"):
        with client.get(path) as answer:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Frame-Options"] == "DENY"
