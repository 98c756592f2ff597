"""Bodies of answers, in the form of each service, for places of the invented city."""

import msgspec

from geo.crs import Datum
from geo.model import Precision
from geo.online.answers import Answer, Question, in_wgs84

BOX = (119.0, 31.0, 120.6, 32.0)
PARK = (120.2, 31.5)
KEY, SECRET = "k3y-that-is-secret", "s3cret-that-signs"


def question(text: str = "云湖公园") -> Question:
    return Question(text, "甲市", BOX)


def shifted(position: tuple[float, float], datum: Datum) -> tuple[float, float]:
    """Give a WGS-84 position as a service in another datum writes it."""
    x, y = position
    for _ in range(10):
        back = in_wgs84(x, y, datum)
        x, y = x + position[0] - back[0], y + position[1] - back[1]
    return round(x, 7), round(y, 7)


def answered(
    name: str = "云湖公园",
    kind: str = "park",
    at: tuple[float, float] = PARK,
    precision: Precision = Precision.STREET,
    uncertainty_m: float = 300,
) -> Answer:
    names = (name,) if name else ()
    return Answer(f"id/{name}", names, kind, *at, precision, uncertainty_m)


def nominatim(
    name: str = "云湖公园", at: tuple[float, float] = PARK, **more: object
) -> dict[str, object]:
    x, y = at
    near = [y - 0.001, y + 0.001, x - 0.001, x + 0.001]
    return {
        "place_id": 100149,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "way",
        "osm_id": 107775,
        "lat": str(y),
        "lon": str(x),
        "class": "leisure",
        "type": "park",
        "place_rank": 24,
        "importance": 0.08,
        "addresstype": "park",
        "name": name,
        "display_name": f"{name}, 东山区, 甲市, 中国",
        "extratags": None,
        "namedetails": {"name": name, "name:en": "Cloud Lake Park"},
        "boundingbox": [str(degree) for degree in near],
        **more,
    }


def amap(
    name: str = "云湖公园", at: tuple[float, float] = PARK, kind: str = "风景名胜;公园广场;公园"
) -> dict[str, object]:
    x, y = shifted(at, Datum.GCJ02)
    poi = {
        "id": "B0FFH12345",
        "name": name,
        "type": kind,
        "typecode": "110101",
        "biz_type": [],
        "address": "青川路1号",
        "location": f"{x:.6f},{y:.6f}",
        "tel": [],
        "distance": [],
        "pname": "丁省",
        "cityname": "甲市",
        "adname": "东山区",
    }
    return amap_page(poi)


def amap_page(*pois: dict[str, object]) -> dict[str, object]:
    return {
        "status": "1",
        "count": str(len(pois)),
        "info": "OK",
        "infocode": "10000",
        "suggestion": {"keywords": [], "cities": []},
        "pois": list(pois),
    }


def amap_error(infocode: str) -> dict[str, object]:
    return {"status": "0", "info": "SOME_ERROR", "infocode": infocode}


def tianditu(
    name: str = "云湖公园", at: tuple[float, float] = PARK, kind: str = "公园"
) -> dict[str, object]:
    poi = {
        "name": name,
        "phone": "",
        "address": "青川路1号",
        "lonlat": f"{at[0]},{at[1]}",
        "poiType": "101",
        "hotPointID": "90CE0105AEF048D4",
        "source": "0",
        "typeCode": "180304",
        "typeName": kind,
        "province": "丁省",
        "city": "甲市",
        "county": "东山区",
    }
    return tianditu_page(poi)


def tianditu_page(*pois: dict[str, object]) -> dict[str, object]:
    return {
        "count": str(len(pois)),
        "resultType": 1,
        "keyword": "",
        "pois": list(pois),
        "status": {"infocode": 1000, "cndesc": "服务正常"},
    }


def baidu(at: tuple[float, float] = PARK, level: str = "绿地", **more: object) -> dict[str, object]:
    x, y = shifted(at, Datum.BD09)
    result: dict[str, object] = {
        "location": {"lng": x, "lat": y},
        "precise": 1,
        "confidence": 80,
        "comprehension": 100,
        "level": level,
        **more,
    }
    return {"status": 0, "result": result}


BAIDU_NOTHING = {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []}
DEEP = b"[" * 100_000
LATIN = msgspec.json.encode({"status": "1"})[:-1] + b',"pois":"\xff\xfe"}'
