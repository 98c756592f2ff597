"""Three plans in one file: two years of one city, and another city."""

from dataclasses import replace
from pathlib import Path

import factories
from shapely.geometry import LineString, Point

from geo.model import PlacedWork, Precision, Stage, Theme
from layers.build import Plan
from layers.geopackage import write_geopackage

SECOND = (
    "地鐵1號線1期建成通車。",
    "推進南湖大橋建設。",
    "建設新北門橋。",
    "新建社區公園。",
)
OTHER = ("建設太湖大道。", "擴建博物館。")


def first() -> Plan:
    """Give the plan of 2020: the example's works, the bridge at a known place."""
    return _of_city(factories.example(), "无锡", 2020)


def second() -> Plan:
    """Give the plan of 2021: a line in another spelling, a bridge again, and two new works."""
    doc = factories.document("無錫市2021年重點工作\n" + "\n".join(SECOND), "wuxi-2021", "无锡")
    doc = replace(doc, year=2021, title="無錫市2021年重點工作")
    metro = factories.work(doc, 2, "地铁1号线一期", Theme.METRO, Stage.OPEN_TO_SERVICE)
    lake = factories.work(doc, 3, "南湖大橋", Theme.BRIDGE_CROSSING, Stage.UNDER_CONSTRUCTION)
    gate = factories.work(doc, 4, "新北門橋", Theme.BRIDGE_CROSSING, Stage.COMPLETE)
    park = factories.work(doc, 5, "社區公園", Theme.PARK, Stage.START)
    track = LineString([(119.8, 31.3), (120.0, 31.5), (120.2, 31.5)])
    return factories.plan(
        doc,
        (
            factories.placed(metro, track),
            factories.placed(lake, Point(119.9, 31.35), Precision.APPROXIMATE, 900),
            factories.placed(gate, Point(120.3, 31.55), Precision.STREET, 200),
            factories.unlocated(park),
        ),
    )


def other() -> Plan:
    """Give the plan of another city."""
    doc = factories.document("蘇州市2021年重點工作\n" + "\n".join(OTHER), "suzhou-2021", "苏州")
    doc = replace(doc, year=2021, title="蘇州市2021年重點工作")
    road = factories.work(doc, 2, "太湖大道", Theme.ROAD, Stage.UNDER_CONSTRUCTION)
    museum = factories.work(doc, 3, "博物館", Theme.CULTURE_HERITAGE, Stage.START)
    at = factories.placed(road, Point(120.6, 31.3), Precision.STREET, 200)
    return factories.plan(doc, (replace(at, verified=False), factories.unlocated(museum)))


def write_three(path: Path) -> Path:
    """Write all three to a file."""
    write_geopackage(path, [first(), second(), other()])
    return path


def _of_city(plan: Plan, city: str, year: int) -> Plan:
    document = replace(plan.reading.document, city=city, year=year)
    placed: tuple[PlacedWork, ...] = plan.placed
    return replace(plan, reading=replace(plan.reading, document=document), placed=placed)
