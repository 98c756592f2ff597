"""What each online geocoder is asked, and what is read of its answers: always in WGS-84."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_plus, urlencode

import online_answers as said
import pytest
from hypothesis import given
from hypothesis import strategies as st
from online_server import Reply, Served, serving

from geo.crs import Datum
from geo.errors import OnlineError
from geo.model import Precision
from geo.online.amap import AMap
from geo.online.answers import Answer, Service
from geo.online.baidu import Baidu
from geo.online.fetching import Fetcher
from geo.online.levels import level_of, load_levels
from geo.online.nominatim import Nominatim
from geo.online.tianditu import Tianditu

FETCHER = Fetcher(timeout_s=5, user_agent="planned-works/test (me@example.org)")
CLIENTS: dict[str, Callable[[str], Service]] = {
    "nominatim": lambda url: Nominatim(FETCHER, url),
    "amap": lambda url: AMap(FETCHER, url, said.KEY),
    "tianditu": lambda url: Tianditu(FETCHER, url, said.KEY),
    "baidu": lambda url: Baidu(FETCHER, url, said.KEY, ""),
}
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


@pytest.fixture(autouse=True)
def straight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Served]:
    with serving() as served:
        yield served


def ask(name: str, server: Served, text: str = "云湖公园") -> tuple[Answer, ...]:
    return CLIENTS[name](server.url).ask(said.question(text))


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


def test_nominatim_is_bounded_to_the_box_and_told_who_asks(server: Served) -> None:
    ask("nominatim", server.will([]))
    (asked,) = server.questions
    assert asked["q"] == "云湖公园"
    assert (asked["viewbox"], asked["bounded"]) == ("119.0,31.0,120.6,32.0", "1")
    assert server.paths[0].startswith("/search?")
    assert server.agents == [FETCHER.user_agent]


def test_nominatim_on_a_path_of_a_server_is_asked_there(server: Served) -> None:
    server.will([])
    Nominatim(FETCHER, f"{server.url}/nominatim").ask(said.question())
    assert server.paths[0].startswith("/nominatim/search?")


def test_nominatim_gives_all_names_of_a_place(server: Served) -> None:
    names = {"name": "云湖公园", "alt_name": "云湖", "name:en": "Cloud Lake Park"}
    (answer,) = ask("nominatim", server.will([said.nominatim(namedetails=names)]))
    assert answer.names == ("云湖公园", "云湖", "Cloud Lake Park")
    assert answer.reference == "way/107775"


def test_a_place_that_reaches_far_is_as_uncertain_as_it_is_wide(server: Served) -> None:
    near, far = ["31.495", "31.505", "120.195", "120.205"], ["31.4", "31.6", "120.1", "120.3"]
    server.will([said.nominatim(boundingbox=near), said.nominatim(boundingbox=far)])
    small, wide = ask("nominatim", server)
    assert (small.precision, round(small.uncertainty_m, -2)) == (Precision.APPROXIMATE, 700)
    assert (wide.precision, round(wide.uncertainty_m, -3)) == (Precision.AREA, 15_000)


def test_a_metro_station_of_nominatim_is_no_railway_station(server: Served) -> None:
    station = {"class": "railway", "type": "station", "extratags": {"station": "subway"}}
    (answer,) = ask("nominatim", server.will([said.nominatim(**station)]))
    assert answer.kind == "metro_station"


def test_amap_is_asked_in_its_own_coordinates_with_the_key(server: Served) -> None:
    ask("amap", server.will(said.amap_page()))
    (asked,) = server.questions
    assert server.paths[0].startswith("/v3/place/polygon?")
    assert (asked["keywords"], asked["key"]) == ("云湖公园", said.KEY)
    (west, north), (east, south) = (
        map(float, corner.split(",")) for corner in asked["polygon"].split("|")
    )
    assert west == pytest.approx(said.shifted((119.0, 31.0), Datum.GCJ02)[0], abs=0.003)
    assert (west < east, south < north) == (True, True)
    assert (west, north) != (119.0, 32.0)


def test_what_amap_leaves_empty_is_no_text(server: Served) -> None:
    poi = {"id": [], "name": [], "type": [], "location": []}
    assert ask("amap", server.will(said.amap_page(poi))) == ()


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("地名地址信息;交通地名;道路名", ("road", Precision.APPROXIMATE)),
        ("地名地址信息;门牌信息;道路门牌", ("", Precision.STREET)),
        ("地名地址信息;普通地名;乡镇级地名", ("town", Precision.AREA)),
        ("科教文化服务;学校;高等院校", ("university", Precision.APPROXIMATE)),
        ("风景名胜;公园广场;公园|地名地址信息;热点地名;热点地名", ("region", Precision.AREA)),
        ("新的大类;新的中类;新的小类", ("", Precision.APPROXIMATE)),
    ],
)
def test_the_type_that_amap_gives_says_how_well_a_place_is_known(
    kind: str, level: tuple[str, Precision], server: Served
) -> None:
    (answer,) = ask("amap", server.will(said.amap(kind=kind)))
    assert (answer.kind, answer.precision) == level


@pytest.mark.parametrize(
    "kind",
    [
        "地名地址信息;普通地名;区县级地名",
        "餐饮服务;中餐厅;江浙菜",
        "交通设施服务;公交车站;公交车站相关",
    ],
)
def test_a_district_a_shop_or_a_bus_stop_places_nothing(kind: str, server: Served) -> None:
    assert ask("amap", server.will(said.amap(kind=kind))) == ()


def test_tianditu_is_asked_in_the_box_with_the_key(server: Served) -> None:
    ask("tianditu", server.will(said.tianditu_page()), "云湖'&\"公园")
    (asked,) = server.questions
    inside = json.loads(asked["postStr"])
    assert (inside["keyWord"], inside["queryType"]) == ("云湖公园", 2)
    assert inside["mapBound"] == "119.00000,31.00000,120.60000,32.00000"
    assert asked["tk"] == said.KEY


def test_baidu_is_asked_for_the_name_in_the_city(server: Served) -> None:
    ask("baidu", server.will(said.BAIDU_NOTHING))
    (asked,) = server.questions
    assert (asked["address"], asked["ak"]) == ("甲市云湖公园", said.KEY)
    assert server.paths[0].startswith("/geocoding/v3/?")
    assert "sn" not in asked


def test_a_name_that_begins_with_the_city_is_asked_of_baidu_as_it_is(server: Served) -> None:
    ask("baidu", server.will(said.BAIDU_NOTHING), "甲市云湖公园")
    assert server.questions[0]["address"] == "甲市云湖公园"


def test_a_request_to_baidu_is_signed_where_the_key_wants_it(server: Served) -> None:
    server.will(said.BAIDU_NOTHING)
    Baidu(FETCHER, server.url, said.KEY, said.SECRET).ask(said.question())
    (asked,) = server.questions
    signed = urlencode({name: asked[name] for name in ("ak", "output", "address")})
    raw = quote_plus(f"/geocoding/v3/?{signed}{said.SECRET}")
    assert asked["sn"] == hashlib.md5(raw.encode()).hexdigest()  # noqa: S324
    assert said.SECRET not in server.paths[0]


def test_a_name_that_baidu_would_cut_is_not_asked(server: Served) -> None:
    assert ask("baidu", server, "云湖" * 14) == ()
    assert server.paths == []


def test_what_baidu_did_not_understand_is_no_place(server: Served) -> None:
    assert ask("baidu", server.will(said.baidu(comprehension=70))) == ()
    assert ask("baidu", server.will(said.baidu(level="城市"))) == ()
    (sure,) = ask("baidu", server.will(said.baidu()))
    (unsure,) = ask("baidu", server.will(said.baidu(confidence=30)))
    assert (sure.uncertainty_m, unsure.uncertainty_m) == (500, 1000)


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
