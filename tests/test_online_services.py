"""What each online geocoder alone is asked, and how its own words are read."""

import hashlib
import json
from urllib.parse import quote_plus, urlencode

import online_answers as said
import pytest
from online_clients import FETCHER, ask
from online_server import Served

from geo.crs import Datum
from geo.model import Precision
from geo.online.baidu import Baidu
from geo.online.nominatim import Nominatim


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
