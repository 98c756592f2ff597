"""A plan of a real city with works of two districts, counted works and one without a place."""

from dataclasses import replace

import factories
from shapely.geometry import LineString, Point, box
from site_factories import site

from geo.model import Locatable, PlacedWork, Precision, Quantity, Stage, Theme
from layers.build import Plan

SENTENCES = (
    "建成濱湖大道。",
    "加快湖濱公園建設。",
    "推進江陰北外環快速路。",
    "完成濱湖區8座泵站改造。",
    "完成48座污水處理廠提標改造。",
    "謀劃北塘新城。",
    "建設蠡湖濕地。",
)
ROAD, PARK, RING, PUMPS, PLANTS, TOWN, WETLAND = (f"xi-2020-{number:03}" for number in range(2, 9))
HERE, THERE = "滨湖区", "江阴市"


def plan() -> Plan:
    """Give three works of one district (a line, a point, an area), one of another, works counted
    for a district and for the city (with sites), and one that has no place.
    """
    text = "無錫2020年重點工作\n" + "\n".join(SENTENCES) + "\n"
    document = factories.document(text, "xi-2020", "无锡")
    road = factories.work(document, 2, "濱湖大道", Theme.ROAD, Stage.COMPLETE)
    park = factories.work(document, 3, "湖濱公園", Theme.PARK, Stage.UNDER_CONSTRUCTION)
    ring = factories.work(document, 4, "江陰北外環快速路", Theme.EXPRESSWAY, Stage.START)
    pumps = _counted(factories.work(document, 5, "8座泵站", Theme.WATER, Stage.COMPLETE), 8)
    plants = _counted(factories.work(document, 6, "污水處理廠", Theme.SEWAGE, Stage.COMPLETE), 48)
    town = factories.work(document, 7, "北塘新城", Theme.NEW_TOWN, Stage.PLAN)
    wetland = factories.work(document, 8, "蠡湖濕地", Theme.WETLAND, Stage.ONGOING)
    placed = (
        _in(HERE, factories.placed(road, LineString([(120.22, 31.5), (120.3, 31.5)]))),
        _in(HERE, factories.placed(park, Point(120.25, 31.52), Precision.APPROXIMATE, 900)),
        _in(THERE, factories.placed(ring, LineString([(120.2, 31.9), (120.35, 31.92)]))),
        _in(HERE, factories.placed(pumps, factories.CITY, Precision.CITY, 40_000)),
        _in("", factories.placed(plants, factories.CITY, Precision.CITY, 40_000)),
        factories.unlocated(town),
        replace(
            _in(
                HERE,
                factories.placed(wetland, box(120.2, 31.4, 120.26, 31.45), Precision.AREA, 3000),
            ),
            verified=False,
        ),
    )
    known = (Point(120.3, 31.48), Precision.STREET, 200)
    sites = (
        site(plants, 1, "蘆村污水處理廠", known, district=HERE),
        site(
            plants, 2, "澄西污水處理廠", (Point(120.2, 31.9), Precision.STREET, 200), district=THERE
        ),
    )
    return replace(factories.plan(document, placed), sites=sites)


def _counted(work: factories.Work, number: float) -> factories.Work:
    quantity = Quantity(number, "座", work.name.removeprefix("8座"), f"{number}座")
    return replace(work, locatable=Locatable.CITYWIDE_QUANTITY, quantities=(quantity,))


def _in(district: str, placed: PlacedWork) -> PlacedWork:
    return replace(placed, district=district)
