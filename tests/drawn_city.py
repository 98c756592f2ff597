"""An invented city that has one work of every drawing, for tests of what QGIS shows."""

from dataclasses import replace

from factories import document, place, placed, plan, work
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.model import (
    Confidence,
    Document,
    Locatable,
    PlacedWork,
    Precision,
    Quantity,
    Site,
    Stage,
    Theme,
    Work,
)
from layers.build import Plan

CITY = box(119.6, 31.0, 120.4, 31.5)
SITES = 12
"""Sites of a counted work that share one position."""

HOSTILE = "<script>alert('1')</script> & \"甲\" [% 1 + 1 %] \\n"
"""The name of a work: markup, quotes, an expression and an escape."""

_NAMES = (
    "地铁1号线",
    "甲乙铁路",
    "甲乙高速",
    "东山隧道",
    "南湖公园",
    "北湖湿地",
    "西山新城",
    "太湖生态圈",
    "市民中心",
    "博物院",
    "机场二期",
    "外地园区",
    HOSTILE,
    "48座污水处理厂提标改造",
    "老旧小区改造",
    "美丽乡村",
)
_STAGES = tuple(Stage)

_METRO = LineString([(119.7, 31.1), (119.9, 31.2), (120.3, 31.22)])
_RAILWAY = LineString([(119.65, 31.45), (120.35, 31.3)])
_MOTORWAY = LineString([(119.65, 31.4), (120.35, 31.1)])
_TUNNEL = LineString([(120.1, 31.05), (120.2, 31.15)])
_PARK = Polygon([(119.7, 31.3), (119.76, 31.3), (119.77, 31.35), (119.7, 31.36)])
_LAKE = Point(119.85, 31.4).buffer(0.045)
_TOWN = Point(120.2, 31.4).buffer(0.04)
_SHORE = box(119.6, 31.0, 119.9, 31.15)

# Line of the document, theme, geometry, precision, uncertainty in metres, whether it is verified.
_DRAWN: tuple[tuple[int, Theme, BaseGeometry, Precision, float, bool], ...] = (
    (0, Theme.METRO, _METRO, Precision.SURVEYED, 30, True),
    (1, Theme.RAILWAY, _RAILWAY, Precision.SCHEMATIC, 1500, True),
    (2, Theme.EXPRESSWAY, _MOTORWAY, Precision.APPROXIMATE, 900, True),
    (3, Theme.BRIDGE_CROSSING, _TUNNEL, Precision.SCHEMATIC, 900, False),
    (4, Theme.PARK, _PARK, Precision.SURVEYED, 30, True),
    (5, Theme.WETLAND, _LAKE, Precision.AREA, 4500, True),
    (6, Theme.NEW_TOWN, _TOWN, Precision.AREA, 4000, False),
    (7, Theme.GREENING, _SHORE, Precision.AREA, 17000, True),
    (8, Theme.CULTURE_HERITAGE, Point(120.0, 31.3), Precision.STREET, 300, True),
    (9, Theme.CULTURE_HERITAGE, Point(120.0, 31.35), Precision.APPROXIMATE, 1500, False),
    (10, Theme.AIRPORT, Point(120.3, 31.05), Precision.SURVEYED, 30, True),
    (11, Theme.INDUSTRY, Point(119.5, 31.25), Precision.OUTSIDE, 2000, True),
    (12, Theme.PARK, Point(119.9, 31.1), Precision.STREET, 200, True),
)
_COUNTED: tuple[tuple[int, Theme, str], ...] = (
    (13, Theme.SEWAGE, "48座"),
    (14, Theme.HOUSING_RENEWAL, "190万平方米"),
    (15, Theme.VILLAGE, "25个"),
)


def drawn_city() -> Plan:
    """Give a plan with every precision in every family, doubts, counted works and their sites."""
    doc = document("甲市2020年重点工作\n" + "\n".join(f"推进{name}。" for name in _NAMES) + "\n")
    works = [_drawn(_work(line, theme, doc), *rest) for line, theme, *rest in _DRAWN]
    counted = [_counted(_work(line, theme, doc), text) for line, theme, text in _COUNTED]
    one = plan(doc, (*works, *counted))
    plants = counted[0].work
    at_one_place = [_site(plants, number, Point(120.05, 31.15)) for number in range(SITES)]
    candidate = _site(plants, SITES, Point(120.32, 31.45), Confidence.LOW)
    return replace(one, sites=(*at_one_place, candidate))


def _work(line: int, theme: Theme, doc: Document) -> Work:
    stage = _STAGES[line % len(_STAGES)]
    return work(doc, line + 2, _NAMES[line], theme, stage)


def _drawn(
    one: Work,
    geometry: BaseGeometry,
    precision: Precision,
    uncertainty_m: float,
    verified: bool,
) -> PlacedWork:
    return replace(placed(one, geometry, precision, uncertainty_m), verified=verified)


def _counted(one: Work, text: str) -> PlacedWork:
    number = float("".join(filter(str.isdigit, text)))
    quantity = Quantity(number, text.lstrip("0123456789"), "", text)
    counted = replace(one, locatable=Locatable.CITYWIDE_QUANTITY, quantities=(quantity,))
    city = place("city", CITY, Precision.CITY, 40_000)
    return replace(placed(counted, CITY, Precision.CITY, 40_000), place=city)


def _site(
    of: Work, number: int, point: Point, confidence: Confidence = Confidence.HIGH
) -> PlacedWork:
    name = f"第{number}污水处理厂"
    site = Site(
        site_id=f"{of.work_id}-{number}",
        part_of=of.work_id,
        name=name,
        name_hans=name,
        is_group=False,
        count=1,
        quantity=None,
        unit="",
        district="",
        town="",
        status="",
        confidence=confidence,
        source="OpenStreetMap",
        licence="ODbL-1.0",
        note="",
        register="plants.csv",
    )
    own = replace(of, work_id=site.site_id, name=name, name_hans=name, quantities=())
    seen = placed(own, point, Precision.STREET, 300)
    return replace(seen, site=site, source="OpenStreetMap", licence="ODbL-1.0")
