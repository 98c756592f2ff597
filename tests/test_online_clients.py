"""What each online geocoder is asked, and what is read of its answers: always in WGS-84."""

import json
import logging
from typing import Any

import online_answers as said
import pytest
from hypothesis import given
from hypothesis import strategies as st
from online_clients import CLIENTS, ask
from online_server import Reply, Served

from geo.errors import OnlineError
from geo.model import Precision
from geo.online.fetching import Fetcher
from geo.online.levels import level_of, load_levels

RIGHT: dict[str, object] = {
    "nominatim": [said.nominatim()],
    "amap": said.amap(),
    "tianditu": said.tianditu(),
    "baidu": said.baidu(),
}
EMPTY: dict[str, object] = {
    "nominatim": [],
    "amap": said.amap_page(),
    "tianditu": said.tianditu_page(),
    "baidu": said.BAIDU_NOTHING,
}
FIELDS = [
    "status",
    "infocode",
    "pois",
    "name",
    "location",
    "lonlat",
    "lat",
    "lon",
    "result",
    "code",
]
every_client = pytest.mark.parametrize("name", list(CLIENTS))


@every_client
def test_a_right_answer_is_a_position_in_wgs84(name: str, server: Served) -> None:
    server.will(RIGHT[name])
    (answer,) = ask(name, server)
    assert answer.point.distance(said.answered().point) < 5e-6
    assert answer.kind == "park"
    assert answer.names[:1] == (() if name == "baidu" else ("云湖公园",))


@every_client
def test_an_empty_answer_is_no_place(name: str, server: Served) -> None:
    server.will(EMPTY[name])
    assert ask(name, server) == ()


@every_client
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b"null",
        b"7",
        b'{"status":"1","pois":[7]}',
        b'[{"lat":1}]',
        b'{"status":{"infocode":"x"}}',
        b'{"status":0,"result":{"location":[1,2]}}',
        said.DEEP,
        said.LATIN,
    ],
)
def test_a_malformed_answer_is_an_error_in_our_words(
    name: str, body: bytes, server: Served
) -> None:
    server.will(body)
    try:
        assert ask(name, server) == ()
    except OnlineError as error:
        assert str(error) in {"an answer in no known form", "status unknown"}  # noqa: PT017


@every_client
@given(
    body=st.recursive(
        st.none() | st.integers() | st.text(max_size=9) | st.sampled_from(["119.9,31.5", "1"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "status",
                        "infocode",
                        "pois",
                        "name",
                        "location",
                        "lonlat",
                        "lat",
                        "lon",
                        "result",
                        "level",
                        "code",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=9,
    )
)
def test_any_json_is_read_or_refused(name: str, body: object) -> None:
    class Given(Fetcher):
        def get(self, *_arguments: object) -> bytes:
            return json.dumps(body).encode()

    client: Any = CLIENTS[name]("http://127.0.0.1:9")
    object.__setattr__(client, "fetcher", Given(1, "test"))
    try:
        answers = client.ask(said.question())
    except OnlineError as error:
        assert 0 < len(str(error)) < 60  # noqa: PT017
    else:
        assert all(abs(answer.longitude) <= 180 for answer in answers)


@every_client
def test_a_position_beyond_the_world_is_refused(name: str, server: Served) -> None:
    beyond: dict[str, object] = {
        "nominatim": [said.nominatim(lat="1e999", lon="200")],
        "amap": json.dumps(said.amap()).replace("120.2", "920.2").encode(),
        "tianditu": said.tianditu(at=(120.0, 99.0)),
        "baidu": json.dumps(said.baidu()).replace("120.2", "1e308").encode(),
    }
    server.will(beyond[name])
    with pytest.raises(OnlineError):
        ask(name, server)


@pytest.mark.parametrize(
    ("name", "body", "again", "refused"),
    [
        ("amap", said.amap_error("10021"), True, False),
        ("amap", said.amap_error("10001"), False, True),
        ("amap", said.amap_error("20000"), False, False),
        ("amap", said.amap_error("<script>"), False, False),
        ("tianditu", {"status": {"infocode": 3000}}, True, False),
        ("tianditu", {"code": 301012, "msg": "非法Key"}, False, True),
        ("baidu", {"status": 401, "message": "并发"}, True, False),
        ("baidu", {"status": 302, "message": "天配额超限"}, False, True),
        ("baidu", {"status": 240, "message": "APP 服务被禁用"}, False, True),
        ("baidu", {"status": 2, "message": "Request Parameter Error"}, False, False),
        ("nominatim", {"error": "query too long"}, False, False),
    ],
)
def test_errors_in_a_successful_answer_are_errors(
    name: str, body: object, again: bool, refused: bool, server: Served
) -> None:
    with pytest.raises(OnlineError) as caught:
        ask(name, server.will(body))
    assert (caught.value.again, caught.value.refused) == (again, refused)
    assert "<" not in str(caught.value)


@every_client
@pytest.mark.parametrize("status", [301, 302, 403, 404, 429, 500, 503])
def test_no_key_is_in_an_error_or_a_log(
    name: str, status: int, server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f"no such key: {said.KEY}".encode()
    server.will(Reply(echo, status, {"Location": f"{server.url}/elsewhere"}))
    with pytest.raises(OnlineError) as caught:
        ask(name, server)
    assert said.KEY not in repr(caught.value) + str(caught.value.__cause__) + caplog.text
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert len(server.paths) == 1


def test_no_answer_is_ever_worth_a_survey() -> None:
    levels = load_levels().values()
    assert {level.precision for level in levels} <= {
        None,
        Precision.STREET,
        Precision.APPROXIMATE,
        Precision.AREA,
    }
    limits = {Precision.STREET: 300, Precision.APPROXIMATE: 2000}
    for level in levels:
        if level.precision in limits:
            assert 0 < level.uncertainty_m <= limits[level.precision]


@every_client
def test_every_service_has_a_level_for_what_nobody_foresaw(name: str) -> None:
    assert level_of(name, "something new").precision is Precision.APPROXIMATE
