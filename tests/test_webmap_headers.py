"""Every answer keeps the browser to this server: headers, nonces and addresses."""

import re

import factories
import pytest
from flask.testing import FlaskClient

from layers.geopackage import write_geopackage
from webmap import create_app

PAGES = ("/", "/table", "/documents/jia-2020", "/works/jia-2020-002")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("headers") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


@pytest.mark.parametrize("path", [*PAGES, "/health", "/works.json", "/nowhere"])
def test_every_answer_keeps_to_this_server(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_inline_script_and_style_carries_the_nonce_of_its_answer(
    client: FlaskClient,
) -> None:
    answers = [client.get("/") for _ in range(2)]
    nonces = [
        re.search("'nonce-([^']+)'", one.headers["Content-Security-Policy"]) for one in answers
    ]
    assert nonces[0][1] != nonces[1][1]
    page = answers[0].text
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", page):
        assert nonces[0][1] in tag or "src=" in tag or "application/json" in tag
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_static_files_carry_their_version_and_are_kept(client: FlaskClient) -> None:
    page = client.get("/").text
    for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        with client.get(url) as answer:
            assert answer.status_code == 200, url
            assert "immutable" in answer.headers["Cache-Control"]


def test_no_page_names_another_server(client: FlaskClient) -> None:
    for path in PAGES:
        for url in re.findall(r'(?:src|href|action)="([^"]+)"', client.get(path).text):
            assert not re.match(r"\w+:|//", url), url
