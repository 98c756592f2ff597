"""Who may write: whoever has shown the token once, in forms of our own pages, and not too often."""

from pathlib import Path

import pytest
from flask import Flask, session
from signed_in import TOKEN, WHO, csrf_of, sign_in, signed_in

from geo.errors import SettingError
from geo.home import HOME_VARIABLE, home_path
from webmap import create_app
from webmap.rate_limit import RateLimit, client_of

WRITES = (
    "/edits",
    "/sign-in",
    "/sign-out",
    "/adding/",
    "/adding/0123456789abcdef/again",
    "/adding/0123456789abcdef/discard",
    "/adding/0123456789abcdef/publish",
    "/adding/0123456789abcdef/works/w",
    "/adding/0123456789abcdef/works/w/undo",
)


@pytest.fixture
def app(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return create_app({"WORKS_FILE": example, "EDIT_TOKEN": TOKEN})


def test_whoever_knows_the_token_is_signed_in_by_name(app: Flask) -> None:
    client = app.test_client()
    answer = sign_in(client)
    assert answer.location == "/adding/"
    assert WHO in client.get("/adding/").text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + " ", "\ud800"])
def test_a_wrong_token_signs_nobody_in(app: Flask, token: str) -> None:
    client = app.test_client()
    answer = sign_in(client, token.encode("utf-8", "replace").decode())
    assert answer.status_code == 403
    assert "The token is not right" in answer.text
    assert 'type="file"' not in client.get("/adding/").text


def test_nobody_without_a_name_is_signed_in(app: Flask) -> None:
    client = app.test_client()
    assert sign_in(client, who=" ").status_code == 400
    assert 'type="file"' not in client.get("/adding/").text


def test_signing_out_ends_the_session(app: Flask) -> None:
    client = signed_in(app)
    client.post("/sign-out", data={"csrf": csrf_of(client)})
    assert 'type="file"' not in client.get("/adding/").text


def test_another_token_ends_all_sessions(app: Flask) -> None:
    client = signed_in(app)
    app.config["EDIT_TOKEN"] = "another"  # noqa: S105
    assert 'type="file"' not in client.get("/adding/").text


def test_a_session_outlives_a_restart(app: Flask) -> None:
    cookie = signed_in(app).get_cookie("planned-works")
    again = create_app({"WORKS_FILE": app.config["WORKS_FILE"], "EDIT_TOKEN": TOKEN}).test_client()
    again.set_cookie("planned-works", cookie.value)
    assert 'type="file"' in again.get("/adding/").text


def test_a_cookie_that_nobody_here_signed_is_no_session(app: Flask) -> None:
    client = signed_in(app)
    value = client.get_cookie("planned-works").value
    client.set_cookie("planned-works", value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))
    assert 'type="file"' not in client.get("/adding/").text


def test_the_cookie_is_kept_from_scripts_and_foreign_pages(app: Flask) -> None:
    plain = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Strict" in plain
    assert "Secure" not in plain
    secure = app.test_client().get("/sign-in", base_url="https://plans.example").headers
    assert "Secure" in secure["Set-Cookie"]


def test_readers_get_no_session(app: Flask) -> None:
    client = app.test_client()
    for page in ("/", "/table", "/list", "/works.json"):
        headers = client.get(page).headers
        assert "planned-works=" not in headers.get("Set-Cookie", "")
        assert "no-store" not in headers.get("Cache-Control", "")


def test_the_token_is_never_in_the_session(app: Flask) -> None:
    client = signed_in(app)
    with client:
        client.get("/adding/")
        assert TOKEN not in str(dict(session))


@pytest.mark.parametrize("address", WRITES)
def test_no_write_is_taken_without_the_secret_of_the_session(app: Flask, address: str) -> None:
    client = signed_in(app)
    for data in ({}, {"csrf": ""}, {"csrf": "wrong"}, {"csrf": csrf_of(app.test_client())}):
        answer = client.post(f"{address}?lang=en", data=data)
        assert answer.status_code == 403, (address, data)
        assert "not ours" in answer.text


@pytest.mark.parametrize("address", WRITES)
def test_no_write_is_taken_from_a_foreign_page(app: Flask, address: str) -> None:
    client = signed_in(app)
    data = {"csrf": csrf_of(client)}
    answer = client.post(address, data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", [one for one in WRITES if one != "/sign-in"])
def test_no_write_but_signing_in_is_taken_from_strangers(app: Flask, address: str) -> None:
    client = app.test_client()
    answer = client.post(f"{address}?lang=en", data={"csrf": csrf_of(client)})
    if address != "/sign-out":
        assert answer.status_code == 403
        assert "Sign in first" in answer.text


@pytest.mark.parametrize("address", WRITES)
def test_a_server_without_a_token_says_how_to_switch_editing_on(
    example: Path, address: str
) -> None:
    client = create_app({"WORKS_FILE": example}).test_client()
    for answer in (client.post(f"{address}?lang=en"), client.get("/adding/?lang=en")):
        assert answer.status_code == 404
        assert "PLANNED_WORKS_EDIT_TOKEN" in answer.text


def test_signing_in_leads_to_no_foreign_address(app: Flask) -> None:
    client = app.test_client()
    data = {"csrf": csrf_of(client), "token": TOKEN, "who": WHO, "after": "//evil.example/"}
    assert client.post("/sign-in", data=data).location == "/adding/"


def test_tries_of_the_token_are_few(app: Flask) -> None:
    client = app.test_client()
    answers = [sign_in(client, "wrong") for _ in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 12
    assert sign_in(client).status_code == 429


def test_hasty_writes_are_refused_with_the_time_to_wait(app: Flask) -> None:
    client = signed_in(app)
    statuses = [client.post("/adding/").status_code for _ in range(31)]
    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_a_client_may_do_a_burst_and_then_one_more_now_and_then() -> None:
    now = [0.0]
    limit = RateLimit(2, 10.0, clock=lambda: now[0])
    assert [limit.wait_s("a") for _ in range(3)] == [0, 0, 10]
    assert limit.wait_s("b") == 0
    now[0] = 4.0
    assert limit.wait_s("a") == 6
    now[0] = 10.0
    assert [limit.wait_s("a") for _ in range(2)] == [0, 10]
    now[0] = 1000.0
    assert [limit.wait_s("a") for _ in range(3)] == [0, 0, 10]


def test_many_clients_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.rate_limit._MOST_CLIENTS", 100)
    limit = RateLimit(2, 10.0, clock=lambda: 0.0)
    for number in range(1000):
        limit.wait_s(str(number))
    assert len(limit._buckets) <= 100


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, ""),
        ("no address", ""),
    ],
)
def test_an_ipv6_network_is_one_client(address: str | None, client: str) -> None:
    assert client_of(address) == client


def test_the_key_of_sessions_is_the_owners_alone(app: Flask) -> None:
    path = home_path("session.key")
    assert path.stat().st_mode & 0o077 == 0
    assert app.secret_key == path.read_bytes()


def test_a_damaged_key_of_sessions_is_one_sentence(app: Flask) -> None:
    home_path("session.key").write_bytes(b"short")
    with pytest.raises(SettingError, match="delete this file"):
        create_app({"WORKS_FILE": app.config["WORKS_FILE"], "EDIT_TOKEN": TOKEN})
