"""A reader who knows the token, for tests of what writes."""

import re
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = "s3cret 口令"  # noqa: S105  of the tests alone
WHO = "李工"


def csrf_of(client: FlaskClient, page: str = "/sign-in") -> str:
    """Give the secret that forms of this reader's session carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    return found[1] if found else ""


def sign_in(client: FlaskClient, token: str = TOKEN, who: str = WHO) -> TestResponse:
    """Send the form of the page of signing in."""
    data = {"csrf": csrf_of(client), "token": token, "who": who}
    return client.post("/sign-in?lang=en", data=data)


def signed_in(app: Flask) -> FlaskClient:
    """Give a client that has signed in."""
    client = app.test_client()
    assert sign_in(client).status_code == 302
    return client


def post(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """Send a form of this reader's own page."""
    return client.post(address, data={"csrf": csrf_of(client), **fields})


def file(path: Path, name: str | None = None) -> tuple[BytesIO, str]:
    """Give a file as a form holds it."""
    return BytesIO(path.read_bytes()), path.name if name is None else name
